"""The in-app channel: nothing travels, so nothing can be lost on the way.

The attempt row that the sender commits *is* the entry in the person's inbox; the widget asks the
service for it. "Sent" therefore means "may be shown", and a tap or a view is what moves it on.
Built by ``registry.build``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from channels.base import Channel, ChannelError, Message, Receipt
from channels.inapp.settings import InAppSettings
from channels.status import SENT


class InApp(Channel):
    """An inbox that the sender already wrote by committing the message."""

    kind = "inapp"
    local = True

    def __init__(self, settings: InAppSettings | None = None) -> None:
        self.settings = settings or InAppSettings()

    @classmethod
    def from_options(cls, options: Mapping[str, str]) -> Self:
        """Takes no options."""
        return cls(InAppSettings.parse(options))

    def send(self, message: Message) -> Receipt:
        """Always accepted. Raises ChannelError (permanent) for a message to nobody."""
        if not message.to:
            raise ChannelError("The message names no person.", permanent=True, code="no_person")
        return Receipt(SENT, message.id)

    def check(self) -> str:
        """Always fine: there is no provider."""
        return "In-app messages wait in the service's own database for the widget."
