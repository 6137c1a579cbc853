"""Five thousand hostile values over real SMTP: no header and no recipient that we did not write."""

from __future__ import annotations

import email
import random
from email.message import EmailMessage
from email.policy import default

from channels.base import ChannelError
from channels.email.channel import SmtpEmail
from channels.email.settings import SmtpSettings
from tests.channels.fake_smtp import FakeSmtp
from tests.channels.messages import email as mail

VALUES = 5_000
HEADERS = {
    "from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version",
    "x-collector-mail", "x-auto-response-suppress",
    "list-unsubscribe", "list-unsubscribe-post", "content-type", "content-language",
}  # fmt: skip
ENDS = [
    "\r\n",
    "\n",
    "\r",
    "\0",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "%0d%0a",
    "\\n",
]
LURES = [
    "Bcc: eve@evil.example", "\r\n.\r\nMAIL FROM:<eve@evil.example>", "To: eve@evil.example",
    "\r\n\r\n<script>alert(1)</script>", "RCPT TO:<eve@evil.example>",
    "=?utf-8?q?=0ABcc:_e@evil.example?=",
    "--=_collector\r\nContent-Type: text/html\r\n\r\n<b>evil</b>", "=0D=0ABcc: eve@evil.example",
    "<eve@evil.example>", ", eve@evil.example", "; eve@evil.example", "(comment) eve@evil.example",
    "\r\n.", ".", "..", "\n.\n", "QUIT", "{{ 7*7 }}", "🙂" * 40, "\ud800", "x" * 2000, "",
]  # fmt: skip


def hostile(chance: random.Random, old: str) -> str:
    parts = [chance.choice(["", old, old, "ann@x.example"])]
    for _ in range(chance.randrange(1, 4)):
        parts += [chance.choice(ENDS), chance.choice(LURES)]
    return "".join(parts if chance.random() < 0.7 else parts[::-1])


def test_nothing_is_injected(relay: FakeSmtp) -> None:
    channel = SmtpEmail(SmtpSettings.from_url(relay.url))
    chance = random.Random(20261122)
    good = {
        "to": "ann@customer.example",
        "subject": "How was it?",
        "text": "Hi",
        "id": "msg_0002",
        "html": "<p>Hi</p>",
        "unsubscribe_url": "https://ask.example/u/t",
        "locale": "en",
    }
    refused: list[ChannelError] = []
    for _ in range(VALUES):
        field = chance.choice(list(good))
        try:
            channel.send(mail(**{field: hostile(chance, good[field])}))
        except ChannelError as error:
            refused.append(error)
    channel.close()
    assert len(refused) + len(relay.mails) == VALUES
    assert len(refused) > 1000
    assert all(error.permanent and "evil" not in str(error) for error in refused)
    for sender, recipients, raw in relay.mails:
        assert sender == "care@shop.example"
        assert len(recipients) == 1
        read = email.message_from_bytes(raw, policy=default)
        assert isinstance(read, EmailMessage)
        names = [name.lower() for name in read]
        assert set(names) <= HEADERS
        assert len(names) == len(set(names)), "each header once: what DKIM needs"
        assert read["To"].addresses[0].addr_spec == recipients[0]
        parts = list(read.iter_parts())
        assert [part.get_content_type() for part in parts] in (["text/plain", "text/html"], [])
