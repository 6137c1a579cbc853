"""The funnel from arrival to last judgement: how long each gamed answer counted in the feed.

Reads the feed's revisions, as whoever computes KPIs sees them: an answer counts from the first
revision that does not reject it to the one that does. Prints a row for each practice, and what
changed after it had been exported. Used by `live.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from flask import Flask
from sqlalchemy import select

from benchmarks.integrity.live_company import Company, moment
from benchmarks.integrity.live_play import invitation_events
from benchmarks.integrity.measure import gamed, load
from collector.integrity.engine.engine import AGES
from collector.model.answers import Response
from collector.model.base import db
from collector.model.feed import Revision

DAY = 86400.0
REJECTED = "rejected"
# Where an answer was rejected for good.
FIRST, SOON, NIGHT, LAST, NEVER = (
    "first judgement", "evidence within a day", "a night", "last look", "never",
)  # fmt: skip
HEAD = (
    "practice | answers | rejected in the end | at first judgement | by evidence within a day | "
    "at a night | at the last look | counted for, median | 90 % | changed after export"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One answer's way through the feed. `counted`: seconds it was not rejected there, if it ends
    rejected; `changed`: said otherwise after its first export.
    """

    practice: str
    gamed: bool
    where: str
    counted: float | None
    changed: bool
    from_clean: bool


def passages(app: Flask, company: Company) -> list[Passage]:
    """Of every answer of the files that is an answer of the service."""
    truth = load(company.folder)
    about = invitation_events(app)
    feed = {about[invitation]: rows for invitation, rows in _feed(app).items()}
    found = []
    for row in company.responses:
        real = truth.responses[row["response_id"]]
        history = feed.get(company.invitations[row["invitation_id"]]["event_id"])
        if history is None or real["label"] == "duplicate":
            continue
        answered, rows = history
        if answered == moment(row["answered_at"]):
            found.append(_passage(practice(real), gamed(real), answered, rows))
        elif real["label"] == "scanner":  # set aside: a person answered beside it, or nobody did
            found.append(Passage(practice(real), True, FIRST, 0.0, False, False))
        # Else it was answered again: the last word is what the feed is asked about.
    return found


def practice(real: Mapping[str, Any]) -> str:
    """What was done, in the words of the world, or its label."""
    if not gamed(real):
        return "honest" if real["label"] == "honest" else f"{real['label']}, not changed"
    evasive = ", evasive" if real.get("evasive") else ""
    return f"{real.get('practice') or real['label']}{evasive}"


def lines(found: Sequence[Passage]) -> list[str]:
    """The table: a row a practice, one for all gamed ones and one for all others."""
    by_practice: defaultdict[str, list[Passage]] = defaultdict(list)
    for one in found:
        if one.gamed:
            by_practice[one.practice].append(one)
    rows = [HEAD, "|".join(["---"] * len(HEAD.split("|")))]
    rows += [_line(name, ones) for name, ones in sorted(by_practice.items())]
    rows.append(_line("all gamed", [one for one in found if one.gamed]))
    rows.append(_line("all others", [one for one in found if not one.gamed]))
    return rows


def exported(found: Sequence[Passage]) -> str:
    """What changed hands after it had been exported."""
    changed = [one for one in found if one.changed]
    back = sum(one.from_clean and one.where != NEVER for one in changed)
    return (
        f"{len(changed):,} of {len(found):,} answers changed verdict after their first export; "
        f"{back:,} of them left as clean and end rejected"
    )


def _line(name: str, ones: Sequence[Passage]) -> str:
    ends = [one for one in ones if one.where != NEVER]
    times = sorted(one.counted or 0.0 for one in ends)
    at = [_share(sum(one.where == where for one in ones), len(ones))
          for where in (FIRST, SOON, NIGHT, LAST)]  # fmt: skip
    changed = sum(one.changed for one in ones)
    return " | ".join([name, str(len(ones)), _share(len(ends), len(ones)), *at, _time(times, 0.5),
                       _time(times, 0.9), str(changed)])  # fmt: skip


def _passage(
    name: str, is_gamed: bool, answered: datetime, rows: Sequence[tuple[datetime, str]]
) -> Passage:
    verdicts = [verdict for _, verdict in rows]
    changed, clean = len(set(verdicts)) > 1, verdicts[0] == "clean"
    if verdicts[-1] != REJECTED:
        return Passage(name, is_gamed, NEVER, None, changed, clean)
    since = len(rows) - 1
    while since and verdicts[since - 1] == REJECTED:
        since -= 1
    counted = sum(
        (after[0] - before[0]).total_seconds()
        for before, after in pairwise(rows) if before[1] != REJECTED
    )  # fmt: skip
    nights = rows[since][0].timestamp() // DAY - answered.timestamp() // DAY
    where = FIRST if not since else SOON if nights < 1 else LAST if nights > AGES[-1] else NIGHT
    return Passage(name, is_gamed, where, counted, changed, clean)


def _feed(app: Flask) -> dict[str, tuple[datetime, list[tuple[datetime, str]]]]:
    """By invitation: when it was answered, and what left about it and when."""
    found: dict[str, tuple[datetime, list[tuple[datetime, str]]]] = {}
    with app.app_context():
        rows = db.session.execute(
            select(Response.invitation_id, Response.answered_at, Revision.published_at,
                   Revision.verdict)
            .join(Revision, Revision.response_id == Response.id)
            .order_by(Revision.number)
        )  # fmt: skip
        for invitation, answered, published, verdict in rows:
            found.setdefault(invitation, (answered, []))[1].append((published, verdict))
    return found


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def _time(values: Sequence[float], share: float) -> str:
    if not values:
        return "-"
    seconds = values[min(int(share * len(values)), len(values) - 1)]
    return f"{seconds / DAY:.1f} days" if seconds >= DAY else f"{seconds / 3600:.1f} hours"
