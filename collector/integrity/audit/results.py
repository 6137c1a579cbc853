"""Holds final verdicts on disk until the subjects are judged, then hands out rows for the files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from collector.integrity.audit.judging.progress import Progress, counted, silent
from collector.integrity.engine import kpis
from collector.integrity.engine.combine import REJECTED, SUSPECT, Verdict
from collector.integrity.engine.engine import Judged
from collector.integrity.engine.subjects.company import Subjects
from collector.integrity.engine.subjects.sums import on_the_spot
from collector.integrity.engine.weights import explained, weigh

WEEK = 7 * 86400.0
SCHEMA = """
CREATE TABLE verdicts(id PRIMARY KEY, invitation, answered, worker, agent, team, claimed, metric,
  low, high, score, supersedes, spot, poor, raised, verdict, weight, p, kind, reasons, evidence)
  WITHOUT ROWID;
"""
READ = """
SELECT *, EXISTS(SELECT 1 FROM verdicts o WHERE o.supersedes = v.id AND o.verdict != 'rejected')
FROM verdicts v ORDER BY {order}
"""
INSERT = f"INSERT INTO verdicts VALUES ({','.join('?' * 21)})"  # noqa: S608  # fixed text


@dataclass(slots=True)
class Totals:
    """What the report counts."""

    verdicts: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    teams: dict[tuple[str, str], kpis.Tally] = field(default_factory=dict)
    company: dict[str, kpis.Tally] = field(default_factory=dict)
    weeks: dict[tuple[str, int], kpis.Tally] = field(default_factory=dict)
    within_a_day: int = 0


@dataclass(slots=True)
class Begging:
    """What customers' comments say of the whole company, which no comparison of peers can show.

    `agents`: agent → comments, and those that say that a score was asked for.
    """

    comments: int = 0
    asked_for: int = 0
    agents: dict[str, list[int]] = field(default_factory=dict)

    def add(self, judged: Judged) -> None:
        """Count an answer's comment, if it has one."""
        case = judged.case
        if not (case.comment or case.begs or case.bands):
            return
        begs = case.admits_begging
        self.comments += 1
        self.asked_for += begs
        of = self.agents.setdefault(case.worker, [0, 0]) if case.worker else [0, 0]
        of[0] += 1
        of[1] += begs


class Results:
    """Verdicts in the scratch database."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.batch: list[tuple[Any, ...]] = []
        db.executescript(SCHEMA)

    def keep(self, judged: Judged) -> None:
        """Remember a final verdict."""
        case, v = judged.case, judged.verdict
        self.batch.append((
            case.id, case.invitation, case.answered, case.worker, case.agent, case.team, None,
            case.metric, case.low, case.high, case.score, case.supersedes, on_the_spot(judged),
            case.poor, "UPWARD_REVISION" in v.evidence, v.verdict, v.weight,
            v.p, v.kind, orjson.dumps(v.reasons), orjson.dumps(v.evidence, default=str),
        ))  # fmt: skip
        if len(self.batch) >= 2000:
            self.flush()

    def flush(self) -> None:
        self.db.executemany(INSERT, self.batch)
        self.batch.clear()

    def index(self) -> None:
        """All are here: prepare for reading."""
        self.flush()
        self.db.execute(
            "UPDATE verdicts SET claimed = (SELECT team FROM responses r WHERE r.id = verdicts.id)"
        )
        self.db.executescript("CREATE INDEX by_superseded ON verdicts(supersedes);")

    def verdicts(self, subjects: Subjects, totals: Totals) -> Iterator[dict[str, Any]]:
        """Rows of verdicts.ndjson, by time; counts them into `totals`."""
        for row in self.db.execute(READ.format(order="answered, id")):
            weighed = self._weigh(row, subjects)
            evidence = explained(weighed, orjson.loads(row[20]))
            totals.verdicts[weighed.verdict] = totals.verdicts.get(weighed.verdict, 0) + 1
            for code in weighed.reasons:
                totals.reasons[code] = totals.reasons.get(code, 0) + 1
            if weighed.verdict == REJECTED:
                totals.kinds[row[18]] = totals.kinds.get(row[18], 0) + 1
            yield {
                "response_id": row[0], "verdict": weighed.verdict, "weight": weighed.weight,
                "reasons": list(weighed.reasons), "evidence": evidence, "p": row[17],
                "counts": not row[21] and weighed.verdict != REJECTED,
            }  # fmt: skip

    def tally(
        self, subjects: Subjects, totals: Totals, answers: int = 0, progress: Progress = silent
    ) -> None:  # fmt: skip
        """Add up the KPIs: of each invitation the last answer that was not rejected counts."""
        invitation: str | None = None
        group: list[tuple[Any, ...]] = []
        rows = self.db.execute(READ.format(order="invitation, answered, id"))
        for row in counted("adding up", rows, answers, progress):
            if row[1] != invitation:
                self._count(group, subjects, totals)
                invitation, group = row[1], []
            group.append(row)
        self._count(group, subjects, totals)

    def _count(self, group: list[tuple[Any, ...]], subjects: Subjects, totals: Totals) -> None:
        counting = []
        for row in group:
            value = kpis.contribution(row[7], row[8], row[9], row[10])
            for tally in _tallies(row, row[6] or row[5], totals):
                tally.add_raw(value)
            if row[15] == REJECTED:
                for tally in _tallies(row, row[5], totals):
                    tally.rejected += 1
            elif not row[21]:
                counting.append(row)
            else:
                counting.insert(max(len(counting) - 1, 0), row)
        if not counting or counting[-1][21]:
            return
        last, earlier = counting[-1], counting[-2] if len(counting) > 1 else None
        share = 0.0
        if last[14] and earlier is not None:
            adjustment = subjects.adjustments.get(last[3])
            share = adjustment.raised if adjustment else 0.0
            if share >= 0.05:
                self._add(earlier, share, subjects, totals)
        self._add(last, 1 - share, subjects, totals)

    def _add(self, row: tuple[Any, ...], share: float, subjects: Subjects, totals: Totals) -> None:
        weighed = self._weigh(row, subjects)
        value = kpis.contribution(row[7], row[8], row[9], row[10])
        suspect = weighed.verdict == SUSPECT
        for tally in _tallies(row, row[5], totals):
            tally.add(value, weighed.weight * share, suspect=suspect)
            tally.suspect += suspect

    def _weigh(self, row: tuple[Any, ...], subjects: Subjects) -> Any:
        worker = row[3]
        verdict = Verdict(row[15], row[16], row[17], row[18], tuple(orjson.loads(row[19])))
        return weigh(
            verdict, spot_best=bool(row[12]), best=row[10] >= row[9], poor=bool(row[13]),
            adjustment=subjects.adjustments.get(worker),
        )  # fmt: skip


def _tallies(row: tuple[Any, ...], team: str, totals: Totals) -> tuple[kpis.Tally, ...]:
    metric, week = row[7], int(row[2] // WEEK)
    return (
        totals.teams.setdefault((team, metric), kpis.Tally()),
        totals.company.setdefault(metric, kpis.Tally()),
        totals.weeks.setdefault((metric, week), kpis.Tally()),
    )
