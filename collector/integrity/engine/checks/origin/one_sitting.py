"""ONE_SITTING: one after the other, customers who are not there answer from one place, whoever
served them.
Page: docs/integrity/one_sitting.md

Who goes through a heap of open links or cards leaves a row: several customers within minutes from
one device or address, their cases hours or days ago. Customers of a firm, guests of an event and
patients on a ward may sit together too, but they are many hands. Size: 1 for four people, half a
nat more for each further one, at most 3.5; as much of it as came later than a customer stays, and
as is more than the place's usual traffic explains; then whether the scores look like one hand's
(`score_pattern.py`), up to 3 either way, and up to 2.5 if they were pressed as by a practised hand
(`seen/pace.py`). Half for an address, if devices are known and more than one hand's. Several
customers on one number are one.
"""

from __future__ import annotations

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.finding import SESSION, Finding
from collector.integrity.engine.running_statistics import DAY
from collector.integrity.engine.score_pattern import score_pattern
from collector.integrity.engine.seen.pace import pace
from collector.integrity.engine.seen.sittings import Sitting
from collector.integrity.engine.surprise import poisson_surprise
from collector.integrity.engine.usage_index import PAUSE, Origin

CODE = "ONE_SITTING"
PEOPLE_LEAST, FIRST, EACH, CAP = 4, 1.0, 0.5, 3.5
SURE = 6.0  # nats
LATE_FROM = 0.5


def check(assessment: Assessment) -> Finding | None:
    """A finding for a good score in a row of absent people's good scores."""
    case, stats = assessment.case, assessment.stats
    if not case.good:
        return None
    chosen: Finding | None = None
    for where, sittings, key, index in (
        ("device", stats.seen.device_sittings, case.device, stats.devices),
        ("address", stats.seen.ip_sittings, case.ip, stats.ips),
    ):
        sitting = sittings.of(key, case.answered, case.respondent)
        origin = index.get(key)
        if sitting is None or origin is None or sitting.people < PEOPLE_LEAST:
            continue
        log_odds = _weigh(assessment, sitting, origin)
        if log_odds <= 0.2 or (chosen is not None and log_odds <= chosen.log_odds):
            continue
        rows = sitting.by_subject.values()
        chosen = Finding(CODE, SESSION, log_odds, {
            "where": where, "customers": sitting.people, "subjects": len(rows),
            "best": sum(row.best for row in rows), "later": sitting.late,
            "minutes": round((sitting.last - sitting.first) / 60, 1),
        })  # fmt: skip
    return chosen


def _weigh(assessment: Assessment, sitting: Sitting, origin: Origin) -> float:
    absent = sitting.late / sitting.timed if sitting.timed else 0.0
    absent = max((absent - LATE_FROM) / (1 - LATE_FROM), 0.0)
    size = min(FIRST + EACH * (sitting.people - PEOPLE_LEAST), CAP)
    sure = min(_rush(assessment, sitting, origin) / SURE, 1.0) * absent
    if sure <= 0.1:
        return 0.0
    scores = score_pattern(assessment.stats, sitting.by_subject).log_odds
    return (size + scores + max(pace(sitting.by_subject.values()), 0.0)) * sure


def _rush(assessment: Assessment, sitting: Sitting, origin: Origin) -> float:
    """-ln of the chance that the place's usual traffic brings so many customers so quickly."""
    stats, people = assessment.stats, len(sitting.customers)
    days = max((stats.company.last - stats.company.first) / DAY, 1.0)
    a_day = max(origin.customer_count - people, 0) / days
    # Not evenly: most come in a few hours.
    usual = 4 * a_day * (sitting.last - sitting.first + PAUSE) / DAY
    return poisson_surprise(people, usual + 0.3, 2 * SURE)


CHECK = Check(CODE, version=2, cost="periodic", check=check)
