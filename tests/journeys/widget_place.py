"""A real service and a product on another origin whose pages carry its widget; for journeys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask

from collector.model.answers import Tap
from collector.model.base import db
from collector.web.widget import files, identity, sites
from tests.conftest import LiveServer
from tests.journeys.walk import came_back, set_out
from tests.journeys.widget_hosts import NONCE, Host, hosting, strict


@dataclass(frozen=True, slots=True)
class Place:
    """A service, a product on another origin, its site, and whoever is signed in there."""

    service: str
    host: Host
    site: sites.KnownSite
    ref: str

    def tag(self, extra: str = "", *, pinned: bool = False, identified: bool = True) -> str:
        """The product's script tag, as `collector sites tag` prints it, filled in."""
        tag = files.tag(self.site.public_key, pinned=pinned)
        jwt = identity.issue(self.site.public_key, self.ref) if identified else ""
        return tag.replace("JWT", jwt).replace("<script", f'<script nonce="{NONCE}" {extra}')

    def inline(self, code: str, kind: str = "text/javascript") -> str:
        return f'<script nonce="{NONCE}" type="{kind}">{code}</script>'


@contextmanager
def placed(ctx: Flask, live_server: LiveServer, **person: Any) -> Iterator[Place]:
    """A place with somebody who has an open question; `person` as `came_back` takes it."""
    with live_server(ctx) as service, hosting() as host:
        set_out(ctx, service)
        sites.create("app", [host.url])
        site = sites.let_report("app", ["visit.returned"])
        host.policy = strict(service)
        yield Place(service, host, site, came_back(**person))


def taps() -> list[Tap]:
    db.session.rollback()
    return db.session.query(Tap).order_by(Tap.tapped_at).all()
