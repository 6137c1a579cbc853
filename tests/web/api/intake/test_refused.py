"""What could not be kept is counted by reason, and whoever runs the service sees it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from collector import clock
from collector.commands.operating import refused
from collector.intake import left_out
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.web import auth
from tests.intake.formats.test_segment import message
from tests.surveys.definitions import survey
from tests.triggers.making import NOON, event, rule

Call = Callable[..., TestResponse]


@pytest.fixture
def call(app: Flask, client: FlaskClient) -> Iterator[Call]:
    """Call an address with one key that may everything here, at noon."""
    scopes = ("events:write", "people:write", "signals:write", "rules:read")
    with app.app_context():
        key = auth.issue("web shop", scopes)
        apply_surveys([survey()])
        apply_rules([rule(cancel_on=["order.returned"]), rule("later", on="x.y", status="draft")])

    def send(address: str, body: Any = None, method: str = "POST") -> TestResponse:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        if address.startswith("/v1/batch"):
            headers["Authorization"] = "Basic " + _basic(key)
        return client.open(address, method=method, data=data, headers=headers)

    with clock.at(NOON):
        yield send


def _basic(key: str) -> str:
    return base64.b64encode(f"{key}:".encode()).decode()


def listed(call: Call, days: int = 7) -> list[tuple[str, str, str, str, int]]:
    answer = call(f"/v1/refused?days={days}", method="GET")
    assert answer.status_code == 200, answer.get_json()
    return [
        (one["kind"], one["way"], one["code"], one["field"], one["number"])
        for one in answer.get_json()["refused"]
    ]


def test_each_way_in_counts_what_it_refuses_and_what_it_cuts(call: Call) -> None:
    call("/v1/events", event(occurred_at="yesterday"))
    call("/v1/events", [event(), event(type=""), 7])
    call("/v1/events", b"{")
    call("/v1/events", b" " * 3_000_000)
    call("/v1/people/c-1", {"phone": "555"}, "PUT")
    call("/v1/signals", {"source": "desk"})
    traits = {"phone": "555-1234", "secret plan": "x" * 5_000}
    call("/v1/batch", {"batch": [
        message(userId=...), message("identify", traits=traits), message(userId="c ", messageId=7),
    ]})  # fmt: skip
    found = listed(call)
    assert found[0][0] == "refused"
    assert set(found) >= {
        ("refused", "events", "bad_time", "occurred_at", 1),
        ("refused", "events", "missing", "type", 2),  # 7 lacks everything
        ("refused", "events", "not_an_object", "", 1),
        ("refused", "events", "malformed_json", "", 1),
        ("refused", "events", "too_large", "", 1),
        ("refused", "people", "bad_phone", "phone", 1),
        ("refused", "segment", "missing", "userId", 1),
        ("cut", "segment", "bad_phone", "traits.phone", 1),
        ("cut", "segment", "too_long", "traits", 1),
        ("cut", "segment", "bad_character", "userId", 1),
    }
    assert any(one[1] == "signals" for one in found)
    assert not any(word in str(found) for word in ("555", "secret", "c-1"))


def test_the_same_reason_again_is_one_line_with_a_greater_number(call: Call) -> None:
    for _ in range(3):
        call("/v1/events", event(type=""))
    assert listed(call) == [("refused", "events", "missing", "type", 3)]
    with clock.at(NOON + timedelta(days=1)):
        call("/v1/events", event(type=""))
        assert listed(call) == [("refused", "events", "missing", "type", 4)]
        assert listed(call, days=1) == [("refused", "events", "missing", "type", 1)]
    with clock.at(NOON + timedelta(days=9)):
        assert listed(call) == []


def test_what_is_fine_counts_for_nothing(call: Call) -> None:
    call("/v1/events", event())
    call("/v1/events", event(type="order.returned"))
    call("/v1/batch", {"batch": [message(), message("identify", messageId="m-2")]})
    assert listed(call) == []


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("order.deliverd", "Did you mean order.delivered?"),
        ("Order_Delivered", "Did you mean order.delivered?"),
        ("order.return", "Did you mean order.returned?"),
        ("x.y", "The rule later is for it, but it is draft."),
        ("ticket.solved", "It is kept"),
    ],
)
def test_an_event_that_nobody_listens_to_says_so(call: Call, kind: str, says: str) -> None:
    answer = call("/v1/events", event(type=kind))
    (result,) = answer.get_json()["results"]
    assert (answer.status_code, result["decisions"]) == (202, [])
    (note,) = result["notes"]
    assert (note["code"], note["pointer"]) == ("no_rule_listens", "/type")
    assert says in note["detail"]
    listing = call("/v1/events", [event(), event(type=kind)]).get_json()["results"]
    assert "notes" not in listing[0]
    assert listing[1]["notes"][0]["pointer"] == "/1/type"


def test_a_type_that_is_nearly_heard_is_counted_with_the_one_that_was_meant(call: Call) -> None:
    call("/v1/events", [event(type="order.deliverd"), event(type="ticket.solved")])
    call("/v1/batch", {"batch": [message(event="Order Deliverd")]})
    assert listed(call) == [
        ("unheard", "events", "no_rule_listens", "order.delivered", 1),
        ("unheard", "segment", "no_rule_listens", "order.delivered", 1),
    ]


def test_the_command_lists_them_and_says_so_when_there_are_none(call: Call, app: Flask) -> None:
    show = refused.command.callback.__wrapped__  # type: ignore[union-attr]
    run = CliRunner()

    def said(days: int = 7, as_json: bool = False) -> str:
        with app.app_context(), run.isolation() as (out, _, _):
            show(days, as_json)
            return out.getvalue().decode()

    assert "everything that was sent was kept" in said()
    call("/v1/events", event(type=""))
    call("/v1/events", event(type="order.deliverd"))
    text = said()
    assert "missing" in text
    assert "meant: order.delivered" in text
    assert [json.loads(line)["number"] for line in said(as_json=True).splitlines()] == [1, 1]


def test_a_field_is_told_without_anything_that_a_sender_chose() -> None:
    assert left_out.field("/batch/3/properties/ana@example.com/0") == "properties"
    assert left_out.field("/3/person/consent/sms") == "person.consent.sms"
    assert left_out.field("") == ""


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"a": 1,\n "b" 2}', "line 2, column 6: expecting ':' delimiter"),
        (b"", "The body is empty."),
        (b"{'a': 1}", "JSON takes double quotes."),
        (b'{"a": "\xff"}', "byte 8 is not UTF-8"),
        (b"@event.json", "With curl"),
        (b"[" * 100_000, "it is nested too deeply"),
    ],
)
def test_json_that_cannot_be_read_is_told_where_and_why(call: Call, body: bytes, says: str) -> None:
    answer = call("/v1/events", body)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "malformed_json")
    assert says in answer.get_json()["detail"]


def test_a_body_that_is_too_large_is_told_the_limit(call: Call) -> None:
    answer = call("/v1/events", b" " * 3_000_000)
    assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")
    assert "2,097,152 bytes" in answer.get_json()["detail"]


@pytest.mark.parametrize("address", ["/v2/events", "/doc", "/console", "/api", "/events"])
def test_who_builds_and_asks_at_a_wrong_address_is_told_the_right_one(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert "/v1/openapi.json" in answer.get_json()["detail"]
    seen = client.get(address, headers={"Accept": "text/html,*/*;q=0.8"})
    assert (seen.status_code, seen.mimetype) == (404, "text/html")
    assert "/v1/openapi.json" in seen.text


def test_a_customer_with_a_link_that_was_cut_off_reads_of_no_api(client: FlaskClient) -> None:
    answer = client.get("/t/abc", headers={"Accept": "text/html"})
    assert answer.mimetype == "text/html"
    assert "openapi" not in answer.text
