"""The preference page: a GET writes nothing, every change is a plain form, in nine languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select

from channels.locales import LANGUAGES, direction
from collector import clock
from collector.exports import feed
from collector.intake.incoming import IncomingEvent, IncomingPerson
from collector.intake.receive import receive
from collector.model.answers import Response, Tap
from collector.model.base import db
from collector.model.feed import Revision
from collector.model.ids import new_id
from collector.model.invitations import Invitation
from collector.model.people import Consent, ContactPoint, Person, Suppression
from collector.translations.catalogue import translator
from collector.triggers import person_loader
from tests import factories
from tests.web.pages.states import Made
from tests.web.pages.tap_pages import nonce_in, post

Drain = Callable[[], int]


@pytest.fixture
def address(app: Flask) -> str:
    """The page of somebody who answered 3 with a comment, and who waits for another question."""
    return _of(app, lambda made: made.answered(3, "Late again.", waiting=True))


def _of(app: Flask, make: Callable[[Made], Invitation], locale: str = "en") -> str:
    with app.app_context():
        made = Made(locale)
        path = made.preferences(make(made))
        db.session.remove()
        return path


def one(app: Flask, what: type) -> list[object]:
    with app.app_context():
        rows = list(db.session.scalars(select(what)))
        db.session.expunge_all()
        db.session.remove()
        return rows


def test_looking_writes_nothing(app: Flask, client: FlaskClient, address: str) -> None:
    for method in ("GET", "HEAD", "OPTIONS"):
        assert client.open(address, method=method).status_code == 200
    assert one(app, Consent) == one(app, Suppression) == []
    assert "Set-Cookie" not in client.get(address).headers


def test_it_shows_what_was_answered_and_what_will_be_asked(
    client: FlaskClient, address: str
) -> None:
    page = client.get(address).text
    for text in ("3 out of 10", "Late again.", "planned for", "How was your delivery?"):
        assert text in page
    assert page.count("checked") == 3


def test_a_way_can_be_switched_off_and_on(app: Flask, client: FlaskClient, address: str) -> None:
    answer = client.post(address, data={"act": "ways", "way": ["email", "inapp"]})
    assert (answer.status_code, answer.location) == (303, f"{address}?said=saved")
    assert [(c.channel, c.state) for c in one(app, Consent)] == [("sms", "denied")]  # type: ignore[attr-defined]
    page = client.get(answer.location).text
    assert (page.count("checked"), "Saved." in page) == (2, True)
    client.post(address, data={"act": "ways", "way": ["sms", "email", "inapp"]})
    assert [(c.channel, c.state) for c in one(app, Consent)] == [("sms", "granted")]  # type: ignore[attr-defined]
    assert one(app, Suppression) == []


def test_saving_what_already_holds_writes_nothing(
    app: Flask, client: FlaskClient, address: str
) -> None:
    client.post(address, data={"act": "ways", "way": ["sms", "email", "inapp"]})
    assert one(app, Consent) == []


def test_a_break_cancels_what_waits_and_holds_until_it_ends(
    app: Flask, client: FlaskClient, address: str
) -> None:
    client.post(address, data={"act": "pause", "days": "30"})
    assert "cancelled" in {row.status for row in one(app, Invitation)}  # type: ignore[attr-defined]
    assert "You are taking a break until" in client.get(address).text
    person = next(p for p in one(app, Person) if p.paused_until)  # type: ignore[attr-defined]
    with app.app_context():
        known = person_loader.person_contexts(db.session, {person.id: person})[person.id]  # type: ignore[attr-defined]
    assert known.consent == {}
    assert known.paused_until == person.paused_until  # type: ignore[attr-defined]
    client.post(address, data={"act": "resume"})
    assert "Pause for 30 days" in client.get(address).text


@pytest.mark.parametrize("days", ["", "31", "-30", "x", "9" * 400])
def test_a_break_has_one_of_two_lengths(client: FlaskClient, address: str, days: str) -> None:
    assert client.post(address, data={"act": "pause", "days": days}).status_code == 422


def test_stopping_everything_and_coming_back(app: Flask, client: FlaskClient, address: str) -> None:
    client.post(address, data={"act": "stop"})
    assert {(c.channel, c.state) for c in one(app, Consent)} == {  # type: ignore[attr-defined]
        ("sms", "denied"), ("email", "denied"), ("inapp", "denied"), ("webhook", "denied"),
    }  # fmt: skip
    assert "You will not be asked any more." in client.get(address).text
    client.post(address, data={"act": "ways", "way": ["email"]})
    assert client.get(address).text.count("checked") == 1


def _say(app: Flask, minutes: int, state: str, channel: str, **more: str) -> None:
    """A system says so about whoever waits, of so many minutes ago."""
    with app.app_context():
        person = db.session.scalars(select(Person).join(Invitation)).first()
        assert person is not None
        happened = clock.now() + timedelta(minutes=minutes)
        who = IncomingPerson(person.ref, consent={channel: state}, contacts=more)
        receive([IncomingEvent("shop", new_id("msg"), "order.delivered", happened, who)])
        db.session.remove()


@pytest.mark.parametrize("minutes", [-60, 0, 9])
def test_no_grant_of_a_system_undoes_what_was_chosen(
    app: Flask, client: FlaskClient, address: str, minutes: int
) -> None:
    client.post(address, data={"act": "ways", "way": ["email", "inapp"]})
    for channel in ("sms", "any"):
        _say(app, minutes, "granted", channel)
    assert client.get(address).text.count("checked") == 2


def test_what_was_chosen_outdoes_a_no_to_everything_for_good(
    app: Flask, client: FlaskClient, address: str
) -> None:
    _say(app, -30, "denied", "any")
    assert client.get(address).text.count("checked") == 0
    client.post(address, data={"act": "ways", "way": ["email"]})
    assert client.get(address).text.count("checked") == 1
    _say(app, -10, "denied", "any")
    assert client.get(address).text.count("checked") == 1


def test_what_was_confirmed_is_not_undone_by_an_older_no(
    app: Flask, client: FlaskClient, address: str
) -> None:
    _say(app, -30, "granted", "any")
    client.post(address, data={"act": "ways", "way": ["sms", "email", "inapp"]})
    _say(app, -10, "denied", "any")
    assert client.get(address).text.count("checked") == 3


def test_who_stopped_everything_is_not_asked_at_an_address_learned_later(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        made = Made("en")
        invitation = made.answered(3)
        db.session.execute(
            delete(ContactPoint).where(
                ContactPoint.channel == "sms", ContactPoint.person_id == invitation.person_id
            )
        )
        path = made.preferences(invitation)
        db.session.commit()
    client.post(path, data={"act": "stop"})
    _say(app, 0, "granted", "any", sms="+14155550199")
    assert "You will not be asked any more." in client.get(path).text
    assert {(c.channel, c.state) for c in one(app, Consent)} >= {("sms", "denied")}  # type: ignore[attr-defined]


def test_an_answer_is_taken_back_with_a_tombstone(
    app: Flask, client: FlaskClient, address: str, drain: Drain
) -> None:
    drain()
    (answer,) = one(app, Response)
    form = {"act": "delete", "answer": answer.id, "sure": "1"}  # type: ignore[attr-defined]
    assert client.post(address, data={**form, "sure": ""}).status_code == 422
    for _ in range(2):
        assert client.post(address, data=form).location == f"{address}?said=deleted"
    with app.app_context():
        rows = list(feed.stream())
        comments = set(db.session.scalars(select(Tap.comment)))
        prints = set(db.session.scalars(select(Tap.contact_hash)))
    assert [(row["kind"], row["score"]) for row in rows] == [("answer", 3), ("tombstone", 3)]
    assert {(r["comment"], r["person_id"], r["event_id"]) for r in rows} == {(None, "", "")}
    assert [row["number"] for row in rows] == [1, 2]
    assert comments <= {None, ""}
    assert prints == {""}
    assert "Late again." not in client.get(address).text
    drain()  # who was asked is told anew, once
    assert drain() == 0


def test_an_answer_that_was_taken_back_cannot_be_given_again(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        made = Made("en")
        path = made.tap(made.erased())
    answer = client.get(path)
    assert (answer.status_code, "Your answer was deleted" in answer.text) == (410, True)
    with app.app_context():
        fresh = made.tap(made.asked("nps"))
    nonce = nonce_in(client.get(fresh).text)
    assert post(client, path, nonce, score="1").status_code in (400, 410)


def test_an_answer_erased_before_it_was_published_leaves_without_its_person(
    app: Flask, client: FlaskClient, address: str, drain: Drain
) -> None:
    (answer,) = one(app, Response)
    client.post(address, data={"act": "delete", "answer": answer.id, "sure": "1"})  # type: ignore[attr-defined]
    drain()
    with app.app_context():
        (row,) = feed.stream()
    assert (row["kind"], row["score"], row["comment"], row["person_id"]) == ("answer", 3, None, "")


def test_nobody_takes_back_what_somebody_else_said(app: Flask, client: FlaskClient) -> None:
    mine = _of(app, lambda made: made.answered(9))
    _of(app, lambda made: made.answered(1, "Not yours."))
    for answer in one(app, Response):
        client.post(mine, data={"act": "delete", "answer": answer.id, "sure": "1"})  # type: ignore[attr-defined]
    with app.app_context():
        erased = db.session.scalar(
            select(func.count()).where(Response.erased_at.is_not(None)).select_from(Response)
        )
        assert db.session.scalar(select(func.count()).select_from(Revision)) == 0
    assert erased == 1


def test_words_are_shown_only_to_the_link_they_were_written_by(
    app: Flask, client: FlaskClient, address: str
) -> None:
    with app.app_context():
        row = db.session.scalars(select(Response)).one()
        person = db.session.get_one(Person, row.person_id)
        other = factories.sent_invitation(db.session, of=person)
        db.session.commit()
        path = Made("en").preferences(other)
    page = client.get(path).text
    assert "with a comment" in page
    assert "Late again." not in page


@pytest.mark.parametrize("form", [{}, {"act": ""}, {"act": "explode"}, {"act": "delete"}])
def test_a_form_that_makes_no_sense_changes_nothing(
    app: Flask, client: FlaskClient, address: str, form: dict[str, str]
) -> None:
    assert client.post(address, data=form).status_code == 422
    assert one(app, Consent) == []


@pytest.mark.parametrize("path", ["/p/x", "/p/" + "a" * 400, "/p/%00"])
def test_a_link_that_does_not_hold_is_gone(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == client.post(path).status_code == 410


def test_a_link_for_another_purpose_opens_nothing_here(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        made = Made("en")
        row = made.asked("csat")
        paths = [made.tap(row), made.unsubscribe(row)]
    for path in paths:
        assert client.get("/p/" + path.split("/")[2]).status_code == 410


@pytest.mark.parametrize("locale", [*LANGUAGES, "zh-TW"])
def test_the_page_speaks_nine_languages(app: Flask, client: FlaskClient, locale: str) -> None:
    page = client.get(_of(app, lambda made: made.paused(), locale)).text
    assert f'<html lang="{locale}" dir="{direction(locale)}">' in page
    say = translator(locale)
    assert say("preferences.stop_all") in page
    assert say("answers.none") in page


def test_the_page_is_kept_nowhere_and_loads_nothing_from_elsewhere(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.text
    assert "//" not in answer.text
