"""Every state of every page for people, as addresses: for the tests that look at all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count

from flask import Flask

from channels.base import Message
from collector import clock
from collector.answers import fold
from collector.answers.record import record
from collector.answers.taps import CONFIRMED, PAGE, IncomingTap
from collector.errors import InvalidInput, Unavailable
from collector.exports import erase
from collector.invitations import links
from collector.invitations.compose import compose
from collector.invitations.links import Link
from collector.invitations.optouts import optout, preferences
from collector.model.answers import Response
from collector.model.base import db
from collector.model.invitations import Invitation
from tests import factories
from tests.conftest import BASE_URL
from tests.invitations.test_compose import ask
from tests.web.widget.asking import asked_inapp
from tests.wording import WORDING

LANGUAGES = ("en", "ar", "zh-Hant")
_BANDS = ("dissatisfied", "neutral", "satisfied", "detractor", "passive", "promoter")
_AR = ("كيف كان توصيل طلبك؟", "سيئ جداً", "جيد جداً", "ما السبب؟", "شكراً لك.", "ما الذي حدث؟")
_ZH = ("這次的配送怎麼樣？", "很差", "很好", "原因是什麼？", "謝謝您。", "哪裡出了問題？")
_PLACES = ("question", "low", "high", "why", "thanks")


def _wording(texts: tuple[str, ...]) -> dict[str, object]:
    return {
        **WORDING["en"],
        **dict(zip(_PLACES, texts, strict=False)),
        "follow_up": dict.fromkeys(_BANDS, texts[-1]),
    }


BRANDED = {
    "brand": {"name": "Lantern & Loom", "color": "#b4651c", "logo": ""},
    "wording": {"en": WORDING["en"], "ar": _wording(_AR), "zh-Hant": _wording(_ZH)},
}
_numbers = count(1)


def add_failing_addresses(app: Flask) -> None:
    """Two addresses that fail, to be called before the app answers anything."""

    def fail(error: Exception) -> Callable[[], str]:
        def view() -> str:
            raise error

        return view

    app.add_url_rule("/fails", "fails", fail(InvalidInput("The form is not complete.")))
    app.add_url_rule("/busy", "busy", fail(Unavailable("Too busy.")))


def addresses(app: Flask, locale: str) -> dict[str, str]:
    """State → path, for a person who reads this locale."""
    with app.app_context():
        made = Made(locale)
        paths = {
            "ask": made.tap(made.asked("nps")),
            "ask-csat": made.tap(made.asked("csat")),
            "ask-ces": made.tap(made.asked("ces")),
            "confirm": made.tap(made.asked("csat", strict=True)) + "/4",
            "answered": made.tap(made.answered(9)),
            "done": made.tap(made.answered(7, "The box was wet, the driver very kind.")),
            "closed": made.tap(made.answered(8, "Fine.", hours_ago=30)),
            "erased": made.tap(made.erased()),
            "nothing": made.tap(made.asked("nps")) + "/x",
            "gone": "/t/unknown",
            "unsubscribe": made.unsubscribe(made.asked("csat")),
            "unsubscribed": made.unsubscribe(made.stopped()),
            "preferences": made.preferences(made.answered(3, "Late again.", waiting=True)),
            "preferences-new": made.preferences(made.asked("csat")),
            "preferences-paused": made.preferences(made.paused()) + "?said=saved",
            "preferences-stopped": made.preferences(made.stopped()),
            "landing": "/",
            "preview": made.previewed(app, "sms") and made.previewed(app, "email"),
            "preview-mails": "/preview?channel=email",
            "sample": made.asked_in_a_product(),
            "missing": "/nowhere",
            "failed": "/fails",
            "busy": "/busy",
        }
        db.session.remove()
        return paths


class Made:
    """Makes invitations in a locale, and their addresses."""

    def __init__(self, locale: str) -> None:
        self._locale = locale

    def asked(self, metric: str, *, strict: bool = False, hours_ago: float = 1) -> Invitation:
        then = clock.now() - timedelta(hours=hours_ago)
        definition = {**BRANDED, "strict": strict}
        row = factories.sent_invitation(
            db.session,
            survey=factories.survey_version(db.session, metric=metric, definition=definition),
            channels=["email"],
            locale=self._locale,
            sent_at=then,
            lapses_at=then + timedelta(days=14),
        )
        db.session.commit()
        return row

    def answered(
        self, score: int, comment: str = "", *, hours_ago: float = 1, waiting: bool = False
    ) -> Invitation:
        row = self.asked("nps", hours_ago=hours_ago)
        token_id, person_id = row.token_id, row.person_id
        if waiting:
            person = db.session.get_one(factories.Person, person_id)
            survey = factories.survey_version(db.session, definition=BRANDED)
            soon = clock.now() + timedelta(days=3)
            factories.invitation(
                db.session, of=person, survey=survey, locale=self._locale, due_at=soon,
                lapses_at=soon + timedelta(days=9),
            )  # fmt: skip
            db.session.commit()
        with clock.at(clock.now() - timedelta(hours=hours_ago)):
            record(_tap(token_id, score, comment))
        fold.run_batch()
        return db.session.scalars(db.select(Invitation).filter_by(token_id=token_id)).one()

    def erased(self) -> Invitation:
        row = self.answered(5, "Please forget this.")
        answer = db.session.scalars(db.select(Response).filter_by(invitation_id=row.id)).one()
        erase.erase(answer.person_id, answer.id)
        return row

    def stopped(self) -> Invitation:
        row = self.asked("csat")
        preferences.stop_everything(Link(row.token_id, "email"))
        optout.unsubscribe(Link(row.token_id, "email"))
        return row

    def paused(self) -> Invitation:
        row = self.asked("csat")
        preferences.pause(Link(row.token_id, "email"), 30)
        return row

    def previewed(self, app: Flask, channel: str) -> str:
        row = self.asked("nps")
        link = f"{BASE_URL}{self.tap(row)}"
        mail = compose(ask(locale=self._locale, link=link, low=0, high=10))
        text = f"Lantern & Loom: 0–10? {link}"
        values = {"id": f"{row.id}-{channel}", "channel": channel, "to": "+14155550100"}
        if channel == "email":
            values["to"] = "ana@example.com"
        message = replace(mail, **values) if channel == "email" else Message(text=text, **values)
        app.extensions["collector.channels"][channel].send(message)
        return "/preview"

    def asked_in_a_product(self) -> str:
        asked_inapp(name="sample", locale=self._locale)
        return f"/sample?lang={self._locale}"

    def tap(self, row: Invitation) -> str:
        return "/t/" + links.token(row.token_id, "email")

    def unsubscribe(self, row: Invitation) -> str:
        return "/u/" + links.unsubscribe_token(row.token_id, "email")

    def preferences(self, row: Invitation) -> str:
        return "/p/" + links.preferences_token(row.token_id, "email")


def _tap(token_id: str, score: int, comment: str) -> IncomingTap:
    return IncomingTap(
        kind=CONFIRMED, via=PAGE, channel="email", idempotency_key=f"state-{next(_numbers)}",
        token_id=token_id, score=score, comment=comment or None,
    )  # fmt: skip
