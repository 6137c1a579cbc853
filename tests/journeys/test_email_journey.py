"""Mail preview → tap on 9 → the page shows 9 → changed to 7 with a comment → one row, two taps."""

from __future__ import annotations

import pytest
from flask import Flask
from selenium import webdriver
from selenium.webdriver.common.by import By

from collector.model.answers import Tap
from collector.model.base import db
from tests.conftest import LiveServer
from tests.journeys.walk import came_back, complaints, exported, set_out, soon

pytestmark = pytest.mark.browser
BY_MAIL = {"email": "ana@example.com", "consent": {"inapp": "denied", "email": "granted"}}


def test_nine_in_the_mail_changed_to_seven_on_the_page_is_one_response(
    ctx: Flask, live_server: LiveServer, browser: webdriver.Chrome
) -> None:
    with live_server(ctx) as url:
        set_out(ctx, url)
        came_back(**BY_MAIL)
        browser.get(f"{url}/preview?channel=email")
        browser.find_element(By.CSS_SELECTOR, ".list a").click()
        browser.switch_to.frame(browser.find_element(By.TAG_NAME, "iframe"))
        browser.find_element(By.LINK_TEXT, "9").click()
        soon(browser, lambda: len(browser.window_handles) == 2)
        browser.switch_to.window(browser.window_handles[1])

        def pressed(score: str) -> bool:
            marked = browser.find_elements(By.CSS_SELECTOR, "[name=score][aria-pressed=true]")
            return [one.text for one in marked] == [score]

        def taps() -> list[tuple[str, int | None]]:
            db.session.rollback()
            return [(tap.kind, tap.score) for tap in db.session.query(Tap).order_by(Tap.tapped_at)]

        soon(browser, lambda: pressed("9"))
        soon(browser, lambda: taps() == [("provisional", 9)])  # the page posted itself
        soon(browser, lambda: browser.find_element(By.NAME, "comment").is_displayed())
        browser.find_element(By.CSS_SELECTOR, "[name=score][value='7']").click()
        soon(browser, lambda: taps()[1:] == [("confirmed", 7)])
        soon(browser, lambda: pressed("7"))
        browser.find_element(By.NAME, "comment").send_keys("Good, but the tracking is slow.")
        browser.find_element(By.NAME, "done").click()
        soon(browser, lambda: browser.find_element(By.CSS_SELECTOR, "main.done"))

        newest = exported(ctx)[-1]
        assert len({row["response_id"] for row in exported(ctx)}) == 1
        assert (newest["score"], newest["state"], newest["taps"]) == (7, "confirmed", 2)
        assert newest["comment"] == "Good, but the tracking is slow."
        assert newest["channel"] == "email"
        assert complaints(browser) == []

        browser.switch_to.window(browser.window_handles[0])
        browser.get(f"{url}/preview?channel=email")
        assert "answered 7" in browser.find_element(By.CSS_SELECTOR, ".list .chip").text
