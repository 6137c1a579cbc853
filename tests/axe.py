"""axe-core, the accessibility checker, for tests in a real browser; fetched by npm once.

`source()` gives its script, or None where it cannot be had; `HOW_TO` says how. It is not vendored.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome

VERSION = "4.14.1"
HOW_TO = "install npm, or set COLLECTOR_TEST_AXE to the path of an axe.min.js"
FOLDER = Path(tempfile.gettempdir()) / f"collector-tests-axe-{VERSION}-{os.getuid()}"
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
    path = Path(given) if given else FOLDER / "node_modules/axe-core/axe.min.js"
    if not path.exists() and not given and (npm := shutil.which("npm")):
        FOLDER.mkdir(exist_ok=True)
        wanted = f"axe-core@{VERSION}"
        subprocess.run(
            [npm, "install", "--no-audit", "--no-fund", "--prefix", str(FOLDER), wanted],
            capture_output=True, check=False, timeout=120,
        )  # fmt: skip
    return path.read_text(encoding="utf-8") if path.exists() else None


def violations(browser: Chrome) -> list[Any]:
    """What axe finds on the page that the browser shows: (rule, what, where)."""
    browser.execute_script(source() or "")
    return list(browser.execute_async_script(RUN))
