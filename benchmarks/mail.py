"""Mails a second over real SMTP on the loopback: what reusing the connection and bytes are worth.

    python -m benchmarks.mail --mails 10000

The relay (aiosmtpd) runs in a process of its own. Each way sends the same mails in turn; the table
shows mails a second and the ratio to the slowest way. `library` builds with the standard library's
EmailMessage, as this service once did; `bytes` is what `channels/email/text.py` does. Asserts only
that every mail arrived; figures of one run can be compared with each other and with nothing else.
"""

from __future__ import annotations

import argparse
import multiprocessing
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from multiprocessing.connection import Connection

from channels.base import Message
from channels.email.channel import SmtpEmail
from channels.email.settings import SmtpSettings
from channels.email.text import Mail, build
from collector.invitations.compose import MessageContext, compose

POLICY = SMTP.clone(max_line_length=998)
ASK = MessageContext(
    id="inv_01h-email",
    channel="email",
    to="someone@example.com",
    locale="en",
    question="How likely are you to recommend us to a friend?",
    sms="",
    low_label="Not at all likely",
    high_label="Extremely likely",
    low=0,
    high=10,
    link="https://ask.example.com/t/AAECAwQFBgc.AAECAwQFBgcICQ",
    decoy="https://ask.example.com/t/AAECAwQFBgc.AAECAwQFBgcICQ/x",
    unsubscribe_url="https://ask.example.com/u/AAECAwQFBgc.AAECAwQFBgcICQ",
)


def relay(ready: Connection) -> None:
    """A real relay that counts what it accepts; answers any message with the count."""
    from aiosmtpd.controller import Controller

    class Counter:
        accepted = 0

        async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802
            self.accepted += 1
            return "250 OK"

    counter = Counter()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(counter, hostname="127.0.0.1", port=port)
    controller.start()
    ready.send(port)
    while ready.recv() != "stop":
        ready.send(counter.accepted)
    controller.stop()


def library(message: Message, settings: SmtpSettings) -> Mail:
    """The same mail by the standard library."""
    mail = EmailMessage(policy=POLICY)
    mail["From"] = formataddr((settings.sender.display_name, settings.sender.addr_spec))
    mail["To"] = message.to
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = f"<{message.id}@{settings.sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text, cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    return Mail(str(mail["Message-ID"]), message.to, mail.as_bytes(policy=POLICY))


def as_bytes(message: Message, settings: SmtpSettings) -> Mail:
    return build(message, settings.sender, "", datetime.now(UTC))


def run(
    mails: int, make: Callable[[Message, SmtpSettings], Mail], reuse: bool, settings: SmtpSettings
) -> tuple[float, float]:
    """Seconds for all of it, and the share of that spent on composing and building."""
    channel = SmtpEmail(settings)
    building = 0.0
    began = time.perf_counter()
    for number in range(mails):
        at = time.perf_counter()
        message = compose(replace(ASK, id=f"inv_{number}-email"))
        mail = make(message, settings)
        building += time.perf_counter() - at
        channel._transmit(mail.recipient, mail.payload)
        if not reuse:
            channel.close()
    channel.close()
    took = time.perf_counter() - began
    return took, building / took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=10_000)
    mails = parser.parse_args().mails
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=relay, args=(there,), daemon=True)
    server.start()
    port = here.recv()
    settings = SmtpSettings.from_url(f"smtp://127.0.0.1:{port}/?from=Care+%3Ccare@shop.example%3E")
    ways = (
        ("library, a connection a mail", library, False),
        ("library, one connection", library, True),
        ("bytes, a connection a mail", as_bytes, False),
        ("bytes, one connection", as_bytes, True),
    )
    taken = [(name, *run(mails, make, reuse, settings)) for name, make, reuse in ways]
    here.send("count")
    accepted = here.recv()
    here.send("stop")
    slowest = max(seconds for _, seconds, _ in taken)
    print(f"{mails} mails each way, {accepted} of {mails * len(ways)} accepted")
    print(f"{'way':32}{'mails/s':>10}{'ratio':>8}{'building':>10}")
    for name, seconds, share in taken:
        print(f"{name:32}{mails / seconds:>10.0f}{slowest / seconds:>8.2f}{share:>10.0%}")
    assert accepted == mails * len(ways)


if __name__ == "__main__":
    main()
