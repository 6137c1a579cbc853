"""Who shares a contact point: two accounts with one phone are one person to pester. Reads only.

Used by `decide.py` (whom to lock along) and `person_loader.py` (whose asks count along). Locking
along makes the caps hold per contact point: whoever decides later about one of the sharers must
wait for the row of the other. Rows on people are the only locks, taken in the order of id, so there
is no second kind of lock to deadlock with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from collector.model.people import ContactPoint, Person
from collector.model.sql.bulk import one_of, pair_of

Point = tuple[str, str]  # channel, address
MOST = 200
"""Of a contact point that even more people have (a switchboard), the first by id stand for all."""
STAFF = "employee"


def spelling(point: Point) -> Point:
    """Under which two contact points are the same: numbers are kept in E.164, and no provider that
    matters tells Ana@example.com from ana@example.com, though the standard would let it."""
    return point[0], point[1].lower()


@dataclass(frozen=True, slots=True)
class Sharers:
    """`people` has the ids of everybody at a contact point, `staff` the points of employees; both
    go by `spelling`."""

    people: Mapping[Point, tuple[str, ...]]
    staff: frozenset[Point]

    def others(self, point: Point) -> int:
        """How many more people have this contact point."""
        return max(len(self.people.get(spelling(point), ())) - 1, 0)

    def staffed(self, point: Point) -> bool:
        return spelling(point) in self.staff


def among(session: Session, points: Iterable[Point]) -> Sharers:
    """Everybody who has one of these contact points, the first 200 of each."""
    wanted = {spelling(point) for point in points}
    if not wanted:
        return Sharers({}, frozenset())
    address = func.lower(ContactPoint.address)
    ranked = (
        select(
            ContactPoint.channel, address.label("address"), ContactPoint.person_id, Person.kind,
            _rank(ContactPoint),
        )
        .join(Person, Person.id == ContactPoint.person_id)
        .where(pair_of(ContactPoint.channel, address, wanted))
        .subquery()
    )  # fmt: skip
    found: dict[Point, list[str]] = {}
    staff = set()
    for row in session.connection().execute(select(ranked).where(ranked.c.rank <= MOST)):
        point = row.channel, row.address
        found.setdefault(point, []).append(row.person_id)
        if row.kind == STAFF:
            staff.add(point)
    return Sharers({point: tuple(ids) for point, ids in found.items()}, frozenset(staff))


def partners(session: Session, person_ids: Iterable[str]) -> dict[str, set[str]]:
    """For each of these people, who shares a contact point with them."""
    mine, theirs = aliased(ContactPoint), aliased(ContactPoint)
    ids = set(person_ids)
    ranked = (
        select(mine.person_id.label("one"), theirs.person_id.label("other"), _rank(theirs, mine))
        .join(
            theirs,
            (theirs.channel == mine.channel)
            & (func.lower(theirs.address) == func.lower(mine.address))
            & (theirs.person_id != mine.person_id),
        )
        .where(one_of(mine.person_id, ids))
        .subquery()
    )
    found: dict[str, set[str]] = {one: set() for one in ids}
    for row in session.connection().execute(
        select(ranked.c.one, ranked.c.other).where(ranked.c.rank <= MOST)
    ):
        found[row.one].add(row.other)
    return found


def _rank(points: Any, of: Any = None) -> Any:
    group = [
        points.channel,
        func.lower(points.address),
        *([of.person_id] if of is not None else []),
    ]
    numbered = func.row_number().over(partition_by=group, order_by=points.person_id)
    return numbered.label("rank")
