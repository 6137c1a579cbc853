"""A privacy officer erases people over HTTP and by the command: nothing of the person stands
anywhere or can be asked for, and the people beside them are as they were."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from click.testing import CliRunner
from flask import Flask

from collector import clock
from collector.commands.main import main
from tests.conftest import LiveServer
from tests.database_search import where_stands
from tests.exports import reading
from tests.journeys.visits import Visit

SURVEY = {
    "key": "delivery", "metric": "csat", "owner": "shop", "subject": "order",
    "wording": {"en": {"question": "How was it?", "low": "Bad", "high": "Good",
                       "why": "Why?", "thanks": "Thank you."}},
}  # fmt: skip
RULE = {
    "key": "at_once", "on": "probe.done", "survey": "delivery", "channels": ["email"],
    "delay": "0m", "status": "live",
}  # fmt: skip
SCOPES = ("events:write", "people:read", "people:write", "people:erase", "exports:read",
          "appeals:write", "rules:read", "rules:write")  # fmt: skip
ODD = (
    "per%cent", "c%2Fd", "ünï-漢字-😀", "x" * 200, "q?x=1&y", "#hash", "with space", "..", ".",
    "+p+",
    "semi;colon", "back\\slash", '"quote"', "o'hara", "%", "=1+1", "-dash", "--ref", "ر\u200frtl",
    "explain", "*", "{ref}", "a,b", "<b>", "é",
)  # fmt: skip


@dataclass(frozen=True)
class Somebody:
    """What is said of one person, every value of it a text that is found again."""

    ref: str
    mark: str

    def event(self, turn: int = 0) -> dict[str, Any]:
        return {
            "source": "shop", "id": f"{self.mark}-{turn}", "type": "probe.done",
            "occurred_at": clock.iso(clock.now()),
            "person": {
                "ref": self.ref, "email": f"{self.mark}mail@example.com",
                "phone": "+4477009" + self.mark[-5:], "attributes": {"nick": self.mark + "nick"},
                "consent": {"email": "granted"},
            },
            "context": {"note": self.mark + "note", "handle_seconds": 40},
            "subjects": {"agent": "a1", "order": self.mark + "order"},
        }  # fmt: skip

    @property
    def secrets(self) -> tuple[str, ...]:
        marked = [self.mark + what for what in ("mail", "nick", "note", "order", "words", "why")]
        return (*marked, "+4477009" + self.mark[-5:])


def somebody(number: int, ref: str) -> Somebody:
    return Somebody(ref, f"zq{number + 10_000}")


class Officer:
    """A shop and its privacy officer: calls, the command, and the mails that went out."""

    def __init__(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app = app
        self.headers = reading.key(app, monkeypatch, *SCOPES)
        for kind, definition in (("surveys", SURVEY), ("rules", RULE)):
            path = f"/v1/{kind}/{definition['key']}"
            made = self.call("PUT", path, {"definition": definition, "reason": "to try it"})
            assert made[0] == 200, made

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        answer = self.app.test_client().open(path, method=method, json=body, headers=self.headers)
        return answer.status_code, answer.get_json(silent=True)

    def person(self, method: str, ref: str) -> tuple[int, Any]:
        return self.call(method, "/v1/people/" + quote(ref, safe=""))

    def says(self, *arguments: str) -> tuple[int, str]:
        made = CliRunner().invoke(main, list(arguments))
        return made.exit_code, made.output

    def link(self, who: Somebody) -> str:
        """The path of the link with the lowest score in the mail to this person."""
        home = self.app.extensions["collector.settings"].home
        for kept in (home / "preview" / "email").glob("*.json"):
            message = json.loads(kept.read_text("utf-8"))["message"]
            if message["to"] == f"{who.mark}mail@example.com":
                found = re.search(r"(http\S+/t/\S+)/1\b", message["text"])
                assert found
                return urlsplit(found[1]).path + "/1"
        raise AssertionError("no mail to them")


@pytest.fixture
def officer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Officer:
    return Officer(app, monkeypatch)


Drain = Callable[[], int]


def answer(url: str, officer: Officer, who: Somebody) -> None:
    visit = Visit(url)
    page = visit.press(visit.script(visit.get(officer.link(who))), 1)
    visit.finish(page, who.mark + "words")
    visit.close()


def told(officer: Officer) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = officer.call("GET", reading.PATH + "?limit=10000")[1]["rows"]
    return rows


def nothing_of(app: Flask, *people: Somebody) -> None:
    """None of it stands in the database, in any form of the feed, or in what can be asked."""
    secrets = [text for who in people for text in who.secrets]
    with app.app_context():
        assert where_stands(*secrets) == {}


def nothing_is_said_of(officer: Officer, who: Somebody) -> None:
    client = officer.app.test_client()
    for form in ("json", "ndjson", "csv", "parquet", "arrow"):
        for shape in ("current", "revisions"):
            path = f"{reading.PATH}?limit=10000&format={form}&shape={shape}"
            raw = client.get(path, headers=officer.headers).data
            assert not [text for text in who.secrets if text.encode() in raw]
    for path in (f"/v1/events/{who.mark}-0", f"/v1/events/{who.mark}-0/explain", "/v1/audit",
                 "/v1/appeals", "/v1/refused", "/v1/rules/at_once/waiting"):  # fmt: skip
        said = client.get(path, headers=officer.headers)
        assert said.status_code == 200, (path, said.text)
        assert not [text for text in who.secrets if text in said.text], path
    for words in (("audit-log",), ("followups", "list", "--state", "all"), ("appeals", "list"),
                  ("set-apart", "list"), ("texts", "list"), ("suppressions", "list")):  # fmt: skip
        code, output = officer.says(*words)
        assert code == 0, output
        assert not [text for text in who.secrets if text in output], words


def test_an_answer_an_appeal_and_a_case_of_an_erased_person_say_nothing_of_them(
    app: Flask, officer: Officer, drain: Drain, live_server: LiveServer
) -> None:
    gone, stays = somebody(1, "c-1"), somebody(2, "c-2")
    said = {who: who.event() for who in (gone, stays)}
    for who in (gone, stays):
        assert officer.call("POST", "/v1/events", said[who])[0] == 202
    drain()
    with live_server(app) as url:
        for who in (gone, stays):
            answer(url, officer, who)
        drain()
        for row in told(officer):
            mark = row["event_id"].partition("-")[0]
            appeal = {"by": "a1", "ground": "genuine", "statement": f"{mark}why, said {mark}mail"}
            made = officer.call("POST", f"/v1/responses/{row['response_id']}/appeals", appeal)
            assert made[0] == 201, made
        drain()
        before = [row for row in told(officer) if row["event_id"] == f"{stays.mark}-0"]
        known = officer.person("GET", stays.ref)
        id = officer.person("GET", gone.ref)[1]["id"]
        assert officer.person("DELETE", gone.ref) == (200, {"id": id, "answers": 1})
        link = Visit(url).get(officer.link(gone))
        assert link.status == 410
    drain()
    nothing_of(app, gone)
    nothing_is_said_of(officer, gone)
    assert [row for row in told(officer) if row["event_id"] == f"{stays.mark}-0"] == before
    assert officer.person("GET", stays.ref) == known
    newest = {row["response_id"]: row for row in told(officer)}
    (erased,) = [row for row in newest.values() if row["kind"] == "tombstone"]
    every = [row for row in told(officer) if row["response_id"] == erased["response_id"]]
    for row in every:
        for name in ("comment", "invitation_id", "person_id", "event_id"):
            assert row[name] is None, name
        assert {entry["role"] for entry in row["subjects"]} == {"agent"}
        assert row["score"] == 1
    assert officer.person("DELETE", gone.ref)[0] == 404
    again = officer.call("POST", "/v1/events", said[gone])
    assert again[0] in (202, 409), again  # known, and not taken for another one
    drain()
    assert len(told(officer)) == len(every) + len(before)
    nothing_of(app, gone)


def test_a_reference_of_any_characters_is_read_and_erased(
    app: Flask, officer: Officer, drain: Drain
) -> None:
    people = [somebody(100 + n, ref) for n, ref in enumerate(ODD)]
    for who in people:
        assert officer.call("POST", "/v1/events", who.event())[0] == 202, who.ref
    for turn, who in enumerate(people):
        status, said = officer.person("GET", who.ref)
        assert (status, said.get("ref")) == (200, who.ref)
        if turn % 2:
            assert officer.person("DELETE", who.ref) == (200, {"id": said["id"], "answers": 0})
            assert officer.person("DELETE", who.ref)[0] == 404
        else:
            words = ("people", "erase", f"--ref={who.ref}", "--by", "dpo", "--yes")
            code, output = officer.says(*words)
            assert (code, said["id"] in output) == (0, True), (who.ref, output)
            assert officer.says(*words)[0] == 2
        assert officer.person("GET", who.ref)[0] == 404
    nothing_of(app, *people)
    log = officer.says("audit-log", "--kind", "person")[1]
    assert not [who.ref for who in people if len(who.ref) > 9 and who.ref in log]
