"""The transactions of sending: what came back is written down, what goes out next is marked.

`turns` does both at once for any number of messages: outcomes so far, then the mark that says that
these are being handed over, then the question whether they are still wanted. First the mark, then
the question: whoever says stop from here on finds them in our hands and waits for them
(`intake/in_hand.py`). A row that cannot be written keeps no other from going out. Used by `send.py`
and `hand_over.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from channels import status
from collector import clock, logs
from collector.invitations import claims, outcomes, still_wanted
from collector.invitations.claims import Attempt
from collector.invitations.delivery import taken
from collector.invitations.schedule import Outcome
from collector.invitations.senders import holds
from collector.model import batches
from collector.model.base import UnitOfWork, unit_of_work
from collector.model.invitations import Message
from collector.model.sql.bulk import one_of, set_by_id
from collector.model.transaction import transaction

Done = tuple[Attempt, Outcome]
Ready = tuple[Attempt, str]
"""A message that is to be handed over, and the digest of what is: it finds a lost one again
whatever has changed since."""


def turns(ready: Sequence[Ready], done: Sequence[Done]) -> set[str]:
    """Write the outcomes so far; which of these messages may be handed over now?

    Where it fails, the outcomes do not fail with these, nor these with each other.
    """
    try:
        return _turns(ready, done)
    except Exception as error:
        if not batches.of_a_row(error):
            raise
        if not done and len(ready) == 1:
            batches.note(claims.STAGE, ready[0][0].invitation_id, error)
            return set()
        logs.failure("batch_failed", error, stage=claims.STAGE, rows=len(ready) + len(done))
    settle(done)
    return {id for one in ready for id in turns([one], [])}


def settle(done: Sequence[Done]) -> None:
    """Write these outcomes, in one transaction where that goes."""
    if done:
        batches.apart(claims.STAGE, done, lambda one: one[0].invitation_id, _settle_together)


@transaction
def _turns(ready: Sequence[Ready], done: Sequence[Done]) -> set[str]:
    """Not those that reconcile took back meanwhile, because a batch can take longer than its lease;
    and not those of which something was stopped since they were claimed (`still_wanted.py`). The
    lease begins anew: a claim that is older than any time-out then belongs to a dead worker.
    """
    with unit_of_work() as work:
        attempts = {attempt.message_id: attempt for attempt, _ in ready}
        _write(work, done, attempts)
        ours = _marked(work, {attempt.message_id: digest for attempt, digest in ready})
        held = [attempts[id] for id in sorted(ours)]
        against = still_wanted.unwanted(work.session, held) if held else {}
        if against:
            _write(work, [(attempts[id], outcome) for id, outcome in against.items()], attempts)
        work.commit()
    return ours - against.keys()


def _marked(work: UnitOfWork, digests: Mapping[str, str]) -> set[str]:
    """Mark those of these locked messages that are still claimed, as handed over from now on."""
    if not digests:
        return set()
    claimed = select(Message.id).where(
        one_of(Message.id, digests.keys()), Message.status == status.CLAIMED
    )
    ours, now = set(work.session.scalars(claimed)), clock.now()
    rows = [{"id": id, "claimed_at": now, "text_digest": digests[id]} for id in sorted(ours)]
    set_by_id(work.session, Message.__table__, rows)
    return ours


@transaction
def _settle_together(done: Sequence[Done]) -> None:
    with unit_of_work() as work:
        _write(work, done, {})
        work.commit()


def _write(work: UnitOfWork, done: Sequence[Done], further: Mapping[str, Attempt]) -> None:
    """Write these outcomes; attempts that this unit turns to next are locked along with them."""
    session, now = work.session, clock.now()
    attempts = [*(attempt for attempt, _ in done), *further.values()]
    outcomes.lock(session, [(one.invitation_id, one.message_id) for one in attempts])
    if not done:
        return
    session.execute(batches.clearing(claims.STAGE, [one.invitation_id for one, _ in done]))
    plain = [one for one in done if taken.plain(one[1])]
    taken.write(session, [(one.invitation_id, one.message_id, what) for one, what in plain], now)
    for attempt, outcome in done:
        if not taken.plain(outcome):
            outcomes.apply(work, attempt.invitation_id, attempt.message_id, outcome, now)
        if attempt.probes:
            holds.settle(session, attempt.probes, outcome, now)
