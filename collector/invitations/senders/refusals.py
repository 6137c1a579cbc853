"""A relay that refuses one person after the other speaks about us, whatever words it uses.

A relay whose list of recipients was lost says "user unknown" of everybody; one that is down takes
nothing from anybody. `Refusals` counts, for each thread of a worker, how many different addresses
were refused since something was last taken; from `MANY` on nothing that it says is believed: the
channel is held, and what the refusals before it had led to is undone (`amends.py`). Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from channels.base import RELAY
from collector.invitations.schedule import NOT_SENT, OURS, REACHED, Outcome

MANY: Final = 5
COUNTED: Final = ("email",)
EVERYBODY: Final = "refuses_everybody"
_IN_DOUBT: Final = "after_data"


@dataclass
class Refusals:
    """The refusals of one channel in a row: (invitation, message) by address."""

    since: dict[str, tuple[str, str]] = field(default_factory=dict)
    to_undo: list[tuple[str, str]] = field(default_factory=list)

    def seen(self, address: str, attempt: tuple[str, str], outcome: Outcome) -> Outcome:
        """What is to be made of this outcome, now that it is known."""
        if outcome.status in REACHED:
            self.since.clear()
            return outcome
        if outcome.holds or outcome.code == _IN_DOUBT:
            return outcome
        self.since[address.lower()] = attempt
        if len(self.since) < MANY:
            return outcome
        self.to_undo += [one for one in self.since.values() if one != attempt]
        self.since.clear()
        return doubted(outcome)


def doubted(outcome: Outcome) -> Outcome:
    """A refusal that nobody is blamed for: it is held against the relay, and comes back."""
    code = f"{OURS}{EVERYBODY}:{outcome.code}"[:40]
    return replace(
        outcome, status=NOT_SENT, move="wait", code=code, suppress="", adds_up=False,
        holds=RELAY, cause=EVERYBODY, pauses=True,
    )  # fmt: skip
