"""The tap page in a real Chromium the size of a phone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from collector import clock
from tests.answers.taps import PHONE
from tests.conftest import LiveServer
from tests.how_much import ON_SQLITE
from tests.web.pages.tap_pages import ask, taps

pytestmark = [pytest.mark.browser, ON_SQLITE]
SECONDS = 15
Opened = Callable[..., Chrome]


@pytest.fixture
def opened(app: Flask, live_server: LiveServer, browser: Chrome) -> Iterator[Opened]:
    """Opens a fresh question in the browser, as a phone: a headless agent is a known scanner's."""
    browser.execute_cdp_cmd("Network.setUserAgentOverride", {"userAgent": PHONE})
    now = clock.now()
    with live_server(app) as server:

        def go(tail: str = "", metric: str = "nps") -> Chrome:
            times = {"sent_at": now, "lapses_at": now + timedelta(days=14)}
            browser.get(server + ask(app, metric=metric, **times) + tail)
            return browser

        yield go
        problems = [e["message"] for e in browser.get_log("browser") if e["level"] == "SEVERE"]
        assert problems == []


def wait_for(chrome: Chrome, selector: str) -> None:
    WebDriverWait(chrome, SECONDS).until(lambda c: c.find_elements(By.CSS_SELECTOR, selector))


def press(chrome: Chrome, selector: str) -> None:
    chrome.find_element(By.CSS_SELECTOR, selector).click()


def test_one_tap_in_the_mail_is_all_that_it_takes(app: Flask, opened: Opened) -> None:
    chrome = opened("/9")
    wait_for(chrome, "main.answered")
    assert [(tap.kind, tap.score) for tap in taps(app)] == [("provisional", 9)]
    assert chrome.find_element(By.CSS_SELECTOR, "[aria-pressed=true]").text == "9"
    assert "Thank you." in chrome.find_element(By.ID, "live").get_attribute("textContent")


def test_changed_to_seven_with_a_comment(app: Flask, opened: Opened) -> None:
    chrome = opened("/9")
    wait_for(chrome, "main.answered")
    press(chrome, "[name=score][value='7']")
    wait_for(chrome, "main.answered:not(.sending) [value='7'][aria-pressed=true]")
    assert len(taps(app)) == 2
    chrome.find_element(By.ID, "comment").send_keys("The box was wet")
    press(chrome, ".send")
    wait_for(chrome, "main.done")
    assert [(tap.kind, tap.score, tap.comment) for tap in taps(app)] == [
        ("provisional", 9, None), ("confirmed", 7, None), ("confirmed", None, "The box was wet"),
    ]  # fmt: skip


def test_the_keyboard_answers_too_and_the_focus_stays_on_the_score(
    app: Flask, opened: Opened
) -> None:
    chrome = opened(metric="csat")
    chrome.find_element(By.CSS_SELECTOR, "[name=score][value='4']").send_keys(Keys.ENTER)
    wait_for(chrome, "main.answered")
    assert chrome.switch_to.active_element.get_attribute("value") == "4"
    assert taps(app)[0].kind == "confirmed"


def test_a_script_that_clicks_is_not_a_press(app: Flask, opened: Opened) -> None:
    chrome = opened()
    chrome.execute_script("document.querySelector('[name=score][value=\"10\"]').click()")
    wait_for(chrome, "main.answered")
    assert [(tap.kind, tap.score) for tap in taps(app)] == [("provisional", 10)]


def test_a_page_that_nobody_sees_posts_nothing(app: Flask, opened: Opened) -> None:
    chrome = opened()
    url = chrome.current_url
    hidden = (
        "Object.defineProperty(document, 'visibilityState', {get: () => window.seen || 'hidden'})"
    )
    chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": hidden})
    chrome.get(url + "/9")
    time.sleep(1.6)  # the script's own moment is one second; here nothing must happen
    assert taps(app) == []
    chrome.execute_script(
        "window.seen = 'visible'; document.dispatchEvent(new Event('visibilitychange'))"
    )
    wait_for(chrome, "main.answered")
    assert len(taps(app)) == 1


def test_without_scripts_the_buttons_are_a_form(app: Flask, opened: Opened) -> None:
    chrome = opened()
    url = chrome.current_url
    chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    chrome.get(url + "/9")
    assert "Tap your number to send it." in chrome.find_element(By.TAG_NAME, "main").text
    time.sleep(1.1)  # what is submitted faster than that is taken for a machine's
    press(chrome, "[name=score][value='9']")
    wait_for(chrome, "main.answered")
    chrome.find_element(By.ID, "comment").send_keys("fine")
    time.sleep(1.1)
    press(chrome, ".send")
    wait_for(chrome, "main.done")
    assert [(tap.kind, tap.score) for tap in taps(app)] == [("confirmed", 9), ("confirmed", None)]


@pytest.mark.parametrize(
    ("metric", "width"), [("nps", 320), ("ces", 320), ("csat", 320), ("nps", 195)]
)
def test_the_scale_fits_a_small_phone_and_a_doubled_zoom(
    opened: Opened, metric: str, width: int
) -> None:
    chrome = opened(metric=metric)
    size = {"width": width, "height": 700, "deviceScaleFactor": 1, "mobile": True}
    chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    assert chrome.execute_script("return document.documentElement.scrollWidth") <= width
    for button in chrome.find_elements(By.CSS_SELECTOR, "[name=score]"):
        assert button.rect["width"] >= 34
        assert button.rect["height"] >= 44
