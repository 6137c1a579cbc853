"""How a page is looked at; its photograph, where COLLECTOR_TEST_SCREENSHOTS names a folder."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from selenium.webdriver import Chrome

ALBUM = os.environ.get("COLLECTOR_TEST_SCREENSHOTS", "")
WIDTHS = (320, 1280) if ALBUM else (320,)


def look(browser: Chrome, width: int, scheme: str) -> None:
    """A telephone or a window of this width, in this colour scheme, in which nothing moves."""
    size = {"width": width, "height": 640 if width < 600 else 800}
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {**size, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    still = {"name": "prefers-reduced-motion", "value": "reduce"}  # what fades in has no contrast
    features = [{"name": "prefers-color-scheme", "value": scheme}, still]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def wider(browser: Chrome) -> bool:
    """Must the reader scroll sideways?"""
    return bool(browser.execute_script("return document.documentElement.scrollWidth > innerWidth"))


def photograph(browser: Chrome, name: str) -> None:
    if ALBUM:
        options = {"captureBeyondViewport": True}
        shot = browser.execute_cdp_cmd("Page.captureScreenshot", options)
        Path(ALBUM).mkdir(parents=True, exist_ok=True)
        (Path(ALBUM) / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))
