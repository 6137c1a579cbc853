"""The products that carry the widget: their public key, and the origins they may speak from.

A public key names a site and opens nothing; the origin list stops copy-paste, not forgery: who a
visitor is rests on `identity.py` alone. Used by `calls.py`, the sample page and the commands.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import select

from collector import clock
from collector.errors import Conflict, Forbidden, InvalidInput, NotFound
from collector.intake.formats.native import TYPE as EVENT_TYPE
from collector.model import locks
from collector.model.access import Site
from collector.model.base import db, unit_of_work
from collector.model.ids import new_id
from collector.model.transaction import transaction

HOST = re.compile(r"[a-z0-9.-]+|[0-9a-f:.]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class KnownSite:
    """A site as calls see it."""

    name: str
    public_key: str
    origins: tuple[str, ...]
    event_types: tuple[str, ...] = ()


@transaction
def create(name: str, origins: Sequence[str]) -> KnownSite:
    """Register a site. Raises InvalidInput for what is no origin, Conflict for a name in use."""
    clean = [origin_of(text) for text in origins]
    if not name.strip() or len(name) > 100:
        raise InvalidInput("a site needs a name of 1 to 100 characters", pointer="/name")
    with unit_of_work() as work:
        if work.session.scalar(select(Site.id).where(Site.name == name, Site.revoked_at.is_(None))):
            raise Conflict(f"there is a site called '{name}' already", code="site_exists")
        site = Site(
            id=new_id("sit"),
            name=name,
            public_key="pk_" + secrets.token_urlsafe(18),
            origins=sorted(set(clean)),
            event_types=[],
            created_at=clock.now(),
        )
        work.session.add(site)
        work.commit()
        return _known(site)


@transaction
def allow(name: str, origins: Sequence[str]) -> KnownSite:
    """The site of this name, made if need be, with these origins added to its list."""
    found = by_name(name)
    if found is None:
        return create(name, origins)
    wanted = {origin_of(text) for text in origins} | set(found.origins)
    if wanted != set(found.origins):
        with unit_of_work() as work:
            known = select(Site).where(Site.public_key == found.public_key)
            (site,) = locks.entities(work.session, Site, known)
            site.origins = sorted(wanted | set(site.origins))
            work.commit()
            return _known(site)
    return found


def by_name(name: str) -> KnownSite | None:
    """The live site of this name."""
    site = db.session.scalar(select(Site).where(Site.name == name, Site.revoked_at.is_(None)))
    return _known(site) if site else None


def every() -> list[KnownSite]:
    """All live sites, by name."""
    live = select(Site).where(Site.revoked_at.is_(None)).order_by(Site.name)
    return [_known(site) for site in db.session.scalars(live)]


def admit(public_key: str, origin: str) -> KnownSite:
    """The site that `public_key` names, if it may speak from `origin` (compared character by
    character). Raises Forbidden otherwise: `unknown_key` or `origin_not_allowed`."""
    site = db.session.execute(
        select(Site.name, Site.public_key, Site.origins, Site.event_types).where(
            Site.public_key == public_key, Site.revoked_at.is_(None)
        )
    ).one_or_none()
    check(site.origins if site else None, origin)
    assert site is not None
    return KnownSite(site.name, site.public_key, tuple(site.origins), tuple(site.event_types))


def check(listed: Sequence[str] | None, origin: str) -> None:
    """Raises Forbidden unless `origin` is one of those listed, character by character. None: there
    is no such site. A key is in every page that carries it, so which of the two is no secret."""
    if listed is None:
        raise Forbidden(
            "no site has this public key, or it was revoked; compare data-key with"
            " `collector sites list`",
            code="unknown_key",
            pointer="/key",
        )
    if not origin or origin not in listed:
        said = f"the origin '{origin[:100]}'" if origin else "a call without an Origin"
        raise Forbidden(
            f"this key may not be used from {said}; see `collector sites allow`",
            code="origin_not_allowed",
        )


@transaction
def let_report(name: str, event_types: Sequence[str]) -> KnownSite:
    """Let the pages of this site report exactly these event types. Raises NotFound or InvalidInput.

    Whatever a page reports can be made up by whoever looks at it: list what you would believe."""
    for one in event_types:
        if not EVENT_TYPE.fullmatch(one):
            raise InvalidInput(
                f"'{one}' is no event type; it looks like order.viewed (no spaces)",
                code="bad_type",
                pointer="/event_types",
            )
    with unit_of_work() as work:
        live = select(Site).where(Site.name == name, Site.revoked_at.is_(None))
        site = next(iter(locks.entities(work.session, Site, live)), None)
        if site is None:
            raise NotFound(f"there is no site called '{name}'; `collector sites list` shows them")
        site.event_types = sorted(set(event_types))
        work.commit()
        return _known(site)


def origin_of(text: str) -> str:
    """`text` as a browser would send it in Origin. Raises InvalidInput for anything else."""
    parts = urlsplit(text.strip())
    try:
        port = parts.port
    except ValueError:
        port = -1
    extra = parts.path.rstrip("/") or parts.query or parts.fragment or parts.username
    # A browser sends names in punycode, so what is not ASCII would never match.
    named = HOST.fullmatch(parts.hostname or "")
    if parts.scheme not in ("http", "https") or not named or extra or port == -1:
        raise InvalidInput(
            f"'{text}' is not an origin; write it as https://shop.example.com, without a path",
            code="not_an_origin",
            pointer="/origins",
        )
    host = f"[{named[0]}]" if ":" in named[0] else named[0]
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + ("" if port in (None, usual) else f":{port}")


def _known(site: Site) -> KnownSite:
    return KnownSite(site.name, site.public_key, tuple(site.origins), tuple(site.event_types))
