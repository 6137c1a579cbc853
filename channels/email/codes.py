"""What an SMTP relay's replies mean for us: one table, by the moment at which they come.

The same 550 says "no such mailbox" after RCPT, "your server may not send" after MAIL and "this
looks like spam" after the data. ``channel.py`` passes the moment, the code and the reply's text,
of which only the enhanced status code (such as 5.1.1) is read and kept: the text quotes addresses.

Sources: RFC 5321 section 4.2, RFC 3463 and the IANA registry of enhanced status codes
"""

from __future__ import annotations

import re
from typing import Final

from channels.base import ChannelError

_ENHANCED: Final = re.compile(rb"\b([245])\.(\d{1,3})\.(\d{1,3})\b")

# Enhanced codes that, after RCPT, do not speak about the mailbox: the person must not pay for our
# reputation, a full mailbox or a confused host. By their subject (the second number), or whole.
_NOT_THE_MAILBOX: Final = frozenset({"3", "4", "5", "6", "7"})
_FULL_MAILBOX: Final = frozenset({"2.2"})
# Replies that mean that the relay wants a log-in, whenever they come.
_AUTHENTICATION: Final = frozenset({530, 534, 535, 538})

CONNECT, MAIL, RCPT, DATA = "connect", "mail", "rcpt", "data"


def condemns(enhanced: str) -> bool:
    """Whether an enhanced code in a delivery report says that the mailbox itself is no good.

    Only 5.1.x (bad address) and 5.2.1 (disabled) do, and of the former not those about the sender's
    address. A full mailbox, our reputation, a policy or no code at all are no reason never to write
    again: such a bounce is soft.
    """
    return enhanced == "5.2.1" or (
        enhanced.startswith("5.1.") and enhanced not in {"5.1.7", "5.1.8"}
    )


def refusal(moment: str, code: int, reply: bytes) -> ChannelError:
    """The relay's reply as an error.

    4xx is for later, whenever it comes. 5xx to RCPT is permanent and suppresses the address, unless
    its enhanced code blames something else; a full mailbox is for later as well. 5xx to the data is
    permanent for this mail. 5xx before RCPT is our configuration: every mail would fail.
    """
    found = _ENHANCED.search(reply)
    enhanced = ".".join(part.decode() for part in found.groups()) if found else ""
    shown = f"{code} {enhanced}".strip()
    rest = enhanced[2:]
    if code in _AUTHENTICATION:
        return ChannelError(
            f"The mail relay refused the user or password ({shown}).",
            code=shown,
            configuration=True,
        )
    if not 500 <= code <= 599:
        return ChannelError(f"The mail relay asks to try later ({shown}).", code=shown)
    if moment == RCPT:
        if rest in _FULL_MAILBOX:
            return ChannelError(f"The mailbox is full ({shown}).", code=shown)
        blameless = rest.split(".")[0] in _NOT_THE_MAILBOX
        return ChannelError(
            f"The mail relay refused the recipient ({shown}).",
            permanent=True,
            suppress=not blameless,
            code=shown,
        )
    if moment == DATA:
        return ChannelError(
            f"The mail relay refused the mail itself ({shown}).", permanent=True, code=shown
        )
    return ChannelError(
        f"The mail relay refused our sender or host ({shown}); check the sender's address and "
        "what the relay allows.",
        code=shown,
        configuration=True,
    )
