"""Takes due invitations for sending: one transaction that claims them and writes their attempts.

Called by `send` only. Once it has committed, every claimed invitation has a message row without a
digest, which says that it was never handed over: a worker that dies from here on leaves a trace for
`reconcile`. What a text will cost is taken from its sender's purse in here too; what the purse does
not hold waits, and is never lost. `delivery/due_asks.py` reads and writes, a statement each for a
batch.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from channels.base import Channel
from collector import clock
from collector.invitations import called_off, reachability, schedule, unusable
from collector.invitations.compose import MessageContext, segments
from collector.invitations.delivery import due_asks
from collector.invitations.delivery.due_asks import DueAsk, NewMessage
from collector.invitations.escalation_policy import SentInvitation, look_again_at
from collector.invitations.render_context import draft
from collector.invitations.schedule import (
    CONFIGURATION,
    CONFIGURATION_BACKOFF,
    Choice,
    Reach,
)
from collector.invitations.send_eligibility import Asking, Hours, SendEligibility
from collector.invitations.senders import channel_status
from collector.invitations.senders.channel_status import SendBudget
from collector.invitations.senders.holds import Holds
from collector.invitations.transports import channels
from collector.model import batches, states
from collector.model.base import unit_of_work
from collector.model.batches import Rows
from collector.model.ids import derived_id
from collector.model.moves import move
from collector.model.transaction import transaction
from collector.rules import stops
from collector.rules.stops import Stops
from collector.triggers import supersede
from collector.triggers.supersede import Superseded

STAGE: Final = "send"
AT_MOST_ONCE_BATCH: Final = 20
"""So few, because what a dead worker held waits for its lease to end."""
ALWAYS: Final = Hours()


@dataclass(frozen=True, slots=True)
class Attempt:
    """A claimed invitation's attempt. `spent` counts the refused ones on this channel, with it."""

    invitation_id: str
    message_id: str
    spent: int
    ask: MessageContext
    of: Asking
    hours: Hours = ALWAYS
    probes: tuple[str, ...] = ()  # the holds under which it goes out, to see (`senders/holds.py`)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one claim took: attempts to make, and how many invitations were dealt with without."""

    attempts: tuple[Attempt, ...]
    without: int
    misconfigured: int
    more: bool = False  # is more due than this took?

    @property
    def dealt(self) -> int:
        """How many invitations it dealt with."""
        return len(self.attempts) + self.without


def claim(limit: int, busy: Collection[str] = ()) -> Claimed:
    """Claim up to `limit` due invitations. Two workers at once get different ones.

    What would go by a `busy` channel next is left. One over which the claiming falls is set apart,
    and counts as dealt with.
    """
    parts: list[Claimed] = []

    def batch(limit: int, rows: Rows) -> int:
        parts.append(_claim(limit, rows, busy))
        return len(parts[-1].attempts) + parts[-1].without

    # Only once it was handed over is it done with, see `send.py`.
    dealt = batches.run(STAGE, limit, batch, clear=False)
    attempts = tuple(attempt for part in parts for attempt in part.attempts)
    misconfigured = sum(part.misconfigured for part in parts)
    more = any(part.more for part in parts)
    return Claimed(attempts, dealt - len(attempts), misconfigured, more)


@transaction
def _claim(limit: int, wanted: Rows, busy: Collection[str]) -> Claimed:
    with unit_of_work() as work:
        now, stopped = clock.now(), stops.load(work.session)
        rows = due_asks.take(work.session, limit, wanted, now, stopped, busy)
        wanted.took([row.id for row in rows])
        claimed = Claimed((), 0, 0)
        if rows:
            claimed = _Claim(work.session, rows, channels(), now, stopped).take()
            claimed = replace(claimed, more=claimed.more or len(rows) == limit)
        work.commit()
    return claimed


