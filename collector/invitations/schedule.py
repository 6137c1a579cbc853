"""Which channel next, when again, and what an outcome means for the invitation. Pure.

Read by claims, send, reconcile and receipts; time and facts are handed in. `Outcome` is what
`outcomes.apply` writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Literal

from channels import status
from channels.base import RELAY, ChannelError, DeliveryUnknown, Receipt
from channels.status import NOT_SENT as NOT_SENT

REACHED: Final = frozenset({status.SENT, status.DELIVERED})
NO_DELAY: Final = timedelta(0)
FIRST_BACKOFF: Final = timedelta(seconds=30)
LONGEST_BACKOFF: Final = timedelta(hours=4)
CONFIGURATION_BACKOFF: Final = timedelta(minutes=5)
HELD_BACKOFF: Final = timedelta(minutes=1)
MAX_ATTEMPTS: Final = 8
"""Refused attempts on one channel before the next one is tried; about eight hours of back-off."""
MAX_LOST: Final = 2
"""Accepted and then reported as lost: each cost money, so one second try and no more."""
MAX_LOST_OURS: Final = 4
AFTER_OURS: Final = timedelta(hours=1)
"""Accepted and then refused for a fault of ours: again after 1, 4 and 16 hours."""
OURS: Final = "ours:"
"""How the code of an attempt begins that failed for our own reasons; such attempts do not count."""
CONFIGURATION: Final = "configuration"
HELD: Final = "held"

Move = Literal["sent", "wait", "next_channel", "cancel", "stay"]


@dataclass(frozen=True, slots=True)
class Reach:
    """What holds for one person on one channel at this moment. No address: an empty string."""

    available: bool  # this deployment has such a channel
    address: str  # empty too where it is known to be undeliverable
    withheld: bool  # the person said no
    barred: str = ""  # why this address cannot be used on this channel, by our own rules
    held: bool = False  # available, and nothing goes out there for now: a provider refuses us
    paused: bool = False  # the person wants to be left alone for a while


@dataclass(frozen=True, slots=True)
class Choice:
    """The step of the channel list to send by; without one, what to do instead and why."""

    step: int | None
    move: Move = "stay"
    code: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt: the message's status, and what follows for the invitation.

    `delay` goes with `wait`. `pauses` holds for the rest of the batch on this channel: the provider
    would refuse each of them alike.
    """

    status: str
    move: Move
    code: str = ""
    provider_ref: str = ""
    delay: timedelta = NO_DELAY
    suppress: str = ""  # the reason for which the address must not be used again
    pauses: bool = False
    stops: bool = False  # the provider says: no more on this channel, until a person lifts it
    holds: str = ""  # our own fault: what to hold, `relay` or `domain` (channels/base.py)
    cause: str = ""
    adds_up: bool = False  # about the address, and may pass: enough days of it suppress
    given_ref: str = ""  # the id that the relay gave it


STOPPING: Final = Outcome(NOT_SENT, "wait", f"{OURS}stopping", pauses=True)
"""This worker is to end and begins nothing more: what it claimed is another's at once."""
SLOW: Final = Outcome(NOT_SENT, "wait", f"{OURS}slow", pauses=True)
"""Its provider is so slow that the rest of what was claimed for it is given back, due at once: a
claim does not last as long as that would take."""


def choose(step: int, channels: Sequence[str], reach: Mapping[str, Reach]) -> Choice:
    """The first channel from `step` on that can be used.

    Where there is none: a person who said no is not asked (cancel); one who could be reached if a
    channel were configured waits for that; else the invitation has failed.
    """
    left = [(at, reach[kind]) for at, kind in enumerate(channels) if at >= step]
    for at, found in left:
        usable = found.available and found.address and not found.barred
        if usable and not found.withheld and not found.paused:
            return Choice(at)
    if any(found.paused and not found.withheld for _, found in left):
        return Choice(None, "cancel", "paused")
    if any(found.withheld for _, found in left):
        return Choice(None, "cancel", "opted_out")
    waiting = [one for _, one in left if one.address and not one.available and not one.barred]
    if waiting:
        return Choice(None, "wait", HELD if any(one.held for one in waiting) else CONFIGURATION)
    return Choice(None, "next_channel", "no_channel")


def backoff(spent: int, asked: float | None = None) -> timedelta:
    """How long to wait after `spent` attempts (1 or more); at least what the provider asked for."""
    doubled = FIRST_BACKOFF * (1 << min(max(spent, 1) - 1, 12))
    return max(min(doubled, LONGEST_BACKOFF), timedelta(seconds=asked or 0))


