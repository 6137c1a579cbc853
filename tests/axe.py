"""axe-core, the accessibility checker, for tests in a real browser; one of the widget's packages.

`source()` gives its script, or None where it cannot be had. It is not vendored.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome

from tests.journeys.widget_hosts import tools

# Best practices on top of WCAG 2.2 A and AA.
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then(
  (found) => done(found.violations.map((v) => [v.id, v.help, v.nodes.map((n) => n.html)])),
  (error) => done([["error", String(error), []]]));
"""


@cache
def source() -> str | None:
    """The checker's script; None where neither a path is given nor npm can fetch it."""
    given = os.environ.get("COLLECTOR_TEST_AXE")
    folder = None if given else tools()
    path = folder / "axe-core" / "axe.min.js" if folder else Path(given or "")
    return path.read_text(encoding="utf-8") if path.is_file() else None


def violations(browser: Chrome) -> list[Any]:
    """What axe finds on the page that the browser shows: (rule, what, where)."""
    browser.execute_script(source() or "")
    return list(browser.execute_async_script(RUN))
