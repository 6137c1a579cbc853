"""Writes down what the engine says, and the verdicts that follow from it. Inside a unit of work.

`Standing` holds the engine's newest word on each response; a verdict is that word with what the
subject's finding adds and what a reviewer ruled. A verdict is appended only where verdict, weight
or reasons changed (or the answer did): figures that move a little each night leave no revision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from collector.integrity import judgement, rulings
from collector.integrity.engine.combine import Verdict as Said
from collector.integrity.engine.engine import Judged
from collector.integrity.engine.subjects.sums import on_the_spot
from collector.integrity.evidence import log
from collector.integrity.evidence.engine_cache import CachedEngine
from collector.integrity.evidence.stored_weight_adjustments import Influences
from collector.integrity.judgement import REJECTED, Judgement
from collector.model import batches, locks
from collector.model.answers import Response
from collector.model.base import UnitOfWork
from collector.model.ids import derived_id
from collector.model.integrity import EngineState
from collector.model.sql.bulk import insert_all, one_of
from collector.model.verdicts import Verdict

CHECKS = "checks"


def of(session: Session, rows: Sequence[Response]) -> dict[str, EngineState]:
    """What stands of these responses, by id; a new row with version 0 where nothing does."""
    wanted = select(EngineState).where(one_of(EngineState.response_id, [row.id for row in rows]))
    found = {one.response_id: one for one in session.scalars(wanted)}
    for row in rows:
        if row.id not in found:
            found[row.id] = EngineState(response_id=row.id, version=0)
            session.add(found[row.id])
    return found


def arrived(standing: EngineState, row: Response, judged: Judged) -> None:
    """The engine's word on an answer that just came in, in place of the former one."""
    standing.number, standing.version = judged.case.number, row.version
    _say(standing, judged)


def look_again(standing: EngineState, kept: CachedEngine, now: float) -> None:
    """The engine's word on an answer that was fed before, if it is not final yet."""
    id = log.answer_id(standing.response_id, standing.version)
    judged = (
        kept.engine_cache.look_again(id, now) if kept.engine_cache and standing.number else None
    )
    if judged is not None:
        _say(standing, judged)


def set_aside(standing: EngineState, row: Response) -> None:
    """The fold's word on a response of which no score counts: machines', or a person's words."""
    words = bool(row.comment)
    said = (judgement.words_alone if words else judgement.set_aside)(row.set_aside)
    standing.number, standing.version, standing.worker = 0, row.version, ""
    standing.spot = standing.best = standing.poor = False
    standing.verdict, standing.weight = said.verdict, said.weight
    standing.p = 0.0 if words else 1.0
    standing.kind, standing.age = "made_up" if words else "machine", 0
    standing.reasons, standing.evidence = list(said.reasons), dict(said.evidence)


def again(session: Session, judged: Sequence[Judged]) -> list[EngineState]:
    """What the night said of answers that still stand; those that were superseded stay as said."""
    by_response = {log.response_of(one.case.id): one for one in judged}
    found = []
    for chunk in _chunks(sorted(by_response)):
        for standing in session.scalars(
            select(EngineState).where(one_of(EngineState.response_id, chunk))
        ):
            one = by_response[standing.response_id]
            if standing.number == one.case.number:
                _say(standing, one)
                found.append(standing)
    return found


def verdicts(
    work: UnitOfWork, standings: Sequence[EngineState], influences: Influences, now: datetime
) -> int:
    """Append a verdict wherever these say something new. Returns how many; rings."""
    written = 0
    for chunk in _chunks(standings):
        written += _verdicts(work, {one.response_id: one for one in chunk}, influences, now)
    return written


def verdicts_apart(
    work: UnitOfWork,
    standings: Sequence[EngineState],
    influences: Influences,
    now: datetime,
    failed: dict[str, Exception],
) -> int:
    """The same, each response for itself; what was raised goes into `failed`, by response.

    The engine's word on those is kept, and they wait for the judge, who writes it down as their
    verdict: the night is over for all, and what it said of them is not lost.
    """
    written = 0
    for standing in standings:
        try:
            with work.session.begin_nested():
                written += verdicts(work, [standing], influences, now)
        except Exception as error:
            if not batches.of_a_row(error):
                raise
            failed[standing.response_id] = error
    if failed:
        work.session.execute(
            update(Response).where(one_of(Response.id, failed)).values(needs_verdict=True),
            execution_options={"synchronize_session": False},
        )
        work.ring("judge")
    return written


