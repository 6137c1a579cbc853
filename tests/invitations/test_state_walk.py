"""Whatever happens, and in whatever order: no row moves but as the tables of states say."""

from __future__ import annotations

from flask import Flask

from collector.model.states import INVITATION, MESSAGE, WITHDRAW, Machine
from tests.invitations.state_walk import Walk, written_down

STEPS = 300
OFTEN_ENOUGH = 20  # kinds of moves that such a walk must have met to say anything


def allowed(table: str, machine: Machine) -> set[tuple[str, str, str]]:
    moves = {
        (table, source, one.target)
        for one in machine.transitions
        for source in one.sources
        if source != one.target
    }
    return moves | {(table, "", machine.start)}


# One that our own rules bar is withdrawn before it is ever written.
ALLOWED = (
    allowed("invitations", INVITATION)
    | allowed("messages", MESSAGE)
    | {("messages", "", WITHDRAW.target)}
)


def test_a_long_walk_at_random_never_leaves_the_tables(ctx: Flask) -> None:
    with written_down() as moved:
        walk = Walk(ctx, seed=1)
        for _ in range(STEPS):
            walk.step()
        seen = {(row.kind, row.old, row.new) for row in moved()}
    assert seen - ALLOWED == set()
    assert len(seen) >= OFTEN_ENOUGH
