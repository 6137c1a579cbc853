"""Who shares a contact point: two accounts with one phone are one person to pester. Reads only.

Whoever decides about a person locks the sharers along, so that the caps hold per contact point: a
later decision about one of them waits for the row of the other. Rows on people are the only locks,
taken in the order of id, so there is no second kind of lock to deadlock with.

Families and small shops share with a few. An address of thousands is a switchboard or a typing
habit (none@none.com): nobody is told apart behind it, so of the sharers the first `MOST` by id
stand for all. Everybody there locks these and counts their asks; later ones count for themselves
and in their own batch only. How many there are is counted up to `COUNTED`, the largest number that
a rule can name (`contact_integrity.many`). So the work for a batch grows with its contact points,
never with how many people are at one. Next: `invitation_history.py` reads the sharers' asks.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ARRAY, Select, String, func, literal, select, true
from sqlalchemy.orm import Session, aliased

from collector.model.base import is_postgres
from collector.model.people import ContactPoint, Person
from collector.model.sql.bulk import one_of

Point = tuple[str, str]  # channel, address
MOST: Final = 200
COUNTED: Final = 1_000
STAFF = "employee"
TEXTS: Final[ARRAY[str]] = ARRAY(String)


def spelling(point: Point) -> Point:
    """Under which two contact points are the same: numbers are kept in E.164, and no provider that
    matters tells Ana@example.com from ana@example.com, though the standard would let it."""
    return point[0], point[1].lower()


@dataclass(frozen=True, slots=True)
class Sharers:
    """`people` has the ids of those at a contact point, the first `MOST`; `staff` the points of
    employees; `crowds` how many people are at a point of more than `MOST`. All by `spelling`."""

    people: Mapping[Point, tuple[str, ...]]
    staff: frozenset[Point]
    crowds: Mapping[Point, int] = field(default_factory=dict)

    def others(self, point: Point) -> int:
        """How many more people have this contact point; of a crowd at most `COUNTED`, less one."""
        known = spelling(point)
        return max(self.crowds.get(known, len(self.people.get(known, ()))) - 1, 0)

    def staffed(self, point: Point) -> bool:
        return spelling(point) in self.staff

    def beside(self, one: str, points: Iterable[Point]) -> dict[str, set[str]]:
        """Who else is at one of this person's contact points → on which channels."""
        found: dict[str, set[str]] = {}
        for point in points:
            for other in self.people.get(spelling(point), ()):
                if other != one:
                    found.setdefault(other, set()).add(point[0])
        return found


def among(session: Session, points: Iterable[Point]) -> Sharers:
    """Who has one of these contact points."""
    wanted = {spelling(point) for point in points}
    if not wanted:
        return Sharers({}, frozenset())
    first = _first(wanted, MOST).subquery()
    found: dict[Point, list[str]] = {}
    staff = set()
    for row in session.connection().execute(
        select(first, Person.kind)
        .join(Person, Person.id == first.c.person_id)
        .order_by(first.c.person_id)
    ):
        point = row.channel, row.address
        found.setdefault(point, []).append(row.person_id)
        if row.kind == STAFF:
            staff.add(point)
    crowded = {point for point, people in found.items() if len(people) == MOST}
    people = {point: tuple(ids) for point, ids in found.items()}
    return Sharers(people, frozenset(staff), _counted(session, crowded))


def partners(session: Session, person_ids: Collection[str]) -> dict[str, set[str]]:
    """For each of these people, who shares a contact point with them."""
    mine: dict[str, list[Point]] = {one: [] for one in person_ids}
    held = select(ContactPoint.person_id, ContactPoint.channel, ContactPoint.address)
    for row in session.connection().execute(held.where(one_of(ContactPoint.person_id, mine))):
        mine[row.person_id].append((row.channel, row.address))
    sharers = among(session, {point for points in mine.values() for point in points})
    return {one: set(sharers.beside(one, points)) for one, points in mine.items()}


def _counted(session: Session, crowded: Collection[Point]) -> dict[Point, int]:
    if not crowded:
        return {}
    first = _first(crowded, COUNTED).subquery()
    rows = session.connection().execute(
        select(first.c.channel, first.c.address, func.count()).group_by(
            first.c.channel, first.c.address
        )
    )
    return {(channel, address): count for channel, address, count in rows}


def _first(points: Collection[Point], most: int) -> Select[Any]:
    """The first people by id at each of these points: channel, address, person_id.

    The index has them in this order, and each point's are left after `most` of them.
    """
    at, pairs = aliased(ContactPoint), sorted(points)
    if is_postgres():
        channels, addresses = ([pair[half] for pair in pairs] for half in (0, 1))
        wanted = (
            func.unnest(literal(channels, TEXTS), literal(addresses, TEXTS))
            .table_valued("channel", "address", name="wanted")
            .render_derived()
        )
        # By all of the index: by its last column alone, an index on people would look as good.
        asked = _at(at, wanted.c.channel, wanted.c.address).order_by(
            at.channel, func.lower(at.address), at.person_id
        )
        few = asked.limit(most).correlate(wanted).lateral()
        return select(wanted.c.channel, wanted.c.address, few.c.person_id).select_from(
            wanted.join(few, true())
        )
    given = func.json_each(literal(json.dumps(pairs))).table_valued("value", name="wanted")
    channel, address = (func.json_extract(given.c.value, path) for path in ("$[0]", "$[1]"))
    asked = _at(at, channel, address).with_only_columns(at.id).order_by(at.person_id)
    return (
        select(channel.label("channel"), address.label("address"), ContactPoint.person_id)
        .select_from(given)
        .join(ContactPoint, ContactPoint.id.in_(asked.limit(most).correlate(given)))
    )


def _at(points: Any, channel: Any, address: Any) -> Select[Any]:
    return select(points.person_id).where(
        points.channel == channel, func.lower(points.address) == address
    )
