"""Building the mail: header-safe, with a Message-ID that never changes and one-click unsubscribe.

Pure but for the date, which is handed in. ``channel.py`` imports ``build``; ``settings.py`` checks
its addresses here. Everything that could become a header is refused *before* building if it holds a
line end or another control character, so that nothing has to be trusted with folding it. DKIM is
the relay's to sign: every header that it should cover is there, once.

Sources: RFC 5322 (format), RFC 2047 (encoded words), RFC 2369 and RFC 8058 (unsubscribe),
RFC 3834 (Auto-Submitted), RFC 2387 and RFC 2392 (a logo that belongs to the HTML)
"""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import b2a_qp
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from channels.base import ChannelError, Message, logo_id
from channels.email.references import OWN_HEADER

# Everything that ends a line for any parser on the way (str.splitlines included), and the other
# control characters, which no header needs. Surrogates cannot be encoded.
_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# One bare address. Quoted local parts and address literals are legal and in practice an attack.
_ADDRESS: Final = re.compile(
    r"(?P<local>[^\s<>()\[\]:;,\\\"@]{1,64})@(?P<domain>[^\s<>()\[\]:;,\\\"@/]{1,253})\Z"
)
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,100}\Z")
_LOCALE: Final = re.compile(r"[A-Za-z0-9-]{2,35}\Z")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
# An everyday address, which needs no parser to be sure of.
_PLAIN_ADDRESS: Final = re.compile(
    r"(?=[^@]{1,64}@)[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+){0,8}@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,63}\Z"
)
_BOUNDARY: Final = b"=_collector"
_RELATED: Final = b"=_collector_related"
_PICTURE: Final = re.compile(r"data:image/(png|jpeg);base64,([A-Za-z0-9+/]{1,8000}={0,2})\Z")
_LINE: Final = 76
_ENCODED_BYTES: Final = 45  # 60 characters of base64, 72 with what goes around them
_LONGEST_SUBJECT: Final = 500
_LONGEST_URL: Final = 900  # a line may have 998 characters, and this one may not be folded


@dataclass(frozen=True, slots=True)
class Mail:
    """A finished mail: its bytes with CRLF line ends, not yet dot-stuffed, and its envelope."""

    message_id: str
    recipient: str
    payload: bytes
    return_path: str = ""  # empty: the sender's own address
    envelope_id: str = ""


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


def build(message: Message, sender: Address, reply_to: str, date: datetime) -> Mail:
    """The mail as it goes over the wire, plain ASCII, each header once.

    Written as bytes: the standard library's EmailMessage took longer to build than the relay took
    to accept it (`benchmarks/mail.py`). Nothing gets into a header that was not checked here.
    Raises ChannelError (permanent) for a hostile or impossible header or address; only an address
    that can be none has ``suppress``.
    """
    to = message.to if _PLAIN_ADDRESS.match(message.to) else address(message.to).addr_spec
    subject = header_safe("subject", message.subject).strip()
    if len(subject) > _LONGEST_SUBJECT:
        raise ChannelError("The subject is too long.", permanent=True, code="header")
    id = message_id(message, sender)
    back = address(message.return_path).addr_spec if message.return_path else ""
    lines = [
        _from(sender.display_name, sender.addr_spec, reply_to),
        f"To: {to}",
        f"Subject: {_subject(subject)}",
        f"Date: {format_datetime(date)}",
        f"Message-ID: {id}",
        # Comes back in a report even where the relay wrote a Message-ID of its own.
        f"{OWN_HEADER}: {message.id}",
        # Keep absence notes quiet, whose replies would look like answers; the second for Exchange.
        # Not "All": that would keep reports of failure from us as well.
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: OOF, AutoReply, RN, NRN",
        "MIME-Version: 1.0",
    ]
    if message.unsubscribe_url:
        # In one line, however long: mail programs read no folded or encoded address here.
        lines.append(f"List-Unsubscribe: <{_https(message.unsubscribe_url)}>")
        lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    if _LOCALE.match(message.locale):
        lines.append(f"Content-Language: {message.locale}")
    head = "\r\n".join(lines).encode("ascii")
    plain = _part("plain", message.text)
    if not message.html:
        return Mail(id, to, head + b"\r\n" + plain, back, message.id)
    between = b"--" + _BOUNDARY + b"\r\n"
    payload = b"".join(
        (
            head,
            b'\r\nContent-Type: multipart/alternative; boundary="' + _BOUNDARY + b'"\r\n\r\n',
            between,
            plain,
            between,
            _with_logo(message),
            b"--" + _BOUNDARY + b"--\r\n",
        )
    )
    return Mail(id, to, payload, back, message.id)


def _with_logo(message: Message) -> bytes:
    """The HTML; where there is a logo, with it in a part of their own, so that no mailbox takes
    the picture for an attachment."""
    html = _part("html", message.html)
    picture = _PICTURE.match(message.logo)
    if picture is None:
        return html
    kind, data = picture.groups()
    between = b"--" + _RELATED + b"\r\n"
    lines = "\r\n".join(data[at : at + _LINE] for at in range(0, len(data), _LINE))
    head = (
        f"Content-Type: image/{kind}\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-ID: <{logo_id(message.id)}>\r\n"
        f'Content-Disposition: inline; filename="logo.{kind}"\r\n\r\n'
    )
    return b"".join(
        (
            b'Content-Type: multipart/related; type="text/html";\r\n boundary="' + _RELATED,
            b'"\r\n\r\n',
            between,
            html,
            between,
            f"{head}{lines}\r\n".encode("ascii"),
            b"--" + _RELATED + b"--\r\n",
        )
    )


@lru_cache(maxsize=16)
def _from(display: str, spec: str, reply_to: str) -> str:
    """The headers that are the same in every mail; the library may encode and fold the name."""
    # 76, not 78: an encoded word is at most 75 long, and CPython fills the line with it.
    fixed = EmailMessage(policy=SMTP.clone(max_line_length=_LINE))
    fixed["From"] = Address(display, addr_spec=spec)
    if reply_to:
        fixed["Reply-To"] = Address(addr_spec=reply_to)
    return fixed.as_bytes().decode("ascii").partition("\r\n\r\n")[0]


def _subject(text: str) -> str:
    """Folded before words, or as encoded words of at most 75 characters (RFC 2047 section 2).

    What looks like an encoded word already is encoded, so that it is shown as it was written.
    """
    if text.isascii() and "=?" not in text and "  " not in text:
        return _folded(text)
    words, chunk = [], ""
    for char in text:
        if len((chunk + char).encode()) > _ENCODED_BYTES:
            words.append(chunk)
            chunk = ""
        chunk += char
    encoded = (b64encode(word.encode()).decode("ascii") for word in [*words, chunk])
    return "\r\n ".join(f"=?utf-8?b?{word}?=" for word in encoded)


def _folded(text: str) -> str:
    lines = [""]
    for word in text.split(" "):
        room = _LINE - (len("Subject: ") if len(lines) == 1 else 1)
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\r\n ".join(lines)


def _part(subtype: str, text: str) -> bytes:
    body = "\r\n".join(_LINE_END.split(_body(text).rstrip("\r\n"))) + "\r\n"
    # The end of a line tells the encoder which kind of line end to break long lines with, and the
    # boundary holds what quoted-printable never does.
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode("ascii") + b2a_qp(body.encode("utf-8"), istext=True)


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
