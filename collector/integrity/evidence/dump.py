"""Writes the log as the files that `collector audit` reads, with nothing that leads to a person.

Every answer is written as it was fed, with what was known when it was judged (`as_judged`), so that
an audit of these files ends with the verdicts of the service itself. The fields:
docs/integrity/live.md.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock, keys
from collector.integrity.evidence import facts, log
from collector.integrity.evidence.exposures import Invited, asked
from collector.integrity.evidence.feature_loader import homes
from collector.model.integrity import IntegrityHead, LogEntry
from collector.model.roster import RosterEntry

FILES = ("responses", "signals", "events", "invitations", "roster", "set_aside")
Progress = Callable[[int], None]


def dump(session: Session, folder: Path, progress: Progress = lambda done: None) -> dict[str, int]:
    """Write the files, all or none, each replaced whole. Returns how many lines each has.

    Reads the tables as they are; on a service at work, what comes in meanwhile may be half there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    last = session.scalar(select(IntegrityHead.last_number)) or 0
    place = Path(tempfile.mkdtemp(prefix=".dump-", dir=folder))
    try:
        counts = dict.fromkeys(FILES, 0)
        with _Files(place) as files:
            for name, row in _rows(session, last, progress):
                files.line(name, row)
                counts[name] += 1
        for name in FILES:
            os.replace(place / f"{name}.ndjson", folder / f"{name}.ndjson")
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return counts


def _rows(
    session: Session, last: int, progress: Progress
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    later = _later(session)
    for entry in log.entries(session, 0, last):
        if entry.number % 1000 == 0:
            progress(entry.number)
        if entry.kind == log.ANSWER:
            yield "responses", _response(entry, later.get((entry.ref, entry.version)))
        elif entry.kind == log.SIGNAL:
            yield "signals", _signal(entry)
        elif entry.kind == log.SET_ASIDE:
            yield "set_aside", {
                "response_id": entry.id, "heard_at": _iso(entry.heard), **entry.body,
            }  # fmt: skip
    progress(last)
    for one in asked(session, homes(session, None)):
        yield "events", _event(one)
        yield "invitations", _invitation(one)
    yield from (("roster", row) for row in _roster(session))


def _response(entry: log.Entry, cases_later: int | None) -> dict[str, Any]:
    """The documented fields, and all that was known under its own names in `as_judged`."""
    body = entry.body
    known = {name: value for name, value in body.items() if name != "invitation"}
    known |= {"number": entry.number, "heard": entry.heard}
    if cases_later is not None:
        known["cases_later"] = cases_later
    return {
        "response_id": entry.id, "invitation_id": body["invitation"], "agent_id": body["agent"],
        "team_id": body["team"], "store_id": body["store"], "metric": body["metric"],
        "scale": [body["low"], body["high"]], "score": body["score"], "channel": body["channel"],
        "opened_at": _iso(body.get("opened")), "answered_at": _iso(body["answered"]),
        "ip_hash": body.get("ip"), "net_hash": body.get("net"),
        "device_hash": body.get("device"), "user_agent": body.get("client"), "comment": None,
        "locale": body.get("locale"), "supersedes": body.get("supersedes"), "as_judged": known,
    }  # fmt: skip


def _signal(entry: log.Entry) -> dict[str, Any]:
    body = entry.body
    return {
        "signal_id": entry.ref, "event_id": body["event"] or None,
        "agent_id": body["agent"] or None, "type": body["kind"], "value": body["value"],
        "at": _iso(body["at"]), "tags": body["tags"], "heard_at": _iso(entry.heard),
        "number": entry.number,
    }  # fmt: skip


def _event(one: Invited) -> dict[str, Any]:
    about = one.about
    return {
        "event_id": one.key, "occurred_at": clock.iso(about.occurred_at), "agent_id": one.agent,
        "handled_by": one.worker, "team_id": one.team, "store_id": one.store,
        "customer_id": keys.fingerprint("customer", about.person_id), "contact_on_file": None,
        "reason": facts.reason(about.context), "handle_seconds": facts.seconds(about.context),
    }  # fmt: skip


def _invitation(one: Invited) -> dict[str, Any]:
    return {
        "invitation_id": one.id, "event_id": one.key,
        "status": "suppressed" if one.held else "sent", "suppress_reason": one.held,
        "sent_at": clock.iso(one.sent_at) if one.sent_at else None, "channel": one.channel,
        "agent_id": one.agent, "team_id": one.team, "store_id": one.store,
        "delay_seconds": one.late,
    }  # fmt: skip


def _roster(session: Session) -> Iterator[dict[str, Any]]:
    rows = session.execute(
        select(
            RosterEntry.agent_id, RosterEntry.team_id, RosterEntry.store_id, RosterEntry.contacts
        )
        .where(RosterEntry.delisted_at.is_(None))
        .order_by(RosterEntry.id)
    )
    for agent, team, store, contacts in rows:
        yield {"agent_id": agent, "team_id": team, "store_id": store, "staff_contacts": contacts}


def _later(session: Session) -> dict[tuple[str, int], int]:
    rows = session.execute(
        select(LogEntry.ref, LogEntry.version, LogEntry.body).where(LogEntry.kind == log.CASES)
    )
    return {(ref, version): int(body["cases"]) for ref, version, body in rows}


def _iso(seconds: float | None) -> str | None:
    return None if seconds is None else clock.iso(log.moment_of(seconds))


class _Files:
    """One open file a name; closed with the block, and on disk then."""

    def __init__(self, place: Path) -> None:
        self.out = {name: (place / f"{name}.ndjson").open("wb") for name in FILES}

    def line(self, name: str, row: Mapping[str, Any]) -> None:
        self.out[name].write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *_: object) -> None:
        for out in self.out.values():
            out.flush()
            os.fsync(out.fileno())
            out.close()
