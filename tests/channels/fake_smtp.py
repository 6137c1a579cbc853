"""A real SMTP relay on the loopback (aiosmtpd), with replies and faults that a test can plan.

    with FakeSmtp() as relay:
        relay.plan_rcpt("550 5.1.1 no such user")   # the reply to the next RCPT
        relay.drop = "data"                          # accept the next mail, then cut the line
        SmtpSettings.from_url(relay.url)

``mails`` holds (envelope sender, recipients, raw bytes) of every mail that was accepted whole.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import deque
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


class FakeSmtp:
    """The relay. ``connections`` counts how often somebody connected."""

    def __init__(
        self, tls: ssl.SSLContext | None = None, auth: tuple[str, str] | None = None
    ) -> None:
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.connections = 0
        self.drop = ""  # "mail" | "rcpt" | "data": cut the line once, at that moment
        self.greylist_mail = ""
        self.data_reply = ""
        self._rcpt: deque[str] = deque()
        self._auth = auth
        self._tls = tls
        self._controller = _Controller(self, hostname="127.0.0.1", port=_free_port())

    def plan_rcpt(self, *replies: str) -> None:
        """The replies to the next RCPTs."""
        self._rcpt.extend(replies)

    @property
    def port(self) -> int:
        return int(self._controller.port)

    @property
    def url(self) -> str:
        """The COLLECTOR_SMTP_URL for it."""
        return f"smtp://127.0.0.1:{self.port}/?from=Care+%3Ccare@shop.example%3E&read_timeout=5"

    def server(self) -> SMTP:
        auth: dict[str, Any] = {}
        if self._auth:
            auth = {
                "authenticator": self._authenticate,
                "auth_require_tls": False,
            }
        return _Relay(self, tls_context=self._tls, **auth)

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        given = (data.login.decode(), data.password.decode())
        return AuthResult(success=given == self._auth, handled=False)

    # What aiosmtpd calls. The names are its own.

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._cut(server, "mail"):
            return "250 gone"
        if self.greylist_mail:
            reply, self.greylist_mail = self.greylist_mail, ""
            return reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._cut(server, "rcpt"):
            return "250 gone"
        if self._rcpt:
            reply = self._rcpt.popleft()
            if reply.startswith("2"):
                envelope.rcpt_tos.append(address)
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data_reply:
            reply, self.data_reply = self.data_reply, ""
            return reply
        content = envelope.original_content or b""
        self.mails.append((envelope.mail_from or "", list(envelope.rcpt_tos), content))
        self._cut(server, "data")
        return "250 OK"

    def _cut(self, server: SMTP, moment: str) -> bool:
        if self.drop != moment:
            return False
        self.drop = ""
        assert isinstance(server.transport, asyncio.Transport)
        server.transport.abort()
        return True

    def __enter__(self) -> Self:
        self._controller.start()
        self.connections = 0  # the controller calls itself once, to see whether it is up
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._controller.stop()


class _Relay(SMTP):
    def __init__(self, fake: FakeSmtp, **options: Any) -> None:
        super().__init__(fake, hostname="relay.test", **options)
        self.fake = fake

    def connection_made(self, transport: Any) -> None:
        self.fake.connections += 1
        super().connection_made(transport)


class _Controller(Controller):
    def __init__(self, fake: FakeSmtp, **where: Any) -> None:
        self.fake = fake
        super().__init__(fake, **where)

    def factory(self) -> SMTP:
        return self.fake.server()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
