"""Asking again about a text reply that was not clear: once for each invitation, then never more.

The verb that remembers it. Called by `sms_replies.py`, never inside a unit of work. A reply that
the provider delivers twice is the same reply, and gets the same question both times.
"""

from __future__ import annotations

from sqlalchemy import select

from collector import clock
from collector.answers import tap_loader
from collector.model.answers import AskedAgain
from collector.model.base import unit_of_work
from collector.model.sql.bulk import upsert
from collector.model.transaction import transaction

MAX_REF = 80


@transaction
def may_ask(invitation_id: str, reply_ref: str, said: str) -> bool:
    """Write down that this reply is asked about; False if another one already was.

    `said` is kept as evidence. Two replies at once: one of them is asked about. Raises Gone where
    the question cannot be answered any more.
    """
    reply_ref = reply_ref[:MAX_REF]
    with unit_of_work() as work:
        # Held, so that nothing is written down of what the person takes back at this very moment.
        tap_loader.invitation(work.session, clock.now(), id=invitation_id, hold=True)
        work.session.execute(
            upsert(AskedAgain)
            .values(
                invitation_id=invitation_id, reply_ref=reply_ref, said=said, asked_at=clock.now()
            )
            .on_conflict_do_nothing()
        )
        about = select(AskedAgain.reply_ref).where(AskedAgain.invitation_id == invitation_id)
        ours = work.session.scalar(about) == reply_ref
        work.commit()
    return ours