def newest(session: Session, response_ids: Collection[str]) -> dict[str, Verdict]:
    """The verdict that holds for each of these responses, where there is one."""
    rows = select(Verdict).where(one_of(Verdict.response_id, response_ids)).order_by(Verdict.number)
    return {row.response_id: row for row in session.scalars(rows)}


def _verdicts(
    work: UnitOfWork, standings: Mapping[str, EngineState], influences: Influences, now: datetime
) -> int:
    session, ids = work.session, sorted(standings)
    rows: list[dict[str, Any]] = []
    # A ruling about one of them waits, or is seen here: each verdict has a number of its own.
    locks.rows(session, Response, select(Response.id).where(one_of(Response.id, ids)))
    last, ruled = newest(session, ids), rulings.in_force(session, ids)
    changed: dict[str, Judgement] = {}
    for id, standing in standings.items():
        ruling = ruled.get(id)
        said = rulings.overruled(_judgement(standing, influences), ruling)
        if _same(last.get(id), standing.version, said):
            continue
        changed[id] = said
        number = last[id].number + 1 if id in last else 1
        by = ruling.judged_by if ruling else CHECKS
        rows.append(_row(standing, said, number, by, now))
    insert_all(session, cast(Table, Verdict.__table__), rows)
    if changed:
        work.ring("publish")
    _follow_up(work, changed, last)
    return len(rows)


def _judgement(standing: EngineState, influences: Influences) -> Judgement:
    if not standing.number:
        return Judgement(
            standing.verdict, standing.weight, tuple(standing.reasons), standing.evidence
        )
    said = Said(
        standing.verdict, standing.weight, standing.p, standing.kind, tuple(standing.reasons)
    )
    weighed = influences.weigh(
        said, standing.worker, spot_best=standing.spot, best=standing.best,
        poor=standing.poor,
    )  # fmt: skip
    return judgement.of(weighed, standing.evidence, standing.p)


def _follow_up(
    work: UnitOfWork, changed: Mapping[str, Judgement], last: Mapping[str, Verdict]
) -> None:
    """A case may be opened for an answer that came in, or that counts after all."""
    session = work.session
    wanted = {
        id: said.verdict != REJECTED
        for id, said in changed.items()
        if id not in last or said.verdict == REJECTED or last[id].verdict == REJECTED
        or session.get_one(Response, id).version != last[id].response_version
    }  # fmt: skip
    for id in sorted(wanted):
        session.get_one(Response, id).needs_follow_up = wanted[id]
    if any(wanted.values()):
        work.ring("follow_up")


def _say(standing: EngineState, judged: Judged) -> None:
    case, said = judged.case, judged.verdict
    standing.worker, standing.age = case.worker, judged.age
    standing.spot, standing.best = on_the_spot(judged), case.best
    standing.poor = case.poor
    standing.verdict, standing.weight, standing.p = said.verdict, said.weight, said.p
    standing.kind, standing.reasons = said.kind, list(said.reasons)
    standing.evidence = {code: dict(figures) for code, figures in said.evidence.items()}


def _same(last: Verdict | None, version: int, said: Judgement) -> bool:
    return last is not None and (
        last.response_version == version
        and last.verdict == said.verdict
        and last.weight == said.weight
        and list(last.reasons) == list(said.reasons)
    )


def _row(
    standing: EngineState, said: Judgement, number: int, by: str, now: datetime
) -> dict[str, Any]:
    return {
        "id": derived_id("vrd", now, standing.response_id, str(number)),
        "response_id": standing.response_id,
        "number": number,
        "response_version": standing.version,
        "verdict": said.verdict,
        "weight": said.weight,
        "reasons": list(said.reasons),
        "evidence": dict(said.evidence),
        "checks_version": said.checks_version,
        "judged_by": by,
        "created_at": now,
    }


def _chunks(items: Sequence[Any], size: int = 500) -> Iterable[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