class _Claim:
    """One claim: what was loaded for it, and what came of each row."""

    def __init__(
        self,
        session: Session,
        rows: Sequence[DueAsk],
        known: Mapping[str, Channel],
        now: datetime,
        stopped: Stops,
    ) -> None:
        self._session, self._rows, self._known, self._now = session, rows, known, now
        self._reaches = reachability.reachability(
            session, rows, set(known) - channel_status.suspended(session)
        )
        self._earlier = reachability.earlier(session, rows)
        self._permits = SendEligibility(session, rows, stopped)
        self._called_off: dict[str, Superseded] = {}
        self._purses: dict[str, SendBudget] = {}
        self._holds = Holds(session, now)
        self._attempts: list[Attempt] = []
        self._messages: list[NewMessage] = []
        self._reached: dict[str, dict[str, Reach]] = {}
        self._left: set[str] = set()
        self._more = False
        self._careful = self._without = self._misconfigured = 0

    def take(self) -> Claimed:
        for row in self._rows:
            if row.id in self._permits.answered:
                called_off.call_off(row)  # it went out before, or there were no answer
                self._without += 1
            elif ends := self._permits.ended(row):
                self._called_off[row.id] = Superseded(row.decision_id, *ends)
                self._without += 1
            else:
                self._choose(row, schedule.choose(row.step, _open_to(row), self._reach(row)))
        dealt_with = [row for row in self._rows if row.id not in self._left]
        for purse in self._purses.values():
            purse.write()
        due_asks.write(self._session, dealt_with, self._messages)
        supersede.cancel(self._session, self._called_off, self._now)
        return Claimed(tuple(self._attempts), self._without, self._misconfigured, self._more)

    def _reach(self, row: DueAsk) -> dict[str, Reach]:
        if row.id not in self._reached:
            found = self._permits.reach(row, self._reaches[row.person_id])
            self._reached[row.id] = self._holds.applied(found)
        return self._reached[row.id]

    def _choose(self, row: DueAsk, choice: Choice) -> None:
        self._note_barred(row, choice)
        if choice.step is None:
            self._without += 1
            if choice.move == "next_channel" and (held := self._permits.held(row)):
                self._called_off[row.id] = Superseded(row.decision_id, *held)
                return
            self._misconfigured += choice.code == CONFIGURATION
            if choice.code == CONFIGURATION:
                kinds = _open_to(row)[row.step :]
                if end := unusable.gone(row, unusable.ways(kinds, self._reach(row), self._known)):
                    self._called_off[row.id] = end
                    return
            self._set_aside(row, choice)
            return
        kind = row.channels[choice.step]
        hours = self._permits.hours(row, kind)
        if not hours.open(self._now):
            self._hold(row, choice.step, hours.next(self._now))
            return
        careful = self._known[kind].at_most_once
        if careful and self._careful == AT_MOST_ONCE_BATCH:
            self._more = True
            self._left.add(row.id)
            return  # stays waiting, for the next batch or another worker
        message, spent = self._message(row, kind)
        ask = draft(row, message)
        if kind in channel_status.METERED and (until := self._pay(kind, message, ask)):
            self._hold(row, choice.step, until)
            return
        probes = self._holds.take(kind, message.address)
        if probes is None:  # another worker sends the one that may go
            del self._reached[row.id]
            self._choose(row, schedule.choose(row.step, _open_to(row), self._reach(row)))
            return
        self._careful += careful
        move(row, states.CLAIM)
        row.step, row.claimed_at = choice.step, self._now
        row.marks = self._permits.marks(row, kind)
        asked = SentInvitation(row.channels, row.step, row.reminded_at is not None)
        timing = self._permits.rules[row.rule_version_id].timing
        row.next_at = look_again_at(timing, asked, self._now, row.lapses_at)
        self._messages.append(message)
        attempt = Attempt(
            row.id, message.id, spent + 1, ask, self._permits.asking(row), hours, probes
        )
        self._attempts.append(attempt)

    def _set_aside(self, row: DueAsk, choice: Choice) -> None:
        if choice.move == "wait":
            row.due_at = min(self._now + CONFIGURATION_BACKOFF, self._again(row))
        elif choice.move == "cancel" or row.reminded_at is not None:
            called_off.call_off(row)  # where the ask itself did go out, only what followed does not
        else:
            move(row, states.GIVE_UP)

    def _again(self, row: DueAsk) -> datetime:
        """When one that nothing can carry now is looked at again."""
        reach = self._permits.reach(row, self._reaches[row.person_id])
        ends = [self._holds.until(kind, one.address) for kind, one in reach.items()]
        return min([one for one in ends if one], default=self._now + CONFIGURATION_BACKOFF)

    def _message(self, row: DueAsk, kind: str) -> tuple[NewMessage, int]:
        attempt, spent = self._earlier.get((row.id, kind), (0, 0))
        message = NewMessage(
            id=derived_id("msg", self._now, row.id, kind, str(attempt + 1)),
            invitation_id=row.id,
            channel=kind,
            attempt=attempt + 1,
            address=self._reach(row)[kind].address,
            claimed_at=self._now,
        )
        return message, spent

    def _pay(self, kind: str, message: NewMessage, ask: MessageContext) -> datetime | None:
        if kind not in self._purses:
            self._purses[kind] = SendBudget(self._session, kind, self._now)
        message.segments = segments(ask)
        return self._purses[kind].take(message.segments)

    def _hold(self, row: DueAsk, step: int, until: datetime) -> None:
        """Later; by the next channel if the moment to ask would have passed by then."""
        if until >= min(row.lapses_at, row.send_by or row.lapses_at):
            other = schedule.choose(step + 1, _open_to(row), self._reach(row))
            if other.step is not None:
                self._choose(row, other)
                return
        row.due_at = until
        self._without += 1

    def _note_barred(self, row: DueAsk, choice: Choice) -> None:
        """Write down which channels were passed over by our own rules, once each."""
        end = len(_open_to(row)) if choice.step is None else choice.step
        for kind in row.channels[row.step : end]:
            why = self._reach(row)[kind].barred
            if why and (row.id, kind) not in self._earlier:
                message, _ = self._message(row, kind)
                move(message, states.WITHDRAW)
                message.code, message.settled_at = why, self._now
                self._messages.append(message)


def _open_to(row: DueAsk) -> Sequence[str]:
    """The channels that may be used: a reminder goes where the ask went, or nowhere."""
    return row.channels[: row.step + 1] if row.reminded_at is not None else row.channels
