"""How people come and go: several links and tabs, a glance, keys, a link that ends meanwhile.

In a real Chromium; what the network does to a press is in `test_tap_network.py`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from sqlalchemy import update

from collector import clock
from collector.answers import answer_state
from collector.invitations import links
from collector.model.base import db
from collector.model.invitations import Invitation
from tests.conftest import LiveServer
from tests.web.pages.bad_network import answers, slow
from tests.web.pages.tap_browser import IN_SPANISH, Person, person
from tests.web.pages.tap_pages import taps

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture(params=(390, 1280))
def someone(
    app: Flask, live_server: LiveServer, browser: Chrome, request: pytest.FixtureRequest
) -> Iterator[Person]:
    with person(app, live_server, browser, request.param) as one:
        yield one


@pytest.fixture
def on_phone(app: Flask, live_server: LiveServer, browser: Chrome) -> Iterator[Person]:
    with person(app, live_server, browser, 390) as one:
        yield one


def score_of(someone: Person) -> int | None:
    with someone.app.app_context():
        token_id = links.read(someone.path.removeprefix("/t/")).token_id
        score = answer_state.of(token_id=token_id).score
        db.session.remove()
        return score


def an_endless_second(someone: Person) -> None:
    """The page's own second never ends, however slow the machine is."""
    endless = (
        "const later = window.setTimeout;"
        "window.setTimeout = (act, pause) => pause === 1000 ? 0 : later(act, pause)"
    )
    someone.chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": endless})


def test_whoever_leaves_within_a_second_has_answered(someone: Person) -> None:
    an_endless_second(someone)
    someone.open("/5", metric="csat")
    someone.sees("main.pending")
    time.sleep(0.5)
    assert taps(someone.app) == []
    someone.chrome.get("about:blank")
    assert someone.stored(1) == [("provisional", 5, None)]
    assert score_of(someone) == 5


@pytest.mark.parametrize(
    "unseen",
    [
        "Object.defineProperty(document, 'visibilityState', {get: () => 'hidden'})",
        "document.hasFocus = () => false",
        "window.requestAnimationFrame = () => 0",
    ],
    ids=["hidden", "without focus", "never painted"],
)
def test_a_page_that_nobody_saw_posts_nothing_when_it_is_left(
    on_phone: Person, unseen: str
) -> None:
    an_endless_second(on_phone)
    on_phone.chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": unseen})
    on_phone.open("/5", metric="csat")
    time.sleep(0.5)
    on_phone.chrome.get("about:blank")
    time.sleep(0.5)
    assert taps(on_phone.app) == []
    assert on_phone.network.posts == 0


def test_whoever_leaves_before_they_can_have_seen_the_page_posts_nothing(on_phone: Person) -> None:
    on_phone.open(metric="csat")
    away = (
        "addEventListener('DOMContentLoaded', () => location.pathname.endsWith('/5')"
        " && (location.href = 'about:blank'))"
    )
    on_phone.chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": away})
    on_phone.open("/5")
    time.sleep(0.6)
    assert on_phone.network.posts == 0


@pytest.mark.parametrize("first_stays", [0.6, 1.8])
def test_another_number_of_the_mail_a_moment_later_is_the_score(
    someone: Person, first_stays: float
) -> None:
    # The two arrive as far apart as they were pressed, also where this machine is slow with the
    # first: within a second of each other they would be asked about.
    someone.network.faults = [slow(0), slow(1.5)]
    someone.open("/5", metric="csat")
    time.sleep(first_stays)
    someone.open("/2")
    assert someone.chosen() == ["2"]
    someone.sees("main.answered .thanks")
    assert someone.chosen() == ["2"]
    assert "once more" not in someone.text()
    assert score_of(someone) == 2


def test_the_number_stays_chosen_where_one_more_tap_is_asked_for(on_phone: Person) -> None:
    on_phone.open("/5", metric="csat")
    for score in (5, 4, 2):
        on_phone.open(f"/{score}")
        time.sleep(1.5)
    on_phone.reads("Please tap your number once more to confirm it.")
    assert on_phone.chosen() == ["2"]
    on_phone.press(2)
    on_phone.sees("main.answered .thanks")
    assert score_of(on_phone) == 2


def test_an_older_tab_does_not_go_on_thanking_for_an_older_score(someone: Person) -> None:
    chrome = someone.chrome
    someone.open("/5", metric="csat")
    someone.sees("main.answered .thanks")
    older = chrome.current_window_handle
    chrome.switch_to.new_window("window")
    someone.open("/2")
    someone.sees("main.answered .thanks")
    newer = chrome.current_window_handle
    chrome.switch_to.window(older)
    someone.sees("main.answered [value='2'][aria-pressed=true]")
    assert someone.chosen() == ["2"]
    someone.network.faults = [slow(2.0)]
    someone.press(3)
    chrome.switch_to.window(newer)
    someone.sees("main.pending [value='3'][aria-pressed=true]")
    assert "Thank you" not in someone.text()
    someone.sees("main.answered:not(.pending) [value='3'][aria-pressed=true]")
    assert score_of(someone) == 3


def test_what_was_answered_elsewhere_is_read_when_one_comes_back(on_phone: Person) -> None:
    hostile = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})"
    on_phone.chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": hostile})
    on_phone.open(metric="csat")
    on_phone.press(5)
    on_phone.sees("main.answered .thanks")
    older = on_phone.chrome.current_window_handle
    on_phone.chrome.switch_to.new_window("window")
    on_phone.open()
    on_phone.press(1)
    on_phone.stored(2)
    on_phone.chrome.switch_to.window(older)
    on_phone.chrome.execute_script("window.dispatchEvent(new Event('focus'))")
    on_phone.sees("main.answered [value='1'][aria-pressed=true]")


