"""Holds what a live service ended with against an audit, and says how long gamed answers counted.

Used by `live.py` and by a test.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from benchmarks.integrity.live_company import Company, moment
from benchmarks.integrity.live_play import invitation_events
from benchmarks.integrity.measure import NOT_COUNTED, load
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.run import Outcome, audit
from collector.integrity.evidence import log
from collector.integrity.evidence.dump import dump
from collector.model.answers import Response
from collector.model.base import db
from collector.model.integrity import EngineState, Finding
from collector.model.verdicts import Verdict

Said = tuple[str, float, tuple[str, ...]]  # verdict, weight, reasons


@dataclass(slots=True)
class Audited:
    """An audit's verdict on each answer, and whom it flagged."""

    verdicts: dict[str, Said] = field(default_factory=dict)
    flagged: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class History:
    """A response's verdicts by time; `entry` is what its newest answer is called in a dump."""

    entry: str
    score: int | None
    answered_at: datetime
    invitation: str
    verdicts: tuple[tuple[datetime, Said], ...]

    @property
    def newest(self) -> Said:
        return self.verdicts[-1][1]

    def counted_seconds(self) -> float | None:
        """From the first verdict to the one that rejected for good; None if it counts still."""
        if self.newest[0] != "rejected":
            return None
        since = len(self.verdicts)
        while since and self.verdicts[since - 1][1][0] == "rejected":
            since -= 1
        return (self.verdicts[since][0] - self.verdicts[0][0]).total_seconds()


def audited(folder: Path) -> Audited:
    """Audit these files."""
    found = Audited()

    def keep(outcome: Outcome, rows: Iterator[dict[str, Any]]) -> None:
        assert outcome.subjects is not None
        for row in rows:
            said = (row["verdict"], row["weight"], tuple(row["reasons"]))
            found.verdicts[row["response_id"]] = said
        for about, findings in (
            ("agent", outcome.subjects.findings), ("team", outcome.teams),
            ("store", outcome.stores),
        ):  # fmt: skip
            found.flagged |= {(about, name) for name, one in findings.items() if one.flagged}

    audit(folder, Columns(), keep)
    return found


def histories(app: Flask) -> dict[str, History]:
    """What the service said of every response of which a score counts, by response id."""
    with app.app_context():
        said: defaultdict[str, list[tuple[datetime, Said]]] = defaultdict(list)
        for row in db.session.scalars(select(Verdict).order_by(Verdict.number)):
            one = (row.verdict, row.weight, tuple(row.reasons))
            said[row.response_id].append((row.created_at, one))
        rows = db.session.execute(
            select(Response, EngineState)
            .join(EngineState, EngineState.response_id == Response.id)
            .where(EngineState.number > 0)
        ).all()
        return {
            response.id: History(
                log.answer_id(response.id, standing.version), response.score,
                response.answered_at, response.invitation_id, tuple(said[response.id]),
            )
            for response, standing in rows
        }  # fmt: skip


def differences(app: Flask, folder: Path) -> tuple[int, list[str]]:
    """Dump into `folder` and audit that: how many answers were compared, and what differs."""
    with app.app_context():
        dump(db.session(), folder)
        db.session.rollback()
        rows = db.session.execute(select(Finding.about, Finding.subject, Finding.state))
        live = {(about, subject) for about, subject, state in rows if state == "open"}
    again, ours = audited(folder), histories(app)
    found = [
        f"{one.entry}: live {one.newest}, audit {again.verdicts.get(one.entry)}"
        for one in ours.values()
        if again.verdicts.get(one.entry) != one.newest
    ]
    found += [f"finding about {one}: only one of both" for one in sorted(live ^ again.flagged)]
    return len(ours), found


def agreement(app: Flask, company: Company) -> tuple[int, int]:
    """(answers that are one row in the simulator's files and one in ours, of these the same said).

    The simulator's own files know no taps and other identities; they are audited as they are.
    """
    theirs = audited(company.folder)
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for row in company.responses:
        rows[company.invitations[row["invitation_id"]]["event_id"]].append(row["response_id"])
    about = invitation_events(app)
    same = total = 0
    for one in histories(app).values():
        mapped = rows[about[one.invitation]]
        if len(mapped) == 1:
            total += 1
            same += theirs.verdicts[mapped[0]][0] == one.newest[0]
    return total, same


def counted(app: Flask, company: Company) -> dict[str, list[float | None]]:
    """For each kind of gamed answer how many seconds each counted; None: it counts still.

    One that never counted (a scanner's tap that was set aside, a second post of the same) has 0.
    """
    truth = load(company.folder)
    about = invitation_events(app)
    ours = {about[one.invitation]: one for one in histories(app).values()}
    found: defaultdict[str, list[float | None]] = defaultdict(list)
    for row in company.responses:
        real = truth.responses[row["response_id"]]
        if real["label"] not in NOT_COUNTED:
            continue
        one = ours.get(company.invitations[row["invitation_id"]]["event_id"])
        holds = one is not None and one.answered_at == moment(row["answered_at"])
        kind = real["label"] + (", evasive" if real["evasive"] and holds else "")
        seconds = one.counted_seconds() if one is not None and holds else 0.0
        found[kind].append(0.0 if real["label"] == "duplicate" else seconds)
    return dict(found)
