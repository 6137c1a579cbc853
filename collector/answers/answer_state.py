"""Where an invitation stands at this moment: what was asked, what the taps so far add up to.

Read-only, for the tap page and the text replies. It folds the taps itself, so that a person sees
their answer at once and not when a worker comes round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from collector import clock
from collector.answers import tap_loader
from collector.answers.folding import fold, open_until
from collector.answers.tap_statement import Seen
from collector.answers.taps import CONFIRMED, Folded, TapEvidence
from collector.model.base import db
from collector.model.invitations import Invitation
from collector.surveys import catalog
from collector.surveys.catalog import Survey
from collector.surveys.wording import Wording


@dataclass(frozen=True, slots=True)
class AnswerState:
    """One invitation as its person should see it. `folded` is None while nothing was tapped.

    `closed`: the answer can no longer be changed.
    """

    invitation_id: str
    survey: Survey
    wording: Wording
    folded: Folded | None
    closed: bool

    @property
    def score(self) -> int | None:
        return self.folded.score if self.folded else None

    @property
    def pressed(self) -> bool:
        return self.folded is not None and self.folded.pressed


@dataclass(frozen=True, slots=True)
class Setting:
    """In whose name and language an invitation speaks, also when it can be answered no more."""

    locale: str
    brand: dict[str, str] | None


def setting_of(token_id: str) -> Setting | None:
    """Of the invitation behind this link; None where there is none."""
    session = cast(Session, db.session())
    row = session.scalar(select(Invitation).where(Invitation.token_id == token_id))
    if row is None:
        return None
    survey = catalog.get(row.survey_version_id)
    return Setting(survey.wording(row.locale).locale, survey.definition.get("brand"))


def of(*, token_id: str = "", invitation_id: str = "") -> AnswerState:
    """Where this invitation stands. Raises Gone (`link_gone`, `not_sent`, `expired`)."""
    now = clock.now()
    session = cast(Session, db.session())
    row = tap_loader.invitation(session, now, token_id=token_id, id=invitation_id)
    taps = tap_loader.evidence(session, [row.id])[row.id]
    return _standing(row.id, row.survey_version_id, row.locale, taps, now)


def after(seen: Seen | None, token_id: str) -> AnswerState:
    """Where it stands after a tap: by what that tap saw, else asked anew, which raises Gone."""
    if seen is None or seen.taps is None:
        return of(token_id=token_id)
    now = clock.now()
    return _standing(seen.invitation_id, seen.survey_version_id, seen.locale, seen.taps, now)


def _standing(
    invitation_id: str, version: str, locale: str, taps: Sequence[TapEvidence], now: datetime
) -> AnswerState:
    survey = catalog.get(version)
    terms = tap_loader.terms_of(survey)
    return AnswerState(
        invitation_id=invitation_id,
        survey=survey,
        wording=survey.wording(locale),
        folded=fold(taps, terms, now),
        closed=_over(open_until(taps, terms, CONFIRMED), now),
    )


def _over(closes: datetime | None, now: datetime) -> bool:
    return closes is not None and now > closes