def test_whoever_was_done_still_is_when_they_come_back(on_phone: Person) -> None:
    on_phone.open(metric="csat")
    on_phone.press(5)
    on_phone.sees("main.answered .thanks")
    on_phone.chrome.find_element(By.CSS_SELECTOR, ".send").click()
    on_phone.sees("main.done .thanks")
    on_phone.chrome.execute_script("window.dispatchEvent(new Event('focus'))")
    time.sleep(0.5)
    on_phone.sees("main.done .thanks")


def test_a_press_that_was_kept_gives_way_to_one_made_later_elsewhere(on_phone: Person) -> None:
    on_phone.network.always = answers("503 Service Unavailable")
    on_phone.open(metric="csat")
    on_phone.press(2)
    on_phone.sees("main.pending .state.bad")
    on_phone.network.always = None
    elsewhere = "localStorage.clear()"  # as another device, which has nothing of this one's
    kept = on_phone.chrome.execute_script("return JSON.stringify(localStorage)")
    on_phone.chrome.execute_script(elsewhere)
    on_phone.chrome.get("about:blank")
    on_phone.open()
    on_phone.press(5)
    on_phone.sees("main.answered .thanks")
    on_phone.chrome.execute_script(
        "for (const [k, v] of Object.entries(JSON.parse(arguments[0]))) localStorage.setItem(k, v)",
        kept,
    )
    on_phone.open()
    on_phone.sees("main.answered:not(.sending) .thanks")
    assert on_phone.chosen() == ["5"]
    assert score_of(on_phone) == 5


def test_a_link_that_ends_while_its_page_is_open_says_so_in_its_language(someone: Person) -> None:
    someone.open(metric="csat", **IN_SPANISH)
    assert "Valore solo este servicio" in someone.text("footer")
    with someone.app.app_context():
        db.session.execute(update(Invitation).values(lapses_at=clock.now()))
        db.session.commit()
    someone.press(4)
    someone.sees("main.note")
    assert "Este enlace ya no es válido" in someone.text()
    assert "Gracias" not in someone.text()
    assert "Valore solo" not in someone.text()
    pressable = "button,a,input:not([type=hidden]),textarea,summary"
    assert not someone.chrome.find_elements(By.CSS_SELECTOR, pressable)
    assert taps(someone.app) == []
    someone.open()
    assert "Este enlace ya no es válido" in someone.text()


@pytest.mark.parametrize(
    ("keys", "metric", "score"),
    [("4", "csat", 4), ("10", "nps", 10), ("1", "nps", 1), ("0", "nps", 0), ("7", "ces", 7)],
)
def test_digits_answer(on_phone: Person, keys: str, metric: str, score: int) -> None:
    on_phone.open(metric=metric)
    ActionChains(on_phone.chrome).send_keys(keys).perform()
    on_phone.sees("main.answered .thanks")
    assert on_phone.chosen() == [str(score)]
    assert on_phone.stored(1) == [("confirmed", score, None)]


def test_digits_in_a_comment_and_off_the_scale_answer_nothing(on_phone: Person) -> None:
    on_phone.open(metric="csat")
    ActionChains(on_phone.chrome).send_keys("9").perform()
    on_phone.press(4)
    on_phone.sees("main.answered .thanks")
    box = on_phone.chrome.find_element(By.ID, "comment")
    box.send_keys("1 of 5 was broken")
    time.sleep(0.8)
    assert on_phone.chosen() == ["4"]
    assert len(on_phone.stored(1)) == 1


def middle(one: dict[str, Any]) -> float:
    return float(one["x"] + one["width"] / 2)


@pytest.mark.parametrize("width", [195, 320, 390, 1280])
@pytest.mark.parametrize("metric", ["nps", "csat", "ces"])
def test_the_ends_are_named_under_the_ends(on_phone: Person, metric: str, width: int) -> None:
    """Each label begins or ends with its number, and no other number is between the two."""
    on_phone.open(metric=metric)
    on_phone.resize(width)
    numbers = [one.rect for one in on_phone.chrome.find_elements(By.NAME, "score")]
    low, high = [one.rect for one in on_phone.chrome.find_elements(By.CSS_SELECTOR, ".scale span")]
    assert abs(low["x"] - numbers[0]["x"]) <= 1
    right = numbers[-1]["x"] + numbers[-1]["width"]
    assert abs(high["x"] + high["width"] - right) <= 1
    for label, number in ((low, numbers[0]), (high, numbers[-1])):
        under = label["y"] - (number["y"] + number["height"])
        assert 0 <= under <= 24
    between = [one for one in numbers if low["x"] <= middle(one) <= low["x"] + low["width"]]
    assert not [one for one in between if numbers[0]["y"] < one["y"] < low["y"]]


def test_nothing_moves_where_less_motion_is_wanted(on_phone: Person) -> None:
    still = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    moving = "return document.getAnimations().length"
    on_phone.open(metric="csat")
    on_phone.network.always = answers("503 Service Unavailable")
    on_phone.press(4)
    on_phone.sees("main.pending .state.bad")
    assert on_phone.chrome.execute_script(moving) > 0
    on_phone.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", still)
    assert on_phone.chrome.execute_script(moving) == 0
    on_phone.network.always = None
    on_phone.sees("main.fresh .thanks")
    assert on_phone.chrome.execute_script(moving) == 0
