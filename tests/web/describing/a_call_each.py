"""One successful call for each operation of the document, in an order in which they can be made.

`{…}` is filled from the world that `world` makes. Used by `test_generated_client.py`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from collector import clock
from collector.integrity.appeals.open import against_response
from collector.invitations import links
from collector.model.base import db
from collector.model.ids import new_id
from collector.model.people import Suppression
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from collector.web.api import roster, signals
from collector.web.widget import sites
from tests.integrity.appeals import cases
from tests.surveys.definitions import survey
from tests.triggers.making import NOON, event, rule
from tests.web.widget.asking import ORIGIN, asked_inapp

NOW = NOON + timedelta(days=1)
WHY = {"reason": "a test of the client"}
RULED = {"by": "rita", "reason": "the photo shows it"}
LIFTED = {"by": "ops", "reason": "the mailbox is back"}
ONCE = "0123456789abcdef0123"
SEGMENT = {"userId": "c-9", "timestamp": "2026-03-02T11:00:00Z"}
SEGMENTS = {
    "track": SEGMENT | {"event": "Order Delivered"},
    "identify": SEGMENT | {"traits": {"plan": "a"}},
    "page": SEGMENT | {"name": "Home"}, "screen": SEGMENT | {"name": "Home"},
    "group": SEGMENT | {"groupId": "g"}, "alias": SEGMENT | {"previousId": "c-8"},
}  # fmt: skip
WIDGET = {"origin": ORIGIN}

CALLS: dict[str, dict[str, Any]] = {
    "post_events": {"body": event(id="o-77")},
    "get_event": {"path": ["o-77"]},
    "get_event_explained": {"path": ["o-77"]},
    "post_withhold": {
        "path": ["{post_events}"], "body": {"reason": "customer_declined", "by": "a1"},
    },
    "post_signals": {"body": signals.EXAMPLE},
    **{
        f"post_{name}": {"body": body | {"messageId": f"m-{name}"}}
        for kind, body in SEGMENTS.items()
        for name in (kind, kind[0])
    },
    **{
        f"post_{name}": {"body": {"batch": [SEGMENT | {"type": "track", "event": "x",
                                                       "messageId": f"m-{name}"}]}}
        for name in ("batch", "b", "import")
    },
    "get_refused": {},
    "put_person": {"path": ["c-5"], "body": {"phone": "+5511987654321"}},
    "get_person": {"path": ["c-5"]},
    "get_person_explained": {"path": ["c-5"]},
    "delete_person": {"path": ["c-5"]},
    "put_roster": {"body": roster.EXAMPLE},
    "get_roster": {},
    "get_surveys": {},
    "get_survey": {"path": ["delivery"]},
    "put_survey": {"path": ["second"], "body": {"definition": survey("second"), **WHY}},
    "roll_back_survey": {"path": ["delivery"], "body": {"to": 1, **WHY}},
    "set_survey_status": {"path": ["second"], "body": {"status": "paused", **WHY}},
    "survey_waiting": {"path": ["delivery"]},
    "call_off_survey": {"path": ["delivery"], "body": WHY},
    "get_rules": {},
    "get_rule": {"path": ["delivered"]},
    "put_rule": {
        "path": ["later"],
        "body": {
            "definition": {n: v for n, v in rule("later").items() if n != "status"}, **WHY,
        },
    },
    "set_rule_status": {"path": ["delivered"], "body": {"status": "paused", **WHY}},
    "roll_back_rule": {"path": ["delivered"], "body": {"to": 1, **WHY}},
    "rule_waiting": {"path": ["delivered"]},
    "call_off_rule": {"path": ["delivered"], "body": WHY},
    "post_rehearsal": {"path": ["delivered"], "body": {"from": "2026-03-01T00:00:00Z"}},
    "get_audit": {},
    "post_pause": {"body": WHY},
    "get_pause": {},
    "post_resume": {"body": WHY},
    "export_responses": {},
    "export_responses_schema": {},
    "export_invitations": {},
    "export_invitations_schema": {},
    "get_kpis": {},
    "post_appeal": {
        "path": ["{response}"],
        "body": {"by": "a1", "ground": "genuine", "statement": "It was them."},
    },
    "get_appeals": {},
    "get_appeal": {"path": ["{post_appeal}"]},
    "post_ruling": {"path": ["{post_appeal}"], "body": RULED | {"decision": "dismissed"}},
    "post_withdrawal": {"path": ["{appeal}"], "body": {"by": "a1"}},
    "get_findings": {},
    "get_finding": {"path": ["{finding}"]},
    "post_finding_appeal": {
        "path": ["{finding}"],
        "body": {"by": "a1", "ground": "wrong_data", "statement": "I was on leave."},
    },
    "post_finding_ruling": {"path": ["{other_finding}"], "body": RULED | {"outcome": "cleared"}},
    "get_texts": {},
    "get_suppressions": {},
    "get_suppression": {"path": ["sup_1"]},
    "post_lookup": {"body": {"channel": "email", "address": "ann@customer.example"}},
    "post_lift": {"path": ["sup_1"], "body": LIFTED},
    "post_lift_many": {"body": LIFTED | {"since": "2026-01-01T00:00:00Z"}},
    "next_question": {"body": {"key": "{key}", "identity": "{identity}"}, **WIDGET},
    "shown": {"body": {"key": "{key}", "identity": "{identity}", "token": "{token}"}, **WIDGET},
    "answer": {
        "body": {"key": "{key}", "identity": "{identity}", "token": "{token}", "score": 5,
                 "press": ONCE},
        **WIDGET,
    },
    "track": {
        "body": {"key": "{key}", "identity": "{identity}", "type": "order.delivered", "id": ONCE},
        **WIDGET,
    },
}  # fmt: skip


def world() -> dict[str, str]:
    """Something of everything that a call needs; needs an app context and that it is `NOW`."""
    with clock.at(NOON):
        apply_surveys([survey()])
        apply_rules([rule()])
    response, other = cases.published(**cases.REJECTED), cases.published(**cases.REJECTED)
    found = cases.finding(), cases.finding(subject="a2")
    appeal = against_response(other, cases.opening(ground="genuine"))
    db.session.add(
        Suppression(
            id="sup_1", channel="email", address="ann@customer.example", reason="undeliverable",
            cause="", created_at=NOON,
        )
    )  # fmt: skip
    db.session.commit()
    asked = asked_inapp()
    sites.let_report("shop", ["order.delivered"])
    body = asked.body()
    return {
        "response": response, "appeal": appeal, "finding": found[0], "other_finding": found[1],
        "key": body["key"], "identity": body["identity"],
        "token": links.token(asked.token_id, "inapp"), "unique": new_id("tst"),
    }  # fmt: skip