def of_receipt(receipt: Receipt) -> Outcome:
    """The provider took it. (One that took it and says `failed` at once: use `of_failure`.)"""
    return Outcome(
        receipt.status, "sent", receipt.code, receipt.provider_ref, given_ref=receipt.given_ref
    )


def of_error(error: ChannelError, spent: int) -> Outcome:
    """The provider refused it, or nobody knows. `spent` counts this attempt too."""
    if isinstance(error, DeliveryUnknown):
        return Outcome(status.UNKNOWN, "stay", error.code)
    pauses = error.stop or (error.configuration and not error.permanent)
    if error.permanent or (spent >= MAX_ATTEMPTS and not error.configuration):
        return Outcome(
            status.FAILED,
            "next_channel",
            error.code,
            suppress=_reason(error) if error.suppress else "",
            pauses=pauses,
            stops=error.stop,
            cause=error.cause,
            adds_up=error.adds_up,
        )
    if error.configuration:
        return refused_us(error)
    return Outcome(
        NOT_SENT,
        "wait",
        error.code,
        cause=error.cause,
        adds_up=error.adds_up,
        # A rate limit is about our sender, not this attempt: no exponential penalty on top of it.
        delay=timedelta(seconds=max(error.retry_after, 1))
        if error.retry_after is not None
        else backoff(spent),
        pauses=error.retry_after is not None,
    )


def of_failure(error: ChannelError, receipt: Receipt, lost: int) -> Outcome:
    """It was accepted and came back, or never arrived. `lost` counts this one too."""
    word, code, reference = receipt.status, receipt.code, receipt.provider_ref
    if error.configuration and not error.permanent and lost < MAX_LOST_OURS:
        # Nobody had it, and nobody is to blame for it: again, once we are not refused any more.
        delay = AFTER_OURS * (1 << 2 * (lost - 1))
        code = f"{OURS}{CONFIGURATION}:{code}"[:40]
        return Outcome(
            word, "wait", code, reference, delay=delay, holds=error.scope, cause=error.cause
        )
    if error.permanent or error.suppress or lost >= MAX_LOST:
        reason = _reason(error) if error.suppress else ""
        return Outcome(
            word,
            "next_channel",
            code,
            reference,
            suppress=reason,
            pauses=error.stop,
            stops=error.stop,
            holds=error.scope if error.configuration else "",
            cause=error.cause,
            adds_up=error.adds_up,
        )
    return Outcome(
        word,
        "wait",
        code,
        reference,
        delay=backoff(lost, error.retry_after),
        cause=error.cause,
        adds_up=error.adds_up,
    )


def misconfigured(code: str = "") -> Outcome:
    """Our own set-up is wrong: no attempt is used up, the invitation comes back in five minutes."""
    code = f"{OURS}{CONFIGURATION}" + (f":{code}" if code else "")
    return Outcome(NOT_SENT, "wait", code[:40], delay=CONFIGURATION_BACKOFF, pauses=True)


def refused_us(error: ChannelError) -> Outcome:
    """The provider refuses our set-up or standing: what it concerns is held, and nobody is blamed.

    One that concerns a domain lets the others of the batch go.
    """
    pauses = error.scope == RELAY
    return replace(
        misconfigured(error.code), holds=error.scope, cause=error.cause, pauses=pauses,
        delay=HELD_BACKOFF,
    )  # fmt: skip


def on_hold(until: timedelta) -> Outcome:
    """A hold began while this one was claimed."""
    return Outcome(NOT_SENT, "wait", f"{OURS}{HELD}", delay=min(until, CONFIGURATION_BACKOFF))


def stopped() -> Outcome:
    """The channel was stopped while this one was claimed: it comes back, by another way maybe."""
    return Outcome(NOT_SENT, "wait", f"{OURS}stopped", delay=CONFIGURATION_BACKOFF, pauses=True)


def held(code: str) -> Outcome:
    """Its rule, its survey or everything was stopped, or its channel taken out, after the claim: it
    waits again, and the next claim holds it, calls it off or goes by another channel."""
    return Outcome(NOT_SENT, "wait", f"{OURS}{code}"[:40])


def never_taken(attempt: int) -> Outcome:
    """The provider says that it has no such message, so it goes out anew: at once, then slower."""
    return Outcome(
        NOT_SENT, "wait", "not_found", delay=NO_DELAY if attempt <= 2 else backoff(attempt)
    )


def rest_of_batch(first: Outcome) -> Outcome:
    """What becomes of those claimed together with one whose outcome pauses the channel."""
    if first is STOPPING or first is SLOW:
        return first
    delay = first.delay or CONFIGURATION_BACKOFF
    return Outcome(NOT_SENT, "wait", f"{OURS}paused", delay=delay)


def _reason(error: ChannelError) -> str:
    return "stop" if error.code == "21610" else "undeliverable"
