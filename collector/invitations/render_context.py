"""From rows to an `Ask`: which survey, which words, which links. Reads, decides nothing.

Used by claims (before sending) and reconcile (to say what to look for), which must get the same.
"""

from __future__ import annotations

from typing import Protocol

from collector.config import settings
from collector.invitations import links, return_path
from collector.invitations.compose import MessageContext
from collector.model.invitations import Invitation, Message
from collector.surveys import brand, catalog

STATUS_PATH = "/callbacks/twilio/status/"


class Asked(Protocol):
    """An invitation, or what was read of one."""

    @property
    def id(self) -> str: ...
    @property
    def token_id(self) -> str: ...
    @property
    def survey_version_id(self) -> str: ...
    @property
    def locale(self) -> str: ...


class Attempted(Protocol):
    """A message, or what is to be written as one."""

    @property
    def id(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def address(self) -> str: ...


def render_context(invitation: Invitation, message: Message) -> tuple[MessageContext, ...]:
    """The asks that may have gone out as this attempt: one for each signing key, newest first.

    A text holds its link, and the keys may have been rotated since it left.
    """
    return tuple(
        draft(invitation, message, token)
        for token in links.tokens(invitation.token_id, message.channel)
    )


def draft(invitation: Asked, message: Attempted, token: str = "") -> MessageContext:
    """The ask of this attempt. Raises NotFound if its survey version is not there."""
    survey = catalog.get(invitation.survey_version_id)
    words = survey.wording(invitation.locale)
    token = token or links.token(invitation.token_id, message.channel)
    return MessageContext(
        id=f"{invitation.id}-{message.channel}",
        channel=message.channel,
        to=message.address,
        locale=words.locale,
        question=words.question,
        sms=words.sms,
        low_label=words.low,
        high_label=words.high,
        low=survey.metric.low,
        high=survey.metric.high,
        link=links.url(token),
        decoy=links.decoy_url(token),
        unsubscribe_url=links.unsubscribe_url(
            links.unsubscribe_token(invitation.token_id, message.channel)
        ),
        status_url=f"{settings().base_url}{STATUS_PATH}{message.id}",
        brand=brand.of(survey.definition),
        return_path=return_path.made(invitation.id) if message.channel == "email" else "",
    )
