"""The states of an invitation and of a message: every event that moves one, from where, to where.

Pure. These two tables are the only place in which a state is given to a row; `moves.py` applies
them, each as a compare-and-set. What a table does not hold cannot happen. Drawn in
`docs/states.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from channels import status
from channels.status import NOT_SENT

WAITING, SENDING, SENT, FAILED, LAPSED, CANCELLED = (
    "waiting",
    "sending",
    "sent",
    "failed",
    "lapsed",
    "cancelled",
)


@dataclass(frozen=True, slots=True)
class Transition:
    """One event: it moves a row that is in one of `sources` to `target`."""

    event: str
    sources: tuple[str, ...]
    target: str
    reason: str

    def leaves(self, state: str) -> bool:
        """Whether this event moves a row that is in `state`."""
        return state in self.sources


@dataclass(frozen=True, slots=True)
class Machine:
    """All states of one kind of row, the one it begins in, and what moves it."""

    states: tuple[str, ...]
    start: str
    transitions: tuple[Transition, ...]


CLAIM = Transition("claim", (WAITING,), SENDING, "a worker took it and wrote its message")
ARRIVE = Transition(
    "arrive",
    (WAITING, SENDING, FAILED, LAPSED),
    SENT,
    "a provider took a message, or says late that it had",
)
RETRY = Transition(
    "retry",
    (SENDING, SENT),
    WAITING,
    "the message was refused, held or came back: again later, or by the next channel",
)
ESCALATE = Transition(
    "escalate", (SENT,), WAITING, "nobody answered: the next channel or the one reminder is due"
)
REST = Transition(
    "rest", (WAITING, SENT), SENT, "the ask went out before; what would have followed is called off"
)
MISS = Transition(
    "miss", (SENDING, SENT), SENT, "the ask went out before; what followed it did not arrive"
)
CANCEL = Transition(
    "cancel",
    (WAITING,),
    CANCELLED,
    "the person said no or wants a break, a later event or somebody here called it off",
)
RECALL = Transition(
    "recall", (SENDING,), CANCELLED, "the person said no after the claim, before the hand-over"
)
GIVE_UP = Transition("give_up", (WAITING,), FAILED, "no channel is left that could be used")
EXHAUST = Transition("exhaust", (SENDING, SENT), FAILED, "the last channel refused or lost it")
REVIVE = Transition(
    "revive",
    (FAILED,),
    WAITING,
    "its address was blamed for a fault of ours, which was seen in time",
)
LAPSE = Transition("lapse", (WAITING, SENDING), LAPSED, "its time passed before it went out")
CLOSE = Transition(
    "close", LAPSE.sources, SENT, "its time passed; the ask went out before, and nothing follows"
)

INVITATION: Final = Machine(
    (WAITING, SENDING, SENT, FAILED, LAPSED, CANCELLED),
    WAITING,
    (
        CLAIM,
        ARRIVE,
        RETRY,
        ESCALATE,
        REST,
        MISS,
        CANCEL,
        RECALL,
        GIVE_UP,
        EXHAUST,
        REVIVE,
        LAPSE,
        CLOSE,
    ),
)


def _told(event: str, word: str, reason: str) -> Transition:
    """What providers tell moves forward in their own order (`channels/status.py`), and always from
    `not_sent`: that is our belief, and they know better."""
    return Transition(event, (NOT_SENT, *status.behind(word)), word, reason)


WITHDRAW = Transition(
    "withdraw",
    (status.CLAIMED, status.UNKNOWN),
    NOT_SENT,
    "it was not handed over, was refused, or the provider has no such message",
)
FAIL = _told("fail", status.FAILED, "it could not be delivered, or nobody saw it in the product")

MESSAGE: Final = Machine(
    (
        status.CLAIMED,
        status.UNKNOWN,
        NOT_SENT,
        status.SENT,
        status.DELIVERED,
        status.FAILED,
        status.BOUNCED,
    ),
    status.CLAIMED,
    (
        WITHDRAW,
        _told("lose", status.UNKNOWN, "it may have been handed over; no answer came"),
        _told("accept", status.SENT, "the provider took it"),
        FAIL,
        _told("deliver", status.DELIVERED, "it arrived, or the person closed it in the product"),
        _told("bounce", status.BOUNCED, "the receiving host gave it back"),
    ),
)
MESSAGE_TO: Final[Mapping[str, Transition]] = MappingProxyType(
    {one.target: one for one in MESSAGE.transitions}
)
"""By what a message comes to a state. Nothing brings one back to `claimed`."""
