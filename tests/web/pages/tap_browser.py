"""A person's browser on the tap page, for the tests that need a real one: opens, presses, waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from collector import clock
from tests.answers.taps import PHONE
from tests.conftest import LiveServer
from tests.web.pages.bad_network import BadNetwork
from tests.web.pages.tap_pages import ask, taps
from tests.wording import WORDING

SECONDS = 12
ES = {
    "question": "¿Cómo fue la entrega?", "low": "Muy mala", "high": "Muy buena",
    "why": "¿Por qué?", "thanks": "Gracias.",
}  # fmt: skip
IN_SPANISH = {
    "locale": "es",
    "definition": {"wording": {"en": WORDING["en"], "es": {**WORDING["en"], **ES}}},
}
OFFLINE = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}


@dataclass(slots=True)
class Person:
    """One browser of this width in front of the service, over a network that can be made bad."""

    app: Flask
    chrome: Chrome
    network: BadNetwork
    server: str
    path: str = ""

    def open(self, tail: str = "", **asked: Any) -> None:
        """A fresh question, or with no `asked` and a path the same once more."""
        if asked or not self.path:
            now = clock.now()
            times = {"sent_at": now, "lapses_at": now + timedelta(days=14)}
            self.path = ask(self.app, **{**times, **asked})
        self.chrome.get(self.server + self.path + tail)

    def press(self, score: int) -> None:
        self.chrome.find_element(By.CSS_SELECTOR, f"[name=score][value='{score}']").click()

    def sees(self, selector: str) -> None:
        WebDriverWait(self.chrome, SECONDS).until(
            lambda c: [
                one for one in c.find_elements(By.CSS_SELECTOR, selector) if one.is_displayed()
            ]
        )

    def reads(self, words: str, selector: str = "main") -> None:
        """Until these words can be seen there."""
        WebDriverWait(self.chrome, SECONDS).until(
            lambda c: words in c.find_element(By.CSS_SELECTOR, selector).text
        )

    def text(self, selector: str = "body") -> str:
        return str(self.chrome.find_element(By.CSS_SELECTOR, selector).text)

    def chosen(self) -> list[str]:
        """In one look: the page may be put in the place of another between two."""
        pressed = "[...document.querySelectorAll('[aria-pressed=true]')]"
        found = self.chrome.execute_script(f"return {pressed}.map((one) => one.value)")
        return [str(value) for value in found]

    def stored(self, many: int) -> list[tuple[str, int | None, str | None]]:
        """The taps, once there are so many."""
        WebDriverWait(self.chrome, SECONDS).until(lambda c: len(taps(self.app)) >= many)
        return [(tap.kind, tap.score, tap.comment) for tap in taps(self.app)]

    def offline(self, away: bool) -> None:
        self.chrome.execute_cdp_cmd("Network.enable", {})
        self.chrome.execute_cdp_cmd(
            "Network.emulateNetworkConditions", {**OFFLINE, "offline": away}
        )

    def resize(self, width: int) -> None:
        size = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 600}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


@contextmanager
def person(app: Flask, live_server: LiveServer, browser: Chrome, width: int) -> Iterator[Person]:
    """Somebody whose browser speaks English and has this width."""
    browser.execute_cdp_cmd(
        "Network.setUserAgentOverride", {"userAgent": PHONE, "acceptLanguage": "en-US"}
    )
    with BadNetwork(app) as network, live_server(app) as server:
        someone = Person(app, browser, network, server)
        someone.resize(width)
        yield someone
        someone.offline(False)
        browser.get("about:blank")
