"""One Chromium for all tests of a process, a new window for each: starting one costs a second.

A window takes with it what a test set on it (network, user agent, size); cookies and what pages
stored are cleared. A browser that a test broke is started anew. Used by `conftest.py`;
`journeys/chromium.py` starts its own browsers with `started`.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from urllib3.exceptions import HTTPError

from tests.steady_chrome import SteadyChrome

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--window-size=390,844",
)  # fmt: skip
SIZE = {"width": 390, "height": 844}
LOAD_SECONDS = 30


def started(
    binary: str, driver: str, profile: str, agent: str, preferences: dict[str, Any] | None = None
) -> SteadyChrome:
    """A browser with this profile; whoever starts it ends it."""
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    # Headless Chromium says so in its user agent, and the fold sets such taps aside.
    for flag in (*FLAGS, f"--user-data-dir={profile}", f"--user-agent={agent}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", preferences or {})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = SteadyChrome(options=options, service=webdriver.ChromeService(driver))
    chrome.set_page_load_timeout(LOAD_SECONDS)
    return chrome


class OneBrowser:
    def __init__(self, binary: str, driver: str, agent: str) -> None:
        self._binary, self._driver, self._agent = binary, driver, agent
        self._chrome: SteadyChrome | None = None
        self._profile = tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)

    def fresh(self) -> SteadyChrome:
        """The browser on an empty window that nobody used, with nothing remembered."""
        try:
            return self._emptied()
        except (WebDriverException, HTTPError, OSError):
            self.quit()
            return self._emptied()

    def close(self) -> None:
        self.quit()
        self._profile.cleanup()

    def quit(self) -> None:
        chrome, self._chrome = self._chrome, None
        if chrome is None:
            return
        try:
            chrome.quit()
        except (WebDriverException, HTTPError, OSError):
            chrome.service.stop()

    def _emptied(self) -> SteadyChrome:
        chrome = self._chrome = self._chrome or self._started()
        used = chrome.window_handles
        chrome.switch_to.window(used[0])
        # A window of its own, not a tab: what is behind another tab counts as hidden.
        made = chrome.execute_cdp_cmd(
            "Target.createTarget", {"url": "about:blank", "newWindow": True, **SIZE}
        )["targetId"]
        chrome.switch_to.window(made)
        for handle in used:
            chrome.execute_cdp_cmd("Target.closeTarget", {"targetId": handle})
        chrome.execute_cdp_cmd("Network.clearBrowserCookies", {})
        chrome.execute_cdp_cmd("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
        chrome.get_log("browser")  # type: ignore[no-untyped-call]
        return chrome

    def _started(self) -> SteadyChrome:
        profile = tempfile.mkdtemp(dir=Path(self._profile.name))
        return started(self._binary, self._driver, profile, self._agent)
