"""Moves an invitation or a message by an event of `states.py`, and by nothing else.

`moving` is for rows in the database (the compare-and-set is its WHERE), `move` for a row that is
locked. Neither commits.
"""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import Update, update

from collector.model.invitations import Invitation, Message
from collector.model.states import Transition


class WrongState(RuntimeError):
    """The row is in a state that this event does not leave. Nothing was changed."""


class HasState(Protocol):
    """A row of either table, or what was read of one to be written back."""

    status: str


def move(row: Invitation | Message | HasState, by: Transition) -> None:
    """Move a locked row. Raises WrongState: ask `by.leaves` first where that can be."""
    if not by.leaves(row.status):
        raise WrongState(f"{type(row).__name__}: no {by.event!r} for a row that is {row.status!r}")
    row.status = by.target


def moving(kind: type[Invitation] | type[Message], by: Transition) -> Update:
    """The UPDATE that moves those of the rows, still to be chosen, that this event leaves."""
    return update(kind).where(kind.status.in_(by.sources)).values(status=by.target)
