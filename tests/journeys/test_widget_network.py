"""The widget on a slow, dead or flapping network: answers and events arrive once, in order.

In a real Chromium, as a phone and as a desktop window, before a real service.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from selenium.webdriver import Chrome

from collector.model.base import db
from collector.model.events import Event
from tests.conftest import LiveServer
from tests.journeys.walk import soon
from tests.journeys.widget_hostile import SIZES, resize
from tests.journeys.widget_hosts import Card
from tests.journeys.widget_place import Place, placed, taps
from tests.web.pages.bad_network import BadNetwork, Fault, answers, cut, cut_after, slow

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
WAITING = "as soon as you are back online"


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody on a page with the question, over a network that can be made bad."""

    browser: Chrome
    network: BadNetwork
    place: Place

    def open(self) -> Card:
        self.place.host.page = self.place.tag()
        self.browser.get(self.place.host.url)
        return Card(self.browser)

    def scores(self, many: int) -> list[int | None]:
        """What is stored, once there is so much of it."""
        soon(self.browser, lambda: len(taps()) >= many)
        return [tap.score for tap in taps()]


def visiting(ctx: Flask, live_server: LiveServer, browser: Chrome, call: str) -> Iterator[Visit]:
    with BadNetwork(ctx, f"/w/v1/{call}") as network, placed(ctx, live_server) as place:
        yield Visit(browser, network, place)
        network.faults, network.always = [], None
        browser.get("about:blank")


@pytest.fixture(params=SIZES, ids=["phone", "desktop"])
def answering(
    ctx: Flask, live_server: LiveServer, browser: Chrome, request: pytest.FixtureRequest
) -> Iterator[Visit]:
    """Answers meet the bad network."""
    resize(browser, request.param)
    yield from visiting(ctx, live_server, browser, "answer")


@pytest.fixture
def on_phone(ctx: Flask, live_server: LiveServer, browser: Chrome) -> Iterator[Visit]:
    resize(browser, SIZES[0])
    yield from visiting(ctx, live_server, browser, "answer")


@pytest.fixture(params=SIZES, ids=["phone", "desktop"])
def reporting(
    ctx: Flask, live_server: LiveServer, browser: Chrome, request: pytest.FixtureRequest
) -> Iterator[Visit]:
    """Events meet the bad network."""
    resize(browser, request.param)
    yield from visiting(ctx, live_server, browser, "track")


def test_what_is_pressed_is_not_thanked_for_before_it_is_stored(answering: Visit) -> None:
    card = answering.open()
    answering.network.always = cut
    card.scores()[6].click()
    soon(answering.browser, lambda: WAITING in card.find(".problem").text)
    assert card.chosen() == ["6"]
    assert not card.sees(".thanks")
    assert taps() == []
    answering.network.always = None
    soon(answering.browser, lambda: card.sees(".thanks"))
    assert not card.sees(".problem")
    assert card.chosen() == ["6"]
    assert answering.scores(1) == [6]


def test_what_takes_four_seconds_is_said_to_be_not_saved_yet(answering: Visit) -> None:
    answering.network.always = slow(6)
    card = answering.open()
    card.scores()[9].click()
    pressed = time.monotonic()
    assert not card.sees(".problem")
    soon(answering.browser, lambda: WAITING in card.find(".problem").text)
    assert 3.5 < time.monotonic() - pressed < 6
    assert not card.sees(".thanks")
    soon(answering.browser, lambda: card.sees(".thanks"))
    assert not card.sees(".problem")
    assert answering.scores(1) == [9]


def test_on_a_flapping_network_the_last_number_chosen_is_the_score(answering: Visit) -> None:
    flaps = [cut, slow(0.4), answers("500 No"), cut_after, slow(0.2), cut, answers("503 No")]
    answering.network.faults = [*flaps]
    card = answering.open()
    for score in (6, 9, 2):
        card.scores()[score].click()
        time.sleep(0.5)
        assert card.chosen() == [str(score)]
    soon(answering.browser, lambda: card.sees(".thanks") and not card.sees(".problem"))
    assert card.chosen() == ["2"]
    assert answering.scores(3) == [6, 9, 2]


@pytest.mark.parametrize(
    "fault",
    [
        answers("500 Internal Server Error"),
        answers("502 Bad Gateway"),
        answers("429 Too Many Requests"),
        answers("200 OK", b"<main>Welcome to the hotel's network</main>"),
        answers("302 Found"),
        cut_after,
    ],
    ids=["500", "502", "429", "captive portal", "led away", "stored, but cut"],
)
def test_every_fault_is_told_and_tried_again_and_counts_once(on_phone: Visit, fault: Fault) -> None:
    on_phone.network.faults = [fault] * 2
    card = on_phone.open()
    card.scores()[4].click()
    soon(on_phone.browser, lambda: WAITING in card.find(".problem").text)
    assert card.chosen() == ["4"]
    soon(on_phone.browser, lambda: card.sees(".thanks"))
    assert on_phone.network.posts == 3
    assert on_phone.scores(1) == [4]


def test_a_comment_is_not_thanked_for_before_it_is_stored(answering: Visit) -> None:
    card = answering.open()
    card.scores()[2].click()
    soon(answering.browser, lambda: card.sees("textarea"))
    answering.network.always = cut
    card.find("textarea").send_keys("The box was wet")
    card.find(".send").click()
    soon(answering.browser, lambda: WAITING in card.find(".problem").text)
    assert card.find("textarea").get_property("value") == "The box was wet"
    assert "We read" not in card.find(".thanks").text
    answering.network.always = None
    soon(answering.browser, lambda: "We read" in card.find(".thanks").text)
    assert answering.scores(2) == [2, None]
    assert taps()[-1].comment == "The box was wet"


FLAPS = {
    "slow": [slow(1.2)] * 2,
    "dead": [cut] * 3,
    "flapping": [cut, slow(0.4), answers("503 No"), cut_after, slow(0.2), cut],
}


@pytest.mark.parametrize("kind", FLAPS)
def test_events_arrive_once_and_in_their_order(reporting: Visit, kind: str) -> None:
    reporting.network.faults = [*FLAPS[kind]]
    reporting.open()
    for visit in range(4):
        reporting.browser.execute_script(
            "collector('track', 'visit.returned', { visits: arguments[0] })", visit
        )

    def kept() -> list[Event]:
        db.session.rollback()
        found = db.session.query(Event).filter_by(source="app").order_by(Event.received_at).all()
        return found if len(found) >= 4 else []

    found = soon(reporting.browser, kept)
    assert [event.context for event in found] == [{"visits": visit} for visit in range(4)]
    times = [event.occurred_at for event in found]
    assert (max(times) - min(times)).total_seconds() < 2  # when it happened, not when it arrived
