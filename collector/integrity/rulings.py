"""Which rulings hold, and what a ruling makes of a judgement. Reads only.

A reviewer's word wins over every later judgement of the same score: the judge looks it up
(`in_force`) and passes what it found through `overruled`. A customer who changes the score gives a
new answer, and the ruling about the old one no longer holds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector.integrity.judgement import CLEAN, REJECTED, Judgement
from collector.model.answers import Response
from collector.model.appeals import Ruling as Row
from collector.model.sql.bulk import one_of

COUNTS, COMPANY_ONLY, SET_ASIDE, STANDS = "counts", "company_only", "set_aside", "stands"
CONFIRMED, CLEARED = "confirmed", "cleared"
PREFIX = "RULING/"
VERDICTS = {COUNTS: (CLEAN, 1.0), COMPANY_ONLY: (CLEAN, 1.0), SET_ASIDE: (REJECTED, 0.0)}
# Whom an answer counts for: everybody, or the company but no agent, team or store.
ALL, COMPANY = "all", "company"
JUDGED_ROLES = ("agent", "team", "store")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A ruling that holds. `outcome`: counts, company_only or set_aside."""

    id: str
    appeal_id: str | None
    outcome: str
    reason: str
    by: str
    at: datetime

    @property
    def code(self) -> str:
        """Its reason code, such as `RULING/company_only`."""
        return PREFIX + self.outcome

    @property
    def judged_by(self) -> str:
        """What the verdict says of who judged."""
        return f"ruling {self.id}"


def in_force(session: Session, response_ids: Collection[str]) -> dict[str, Ruling]:
    """The newest ruling that holds for each of these responses, where there is one."""
    rows = session.execute(
        select(Row, Response.score)
        .join(Response, Response.id == Row.response_id)
        .where(one_of(Row.response_id, response_ids), Row.outcome != STANDS)
        .order_by(Row.ruled_at, Row.id)
    )
    return {str(row.response_id): of(row) for row, score in rows if score == row.score}


def of(row: Row) -> Ruling:
    """The ruling that this row holds."""
    return Ruling(row.id, row.appeal_id, row.outcome, row.reason, row.by, row.ruled_at)


def overruled(judgement: Judgement, ruling: Ruling | None) -> Judgement:
    """What holds once this ruling wins. What the checks found stays in the evidence."""
    if ruling is None:
        return judgement
    verdict, weight = VERDICTS[ruling.outcome]
    figures = {"ruling": ruling.id, "appeal": ruling.appeal_id, "reason": ruling.reason}
    checks = {"verdict": judgement.verdict, "weight": judgement.weight,
              "reasons": list(judgement.reasons)}  # fmt: skip
    return replace(
        judgement,
        verdict=verdict,
        weight=weight,
        reasons=(ruling.code,),
        evidence={**judgement.evidence, ruling.code: {**figures, "checks": checks}},
    )


def counts_for(reasons: Sequence[str]) -> str:
    """Whom an answer with these reasons counts for: `all`, or `company`."""
    return COMPANY if PREFIX + COMPANY_ONLY in reasons else ALL
