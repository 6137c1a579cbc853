"""An event that nobody listens to: which type comes nearest to one that somebody does. Reads only.

A wrong letter in a type is otherwise seen by nobody: the event is accepted, no rule asks, and no
decision says why. A type is heard that a live rule has as `on` or in `cancel_on`. Used by
`web/api/intake/events.py`, and by `web/api/intake/segment.py` for what is nearly heard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from sqlalchemy import select

from collector.errors import Problem
from collector.model import rules as tables
from collector.model.base import db
from collector.rules import rulebook

CODE: Final = "no_rule_listens"
LIKE: Final = 0.75  # a letter or two in twelve, or the words the other way round
MOST_LOOKED_AT: Final = 20  # types of one call: comparing takes time with many rules
LIVE: Final = "live"


@dataclass(frozen=True, slots=True)
class Unheard:
    """What to say of events of a type that no live rule listens to. `near` is the type that was
    probably meant, "" where none is like it."""

    note: Problem
    near: str = ""


def look(kinds: Iterable[str]) -> dict[str, Unheard]:
    """Those of these types that nobody listens to at this moment; at most the first twenty."""
    asked = sorted(set(kinds))[:MOST_LOOKED_AT]
    if not asked:
        return {}
    # Nearly every call is heard by a rule's own `on`; only for the others is the rest read.
    chosen = select(tables.Rule.event_type).where(
        tables.Rule.status == LIVE, tables.Rule.event_type.in_(asked)
    )
    if not (asked := sorted({*asked} - {*db.session.scalars(chosen)})):
        return {}
    columns = (
        tables.Rule.key, tables.Rule.status, tables.Rule.event_type, tables.Rule.version_id
    )  # fmt: skip
    rows = db.session.execute(select(*columns).order_by(tables.Rule.key)).all()
    live = rulebook.versions(db.session(), [row.version_id for row in rows if row.status == LIVE])
    heard = {row.event_type for row in rows if row.status == LIVE}
    heard |= {kind for rule in live.values() for kind in rule.timing.cancel_on}
    waiting = {row.event_type: (row.key, row.status) for row in rows if row.status != LIVE}
    return {kind: _unheard(kind, heard, waiting) for kind in asked if kind not in heard}


def _unheard(kind: str, heard: AbstractSet[str], waiting: Mapping[str, tuple[str, str]]) -> Unheard:
    if kind in waiting:
        rule, status = waiting[kind]
        return Unheard(_note(f"The rule {rule} is for it, but it is {status}."))
    near = _nearest(kind, heard) or _nearest(kind, waiting)
    if near:
        return Unheard(_note(f"Did you mean {near}?"), near)
    return Unheard(_note("It is kept; no rule that is made later asks about it."))


def _nearest(kind: str, known: Iterable[str]) -> str:
    plain = {_plain(one): one for one in sorted(known)}
    found = get_close_matches(_plain(kind), plain, n=1, cutoff=LIKE)
    return plain[found[0]] if found else ""


def _note(remedy: str) -> Problem:
    return Problem(CODE, f"No live rule listens to events of this type. {remedy}", "/type")


def _plain(kind: str) -> str:
    """Without what people write in different ways: order.delivered, Order_Delivered."""
    return "".join(letter for letter in kind.lower() if letter.isalnum())
