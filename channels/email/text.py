"""Building the mail: header-safe, with a Message-ID that never changes and one-click unsubscribe.

Pure but for the date, which is handed in. ``channel.py`` imports ``build``; ``settings.py`` checks
its addresses here. Everything that could become a header is refused *before* building if it holds a
line end or another control character, so that no library's folding has to be trusted with it.

Sources: RFC 5322 (format), RFC 2047 (encoded words), RFC 2369 and RFC 8058 (unsubscribe),
RFC 3834 (Auto-Submitted)
"""

from __future__ import annotations

import re
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime
from typing import Any, Final
from urllib.parse import urlsplit

from channels.base import ChannelError, Message

# Everything that ends a line for any parser on the way (str.splitlines included), and the other
# control characters, which no header needs. Surrogates cannot be encoded.
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# One bare address. Quoted local parts and address literals are legal and in practice an attack.
_ADDRESS: Final = re.compile(
    r"(?P<local>[^\s<>()\[\]:;,\\\"@]{1,64})@(?P<domain>[^\s<>()\[\]:;,\\\"@/]{1,253})\Z"
)
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,100}\Z")
_LONGEST_SUBJECT: Final = 500
_LONGEST_URL: Final = 900  # a line may have 998 characters, and this one may not be folded


class MailPolicy(EmailPolicy):
    """SMTP's policy, except that some headers are never folded.

    The stock policy turns a URL that does not fit into 78 columns into an RFC 2047 encoded word,
    which no mail program reads as a URL: one-click unsubscribe is silently gone. Raising the limit
    for every header would fix that and make encoded words longer than RFC 2047's 75 characters in
    each long Chinese subject. So the limit is raised for these only.
    """

    _whole = frozenset({"list-unsubscribe", "message-id", "to", "reply-to"})

    def fold(self, name: str, value: Any) -> str:
        """As the base class, with a wide line for the headers that may not be folded."""
        return str((_WIDE if name.lower() in self._whole else _NARROW).fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        """As ``fold``; this is what writing bytes uses."""
        return bytes((_WIDE if name.lower() in self._whole else _NARROW).fold_binary(name, value))


# 76, not 78: an encoded word is at most 75 long, and CPython fills the line with it.
_NARROW: Final = SMTP.clone(max_line_length=76)
_WIDE: Final = SMTP.clone(max_line_length=998)
POLICY: Final = MailPolicy(linesep="\r\n")


def header_safe(name: str, value: str) -> str:
    """The value unchanged. Raises ChannelError (permanent) if it could end a header line."""
    if _UNSAFE.search(value):
        raise ChannelError(
            f"The {name} holds a line end or control character.", permanent=True, code="header"
        )
    return value


def address(spec: str, display: str = "") -> Address:
    """One bare address, its domain in ASCII.

    Raises ChannelError (permanent); with ``suppress`` where it can be no address at all. A local
    part outside ASCII is a real address that needs a relay with SMTPUTF8 (RFC 6531), which is not
    built: refused, not suppressed.
    """
    found = _ADDRESS.match(header_safe("address", spec))
    if found and not found["local"].isascii():
        raise ChannelError(
            "Mail to addresses outside ASCII is not supported.", permanent=True, code="smtputf8"
        )
    try:
        if not found:
            raise ValueError
        # Lower case only through IDNA: a plain domain stays as the person wrote it.
        domain = found["domain"]
        domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
        # Parsing its own output is what tells an address that would be read as something else.
        return Address(display_name=display, addr_spec=f"{found['local']}@{domain}")
    except (ValueError, MessageError, IndexError, AttributeError):
        # The standard parser trips over some nonsense with the last three.
        problem = ChannelError(
            "The recipient's address cannot be an email address.",
            permanent=True,
            suppress=True,
            code="address",
        )
    raise problem


def message_id(message: Message, sender: Address) -> str:
    """The Message-ID: the same for each attempt, so that a second copy can be recognised."""
    if not _ID.match(message.id):
        raise ChannelError("The message id is not a plain name.", permanent=True, code="id")
    return f"<{message.id}@{sender.domain}>"


def build(message: Message, sender: Address, reply_to: str, date: datetime) -> EmailMessage:
    """The mail, ready to be written with ``POLICY``.

    Raises ChannelError (permanent) for a hostile or impossible header or address; only an address
    that can be none has ``suppress``.
    """
    to = address(message.to)
    subject = header_safe("subject", message.subject).strip()
    if len(subject) > _LONGEST_SUBJECT:
        raise ChannelError("The subject is too long.", permanent=True, code="header")
    mail = EmailMessage(policy=POLICY)
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(date)
    mail["Message-ID"] = message_id(message, sender)
    if reply_to:
        mail["Reply-To"] = reply_to
    # Keeps vacation responders quiet; their replies would look like answers.
    mail["Auto-Submitted"] = "auto-generated"
    if message.unsubscribe_url:
        mail["List-Unsubscribe"] = f"<{_https(message.unsubscribe_url)}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(_body(message.text), cte="quoted-printable")
    if message.html:
        mail.add_alternative(_body(message.html), subtype="html", cte="quoted-printable")
    if re.match(r"[A-Za-z0-9-]{2,35}\Z", message.locale):
        # Last, because setting a content takes every Content-… header away.
        mail["Content-Language"] = message.locale
    return mail


def _body(text: str) -> str:
    # Bodies may hold anything but what cannot be encoded or what ends a text early.
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def _https(url: str) -> str:
    header_safe("unsubscribe_url", url)
    try:
        parts = urlsplit(url)
        fine = parts.scheme in {"https", "http"} and bool(parts.hostname)
    except ValueError:
        fine = False
    if not fine or not url.isascii() or len(url) > _LONGEST_URL or re.search(r"[\s<>,\"]", url):
        raise ChannelError(
            "The unsubscribe_url is no plain web address.", permanent=True, code="header"
        )
    return url
