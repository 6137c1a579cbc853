"""Failures of an address that may pass: noted by day, and after some days it is not written to.

Called by `outcomes` inside its transaction. What counts are different days, not tries: a full
mailbox is tried several times in one. Whatever shows that mail arrives begins the count anew: a
delivery report, an answer, or a mail that did not come back in five days, which is how long relays
try.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from channels import status
from collector import keys
from collector.invitations.optouts import suppressions
from collector.model.answers import Tap
from collector.model.ids import derived_id
from collector.model.invitations import Message
from collector.model.senders import Trouble
from collector.model.sql.bulk import upsert

REASON: Final = "soft_bounces"
ENOUGH: Final = 5
ENOUGH_OF: Final = {"no_domain": 3}
REMEMBERED: Final = timedelta(days=180)
NO_NEWS: Final = timedelta(days=5)


def note(session: Session, message: Message, cause: str, code: str, now: datetime) -> bool:
    """Note a failure of this message's address; True if it is not written to any more."""
    mark, day = _mark(message.channel, message.address), now.date().isoformat()
    session.execute(
        upsert(Trouble)
        .values(
            id=derived_id("trb", now, mark, day), address_hash=mark, day=day, cause=cause,
            code=code[:40], message_id=message.id, at=now,
        )
        .on_conflict_do_nothing()
    )  # fmt: skip
    days = count(session, message.channel, message.address, now)
    if days < ENOUGH_OF.get(cause, ENOUGH):
        return False
    suppressions.add(
        session, message.channel, message.address, REASON, now,
        cause=cause, code=code, about=message.id,
    )  # fmt: skip
    return True


def count(session: Session, channel: str, address: str, now: datetime) -> int:
    """On how many days it took no mail, since it last did."""
    since = max(now - REMEMBERED, _last_arrived(session, channel, address, now) or now - REMEMBERED)
    wanted = Trouble.address_hash == _mark(channel, address), Trouble.at > since
    return session.scalar(select(func.count()).where(*wanted)) or 0


def forget(session: Session, channel: str, address: str) -> None:
    """Begin anew: somebody says that the address is good."""
    session.query(Trouble).filter(Trouble.address_hash == _mark(channel, address)).delete()


def _mark(channel: str, address: str) -> str:
    return keys.fingerprint("mail_trouble", f"{channel}:{suppressions.canonical(channel, address)}")


def _last_arrived(session: Session, channel: str, address: str, now: datetime) -> datetime | None:
    quiet = and_(Message.status == status.SENT, Message.sent_at < now - NO_NEWS)
    arrived = select(func.max(Message.settled_at)).where(
        Message.channel == channel,
        Message.address == address,
        or_(Message.status == status.DELIVERED, quiet),
    )
    answered = (
        select(func.max(Tap.tapped_at))
        .join(Message, Message.invitation_id == Tap.invitation_id)
        .where(Message.channel == channel, Message.address == address, Tap.channel == channel)
    )
    found = [one for one in (session.scalar(arrived), session.scalar(answered)) if one is not None]
    return max(found, default=None)
