"""Plays a simulated company through the real pipeline, with the verbs that web and workers call.

Only the clock is simulated: events come in and are decided on, asks go out at their moment, people
and machines tap, signals arrive, and every tick the workers do what is due. At the end the nights
go on until everything is final. Used by `live.py` and by a test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from flask import Flask, current_app

from benchmarks.integrity.live_company import CHANNELS, SAID, SOURCE, Company, Happening, moment
from collector import clock
from collector.answers import record
from collector.answers.taps import CONFIRMED, PAGE, PROVISIONAL, WIDGET, IncomingTap
from collector.errors import CollectorError
from collector.intake import receive, update_person
from collector.intake.formats.native import read_event
from collector.intake.incoming import IncomingEvent, IncomingPerson
from collector.integrity.engine.engine import AGES
from collector.integrity.inputs.roster import reading as roster
from collector.integrity.inputs.roster import replace
from collector.integrity.inputs.signals import reading as signals
from collector.integrity.inputs.signals import receive as receive_signals
from collector.model.audit import SERVICE
from collector.model.base import db
from collector.model.events import Event
from collector.model.invitations import Invitation
from collector.rules.apply import apply_workspace
from collector.rules.definition import check as check_rule
from collector.rules.folder.workspace import Workspace
from collector.simulation import replay
from collector.simulation.replay_channels import nothing_leaves
from collector.surveys.definitions import check as check_survey
from collector.triggers import decide, withhold
from collector.triggers.withhold import Withheld
from collector.work import tasks

WORDING = {
    "question": "How was it?", "low": "Bad", "high": "Good", "why": "We want to know.",
    "thanks": "Thank you.", "sms": "How was it?",
}  # fmt: skip
BANDS = {
    "nps": ("detractor", "passive", "promoter"), "csat": ("dissatisfied", "neutral", "satisfied"),
    "ces": ("high_effort", "neutral", "low_effort"),
}  # fmt: skip
NIGHT = timedelta(days=1)
AFTERWARDS = timedelta(days=AGES[-1] + 9)  # the last night, and the Monday after it
ROBOT = "scanner"


def configure() -> None:
    """A survey for each metric, a rule for each metric and channel, and one that never asks."""
    surveys = [
        check_survey({
            "key": metric, "metric": metric, "owner": "service",
            "wording": {"en": {**WORDING, "follow_up": dict.fromkeys(bands, "Why?")}},
        })
        for metric, bands in BANDS.items()
    ]  # fmt: skip
    kinds = dict.fromkeys(CHANNELS.values())
    rules = [_rule(metric, channel) for metric in BANDS for channel in kinds]
    apply_workspace(
        Workspace(tuple(surveys), (*rules, _rule("csat", "inapp", never=True))), SERVICE
    )


def _rule(metric: str, channel: str, *, never: bool = False) -> dict[str, object]:
    kind = "capped" if never else f"{metric}.{channel}"
    return check_rule({
        "key": f"ask-{kind.replace('.', '-')}", "on": f"desk.{kind}", "survey": metric,
        "status": "live", "channels": [channel], "caps": {"global_days": 0, "survey_days": 0},
        "quiet": {"double_up_to": 1, "light_after": 0}, "quiet_hours": {channel: "none"},
        "contact_integrity": dict.fromkeys(("changed", "shared", "staff", "undeliverable"), "mark"),
        **({"when": "1 > 2"} if never else {}),
    })  # fmt: skip


class Player:
    """Plays happenings; `refused` counts what the service did not take, by code."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.refused: Counter[str] = Counter()
        self.invitations: dict[str, str] = {}

    def play(self, one: Happening) -> None:
        with clock.at(one.at):
            try:
                getattr(self, f"_{one.kind}")(one)
            except CollectorError as error:
                self.refused[error.code] += 1
        db.session.remove()

    def _asked(self, one: Happening) -> None:
        event = self._receive(one, capped=False)
        decide.decide_events([event])
        channel = CHANNELS[one.row["channel"]]
        on_file = self.company.events[one.event_id]["contact_on_file"] or one.row["contact_hash"]
        if one.row["contact_hash"] != on_file and channel != "inapp":
            said = self.company.reach(channel, one.row["contact_hash"])
            contact = {"sms": said["phone"]} if channel == "sms" else {"email": said["email"]}
            who = self.company.events[one.event_id]["customer_id"]
            update_person.update(IncomingPerson(ref=who, contacts=contact))
        tasks.run("send")
        found = db.session.query(Invitation.id).filter(Invitation.event_id == event).one_or_none()
        if found is None:
            self.refused["not_asked"] += 1
        else:
            self.invitations[one.row["invitation_id"]] = found[0]

    def _held(self, one: Happening) -> None:
        reason = one.row["suppress_reason"]
        by_system = reason in ("freq_cap", "policy_exempt", "legal_hold")
        event = self._receive(one, capped=by_system)
        if by_system:
            decide.decide_events([event])
            return
        said = reason if reason in SAID else SAID[0]
        worker = self.company.events[one.event_id]["handled_by"]
        withhold.withhold(event, Withheld(said, worker))

    def _tap(self, one: Happening) -> None:
        row, invitation = one.row, self.invitations.get(one.row["invitation_id"])
        if invitation is None:
            self.refused["nobody_asked"] += 1
            return
        channel = CHANNELS[row["channel"]]
        by_link = channel == "email"  # one link for each score; elsewhere one presses on the page
        who = {
            "via": WIDGET if channel == "inapp" else PAGE, "channel": channel,
            "invitation_id": invitation, "locale": row["locale"],
            "opened_at": moment(row["opened_at"]), "remote_addr": self.company.address(row),
            "device": row["device_hash"] or "", "user_agent": row["user_agent"],
        }  # fmt: skip
        kind = PROVISIONAL if by_link else CONFIRMED
        said = None if by_link else row["comment"] or None
        record.record(IncomingTap(
            kind=kind, idempotency_key=row["response_id"], score=row["score"], comment=said, **who,
        ))  # fmt: skip
        if by_link and row["comment"]:
            record.record(IncomingTap(
                kind=CONFIRMED, idempotency_key=f"{row['response_id']}+", comment=row["comment"],
                **who,
            ))  # fmt: skip

    def _signal(self, one: Happening) -> None:
        row = one.row
        said = {
            "source": "quality", "signal_id": row["signal_id"], "type": row["type"],
            "at": row["at"], "event_source": SOURCE, "event_id": row["event_id"],
            "agent_id": row["agent_id"], "value": row["value"], "tags": list(row["tags"]),
        }  # fmt: skip
        read = signals.read(said, "", one.at)
        if not isinstance(read, signals.IncomingSignal):
            self.refused["signal"] += 1
            return
        receive_signals.receive([read])

    def _receive(self, one: Happening, *, capped: bool) -> str:
        read = read_event(self.company.event(one.row, capped=capped), "", one.at)
        assert isinstance(read, IncomingEvent), read
        (outcome,) = receive.receive([read])
        return outcome.id


