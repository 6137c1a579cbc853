"""One message to one provider, and what its answer means. No database in here.

Used by `send.py` and `hand_over.py`, from any thread.
"""

from __future__ import annotations

import threading
from dataclasses import replace

import structlog
from flask import current_app

from channels.base import RELAY, Channel, ChannelError, DeliveryUnknown
from channels.base import Message as Finished
from collector import logs
from collector.invitations import schedule
from collector.invitations.claims import Attempt
from collector.invitations.compose import compose
from collector.invitations.failures import failure
from collector.invitations.schedule import Outcome
from collector.invitations.senders import refusals
from collector.invitations.senders.refusals import Refusals

log = structlog.get_logger()


def finished(attempt: Attempt) -> Finished | Outcome:
    """The message of this attempt; an outcome where it cannot be made."""
    try:
        return compose(attempt.ask)
    except Exception as error:
        # A broken template is ours to mend; no invitation is burnt for it.
        logs.failure("compose_failed", error, channel=attempt.ask.channel)
        return schedule.misconfigured("compose")


def hand_over(channel: Channel, attempt: Attempt, message: Finished) -> Outcome:
    """Call the provider."""
    try:
        receipt = channel.send(message)
    except ChannelError as error:
        return _refused(channel, attempt, error)
    except Exception as error:
        logs.failure("channel_broke", error, channel=channel.kind)
        broke = "the channel broke off"
        return schedule.of_error(
            DeliveryUnknown(broke) if channel.at_most_once else ChannelError(broke), attempt.spent
        )
    if receipt.status in schedule.REACHED:
        return schedule.of_receipt(receipt)
    refusal = failure(channel.kind, receipt.status, receipt.code)
    return schedule.of_failure(refusal, receipt, attempt.spent)


def believed(attempt: Attempt, outcome: Outcome, paused: Outcome | None, begun: int) -> Outcome:
    """A relay that refuses everybody is not believed about anybody (`senders/refusals.py`).

    `begun`: when it was handed over, by `refusals.MOMENTS`. `paused`: what the calls that came back
    before had to say; what was out beside one that held the channel adds nothing to it.
    """
    kind = attempt.ask.channel
    if paused is not None and paused.holds == RELAY and outcome.status not in schedule.REACHED:
        if paused.cause == refusals.EVERYBODY and not outcome.holds:
            outcome = refusals.doubted(outcome)
        return replace(outcome, holds="") if outcome.holds == RELAY else outcome
    if kind not in refusals.COUNTED:
        return outcome
    if f"{kind}:" in attempt.probes and outcome.status not in schedule.REACHED:
        return outcome if outcome.holds else refusals.doubted(outcome)
    ids = attempt.invitation_id, attempt.message_id
    return counted(kind).seen(attempt.ask.to, ids, outcome, begun)


def counted(kind: str) -> Refusals:
    """This thread's own count of the refusals of this channel."""
    known: dict[tuple[int, str], Refusals] = current_app.extensions.setdefault(
        "collector.refusals", {}
    )
    return known.setdefault((threading.get_ident(), kind), Refusals())


def _refused(channel: Channel, attempt: Attempt, error: ChannelError) -> Outcome:
    if error.configuration or error.stop:
        log.error("channel_needs_you", channel=channel.kind, code=error.code, detail=str(error))
    return schedule.of_error(error, attempt.spent)
