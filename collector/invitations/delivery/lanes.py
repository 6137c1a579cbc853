"""Which of the claimed messages is handed over next, and how many at once: a lane for each channel.

A lane begins with one call and widens with each that is taken, up to what its channel can do; a
refusal narrows it to one again, so that a provider that is down or refuses us is asked once and not
ten times. Pure: no database, no thread. Used by `hand_over.py`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final

from channels import status
from collector.invitations.claims import Attempt
from collector.invitations.schedule import NOT_SENT, REACHED, Outcome

PATIENCE: Final = 10.0  # seconds after which what waits behind a slow provider is given back


@dataclass(slots=True)
class Lane:
    """One channel's: what waits, how many are out, and whether the rest of it is to go out at all.

    `most`: how many calls the channel takes at once. `width` is kept from batch to batch.
    """

    most: int
    width: int = 1
    out: int = 0
    waiting: deque[Attempt] = field(default_factory=deque)
    paused: Outcome | None = None

    @property
    def busy(self) -> bool:
        return bool(self.out or self.waiting)

    def room(self) -> int:
        """How many more may be handed over now."""
        return 0 if self.paused else max(0, min(self.width, self.most) - self.out)

    def next(self, count: int) -> list[Attempt]:
        """The next ones, at most so many; they are out from here on."""
        found = [self.waiting.popleft() for _ in range(min(count, len(self.waiting)))]
        self.out += len(found)
        return found

    def rest(self) -> list[Attempt]:
        """All that wait: nothing more goes out."""
        found = list(self.waiting)
        self.waiting.clear()
        return found

    def back(self, outcome: Outcome) -> None:
        """A call came back with this."""
        self.out -= 1
        if outcome.pauses:
            self.paused = self.paused or outcome
        if outcome.status in REACHED:
            self.width = min(self.width + 1, self.most)
        elif outcome.pauses or outcome.status in (NOT_SENT, status.UNKNOWN):
            self.width = 1
