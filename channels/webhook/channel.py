"""The webhook channel: one signed POST to one gateway, at least once, under a stable id.

For WhatsApp, WeChat, LINE and whatever else has a gateway of its own. The id of a message is the
same for each attempt and is in the ``webhook-id`` header, so a gateway that remembers ids delivers
once. Built by ``registry.build``; ``guard.py`` decides which addresses may be called.

Source: https://github.com/standard-webhooks/standard-webhooks
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from typing import Final, Self

from channels.base import Channel, ChannelError, Message, OfThread, Receipt
from channels.status import SENT
from channels.webhook import codes, guard, signature
from channels.webhook.settings import WebhookSettings
from channels.webhook.text import body

_LONGEST_ANSWER: Final = 64 * 1024
_LONGEST_REFERENCE: Final = 200
_CHECK: Final = b'{"data":{},"type":"ping"}'


class Webhook(Channel):
    """Sends through one gateway, over one kept connection a batch."""

    kind = "webhook"
    side_by_side = 10
    _connection = OfThread[HTTPConnection]()

    def __init__(
        self,
        settings: WebhookSettings,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        resolve: guard.Resolve = guard.resolve,
    ) -> None:
        self.settings = settings
        self._now = now
        self._resolve = resolve

    @classmethod
    def from_options(cls, options: Mapping[str, str]) -> Self:
        """Options: those of ``WebhookSettings``. Raises SettingError."""
        return cls(WebhookSettings.parse(options))

    def send(self, message: Message) -> Receipt:
        """Post the message. Its reference is the gateway's own ``id``, else the message's.

        Raises ChannelError; ``maybe_delivered`` where the answer was lost, which is safe to repeat.
        """
        if not message.to:
            raise ChannelError("The message names no person.", permanent=True, code="no_person")
        if not message.id.isascii() or not message.id.isprintable():
            raise ChannelError("The message id is not a plain name.", permanent=True, code="id")
        return Receipt(SENT, _reference(self._post(message.id, body(message))) or message.id)

    def check(self) -> str:
        """Post a signed ``ping``, which a gateway answers with any 2xx. Raises ChannelError."""
        self.close()
        try:
            self._post(f"ping_{int(self._now().timestamp())}", _CHECK)
        finally:
            self.close()
        return f"The gateway at {self.settings.host} answers and accepts our signature."

    def close(self) -> None:
        """Drop the connection."""
        kept, self._connection = self._connection, None
        if kept is not None:
            kept.close()

    def _post(self, id: str, payload: bytes) -> bytes:
        reused = self._connection is not None
        try:
            return self._request(id, payload)
        except ChannelError as error:
            # A kept connection that was closed meanwhile; a copy carries the same id.
            if not (reused and error.maybe_delivered):
                raise
        return self._request(id, payload)

    def _request(self, id: str, payload: bytes) -> bytes:
        at = int(self._now().timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Collector",
            "webhook-id": id,
            "webhook-timestamp": str(at),
            "webhook-signature": signature.sign(self.settings.key, id, at, payload),
        }
        connection = self._open()
        problem: ChannelError
        try:
            connection.request("POST", self.settings.path, payload, headers)
            answer = connection.getresponse()
            text = answer.read(_LONGEST_ANSWER + 1)
            status, asked = answer.status, answer.getheader("Retry-After", "")
        except (OSError, HTTPException) as error:
            problem = ChannelError(
                f"The gateway did not answer ({type(error).__name__}); it may have the message. "
                "Sending it again keeps the id.",
                code="no_answer",
                maybe_delivered=True,
            )
        else:
            if len(text) > _LONGEST_ANSWER:
                self.close()
            if 200 <= status < 300:
                return text
            wait = float(asked) if asked.isascii() and asked.isdigit() else None
            problem = codes.refusal(status, wait)
        self.close()
        raise problem

    def _open(self) -> HTTPConnection:
        if self._connection is not None:
            return self._connection
        chosen = self.settings
        problem: ChannelError
        try:
            address = guard.vetted(
                chosen.host, chosen.port, loopback=chosen.loopback, resolve=self._resolve
            )
            connection = guard.connection(
                chosen.host, chosen.port, address, tls=chosen.tls, timeout=chosen.connect_timeout
            )
            connection.connect()
        except guard.Forbidden as error:
            problem = ChannelError(
                f"The gateway must not be called: {error}.", code="address", configuration=True
            )
        except ssl.SSLCertVerificationError:
            problem = ChannelError(
                f"The certificate of {chosen.host} does not prove its name.",
                code="certificate",
                configuration=True,
            )
        except (OSError, HTTPException) as error:
            problem = ChannelError(
                f"The gateway cannot be reached ({type(error).__name__}); nothing was sent.",
                code="connect",
            )
        else:
            if connection.sock is not None:
                connection.sock.settimeout(chosen.read_timeout)
            self._connection = connection
            return connection
        raise problem


def _reference(answer: bytes) -> str:
    """The gateway's own id for it, if it answered with one."""
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return ""
    id = said.get("id") if isinstance(said, dict) else None
    plain = isinstance(id, str) and id.isascii() and id.isprintable()
    return str(id)[:_LONGEST_REFERENCE] if plain else ""
