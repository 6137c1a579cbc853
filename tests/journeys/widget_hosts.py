"""Pages of a made-up product on an origin of their own, which carry the widget; for journeys.

`Host` serves whatever HTML it is given, under the policy that it is given, over real HTTP, and the
widget's own files for pages that do without a service.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.shadowroot import ShadowRoot
from selenium.webdriver.remote.webelement import WebElement
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from collector.web.widget.files import MODULE, SCRIPT, current
from tests.journeys.walk import soon

NONCE = "r4nd0m"
WIDGET = Path(__file__).resolve().parents[2] / "channels" / "inapp"
SERVED = {"/collector.mjs": MODULE, "/w/v1/widget.js": SCRIPT}
HOW_TO = "install Node.js 20 or newer and npm, then: npm ci --prefix channels/inapp"
LISTEN = (
    f'<script nonce="{NONCE}">window.broken = [];'
    "addEventListener('securitypolicyviolation', e => broken.push(e.violatedDirective + ' ' + "
    "e.blockedURI + ' ' + e.sample))</script>"
)


class Host:
    """One product. `page` is what every address answers, `policy` its Content-Security-Policy."""

    def __init__(self) -> None:
        self.page = ""
        self.policy = ""
        self.url = ""

    def __call__(self, environ: dict, start_response: object) -> object:  # type: ignore[type-arg]
        if Request(environ).path == "/favicon.ico":
            return Response(status=204)(environ, start_response)  # type: ignore[arg-type]
        if kind := SERVED.get(Request(environ).path):
            script = Response(current(kind).plain, mimetype="text/javascript")
            return script(environ, start_response)  # type: ignore[arg-type]
        html = (
            '<!doctype html><html lang="en"><head><title>A shop</title>'
            f'<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
            f"{LISTEN}</head><body><main><h1>A shop</h1>"
            f'<p><a href="#more">More about it</a></p></main>{self.page}</body></html>'
        )
        headers = {"Content-Security-Policy": self.policy} if self.policy else {}
        reply = Response(html, mimetype="text/html", headers=headers)
        return reply(environ, start_response)  # type: ignore[arg-type]


def strict(service: str) -> str:
    """The strictest policy under which a page can carry the widget at all."""
    return (
        f"default-src 'none'; script-src 'nonce-{NONCE}'; connect-src {service}; img-src data:; "
        "base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


@contextmanager
def hosting() -> Iterator[Host]:
    """A host that runs until the end of the block."""
    host = Host()
    server = make_server("127.0.0.1", 0, host, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    host.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Card:
    """The open question on a page."""

    def __init__(self, browser: webdriver.Chrome) -> None:
        self.browser = browser
        host = soon(browser, lambda: browser.find_element(By.TAG_NAME, "collector-widget"))
        self.root: ShadowRoot = host.shadow_root

    def find(self, css: str) -> WebElement:
        return self.root.find_element(By.CSS_SELECTOR, css)

    def sees(self, css: str) -> bool:
        found = self.root.find_elements(By.CSS_SELECTOR, css)
        return bool(found) and found[0].is_displayed()

    def scores(self) -> list[WebElement]:
        return self.root.find_elements(By.CSS_SELECTOR, "[role=radio]")

    def chosen(self) -> list[str]:
        marked = self.root.find_elements(By.CSS_SELECTOR, "[aria-checked=true]")
        return [str(one.get_attribute("textContent")) for one in marked]  # also while it moves in


def gone(browser: webdriver.Chrome) -> bool:
    return not browser.find_elements(By.TAG_NAME, "collector-widget")


def console(browser: webdriver.Chrome) -> str:
    """Everything that the browser's console said since the last look."""
    entries = browser.get_log("browser")  # type: ignore[no-untyped-call]
    return "\n".join(entry["message"] for entry in entries)


@cache
def tools() -> Path | None:
    """The folder with the widget's own npm packages, installed on first use; None without npm."""
    folder = WIDGET / "node_modules"
    if not (folder / "axe-core").is_dir():
        npm = shutil.which("npm")
        if npm is None:
            return None
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        if subprocess.run(command, cwd=WIDGET, check=False, timeout=300).returncode:
            return None
    return folder
