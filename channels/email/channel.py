"""The email channel: SMTP over one connection a batch, at least once, with a stable Message-ID.

SMTP cannot promise "once": a connection lost after the data may or may not have delivered it
(RFC 1047). So such a mail is sent again, under the same Message-ID, and the error says
``maybe_delivered``. Built by ``registry.build``; ``text.py`` builds the mail, ``codes.py`` reads
the relay's replies.

Sources: RFC 5321, RFC 1047, RFC 3207
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Self

from channels.base import Channel, ChannelError, Message, OfThread, Receipt
from channels.email import codes, queue_ids
from channels.email.settings import SmtpSettings
from channels.email.text import Mail, build
from channels.status import SENT


class _Dropped(Exception):
    """The connection went before the relay could have the whole mail."""


class SmtpEmail(Channel):
    """Sends through one relay."""

    kind = "email"
    side_by_side = 4
    _smtp = OfThread[smtplib.SMTP]()

    def __init__(
        self, settings: SmtpSettings, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.settings = settings
        self._now = now

    @classmethod
    def from_options(cls, options: Mapping[str, str]) -> Self:
        """Option: ``url``, as in ``SmtpSettings``. Raises SettingError."""
        return cls(SmtpSettings.parse(options))

    def send(self, message: Message) -> Receipt:
        """Hand one mail to the relay.

        A kept connection that turns out to be dead is opened anew, once, and only while the relay
        cannot have the mail. Raises ChannelError: permanent for a hostile header or a 5xx, else
        for later; ``maybe_delivered`` if the connection went while the final answer was due.
        """
        mail = build(message, self.settings.sender, self.settings.reply_to, self._now())
        reused = self._smtp is not None
        try:
            given = self._transmit(mail)
        except _Dropped:
            if not reused:
                raise _lost() from None
        else:
            return Receipt(SENT, mail.message_id, given_ref=given)
        try:
            given = self._transmit(mail)
        except _Dropped:
            raise _lost() from None
        return Receipt(SENT, mail.message_id, given_ref=given)

    def check(self) -> str:
        """Connect, turn to TLS, log in, say NOOP. Raises ChannelError."""
        self.close()
        try:
            code, _ = self._open().noop()
        except smtplib.SMTPException:
            code = 0
        finally:
            self.close()
        if code != 250:
            raise _lost()
        how = "with TLS" if self.settings.tls or self.settings.starttls else "without TLS"
        who = "accepts the log-in" if self.settings.user else "asks for no log-in"
        return f"The mail relay {self.settings.host}:{self.settings.port} answers {how} and {who}."

    def close(self) -> None:
        """Say QUIT and drop the connection."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()

    def _abandon(self) -> None:
        """Drop the connection without a word: what state it is in is not known."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    def _transmit(self, mail: Mail) -> str:
        """One mail transaction; the id that the relay gave the mail. Raises _Dropped while the
        relay cannot have it; else ChannelError.

        The steps are spelled out, because ``SMTP.sendmail`` does not tell a connection that was
        lost before the final dot from one lost after it.
        """
        smtp = self._open()
        try:
            sender = mail.return_path or self.settings.sender.addr_spec
            # Where the relay keeps our own name of the mail, a report of failure repeats it.
            known = [f"ENVID={mail.envelope_id}", "RET=HDRS"] if smtp.has_extn("dsn") else []
            self._expect(smtp, codes.MAIL, smtp.mail(sender, known))
            self._expect(smtp, codes.RCPT, smtp.rcpt(mail.recipient))
            self._expect(smtp, codes.DATA, smtp.docmd("DATA"), 354)
            smtp.send(_dotted(mail.payload))
        except (smtplib.SMTPServerDisconnected, OSError):
            # Also while sending: the final dot is the last to leave, so the mail is incomplete.
            self._abandon()
            raise _Dropped from None
        except smtplib.SMTPResponseException as error:
            # A reply that is no SMTP at all.
            self._abandon()
            raise codes.refusal(codes.MAIL, 0, _raw(error.smtp_error)) from None
        try:
            answer = smtp.getreply()
            self._expect(smtp, codes.DATA, answer)
            return queue_ids.given(answer[1].decode("utf-8", "replace"))
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException, OSError):
            self._abandon()
            raise ChannelError(
                "The mail relay vanished after it was given the mail; it may have it. "
                "Sending it again keeps the Message-ID.",
                code="after_data",
                maybe_delivered=True,
            ) from None

    def _expect(
        self, smtp: smtplib.SMTP, moment: str, answer: tuple[int, bytes], wanted: int = 250
    ) -> None:
        code, reply = answer
        if code // 100 == wanted // 100:
            # The first digit decides; the rest is comment (RFC 5321 section 4.2.1).
            return
        if code == 421:
            # The relay closes the connection: too long idle, or enough mails on it.
            self._abandon()
            if moment == codes.MAIL:
                raise _Dropped
        else:
            self._reset(smtp)
        raise codes.refusal(moment, code, reply)

    def _reset(self, smtp: smtplib.SMTP) -> None:
        try:
            code, _ = smtp.rset()
        except (smtplib.SMTPException, OSError):
            code = 0
        if code != 250:
            self._abandon()

    def _open(self) -> smtplib.SMTP:
        if self._smtp is not None:
            return self._smtp
        chosen = self.settings
        where = f"{chosen.host}:{chosen.port}"
        smtp: smtplib.SMTP | None = None
        problem: ChannelError
        try:
            smtp = self._connect()
            if chosen.user:
                smtp.login(chosen.user, chosen.password)
        except ssl.SSLCertVerificationError:
            problem = ChannelError(
                f"The certificate of {where} does not prove its name; set the host that it names.",
                code="certificate",
                configuration=True,
            )
        except smtplib.SMTPNotSupportedError:
            # Never without it: whoever strips STARTTLS on the way would get the password.
            problem = ChannelError(
                f"The mail relay {where} offers no STARTTLS or no log-in that is asked for.",
                code="not_supported",
                configuration=True,
            )
        except smtplib.SMTPResponseException as error:
            problem = codes.refusal(codes.CONNECT, error.smtp_code, _raw(error.smtp_error))
        except (smtplib.SMTPException, OSError) as error:
            problem = ChannelError(
                f"The mail relay {where} cannot be reached ({type(error).__name__}).",
                code="connect",
            )
        else:
            self._smtp = smtp
            return smtp
        if smtp is not None:
            smtp.close()
        raise problem

    def _connect(self) -> smtplib.SMTP:
        chosen = self.settings
        helo = chosen.helo or None
        smtp: smtplib.SMTP
        if chosen.tls:
            smtp = smtplib.SMTP_SSL(
                chosen.host,
                chosen.port,
                local_hostname=helo,
                timeout=chosen.connect_timeout,
                context=ssl.create_default_context(),
            )
        else:
            smtp = smtplib.SMTP(
                chosen.host, chosen.port, local_hostname=helo, timeout=chosen.connect_timeout
            )
        try:
            if chosen.starttls:
                smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
            if smtp.sock is not None:
                smtp.sock.settimeout(chosen.read_timeout)
        except BaseException:
            smtp.close()
            raise
        return smtp


def _lost() -> ChannelError:
    return ChannelError("The mail relay dropped the connection; nothing was sent.", code="dropped")


def _raw(reply: bytes | str) -> bytes:
    return reply.encode("utf-8", "replace") if isinstance(reply, str) else reply


def _dotted(payload: bytes) -> bytes:
    """The mail on the wire (RFC 5321 section 4.5.2): dots doubled, a lone dot at the end."""
    body = re.sub(rb"(?m)^\.", b"..", payload)
    return body + (b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n")
