"""Plays recorded events and answers through the real pipeline on a simulated clock.

Each item is taken in under its own time by the same verbs that the API and the tap page call; at
the end of a tick everything that is due is done under the tick's time. Ids come from natural keys
and the order is fixed, so the same input gives the same export on any database with the same keys.

It may be killed and started again (`resume`): items are taken once however often they are played,
and ticks that were finished are not worked through a second time. No message leaves the house.
Used by `commands/replay.py`. Next: `timeline.py` (pure), `replay_files.py` (input),
`replay_workers.py` (with workers), `replay_channels.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import func, select

from collector import clock
from collector.answers import record
from collector.answers.taps import CONFIRMED, REPLAY, IncomingTap
from collector.errors import CollectorError, Conflict, Problem
from collector.intake import receive
from collector.intake.formats.native import read_event
from collector.intake.incoming import IncomingEvent
from collector.intake.outcomes import Refused
from collector.invitations import reconcile
from collector.model.answers import Response, Tap
from collector.model.base import db
from collector.model.events import Decision, Event
from collector.model.feed import Revision
from collector.model.followups import FollowUp
from collector.model.invitations import SENT, WAITING, Invitation, Message
from collector.model.verdicts import Verdict
from collector.simulation.replay_channels import nothing_leaves
from collector.simulation.timeline import EPOCH, Answer, Item, ticks
from collector.triggers import decide
from collector.work import tasks
from collector.work.tasks import Task

USED, REPEATED, NO_EVENT, NOT_SENT, NOBODY_ASKS = (
    "used",
    "repeated",
    "no_event",
    "not_sent",
    "nobody_asks",
)
ACCEPTED, DUPLICATE, UNUSABLE = "accepted", "duplicate", "unusable"
# What was done at a moment that no item has must not be done again at an earlier one, so the work
# of the stages counts as well as what was played.
WRITTEN_AT = (
    Event.received_at,
    Tap.tapped_at,
    Decision.decided_at,
    Message.claimed_at,
    Message.settled_at,
    Response.updated_at,
    Verdict.created_at,
    FollowUp.opened_at,
    Revision.published_at,
)


@dataclass(frozen=True, slots=True)
class Played:
    """What became of one item. `code` is `used` or `accepted`, else the reason why not.

    Answers: `repeated` (its key was used before), `no_event` (not yet, or never), `nobody_asks` (no
    rule listened), the reason for which the event was held back (such as `capped_global`),
    `not_sent`, or the code with which the tap was refused. Events: `duplicate`, `unusable`,
    `conflict` (the same key with other content).
    """

    item: Item
    code: str
    detail: str = ""


Drain = Callable[[datetime], None]
Note = Callable[[Played], None]


def play(
    items: Iterable[Item],
    step: timedelta,
    note: Note,
    drain: Drain,
    *,
    resume: bool = False,
    prompt: bool = False,
) -> None:
    """Play `items` in ticks of `step`; `note` hears of each, `drain` does the work of a tick. With
    `prompt` asks go out at their own time: with the event, or when the night is over.

    Raises Conflict (`not_empty`) for a database that already holds events, unless `resume` is set;
    then (`another_replay`) if those are not the events of this input.
    """
    reached = begin(resume)
    player, late = _Player(note, reached), _Late(drain)
    with nothing_leaves(), _bells_held():
        if reached is not None:
            _take_back(reached)
        for tick in ticks(items, step, prompt):
            for item in tick.items:
                if prompt:
                    late.catch_up(item.at)
                player.play(item)
            if prompt:
                late.catch_up(tick.at)
            if reached is not None and tick.at < reached:
                continue  # finished before the replay was stopped
            drain(tick.at)


def begin(resume: bool) -> datetime | None:
    """How far an earlier run got: the latest moment at which it wrote; None for an empty database.

    Raises Conflict (`not_empty`) where there was one and it is not to be resumed.
    """
    found = [db.session.execute(select(func.max(one))).scalar_one() for one in WRITTEN_AT]
    db.session.remove()
    reached = max((moment for moment in found if moment), default=None)
    if reached is not None and not resume:
        raise Conflict(
            "this database already holds events; a replay needs an empty one "
            "(or --resume, to go on with the same replay after it was stopped)",
            code="not_empty",
        )
    return reached


def drain_here(moment: datetime) -> None:
    """Do all that is due at `moment` in this process."""
    walk(moment, lambda task: tasks.run(task.name))


def walk(moment: datetime, run: Callable[[Task], object]) -> None:
    """Do all that is due at `moment`, one stage after the other in the order of the walk.

    `run` does all of one stage. That no stage begins before the one ahead of it is done makes the
    order of everything that happens at one and the same moment the same, whoever works.
    """
    with clock.at(moment):
        due = True
        while due:
            due = False
            for task in tasks.TASKS:
                if task.backlog():
                    run(task)
                    due = True
    db.session.remove()


class _Player:
    """Plays items one by one; knows which events and answers this replay has played already."""

    def __init__(self, note: Note, reached: datetime | None) -> None:
        self._note = note
        self._reached = reached
        self._used: set[str] = set()
        self._received: set[tuple[str, str]] = set()

    def play(self, item: Item) -> None:
        with clock.at(item.at):
            code, detail = self._answer(item.answer, item.at) if item.answer else self._event(item)
        db.session.remove()
        self._note(Played(item, code, detail))

    def _event(self, item: Item) -> tuple[str, str]:
        incoming = read_event(item.event, "", item.at)
        if isinstance(incoming, Refused):
            return UNUSABLE, _said(incoming.problems)
        if incoming.key in self._received:
            return DUPLICATE, "this event was already played"
        if self._reached is not None and item.at < self._reached:
            _must_be_known(incoming, item.where)
        (outcome,) = receive.receive([incoming])
        if outcome.problems:
            return outcome.status, _said(outcome.problems)
        self._received.add(incoming.key)
        decide.decide_events([outcome.id])
        return ACCEPTED, ""

    def _answer(self, answer: Answer, at: datetime) -> tuple[str, str]:
        if answer.about not in self._received:
            return NO_EVENT, ""
        if answer.idempotency_key in self._used:
            return REPEATED, "this very answer was already used"
        found = _asked(answer, at)
        if isinstance(found, str):
            return found, ""
        try:
            record.record(
                IncomingTap(
                    kind=CONFIRMED,
                    via=REPLAY,
                    channel=found.channels[found.step],
                    idempotency_key=answer.idempotency_key,
                    invitation_id=found.id,
                    score=answer.score,
                    comment=answer.comment,
                    locale=found.locale,
                )
            )
        except CollectorError as error:
            return error.code, error.detail
        self._used.add(answer.idempotency_key)
        return USED, ""


class _Late:
    """Does what comes due between items: asks that wait for the morning, or fall back."""

    def __init__(self, drain: Drain) -> None:
        self._drain = drain
        self._done = EPOCH

    def catch_up(self, moment: datetime) -> None:
        """Drain at every moment before this one at which an ask is due."""
        while (due := self._next()) is not None and due < moment:
            self._drain(due)
            self._done = due

    def _next(self) -> datetime | None:
        waiting = select(func.min(Invitation.due_at)).where(
            Invitation.status == WAITING, Invitation.due_at > self._done
        )
        sent = select(func.min(Invitation.next_at)).where(
            Invitation.status == SENT, Invitation.next_at > self._done
        )
        found = [db.session.execute(one).scalar_one() for one in (waiting, sent)]
        db.session.remove()
        return min((one for one in found if one is not None), default=None)


def _asked(answer: Answer, at: datetime) -> Invitation | str:
    """The invitation about this event that was out before `at`, or why there was none.

    Told by the time of sending, not by the mere presence of a row: a resumed replay finds rows of
    its first run that lie ahead of the moment it plays.
    """
    about = (Event.source == answer.source, Event.event_id == answer.event_id)
    invitation = db.session.scalars(select(Invitation).join(Event).where(*about)).first()
    if invitation is not None:
        return invitation if invitation.sent_at and invitation.sent_at < at else NOT_SENT
    reasons = select(Decision.reason).join(Event).where(*about).order_by(Decision.rule_key)
    return db.session.scalars(reasons).first() or NOBODY_ASKS


def _take_back(moment: datetime) -> None:
    """What a run that was killed had claimed waits again: its workers are dead, whatever time it
    is in here."""
    with clock.at(moment):
        while reconcile.take_back(lease=timedelta(0)):
            pass
    db.session.remove()


def _said(problems: Sequence[Problem]) -> str:
    return "; ".join(f"{problem.pointer} {problem.detail}".strip() for problem in problems)


def _must_be_known(event: IncomingEvent, where: str) -> None:
    """What an earlier run must have received already. Raises Conflict (`another_replay`)."""
    same = Event.source == event.source, Event.event_id == event.event_id
    if db.session.scalar(select(Event.id).where(*same)) is None:
        raise Conflict(
            "this database was filled by something else, not by an earlier run of this replay",
            code="another_replay",
            pointer=where,
        )


@contextmanager
def _bells_held() -> Iterator[None]:
    """No stage is woken while a tick is being played: its work belongs to the tick's end."""
    app = current_app
    bell = app.extensions["collector.doorbell"]
    app.extensions["collector.doorbell"] = lambda name: None
    try:
        yield
    finally:
        app.extensions["collector.doorbell"] = bell
