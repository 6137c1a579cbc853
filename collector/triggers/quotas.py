"""The counters behind the gate `quota`: locked by rule, kept as people are invited.

Used by `decide.py`. The lock is on the rule's row and is taken after those on people, in the order
of keys; a place that is taken stays taken, also where the invitation lapses later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from collector import clock
from collector.model import locks
from collector.model.events import QuotaUse
from collector.model.rules import Rule as RuleRow
from collector.model.sql.bulk import upsert
from collector.rules.definition import Rule
from collector.triggers.gates.quota import QuotaSlot

Used = Counter[QuotaSlot]
LONGEST = timedelta(days=33)  # a period is a month at most, and begins before now


def locked(session: Session, rules: Iterable[Rule]) -> Used:
    """How many places are taken, of the rules that have a quota. No statement where none has."""
    per = {rule.key: rule.policy.quota.per for rule in rules if rule.policy.quota is not None}
    if not per:
        return Counter()
    keys, since = sorted(per), (clock.now() - LONGEST).date().isoformat()
    locks.rows(session, RuleRow, select(RuleRow.key).where(RuleRow.key.in_(keys)))
    rows = session.execute(
        select(QuotaUse.rule_key, QuotaUse.period, QuotaUse.segment, QuotaUse.used).where(
            or_(
                *(
                    (QuotaUse.rule_key == key) & (QuotaUse.period >= f"{per[key]}:{since}")
                    for key in keys
                )
            )
        )
    )
    return Counter({(row.rule_key, row.period, row.segment): row.used for row in rows})


def write(session: Session, before: Used, after: Used) -> None:
    """Keep the places that were taken in between."""
    rows = [
        {"rule_key": place[0], "period": place[1], "segment": place[2], "used": used}
        for place, used in sorted(after.items())
        if used != before[place]
    ]
    if rows:
        statement = upsert(QuotaUse.__table__)
        session.connection().execute(
            statement.on_conflict_do_update(
                index_elements=["rule_key", "period", "segment"],
                set_={"used": statement.excluded.used},
            ),
            rows,
        )
