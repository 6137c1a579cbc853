"""What comes back by mail: delivery reports and complaints, read into plain feedback.

Pure and calm: whatever bytes are handed in, the answer is a list, or ``Unreadable``. Nothing is
believed but which of *our* messages is meant and how it ended; the address in a report only has to
fit, for anybody can write one. What a refusal means is `causes.py`'s to say; by what a mail of ours
is known, `references.py`'s; reports without a machine-readable part are `loose_reports.py`'s. The
web callback and `collector bounces` use it.

Sources: RFC 3464 and RFC 6533 (delivery status), RFC 6522 (multipart/report), RFC 5965 (ARF),
Microsoft's Junk Mail Reporting Program
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import Message as Part
from email.parser import BytesParser
from email.policy import compat32
from typing import Final

from channels.email import causes, loose_reports, mime, references
from channels.email.causes import Kind, Reading
from channels.email.references import References
from channels.email.references import invitation_of as invitation_of

LARGEST: Final = 2 * 1024 * 1024
_STATUS_PARTS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
# The other registered types say nothing against being written to ("not-spam", "virus").
_COMPLAINTS: Final = frozenset(
    {"abuse", "fraud", "opt-out", "opt-out-list", "other", "miscategorized"}
)
_ARRIVED: Final = frozenset({"delivered", "relayed", "expanded"})
_WORST: Final[tuple[Kind, ...]] = ("complaint", "hard", "ours", "soft", "unknown", "delivered")
_JMRP: Final = ("x-hmxmroriginalrecipient", "x-ms-exchange-crosstenant-originalarrivaltime")


class Unreadable(ValueError):
    """These bytes are no report. The sentence holds nothing of them."""


class AutomaticReply(Unreadable):
    """An absence note, a challenge, a receipt of reading: it arrived, and this is no report."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """How one of our mails ended. ``code`` is such as 5.1.1, or empty.

    ``invitation_id`` is empty where no id of ours was found; ``references`` has what else may name
    it. ``recipient`` is whom the report means, if it says so. Not ``final``: still being tried.
    """

    invitation_id: str
    kind: Kind
    code: str = ""
    cause: str = field(default="", compare=False)
    recipient: str = field(default="", compare=False, repr=False)
    references: References = field(default=References(), compare=False, repr=False)
    final: bool = True


def event(
    message_id: str, type: Kind, code: str = "", text: str = "", recipient: str = ""
) -> Feedback:
    """A relay's webhook as feedback. What the code says outranks what the relay calls it: "hard"
    with 4.2.2 or 5.7.1 is no reason never to write again."""
    about = References(invitation_of(message_id), references.names(message_id), ())
    code = code.encode("ascii", "ignore").decode("ascii")
    reading = causes.quoted(code, text)
    if type in {"complaint", "delivered"}:
        reading = Reading(type, code)
    elif reading.cause == "unknown":
        reading = Reading(
            "no_mailbox" if type == "hard" and not code and not text else "unknown", code
        )
    elif type == "soft" and reading.kind == "hard":
        # The relay tries again, or will: believed, for it cannot harm anybody.
        reading = Reading("mailbox_trouble", code)
    if type == "soft" and reading.cause == "unknown":
        reading = Reading("mailbox_trouble" if not code and not text else "busy", code)
    return Feedback(about.invitation_id, reading.kind, code, reading.cause, recipient, about)


def kind_of(code: str) -> Kind:
    """What an enhanced status code alone says; soft where it says nothing."""
    kind = causes.quoted(code, "").kind
    return "soft" if kind == "unknown" else kind


def read(raw: bytes) -> list[Feedback]:
    """The feedback in one mail, one for each person that it speaks of; mostly one.

    Also about mails that are not known here, and about delays (not ``final``). Raises Unreadable
    for bytes that are no report, and AutomaticReply for an answer by a machine.
    """
    if not raw.strip() or len(raw) > LARGEST:
        raise Unreadable("This is no mail, or it is larger than 2 MB.")
    try:
        return _read(BytesParser(policy=compat32).parsebytes(raw))
    except Unreadable:
        raise
    except mime.TooManyParts:
        problem = Unreadable("This mail has too many parts.")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MemoryError):
        # The standard parser stumbles over some nonsense with each of these.
        problem = Unreadable("This mail cannot be read.")
    raise problem


def _read(mail: Part) -> list[Feedback]:
    parts = mime.parts(mail)
    complaint = _complaint(mail, parts)
    if complaint is not None:
        return complaint
    outer = _outside_copies(parts)
    reports = [one for one in outer if one.get_content_type() in _STATUS_PARTS]
    if not reports and (loose_reports.automatic(mail) or _read_receipt(parts)):
        raise AutomaticReply("This mail is an automatic reply and no report.")
    words, pasted = loose_reports.split(outer)
    about = references.gather(mail, parts, pasted)
    found = [
        end for part in reports for group in mime.groups(part) if (end := _end(group, words, about))
    ]
    if found or (reports and _only_groups_of_no_end(reports)):
        return _worst_each(found)
    loose = loose_reports.read(mail, outer)
    if loose is None:
        raise Unreadable("This mail is neither a delivery report nor a complaint.")
    failures, delayed = loose
    return _worst_each([_loose(to, said, delayed, about) for to, said in failures])


def _outside_copies(parts: Sequence[Part]) -> list[Part]:
    """Without what stands in the copy of our mail, or in anything else that was forwarded."""
    inner: set[int] = set()
    for part in parts:
        if part.get_content_type() in {"message/rfc822", "message/global"}:
            for deeper in part.walk():
                if deeper is not part:
                    inner.add(id(deeper))
    outer = [part for part in parts if id(part) not in inner]
    if any(one.get_content_type() in _STATUS_PARTS for one in outer):
        return outer
    # A report that was forwarded as it came: then the report is what stands in there.
    return list(parts) if any(one.get_content_type() in _STATUS_PARTS for one in parts) else outer


def _read_receipt(parts: Sequence[Part]) -> bool:
    return any(one.get_content_type() == "message/disposition-notification" for one in parts)


def _complaint(mail: Part, parts: Sequence[Part]) -> list[Feedback] | None:
    report = next((p for p in parts if p.get_content_type() == "message/feedback-report"), None)
    if report is not None:
        said = dict(reversed(mime.fields(report)))
        about = references.gather(mail, parts)
        kind = said.get("feedback-type", "").lower()
        to = _address(said.get("original-rcpt-to", "") or said.get("removal-recipient", ""))
        wanted = kind in _COMPLAINTS
        return (
            [Feedback(about.invitation_id, "complaint", kind[:40], "complaint", to, about)]
            if wanted else []
        )  # fmt: skip
    for part in parts:
        to = mime.header(part, _JMRP[0])
        if to and (part is not mail or "complaint" in mime.header(mail, "subject").lower()):
            about = references.gather(mail, parts)
            return [
                Feedback(
                    about.invitation_id, "complaint", "abuse", "complaint", _address(to), about
                )
            ]
    return None


def _end(group: dict[str, str], words: str, about: References) -> Feedback | None:
    """How it ended for one recipient; None for a group about none."""
    to = _address(group.get("final-recipient", "") or group.get("original-recipient", ""))
    first = _address(group.get("original-recipient", "")) or to
    action, status = group.get("action", "").lower().split(" ")[0], group.get("status", "")
    found = causes.ENHANCED.search(status)
    code = ".".join(found.groups()) if found else ""
    if action in _ARRIVED or (not action and code.startswith("2.")):
        return Feedback(about.invitation_id, "delivered", code, "delivered", to, about)
    if not (action or status or to):
        return None
    # A permanent failure with a "persistent transient" code means that retries ran out.
    diagnostic = group.get("diagnostic-code", "") or group.get("localized-diagnostic", "")
    reading = causes.quoted(status, diagnostic.partition(";")[2] or diagnostic)
    if reading.cause == "unknown" or (
        not diagnostic and reading.cause in {"mailbox_trouble", "policy"}
    ):
        better = causes.quoted(status, _about_them(words, to))
        reading = better if better.kind != "unknown" else reading
    final = action != "delayed"
    if not final and reading.kind != "ours":
        reading = Reading("busy", code)
    return Feedback(
        about.invitation_id, reading.kind, code or causes.enhanced_of(reading.code), reading.cause,
        first if "@" in first else to, about, final,
    )  # fmt: skip


def _loose(to: str, said: str, delayed: bool, about: References) -> Feedback:
    reading = causes.quoted("", said)
    if delayed and reading.kind != "ours":
        reading = Reading("busy", reading.code)
    code = causes.enhanced_of(reading.code)
    return Feedback(about.invitation_id, reading.kind, code, reading.cause, to, about, not delayed)


def _about_them(words: str, to: str) -> str:
    """What the part for people says; in a list of several recipients, from this one on."""
    at = words.find(to) if to else -1
    return words[at : at + 1500] if at >= 0 else words[:1500]


def _only_groups_of_no_end(reports: Sequence[Part]) -> bool:
    return any("reporting-mta" in group for part in reports for group in mime.groups(part))


def _address(value: str) -> str:
    """`rfc822; ann@example.com`, `<ann@example.com>` or `utf-8; …` as the bare address."""
    kind, semicolon, bare = value.partition(";")
    bare = (bare if semicolon else kind).strip().strip("<>").strip()
    if semicolon and kind.strip().lower() == "utf-8":
        bare = re.sub(r"\\x\{([0-9A-Fa-f]{1,6})\}", lambda one: _character(one[1]), bare)
    return bare[:320] if "@" in bare else ""


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def _worst_each(found: Sequence[Feedback]) -> list[Feedback]:
    """One for each recipient, the worst; nobody is spoken of twice in one report."""
    kept: dict[str, Feedback] = {}
    for one in sorted(found, key=lambda each: (not each.final, _WORST.index(each.kind))):
        kept.setdefault(one.recipient.lower(), one)
    return list(kept.values())
