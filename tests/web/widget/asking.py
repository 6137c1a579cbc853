"""A site, a person with an open in-app question, and signed calls, for the tests of the web."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from collector.model.base import db
from collector.model.invitations import Message
from collector.web.widget import identity, sites
from tests import factories

ORIGIN = "https://shop.example"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked, and the site on which the question waits."""

    site: sites.KnownSite
    ref: str
    invitation_id: str
    token_id: str

    def body(self, **more: Any) -> dict[str, Any]:
        """A good body of either call."""
        return {
            "key": self.site.public_key,
            "identity": identity.issue(self.site.public_key, self.ref),
            **more,
        }


def asked_inapp(
    *, origins: tuple[str, ...] = (ORIGIN,), name: str = "shop", **changes: Any
) -> Asked:
    """An invitation that waits in somebody's inbox. Needs an app context."""
    session: Session = db.session()
    session.commit()  # making a site begins a unit of work, which drops what was only flushed
    site = sites.by_name(name) or sites.create(name, origins)
    person = changes.pop("of", None) or factories.person(session)
    row = factories.sent_invitation(session, of=person, channels=["inapp"], **changes)
    message = session.query(Message).filter_by(invitation_id=row.id).one()
    message.address = person.ref
    asked = Asked(site, person.ref, row.id, row.token_id)
    session.commit()
    return asked


def post(client: FlaskClient, call: str, body: Any, origin: str | None = ORIGIN) -> TestResponse:
    """One call of the widget, as a browser makes it: text/plain with an Origin."""
    headers = {"Origin": origin} if origin else {}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(f"/w/v1/{call}", data=data, headers=headers, content_type="text/plain")
