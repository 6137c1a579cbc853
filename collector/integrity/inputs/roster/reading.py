"""Reads a whole roster, from the API or from a file, with every problem of every entry. Pure.

    [{"agent_id": "a1", "team_id": "t1", "store_id": "s1", "role": "agent",
      "staff_contacts": ["+5511987654321", "ana@shop.example"],
      "active_from": "2026-01-01", "active_to": null}]

Contact points come in clear and leave this module only as addresses in their normal form; the verb
turns them into keyed hashes before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from collector.errors import InvalidInput, Problem
from collector.rules.values import Problems, escape

FIELDS = (
    "agent_id", "team_id", "store_id", "role", "staff_contacts", "active_from", "active_to",
)  # fmt: skip
AGENT, SUPERVISOR = "agent", "supervisor"
ROLES = (AGENT, SUPERVISOR)
MAX_ENTRIES, MAX_CONTACTS = 20_000, 20


@dataclass(frozen=True, slots=True)
class IncomingEntry:
    """One stint of one member of staff. `contacts`: E.164 numbers and mail addresses, sorted."""

    agent_id: str
    team_id: str = ""
    store_id: str = ""
    role: str = AGENT
    contacts: tuple[str, ...] = field(default=(), repr=False)
    active_from: date | None = None
    active_to: date | None = None


def read(items: Iterable[tuple[str, Any]], *, others: bool = False) -> tuple[IncomingEntry, ...]:
    """The entries of these (pointer, raw) pairs. `others`: unknown fields are let pass.

    Raises InvalidInput (`invalid_roster`, `empty_roster`, `roster_too_large`) listing everything.
    """
    found: list[Problem] = []
    entries: dict[IncomingEntry, str] = {}
    for pointer, raw in items:
        problems = Problems()
        entry = _entry(raw, pointer, problems, others)
        if not problems.found and entries.setdefault(entry, pointer) != pointer:
            problems.add(
                pointer, "duplicate_entry", f"This says the same as {entries[entry]}; leave one."
            )
        found.extend(problems.found)
        if len(entries) > MAX_ENTRIES:
            raise InvalidInput(
                f"A roster has at most {MAX_ENTRIES:,} entries.", code="roster_too_large"
            )
    if found:
        raise InvalidInput(
            "The roster cannot be used as it is, so the old one stays; everything wrong is listed.",
            code="invalid_roster", pointer=found[0].pointer, problems=tuple(found),
        )  # fmt: skip
    if not entries:
        raise InvalidInput(
            "This roster is empty: nobody would be known as staff any more. The old one stays.",
            code="empty_roster",
        )
    return tuple(entries)


def _entry(raw: Any, at: str, problems: Problems, others: bool) -> IncomingEntry:
    fields = problems.mapping(raw, at)
    agent_id = problems.text(fields.get("agent_id"), f"{at}/agent_id", 200, required=True)
    begins = _day(problems, fields.get("active_from"), f"{at}/active_from")
    ends = _day(problems, fields.get("active_to"), f"{at}/active_to")
    if begins and ends and ends < begins:
        problems.add(f"{at}/active_to", "ends_before_it_begins", "This is before active_from.")
    for name in fields:
        if name not in FIELDS and not others:
            problems.add(
                f"{at}/{escape(str(name))}", "unknown_field", f"Known fields: {', '.join(FIELDS)}."
            )
    return IncomingEntry(
        agent_id=agent_id,
        team_id=problems.text(fields.get("team_id"), f"{at}/team_id", 200),
        store_id=problems.text(fields.get("store_id"), f"{at}/store_id", 200),
        role=problems.choice(fields.get("role") or AGENT, f"{at}/role", ROLES),
        contacts=_contacts(problems, fields.get("staff_contacts"), f"{at}/staff_contacts"),
        active_from=begins,
        active_to=ends,
    )


def _contacts(problems: Problems, raw: Any, at: str) -> tuple[str, ...]:
    if raw is None or raw == "":
        return ()
    if isinstance(raw, str):  # from CSV
        parts = raw.strip("[] ").replace(";", ",").replace("|", ",").split(",")
        raw = [part.strip(' "') for part in parts if part.strip(' "')]
    if not isinstance(raw, list) or len(raw) > MAX_CONTACTS:
        problems.add(
            at, "bad_contacts", f"Contacts are a list of at most {MAX_CONTACTS} addresses."
        )
        return ()
    found = set()
    for place, value in enumerate(raw):
        mail = isinstance(value, str) and "@" in value
        address = (problems.email if mail else problems.phone)(value, f"{at}/{place}")
        if address:
            found.add(address)
        elif value in (None, ""):
            problems.add(f"{at}/{place}", "missing", "This is missing.")
    return tuple(sorted(found))


def _day(problems: Problems, raw: Any, at: str) -> date | None:
    if raw is None or raw == "":
        return None
    try:
        if isinstance(raw, str) and len(raw) == len("2026-01-01"):
            return date.fromisoformat(raw)
    except ValueError:
        pass
    problems.add(at, "bad_day", "This must be a day such as 2026-01-31.")
    return None
