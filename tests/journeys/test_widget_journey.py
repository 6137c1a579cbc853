"""Sample page → the widget asks → one tap → thanks → a row in the export, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from collector.web.widget import sites
from tests.conftest import LiveServer
from tests.journeys.walk import came_back, complaints, exported, set_out, soon
from tests.journeys.widget_hosts import Card, gone

pytestmark = pytest.mark.browser


@pytest.fixture
def shop(ctx: Flask, live_server: LiveServer) -> Iterator[str]:
    """The sample page's server, with one person who has an open question."""
    with live_server(ctx) as url:
        set_out(ctx, url)
        sites.create("sample", [url])
        came_back()
        yield url


def test_one_tap_from_the_sample_page_to_the_export(
    ctx: Flask, shop: str, browser: webdriver.Chrome
) -> None:
    browser.get(f"{shop}/sample")
    widget = Card(browser)
    assert "recommend Lantern & Loom" in widget.find("h2").text
    assert [one.text for one in widget.scores()] == [str(n) for n in range(11)]
    assert browser.switch_to.active_element.tag_name == "body"  # the focus was not taken
    widget.scores()[9].click()
    soon(browser, lambda: widget.find(".thanks").is_displayed())
    assert "noted" in widget.find(".thanks").text
    assert widget.chosen() == ["9"]
    (row,) = exported(ctx)
    assert (row["score"], row["band"], row["state"], row["channel"], row["taps"]) == (
        9, "promoter", "confirmed", "inapp", 1,
    )  # fmt: skip
    assert row["verdict"] == "clean"
    browser.get(f"{shop}/sample")
    assert "Nobody has an open question" in browser.page_source
    assert complaints(browser) == []


def test_a_change_of_mind_and_a_comment_stay_one_response(
    ctx: Flask, shop: str, browser: webdriver.Chrome
) -> None:
    browser.get(f"{shop}/sample")
    widget = Card(browser)
    widget.scores()[2].click()
    soon(browser, lambda: widget.find("textarea").is_displayed())
    assert widget.find("label").text == "What disappointed you most?"
    widget.scores()[7].click()
    soon(browser, lambda: "a 10" in widget.find("label").text)
    widget.find("textarea").send_keys("<img src=x onerror=alert(1)> tracking")
    widget.find(".send").click()
    soon(browser, lambda: "We read" in widget.find(".thanks").text)
    row = exported(ctx)[-1]
    assert (row["score"], row["taps"]) == (7, 2)
    assert row["comment"] == "<img src=x onerror=alert(1)> tracking"
    assert complaints(browser) == []


def test_it_is_answered_with_the_keyboard_alone(
    ctx: Flask, shop: str, browser: webdriver.Chrome
) -> None:
    browser.get(f"{shop}/sample")
    widget = Card(browser)
    browser.execute_script("arguments[0].focus()", widget.scores()[0])
    for key in (Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT, Keys.END, Keys.ARROW_UP):
        browser.switch_to.active_element.send_keys(key)
    assert widget.chosen() == []  # moving is not answering
    browser.switch_to.active_element.send_keys(Keys.SPACE)
    soon(browser, lambda: widget.find(".thanks").is_displayed())
    assert widget.chosen() == ["9"]
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    soon(browser, lambda: gone(browser))
    assert [row["score"] for row in exported(ctx)] == [9]


def test_closing_it_is_an_answer_of_its_own_and_it_stays_away(
    ctx: Flask, shop: str, browser: webdriver.Chrome
) -> None:
    browser.get(f"{shop}/sample")
    browser.find_element(By.CSS_SELECTOR, ".how a")
    Card(browser).find(".close").click()
    soon(browser, lambda: gone(browser))
    soon(browser, lambda: _nothing_open(browser, shop))
    assert exported(ctx) == []
    assert complaints(browser) == []


def test_a_page_that_is_not_on_the_list_gets_nothing_and_learns_why_in_debug_mode(
    ctx: Flask, shop: str, browser: webdriver.Chrome
) -> None:
    browser.get(shop.replace("127.0.0.1", "localhost") + "/sample")
    said: list[str] = []

    def told() -> bool:
        said.extend(entry["message"] for entry in browser.get_log("browser"))  # type: ignore[no-untyped-call]
        return any("nothing shown" in one for one in said)

    soon(browser, told)
    assert gone(browser)
    assert any("origin_not_allowed" in one for one in said)
    assert exported(ctx) == []


def _nothing_open(browser: webdriver.Chrome, shop: str) -> bool:
    browser.get(f"{shop}/sample")
    return "Nobody has an open question" in browser.page_source
