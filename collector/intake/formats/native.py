"""The service's own JSON for events and people, read with every problem listed. Pure.

Used by `web/api/intake/events.py`, `web/api/people.py` and the replay. Example of an event:

    {"source": "shop", "id": "o-1-delivered", "type": "order.delivered",
     "occurred_at": "2026-03-02T12:00:00Z",
     "person": {"ref": "c-17", "kind": "customer", "locale": "pt-BR",
                "timezone": "America/Sao_Paulo", "phone": "+5511987654321",
                "email": "ana@example.com", "attributes": {"plan": "pro"},
                "consent": {"sms": "granted", "email": "denied", "any": "granted"}},
     "context": {"amount": 120.5}, "subjects": {"agent": {"id": "a1", "credited": "a2"},
                                                "store": "s9"}}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from collector.intake.incoming import CONSENT_CHANNELS, IncomingEvent, IncomingPerson
from collector.intake.outcomes import Refused
from collector.rules import same_value
from collector.rules.values import Problems, escape

EVENT_FIELDS = ("source", "id", "type", "occurred_at", "person", "context", "subjects")
PERSON_FIELDS = (
    "ref", "kind", "locale", "timezone", "phone", "email", "attributes", "consent",
)  # fmt: skip
KINDS = ("customer", "employee")
ROLE = re.compile(r"[a-z][a-z0-9_]{0,29}")
TYPE = re.compile(r"[^\W_][\w.:/-]{0,99}")
MAX_SUBJECTS = 12
AHEAD = timedelta(minutes=10)  # clocks differ; a time further ahead is a mistake


def read_event(raw: Any, pointer: str, now: datetime) -> IncomingEvent | Refused:
    """One event, or what is wrong with it. Pointers begin with `pointer` ("" for a single one)."""
    problems = Problems()
    fields = problems.mapping(raw, pointer)
    source = problems.text(fields.get("source"), f"{pointer}/source", 100, required=True)
    event_id = problems.text(fields.get("id"), f"{pointer}/id", 200, required=True)
    kind = problems.text(fields.get("type"), f"{pointer}/type", 100, required=True)
    if kind and not TYPE.fullmatch(kind):
        problems.add(
            f"{pointer}/type", "bad_type", "An event type looks like order.delivered (no spaces)."
        )
    occurred_at = problems.moment(fields.get("occurred_at"), f"{pointer}/occurred_at")
    if occurred_at is not None and occurred_at > now + AHEAD:
        problems.add(f"{pointer}/occurred_at", "in_the_future", "This time is yet to come.")
    if fields.get("person") is None:
        problems.add(f"{pointer}/person", "missing", "Say whom this happened to.")
        person = IncomingPerson("")
    else:
        person = _person(fields["person"], f"{pointer}/person", problems, ref=None)
    context = problems.bag(fields.get("context"), f"{pointer}/context")
    subjects = read_subjects(fields.get("subjects"), f"{pointer}/subjects", problems)
    _no_others(fields, EVENT_FIELDS, pointer, problems)
    if problems.found or occurred_at is None:
        return Refused(tuple(problems.found), source, event_id)
    return IncomingEvent(
        source, event_id, kind, occurred_at, person, context, subjects,
        person_at=f"{pointer}/person", attributes_at=f"{pointer}/person/attributes",
    )  # fmt: skip


def read_person(raw: Any, ref: str) -> IncomingPerson | Refused:
    """The body of a call about the person called `ref`. `"phone": null` forgets the number."""
    problems = Problems()
    ref = problems.text(ref, "/ref", 200, required=True)
    person = _person(raw, "", problems, ref=ref)
    return Refused(tuple(problems.found)) if problems.found else person


def _person(raw: Any, pointer: str, problems: Problems, ref: str | None) -> IncomingPerson:
    fields = problems.mapping(raw, pointer)
    if ref is None:
        ref = problems.text(fields.get("ref"), f"{pointer}/ref", 200, required=True)
    elif not same_value.same(fields.get("ref", ref), ref):
        problems.add(f"{pointer}/ref", "ref_differs", "The address names another person.")
    given = {
        "sms": problems.phone(fields.get("phone"), f"{pointer}/phone"),
        "email": problems.email(fields.get("email"), f"{pointer}/email"),
    }
    consent = problems.mapping(fields.get("consent"), f"{pointer}/consent")
    for channel in consent:
        if channel not in CONSENT_CHANNELS:
            problems.add(
                f"{pointer}/consent/{escape(channel)}",
                "unknown_field",
                f"Consent is given for one of: {', '.join(CONSENT_CHANNELS)}.",
            )
    said = {
        channel: problems.choice(
            consent.get(channel), f"{pointer}/consent/{channel}", ("granted", "denied")
        )
        for channel in CONSENT_CHANNELS
    }
    _no_others(fields, PERSON_FIELDS, pointer, problems)
    return IncomingPerson(
        ref=ref,
        kind=problems.choice(fields.get("kind"), f"{pointer}/kind", KINDS),
        locale=problems.locale(fields.get("locale"), f"{pointer}/locale"),
        timezone=problems.timezone(fields.get("timezone"), f"{pointer}/timezone"),
        contacts={channel: address for channel, address in given.items() if address},
        attributes=problems.bag(fields.get("attributes"), f"{pointer}/attributes"),
        consent={channel: word for channel, word in said.items() if word},
        forget=tuple(
            channel
            for channel, name in (("sms", "phone"), ("email", "email"))
            if name in fields and fields[name] is None
        ),
    )


def read_subjects(raw: Any, pointer: str, problems: Problems) -> dict[str, dict[str, str]]:
    """Who had to do with it, by role: {"id": who did the work, "credited": who is credited}."""
    subjects: dict[str, dict[str, str]] = {}
    fields = problems.mapping(raw, pointer)
    if len(fields) > MAX_SUBJECTS:
        problems.add(pointer, "too_large", f"At most {MAX_SUBJECTS} subjects are taken.")
    for role, value in list(fields.items())[:MAX_SUBJECTS]:
        at = f"{pointer}/{escape(role)}"
        if not ROLE.fullmatch(role):
            problems.add(at, "bad_role", "A role is a word such as agent, team, store, order.")
            continue
        if isinstance(value, dict):
            worked = problems.text(value.get("id"), f"{at}/id", 200, required=True)
            credited = problems.text(value.get("credited"), f"{at}/credited", 200) or worked
            _no_others(value, ("id", "credited"), at, problems)
        else:
            worked = credited = problems.text(value, at, 200, required=True)
        subjects[role] = {"id": worked, "credited": credited}
    return subjects


def _no_others(
    fields: Mapping[str, Any], known: tuple[str, ...], pointer: str, problems: Problems
) -> None:
    for name in fields:
        if name not in known:
            problems.add(
                f"{pointer}/{escape(name)}",
                "unknown_field",
                f"This is not a field here; known are {', '.join(known)}. "
                "Whatever else you know about it goes into `context` or `attributes`.",
            )
