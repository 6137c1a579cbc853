"""axe-core finds nothing on any state of any page for people, in either direction and scheme.

With COLLECTOR_TEST_SCREENSHOTS=folder every state is also photographed there, narrow and wide.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from selenium.webdriver import Chrome

from collector.surveys.brand import contrast
from collector.web import pages
from tests import axe
from tests.album import ALBUM, WIDTHS, look, photograph, wider
from tests.answers.taps import PHONE
from tests.conftest import LiveServer, lacking
from tests.web.pages.states import LANGUAGES, add_failing_addresses, addresses

pytestmark = pytest.mark.browser
ASSETS = Path(pages.__file__).with_name("assets")
SCHEMES = {"en": ("light", "dark"), "ar": ("dark",), "zh-Hant": ("light",)}


def test_the_edges_of_what_can_be_pressed_or_written_into_can_be_seen() -> None:
    """WCAG 2.2, 1.4.11: three to one, which axe does not measure."""
    schemes = re.findall(r":root\{(--bg[^}]+)\}", (ASSETS / "tap.css").read_text("utf-8"))
    assert len(schemes) == 2
    for scheme in schemes:
        colour = dict(re.findall(r"--(\w+):(#\w+)", scheme))
        for ground in ("bg", "card"):
            full = [value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:])
                    for value in (colour["edge"], colour[ground])]  # fmt: skip
            assert contrast(*full) >= 3


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
                    look(browser, width, scheme)
                    browser.get(url + path)
                    photograph(browser, f"{state}-{locale}-{width}-{scheme}")
                    found += [(state, width, "overflow")] if wider(browser) else []
                found += [(state, scheme, *one) for one in axe.violations(browser)]
    assert found == []
