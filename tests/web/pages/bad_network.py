"""A network that can be made bad, between a browser and the service: slow, dead, cut, refusing.

It stands in front of the app as WSGI, so that real connections really break. Only posts to one kind
of address (the tap page's, unless said) pass through what is wrong; pages still load. Used by the
browser tests of the tap page and of the widget.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

Answer = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Fault = Callable[[Answer, dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class BadNetwork:
    """`faults` happen to the next posts in turn; `always` to every post after them."""

    def __init__(self, app: Flask, address: str = "/t/") -> None:
        self._app, self._inner, self._address = app, app.wsgi_app, address
        self.faults: list[Fault] = []
        self.always: Fault | None = None
        self.posts = 0

    def __enter__(self) -> BadNetwork:
        self._app.wsgi_app = self  # type: ignore[method-assign]
        return self

    def __exit__(self, *ended: object) -> None:
        self._app.wsgi_app = self._inner  # type: ignore[method-assign]

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST" or not environ["PATH_INFO"].startswith(
            self._address
        ):
            return self._inner(environ, start)
        self.posts += 1
        fault = self.faults.pop(0) if self.faults else self.always
        return fault(self._inner, environ, start) if fault else self._inner(environ, start)


def answers(status: str, body: bytes = b"<h1>Bad Gateway</h1>") -> Fault:
    """A proxy's own answer; the service never hears of the post."""

    def fault(inner: Answer, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start(status, [("Content-Type", "text/html")])
        return [body]

    return fault


def slow(seconds: float) -> Fault:
    """It takes so long until the service hears of the post."""

    def fault(inner: Answer, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        time.sleep(seconds)
        return inner(environ, start)

    return fault


def cut(inner: Answer, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The connection breaks before the service has heard of the post."""
    return _broken(environ, start)


def cut_after(inner: Answer, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The service has stored the post; its answer is lost."""
    list(inner(environ, lambda *said: lambda data: None))
    return _broken(environ, start)


def _broken(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    start("200 OK", [])
    return []
