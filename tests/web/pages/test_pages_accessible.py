"""axe-core finds nothing on any state of any page for people, in either direction and scheme.

With COLLECTOR_SCREENSHOTS=folder every state is also photographed there, narrow and wide.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from selenium.webdriver import Chrome

from tests import axe
from tests.answers.taps import PHONE
from tests.conftest import LiveServer, lacking
from tests.web.pages.states import LANGUAGES, add_failing_addresses, addresses

pytestmark = pytest.mark.browser
ALBUM = os.environ.get("COLLECTOR_SCREENSHOTS", "")
WIDTHS = (320, 1280) if ALBUM else (320,)
SCHEMES = {"en": ("light", "dark"), "ar": ("dark",), "zh-Hant": ("light",)}


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_axe_finds_nothing_on_any_state(
    app: Flask, live_server: LiveServer, browser: Chrome, locale: str
) -> None:
    if axe.source() is None:
        lacking("node")
    agent = {"userAgent": PHONE, "acceptLanguage": locale}
    browser.execute_cdp_cmd("Network.setUserAgentOverride", agent)
    # Headless Chromium does not send the override for plain navigations of some versions.
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": {"Accept-Language": locale}})
    add_failing_addresses(app)
    found: list[Any] = []
    with live_server(app) as url:
        for state, path in addresses(app, locale).items():
            for scheme in ("light", "dark") if ALBUM else SCHEMES[locale]:
                for width in WIDTHS:
                    _look(browser, width, scheme)
                    browser.get(url + path)
                    _photograph(browser, f"{state}-{locale}-{width}-{scheme}")
                    overflow = browser.execute_script(
                        "return document.documentElement.scrollWidth > innerWidth"
                    )
                    found += [(state, width, "overflow")] if overflow else []
                found += [(state, scheme, *one) for one in axe.violations(browser)]
    assert found == []


def _look(browser: Chrome, width: int, scheme: str) -> None:
    size = {"width": width, "height": 640 if width < 600 else 800}
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {**size, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    still = {"name": "prefers-reduced-motion", "value": "reduce"}  # what fades in has no contrast
    features = [{"name": "prefers-color-scheme", "value": scheme}, still]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def _photograph(browser: Chrome, name: str) -> None:
    if ALBUM:
        options = {"captureBeyondViewport": True}
        shot = browser.execute_cdp_cmd("Page.captureScreenshot", options)
        Path(ALBUM).mkdir(parents=True, exist_ok=True)
        (Path(ALBUM) / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))
