"""A relay that refuses one person after the other speaks about us, whatever words it uses.

A relay whose list of recipients was lost says "user unknown" of everybody; one that is down takes
nothing from anybody. `Refusals` counts, for each thread of a worker, how many different addresses
were refused since something was last taken; from `MANY` on nothing that it says is believed: the
channel is held, and what the refusals before it had led to is undone (`amends.py`). Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final

from channels.base import RELAY
from collector.invitations.schedule import NOT_SENT, OURS, REACHED, Outcome

MANY: Final = 5
COUNTED: Final = ("email",)
EVERYBODY: Final = "refuses_everybody"
_IN_DOUBT: Final = "after_data"
MOMENTS: Final = count(1)


@dataclass
class Refusals:
    """The refusals of one channel in a row: (invitation, message) by address.

    Several are out at once, so only one that was handed over after a refusal was `known` ends the
    row by being taken: of two that were out together nobody knows which the relay saw first.
    """

    since: dict[str, tuple[str, str]] = field(default_factory=dict)
    known: dict[str, int] = field(default_factory=dict)
    to_undo: list[tuple[str, str]] = field(default_factory=list)

    def seen(
        self, address: str, attempt: tuple[str, str], outcome: Outcome, begun: int | None = None
    ) -> Outcome:
        """What is to be made of this outcome, now that it is known. `begun`: what `MOMENTS` said
        when it was handed over; None: after everything that is known."""
        now = next(MOMENTS)
        begun = now if begun is None else begun
        if outcome.status in REACHED:
            for one in [one for one in self.since if self.known[one] < begun]:
                del self.since[one], self.known[one]
            return outcome
        if outcome.holds or outcome.code == _IN_DOUBT:
            return outcome
        self.since[address.lower()], self.known[address.lower()] = attempt, now
        if len(self.since) < MANY:
            return outcome
        self.to_undo += [one for one in self.since.values() if one != attempt]
        self.since.clear()
        self.known.clear()
        return doubted(outcome)


def doubted(outcome: Outcome) -> Outcome:
    """A refusal that nobody is blamed for: it is held against the relay, and comes back."""
    code = f"{OURS}{EVERYBODY}:{outcome.code}"[:40]
    return replace(
        outcome, status=NOT_SENT, move="wait", code=code, suppress="", adds_up=False,
        holds=RELAY, cause=EVERYBODY, pauses=True,
    )  # fmt: skip
