"""What providers say later about a message: kept once each, and the status only moves forward.

Called by `web/callbacks`. Receipts come twice, in any order, and before our own transaction about
the very same message has ended; every order of the same receipts ends at the same state.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.base import ChannelError, Receipt
from channels.status import BOUNCED, FAILED, RANK
from collector import clock
from collector.errors import InvalidInput
from collector.invitations import outcomes, schedule
from collector.invitations.failures import failure
from collector.invitations.schedule import Outcome
from collector.model.base import unit_of_work
from collector.model.ids import derived_id
from collector.model.invitations import Message
from collector.model.invitations import Receipt as ReceiptRow
from collector.model.sql.bulk import upsert
from collector.model.transaction import transaction


@transaction
def record(
    message_id: str,
    status: str,
    code: str = "",
    provider_ref: str = "",
    error: ChannelError | None = None,
) -> bool:
    """Keep a receipt and move the message. False if there is no such message.

    `error`: what the failure amounts to, where more is known of it than its code.

    `status` is one of the words of `channels/status.py`; raises InvalidInput for another. Saying
    the same again changes nothing.
    """
    if status not in RANK:
        raise InvalidInput(
            "This is not a message status.", code="unknown_status", pointer="/status"
        )
    receipt = Receipt(status, provider_ref[:200], code[:40])
    with unit_of_work() as work:
        message = work.session.get(Message, message_id)
        if message is None:
            return False
        if _keep(work.session, message_id, receipt):
            outcome = _outcome(work.session, message, receipt, error)
            outcomes.apply(work, message.invitation_id, message_id, outcome, clock.now())
        work.commit()
    return True


def _keep(session: Session, message_id: str, receipt: Receipt) -> bool:
    """Insert the receipt; False if it was there."""
    now = clock.now()
    kept = session.execute(
        upsert(ReceiptRow)
        .values(
            id=derived_id("rct", now, message_id, receipt.status),
            message_id=message_id,
            status=receipt.status,
            code=receipt.code,
            received_at=now,
        )
        .on_conflict_do_nothing()
        .returning(ReceiptRow.id)
    )
    return kept.first() is not None


def _outcome(
    session: Session, message: Message, receipt: Receipt, known: ChannelError | None
) -> Outcome:
    if receipt.status not in (FAILED, BOUNCED):
        return schedule.of_receipt(receipt)
    lost = select(func.count()).where(
        Message.invitation_id == message.invitation_id,
        Message.channel == message.channel,
        Message.status.in_((FAILED, BOUNCED)),
        Message.id != message.id,
    )
    error = known or failure(message.channel, receipt.status, receipt.code)
    return schedule.of_failure(error, receipt, (session.scalar(lost) or 0) + 1)
