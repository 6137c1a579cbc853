"""The tap page on a slow, dead or flapping network: it thanks for nothing that is not stored.

In a real Chromium, as a phone and as a desktop window, in the invitation's language.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from tests.conftest import LiveServer
from tests.web.pages.bad_network import Fault, answers, cut, cut_after, slow
from tests.web.pages.tap_browser import IN_SPANISH, Person, person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
WIDTHS = (390, 1280)
STATE = "fieldset .state"


@pytest.fixture(params=WIDTHS)
def someone(
    app: Flask, live_server: LiveServer, browser: Chrome, request: pytest.FixtureRequest
) -> Iterator[Person]:
    with person(app, live_server, browser, request.param) as one:
        yield one


@pytest.fixture
def on_phone(app: Flask, live_server: LiveServer, browser: Chrome) -> Iterator[Person]:
    with person(app, live_server, browser, WIDTHS[0]) as one:
        yield one


def test_what_is_pressed_offline_is_kept_and_sent_when_back(someone: Person) -> None:
    someone.open(metric="nps")
    someone.press(6)
    someone.sees("main.answered .thanks")
    someone.offline(True)
    someone.press(2)
    someone.reads("Not saved yet: no connection.", STATE)
    assert someone.chosen() == ["2"]
    assert "Thank you" not in someone.text()
    assert "What went wrong" not in someone.text()
    someone.offline(False)
    someone.sees("main.answered:not(.pending) .thanks")
    someone.reads("Saved.", STATE)
    assert someone.chosen() == ["2"]
    assert [tap[:2] for tap in someone.stored(2)] == [("confirmed", 6), ("confirmed", 2)]


def test_what_is_pressed_outlives_a_reload_and_nothing_tells_the_link(on_phone: Person) -> None:
    on_phone.network.always = answers("503 Service Unavailable")
    on_phone.open(metric="csat")
    on_phone.press(2)
    on_phone.reads("a little too much at once", STATE)
    on_phone.open()
    on_phone.sees("main.pending")
    assert on_phone.chosen() == ["2"]
    kept = on_phone.chrome.execute_script("return JSON.stringify(localStorage)")
    assert '\\"score\\":\\"2\\"' in kept
    token = on_phone.path.removeprefix("/t/")
    assert token not in kept
    assert token.partition(".")[0] not in kept
    on_phone.network.always = None
    on_phone.sees("main.answered .thanks")
    assert [tap[:2] for tap in on_phone.stored(1)] == [("confirmed", 2)]
    assert on_phone.chrome.execute_script("return localStorage.length") == 0


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (answers("500 Internal Server Error"), "algo ha fallado por nuestra parte"),
        (answers("502 Bad Gateway"), "algo ha fallado por nuestra parte"),
        (answers("503 Service Unavailable"), "hay demasiadas solicitudes"),
        (answers("429 Too Many Requests"), "hay demasiadas solicitudes"),
        (answers("200 OK", b"<main>Welcome to the hotel's network</main>"), "algo ha fallado"),
        (cut, "no hay conexión"),
        (slow(5.5), "La conexión es lenta."),
    ],
    ids=["500", "502", "503", "429", "captive portal", "cut", "slow"],
)
def test_every_fault_is_told_in_the_invitations_language_and_tried_again(
    on_phone: Person, fault: Fault, words: str
) -> None:
    on_phone.network.always = fault
    on_phone.open(metric="csat", **IN_SPANISH)
    on_phone.press(4)
    on_phone.reads(words, STATE)
    assert "Gracias" not in on_phone.text()
    assert on_phone.chosen() == ["4"]
    on_phone.network.always = None
    on_phone.sees("main.answered .thanks")
    on_phone.reads("Guardado", STATE)
    assert [tap[:2] for tap in on_phone.stored(1)] == [("confirmed", 4)]


def test_an_answer_that_was_stored_but_never_confirmed_is_one_tap(on_phone: Person) -> None:
    on_phone.network.faults = [cut_after, cut_after]
    on_phone.open(metric="csat")
    on_phone.press(4)
    on_phone.sees("main.answered .thanks")
    assert on_phone.network.posts >= 2
    assert len(on_phone.stored(1)) == 1


def test_on_a_flapping_network_the_last_number_chosen_is_the_score(someone: Person) -> None:
    flaps = [cut, slow(0.4), answers("500 No"), cut_after, slow(0.2), cut]
    someone.network.faults = [*flaps]
    someone.open(metric="nps")
    for score in (6, 9, 2):
        someone.press(score)
        time.sleep(0.5)
        assert someone.chosen() == [str(score)]
    someone.sees("main.answered:not(.sending) .thanks")
    assert someone.chosen() == ["2"]
    assert someone.stored(1)[-1][:2] == ("confirmed", 2)


def test_a_comment_is_not_thanked_for_before_it_is_stored(someone: Person) -> None:
    someone.open(metric="csat")
    someone.press(2)
    someone.sees("main.answered .thanks")
    someone.network.always = cut
    someone.chrome.find_element(By.ID, "comment").send_keys("The box was wet")
    someone.chrome.find_element(By.CSS_SELECTOR, ".send").click()
    someone.reads("Not saved yet: no connection.", ".send+.state")
    assert not someone.chrome.find_elements(By.CSS_SELECTOR, "main.done")
    assert "Saved." not in someone.text()
    someone.network.always = None
    someone.sees("main.done .thanks")
    assert someone.stored(2)[-1] == ("confirmed", None, "The box was wet")


def test_a_comment_that_is_too_long_for_the_way_there_costs_no_score(on_phone: Person) -> None:
    on_phone.open(metric="csat")
    on_phone.press(2)
    on_phone.sees("main.answered .thanks")
    on_phone.chrome.find_element(By.ID, "comment").send_keys("Far too long")
    on_phone.network.faults = [answers("413 Content Too Large")]
    on_phone.press(1)
    on_phone.stored(2)
    on_phone.sees("main.answered:not(.sending) .thanks")
    on_phone.reads("The comment is too long", ".send+.state")
    assert on_phone.chosen() == ["1"]
    box = on_phone.chrome.find_element(By.ID, "comment")
    assert box.get_attribute("value") == "Far too long"
    on_phone.network.faults = [answers("413 Content Too Large")]
    on_phone.chrome.find_element(By.CSS_SELECTOR, ".send").click()
    on_phone.reads("The comment is too long", ".send+.state")


def test_what_is_refused_shows_again_what_is_stored(on_phone: Person) -> None:
    on_phone.open(metric="csat")
    on_phone.press(4)
    on_phone.sees("main.answered .thanks")
    on_phone.network.faults = [answers("403 Forbidden")]
    on_phone.press(1)
    on_phone.reads("That did not go through.", STATE)
    assert on_phone.chosen() == ["4"]


def test_a_browser_that_keeps_nothing_still_sends_what_was_pressed(on_phone: Person) -> None:
    hostile = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})"
    on_phone.chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": hostile})
    on_phone.network.faults = [cut, answers("500 No")]
    on_phone.open(metric="csat")
    on_phone.press(3)
    on_phone.sees("main.answered .thanks")
    assert [tap[:2] for tap in on_phone.stored(1)] == [("confirmed", 3)]
