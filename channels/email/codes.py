"""What an SMTP relay's replies mean for sending: the table of `causes.py` as an error to raise.

The same 550 says "no such mailbox" after RCPT, "your server may not send" after MAIL and "this
looks like spam" after the data. ``channel.py`` passes the moment, the code and the reply's text, of
which only the code is kept: the text quotes addresses.

Source: RFC 5321 section 4.2
"""

from __future__ import annotations

from typing import Final

from channels.base import DOMAIN, RELAY, ChannelError
from channels.email import causes
from channels.email.causes import Reading

CONNECT, MAIL, RCPT, DATA = causes.CONNECT, causes.MAIL, causes.RCPT, causes.DATA
REMEDY: Final = {
    RELAY: "Check the relay's address, log-in and what it allows, and the sender.",
    DOMAIN: "Check SPF, DKIM, DMARC and block lists for our sender and host.",
}


def refusal(moment: str, code: int, reply: bytes) -> ChannelError:
    """The relay's reply as an error.

    Only what says that the mailbox itself is no good suppresses. What is our own fault keeps every
    mail and names what to hold (``scope``); what nobody can read is tried again, and blames nobody.
    """
    return error_of(causes.read(moment, code, reply.decode("utf-8", "replace")))


def error_of(reading: Reading) -> ChannelError:
    """What a refusal amounts to, wherever it was read."""
    shown = f" ({reading.code})" if reading.code else ""
    if reading.kind == "hard" and not reading.adds_up:
        return ChannelError(
            f"The recipient was refused{shown}. {reading.sentence}",
            permanent=True, suppress=True, code=reading.code, cause=reading.cause,
        )  # fmt: skip
    if reading.kind == "hard":
        return ChannelError(
            f"The recipient was refused{shown}. {reading.sentence}",
            adds_up=True, code=reading.code, cause=reading.cause,
        )  # fmt: skip
    if reading.kind == "ours" and not reading.scope:
        return ChannelError(
            f"Refused{shown}: {reading.sentence}", permanent=True, code=reading.code,
            cause=reading.cause,
        )  # fmt: skip
    if reading.kind == "ours":
        remedy = REMEDY.get(reading.scope, "")
        return ChannelError(
            f"Refused{shown}: {reading.sentence} {remedy}".strip(),
            configuration=True, code=reading.code, cause=reading.cause, scope=reading.scope,
        )  # fmt: skip
    return ChannelError(
        f"Refused for now{shown}: {reading.sentence}",
        code=reading.code, cause=reading.cause, adds_up=reading.adds_up,
    )  # fmt: skip
