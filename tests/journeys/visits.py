"""A light client for the tap page over real HTTP: what machines and people do there, without a
browser. `Visit.script` does what `tap.js` does, so that thousands of visits take seconds.

Used by `robots.py` and `humans.py` beside it, and by `benchmarks/robots.py`.
"""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from collector import clock
from tests.answers.taps import PHONE


@dataclass(frozen=True, slots=True)
class Page:
    """What a visitor sees: the form's nonce, the score the script would post, the choices."""

    path: str
    status: int
    text: str

    @property
    def nonce(self) -> str:
        found = re.search(r'name="nonce" value="([^"]+)"', self.text)
        return unescape(found[1]) if found else ""

    @property
    def auto(self) -> str:
        found = re.search(r'data-auto="(\d+)"', self.text)
        return found[1] if found else ""

    @property
    def scripted(self) -> bool:
        return "<script" in self.text

    @property
    def scores(self) -> list[str]:
        return re.findall(r'name="score" value="(\d+)"', self.text)

    @property
    def chosen(self) -> list[str]:
        return re.findall(r'value="(\d+)" aria-pressed="true"', self.text)

    @property
    def thanks(self) -> bool:
        return '<main class="answered"' in self.text or '<main class="done"' in self.text


@dataclass(slots=True)
class Visit:
    """One visitor's connection. `cookies` False: a privacy browser that keeps none."""

    server: str
    agent: str = PHONE
    cookies: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)
    _kept: str = ""
    _seq: int = 0
    _line: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> Page:
        """One request; redirects are followed as a browser does."""
        headers = {"User-Agent": self.agent, **self.headers} if self.agent else {**self.headers}
        if self.cookies and self._kept:
            headers["Cookie"] = self._kept
        body = None if fields is None else urlencode(fields)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self._line is None:
            self._line = http.client.HTTPConnection(urlsplit(self.server).netloc, timeout=60)
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        text = answer.read().decode()
        if said := answer.headers.get("Set-Cookie"):
            self._kept = said.partition(";")[0]
        if answer.will_close:
            self.close()
        if answer.status == 303:
            return self.ask("GET", answer.headers["Location"])
        return Page(path, answer.status, text)

    def get(self, path: str) -> Page:
        return self.ask("GET", path)

    def script(self, page: Page) -> Page:
        """What the page's script does by itself once the page is visible."""
        if not (page.scripted and page.auto and page.nonce):
            return page
        return self._post(page, {"score": page.auto, "kind": "provisional", "script": "1"})

    def press(self, page: Page, score: int, *, script: bool = True) -> Page:
        """A trusted press on a score, by the script or as a plain form."""
        return self._post(page, {"score": str(score), **({"script": "1"} if script else {})})

    def finish(self, page: Page, comment: str, *, script: bool = True) -> Page:
        fields = {"comment": comment, "done": "1", **({"script": "1"} if script else {})}
        return self._post(page, fields)

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _post(self, page: Page, fields: dict[str, str]) -> Page:
        self._seq += 1
        seq = {"seq": str(self._seq)} if "script" in fields else {}
        answer = self.ask("POST", page.path, {"nonce": page.nonce, **fields, **seq})
        # The script takes over the page's <main>; the form's address stays that of the page.
        return Page(page.path.split("?")[0], answer.status, answer.text)


@dataclass(slots=True)
class Watch:
    """A clock that all threads follow, so that nobody has to wait."""

    path: Path
    now: datetime

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        clock.write(self.path, self.now)


@contextmanager
def watch(path: Path, start: datetime) -> Iterator[Watch]:
    """Everything in this process follows this clock."""
    clock.write(path, start)
    clock.follow(path)
    try:
        yield Watch(path, start)
    finally:
        clock.follow(None)
