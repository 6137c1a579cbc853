"""A real headless Chromium for journeys: several windows at once, and what they asked the server.

Every window is visible (a background tab would never post by itself), has an ordinary user agent,
and is used again for the next link. Used by `chromium_robots.py` and `chromium_humans.py`.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from selenium.webdriver import Chrome

from tests.answers.taps import PHONE
from tests.conftest import lacking
from tests.one_browser import started
from tests.servers import chromium

PATIENCE = 30.0  # real seconds for what should take one; the machine may be busy
LOOK_EVERY = 0.05


@contextmanager
def launched(
    folder: Path, agent: str = PHONE, preferences: dict[str, Any] | None = None
) -> Iterator[Chrome]:
    """A browser with a profile of its own under `folder`. Skips (or fails) where there is none."""
    binary, driver = chromium() or lacking("browser")
    browser = started(binary, driver, str(folder), agent, preferences)
    try:
        yield browser
    finally:
        browser.quit()


class Windows:
    """`many` visible windows of one browser that go where they are told, all at once."""

    def __init__(self, browser: Chrome, many: int) -> None:
        self._browser = browser
        self._handles = [
            browser.execute_cdp_cmd(
                "Target.createTarget", {"url": "about:blank", "newWindow": True}
            )["targetId"]
            for _ in range(many)
        ]

    def open(self, addresses: Iterable[str]) -> None:
        """One address in each window, without waiting for any of them."""
        for handle, address in zip(self._handles, addresses, strict=False):
            self._browser.switch_to.window(handle)
            self._browser.execute_cdp_cmd("Page.navigate", {"url": address})

    def leave(self) -> None:
        """Every window is empty again; what they were about to post is not posted."""
        self.open(["about:blank"] * len(self._handles))


class Heard:
    """In front of the service: how many requests of which kind came in, and pages of its own.

    `kinds` counts methods, and the values of `Sec-Purpose`.
    """

    def __init__(self, app: Flask) -> None:
        self._app, self._inner, self._lock = app, app.wsgi_app, threading.Lock()
        self.kinds: Counter[str] = Counter()
        self.pages: dict[str, str] = {}

    def __enter__(self) -> Heard:
        self._app.wsgi_app = self  # type: ignore[method-assign]
        return self

    def __exit__(self, *ended: object) -> None:
        self._app.wsgi_app = self._inner  # type: ignore[method-assign]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        page = self.pages.get(environ["PATH_INFO"])
        if page is not None:
            start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
            return [page.encode()]
        answer = self._inner(environ, start_response)
        with self._lock:
            self.kinds[environ["REQUEST_METHOD"]] += 1
            self.kinds[environ.get("HTTP_SEC_PURPOSE", "")] += 1
        return answer

    def wait(self, kind: str, many: int) -> bool:
        """Until so many requests of this kind were answered; False where they never came."""
        until = time.monotonic() + PATIENCE
        while self.kinds[kind] < many:
            if time.monotonic() > until:
                return False
            time.sleep(LOOK_EVERY)
        return True
