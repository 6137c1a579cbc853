"""A browser that looks like a person: a headless agent is a known scanner and is set aside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from tests import servers
from tests.answers.taps import PHONE


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    """As in the root conftest, in the hands of somebody with a telephone."""
    found = servers.chromium()
    if found is None:
        pytest.skip(f"no Chromium: {servers.HOW_TO['browser']}")
    options = webdriver.ChromeOptions()
    options.binary_location, driver = found
    for flag in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage", "--window-size=390,844", f"--user-agent={PHONE}",
        f"--user-data-dir={tmp_path}/profile",
    ):  # fmt: skip
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    chrome.set_page_load_timeout(30)
    yield chrome
    chrome.quit()
