"""For whom a page speaks that asks nothing: the invitation's brand, or the one that all share.

Used by `layout.py` for notices and by the pages on which a person chooses. Reads, writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from collector.model.base import db
from collector.model.invitations import Invitation
from collector.surveys import catalog


def of_invitation(token_id: str) -> Mapping[str, str] | None:
    """The brand under which this link's question was asked; None where it had none."""
    wanted = select(Invitation.survey_version_id).where(Invitation.token_id == token_id)
    version = db.session.scalar(wanted)
    return _brand(catalog.get(version).definition) if version else None


def shared() -> Mapping[str, str] | None:
    """The brand of every survey here that has one, if all of them agree on it.

    A page that says what went wrong must not fail for want of a logo.
    """
    try:
        brands = [_brand(one.definition) for one in catalog.current_many().values()]
    except SQLAlchemyError:
        db.session.rollback()
        return None
    known = [one for one in brands if one]
    return known[0] if known and all(one == known[0] for one in known) else None


def _brand(definition: Mapping[str, Any]) -> Mapping[str, str] | None:
    return cast("Mapping[str, str] | None", definition.get("brand"))