def play(
    app: Flask, company: Company, tick: timedelta,
    progress: Callable[[datetime], None] = lambda at: None, nights: timedelta = NIGHT,
) -> Player:  # fmt: skip
    """Play the whole company on this app, whose database is migrated and empty.

    Workers look in every `tick`, and every `nights` once nothing comes in any more.
    """
    player = Player(company)
    with app.app_context(), nothing_leaves(), _bells_held():
        happenings = company.happenings()
        with clock.at(happenings[0].at - timedelta(days=2)):
            configure()
            entries = roster.read((f"/{n}", row) for n, row in enumerate(company.staff()))
            replace.replace(entries, SERVICE)
        end = happenings[0].at
        for one in happenings:
            while one.at > end:
                work(end)
                progress(end)
                end += tick
            player.play(one)
        last = end + AFTERWARDS
        while end < last:
            work(end)
            end += tick if end < happenings[-1].at + NIGHT else nights
            progress(end)
        work(last)
    return player


def work(at: datetime) -> None:
    """What the workers do at this moment."""
    replay.drain_here(at)
    db.session.remove()


@contextmanager
def _bells_held() -> Iterator[None]:
    bell = current_app.extensions["collector.doorbell"]
    current_app.extensions["collector.doorbell"] = lambda name: None
    try:
        yield
    finally:
        current_app.extensions["collector.doorbell"] = bell


def invitation_events(app: Flask) -> dict[str, str]:
    """Which event each of our invitations is about, by the desk's own ids."""
    with app.app_context():
        rows = db.session.query(Invitation.id, Event.event_id).join(Event)
        return {row[0]: row[1] for row in rows}
