"""Why raw and cleaned differ: each KPI both ways, and the answers that make the difference.

Reads the feed, as any reader downstream would, and beside it the figures behind each verdict. Says
what was seen of how answers were collected, never what somebody meant. Used by the demo's closing
line and by the page `/cleaned`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from collector.exports import feed
from collector.exports.feed import Row
from collector.exports.kpis import kpis
from collector.integrity.audit import words_answers
from collector.model.base import db
from collector.model.verdicts import Verdict
from collector.surveys.metrics import METRICS

# What a reader understands at once, the most telling first; other codes speak by their title.
CLAUSES: Final[Mapping[str, str]] = {
    "DEVICE_SHARED": "one device answered for {customers} customers",
    "STAFF_CONTACT": "the number or address that was asked is a colleague's",
    "CONTACT_REUSED": "one number or address was asked for {customers} customers",
    "DUPLICATE": "they came twice",
}


@dataclass(frozen=True, slots=True)
class Doubted:
    """An answer that counts less than whole, or not at all (`weight` 0), and the figures why."""

    response_id: str
    event_id: str
    agent: str
    score: int
    weight: float
    reasons: tuple[str, ...]
    evidence: Mapping[str, Any]
    published_at: Any

    def seen(self) -> list[tuple[str, str, str]]:
        """For each reason its code, what it means, and this answer's own figures."""
        return [
            (code, words_answers.of(code).title, words_answers.example(code, self._of(code)))
            for code in self.reasons
        ]

    def _of(self, code: str) -> Mapping[str, Any]:
        found = self.evidence.get(code)
        return found if isinstance(found, Mapping) else {}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One survey whose KPI differs raw and cleaned. `doubted`: the newest first."""

    survey: str
    metric: str
    raw: float
    cleaned: float
    doubted: tuple[Doubted, ...]

    @property
    def left_out(self) -> tuple[Doubted, ...]:
        return tuple(one for one in self.doubted if one.weight == 0)


def differences() -> list[Cleaned]:
    """Every survey whose raw and cleaned figures are not the same, by key."""
    newest: dict[str, Row] = {row["response_id"]: row for row in feed.stream()}
    doubted: dict[str, list[Row]] = {}
    for row in newest.values():
        if row["score"] is not None and row["weight"] < 1:
            doubted.setdefault(row["survey"], []).append(row)
    evidence = _evidence([row["response_id"] for rows in doubted.values() for row in rows])
    return [
        Cleaned(
            one.survey, one.metric, one.headline, one.weighted_headline,
            tuple(_doubted(row, evidence) for row in reversed(doubted.get(one.survey, []))),
        )
        for one in kpis(newest.values())
        if one.headline is not None and one.weighted_headline is not None
        and round(one.headline, 1) != round(one.weighted_headline, 1)
    ]  # fmt: skip


def sentence(one: Cleaned) -> str:
    """One line: `CES 87.8 % raw, 84.6 % cleaned: 10 answers left out, 8 of them because …`."""
    figures = f"{figure(one, one.raw)} raw, {figure(one, one.cleaned)} cleaned"
    told = []
    if one.left_out:
        told.append(f"{_many(len(one.left_out), 'answer')} left out{_chief(one.left_out)}")
    if less := len(one.doubted) - len(one.left_out):
        counts = "counts" if less == 1 else "count"
        told.append(f"{f'{less} more' if told else _many(less, 'answer')} {counts} in part")
    return f"{one.metric.upper()} {figures}: {'; '.join(told) or 'some answers stand for others'}"


def figure(one: Cleaned, value: float) -> str:
    return f"{value:.1f}{' %' if METRICS[one.metric].unit == 'percent' else ''}"


def _chief(left_out: tuple[Doubted, ...]) -> str:
    """What most of them have in common: whose they are, and the most telling reason of all."""
    agent, many = Counter(one.agent for one in left_out).most_common(1)[0]
    theirs = [one for one in left_out if one.agent == agent]
    common = set.intersection(*(set(one.reasons) for one in theirs))
    code = next((code for code in CLAUSES if code in common), min(common, default=""))
    if not code:
        return ""
    whom = f" (agent {agent})" if agent else ""
    if len(left_out) == 1:
        return f", because {_clause(code, theirs)}{whom}"
    which = "all" if many == len(left_out) else str(many)
    return f", {which} of them because {_clause(code, theirs)}{whom}"


def _clause(code: str, answers: Iterable[Doubted]) -> str:
    if code not in CLAUSES:
        return f"of “{words_answers.of(code).title.lower()}”"
    # Of several verdicts the one that saw most of it speaks.
    figures = [one.evidence.get(code, {}) for one in answers]
    most = max(figures, key=lambda seen: int(seen.get("customers", 0)))
    try:
        return CLAUSES[code].format(**most)
    except KeyError:
        return f"of “{words_answers.of(code).title.lower()}”"


def _doubted(row: Row, evidence: Mapping[str, Mapping[str, Any]]) -> Doubted:
    agent = (row["subjects"] or {}).get("agent") or {}
    return Doubted(
        response_id=row["response_id"], event_id=row["event_id"], agent=str(agent.get("id", "")),
        score=row["score"], weight=row["weight"], reasons=tuple(row["reasons"]),
        evidence=evidence.get(row["response_id"], {}), published_at=row["published_at"],
    )  # fmt: skip


def _evidence(response_ids: list[str]) -> dict[str, Mapping[str, Any]]:
    """The figures of the newest verdict that left in the feed, by response."""
    found: dict[str, Mapping[str, Any]] = {}
    session = cast(Session, db.session())
    for at in range(0, len(response_ids), 500):
        newest = (
            select(Verdict.response_id, func.max(Verdict.number))
            .where(Verdict.response_id.in_(response_ids[at : at + 500]), Verdict.published)
            .group_by(Verdict.response_id)
        )
        rows = session.execute(
            select(Verdict.response_id, Verdict.evidence).where(
                tuple_(Verdict.response_id, Verdict.number).in_(newest)
            )
        )
        found.update((id, evidence) for id, evidence in rows)
    return found


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
