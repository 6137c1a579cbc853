"""What a refused mail means for us: the one table, for replies, reports and events alike.

A reply to RCPT, a delivery report a day later and a relay's webhook say the same things, so they
are read by the same rule: an enhanced code (such as 5.1.1) where it is precise, then the plain
code, then the words (`phrases.py`). The words outrank a code only where they say that we are to
blame: what is our own fault must never strike anybody off. Pure; used by `codes.py` (replies),
`feedback.py` (reports) and the web callback (events).

``hard``       the address is bad for good: never write to it again
``soft``       later; over several days it adds up
``ours``       our configuration or standing: hold what is concerned, tell somebody, blame nobody
``complaint``  the person called it spam          ``delivered``  it arrived
``unknown``    said in a way that nobody knows yet: counted, kept to look at, blames nobody

Sources: RFC 5321 section 4.2, RFC 3463, RFC 5248, RFC 7372, RFC 7504, RFC 7505, RFC 8301 and the
IANA registry of enhanced status codes; Microsoft's list of 5.x.x codes of Exchange Online
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from channels.base import DOMAIN, RELAY
from channels.email import phrases
from channels.email.own_faults import OURS

Kind = Literal["hard", "soft", "ours", "complaint", "delivered", "unknown"]
CONNECT, MAIL, RCPT, DATA, REPORT = "connect", "mail", "rcpt", "data", "report"
ALONE: Final = ""
ENHANCED: Final = re.compile(r"(?<![\w.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
_PLAIN: Final = re.compile(r"(?<![\d.])([2-5]\d\d)(?![\d.])")


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause. ``scope`` is what an ``ours`` concerns: the whole relay, the recipient's domain,
    or this mail alone; ``adds_up``: it speaks about the address, so many of them are no chance,
    while one may be (a resolver that fails says of every domain that it does not exist)."""

    kind: Kind
    sentence: str
    scope: str = ALONE
    adds_up: bool = False


CAUSES: Final[Mapping[str, Cause]] = MappingProxyType(
    {
        "no_mailbox": Cause("hard", "There is no such mailbox."),
        "no_mail_there": Cause("hard", "That domain takes no mail at all."),
        "blocked_by_person": Cause("hard", "The person blocks our mail."),
        "full": Cause("soft", "The mailbox is full.", adds_up=True),
        "no_domain": Cause("hard", "The domain of the address was not found.", adds_up=True),
        "unreachable": Cause("soft", "The receiving host could not be reached.", adds_up=True),
        "mailbox_trouble": Cause("soft", "The mailbox took no mail.", adds_up=True),
        "busy": Cause("soft", "The receiving host asks to try later."),
        "relay_denied": Cause("ours", "The relay does not pass our mail on.", RELAY),
        "authentication": Cause("ours", "The relay wants another log-in, or TLS.", RELAY),
        "quota": Cause("ours", "Our account at the relay may send no more.", RELAY),
        "sender_refused": Cause("ours", "Our sender's address is refused.", RELAY),
        "sequence": Cause("ours", "The relay and we do not understand each other.", RELAY),
        "refuses_everybody": Cause("ours", "The relay refuses one person after the other.", RELAY),
        "relay_refuses": Cause("ours", "The relay refuses us.", RELAY),
        "unauthenticated": Cause("ours", "SPF, DKIM, DMARC or our host's name fail.", DOMAIN),
        "listed": Cause("ours", "Our host stands on a block list or has a bad name.", DOMAIN),
        "content": Cause("ours", "Our mail is taken for spam.", DOMAIN),
        "policy": Cause("ours", "The receiving side's policy refuses our mail.", DOMAIN),
        "loop": Cause("ours", "The mail went round in circles.", DOMAIN),
        "too_big": Cause("ours", "Our mail is too big.", DOMAIN),
        "closed_list": Cause("ours", "That address takes mail from chosen senders only."),
        "complaint": Cause("complaint", "The person called it spam."),
        "delivered": Cause("delivered", "It arrived."),
        "unknown": Cause("unknown", "It was refused in words that are not known here."),
    }
)

# The second and third number of an enhanced code. A star: any third number.
_PRECISE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "1.1": "no_mailbox", "1.2": "no_domain", "1.3": "no_mailbox", "1.4": "no_mailbox",
        "1.6": "no_mailbox", "1.7": "sender_refused", "1.8": "sender_refused",
        "1.9": "sender_refused", "1.10": "no_mailbox", "1.20": "closed_list",
        "2.1": "no_mailbox", "2.2": "full", "2.3": "too_big", "2.4": "mailbox_trouble",
        "3.1": "busy", "3.2": "busy", "3.3": "sequence", "3.4": "too_big", "3.5": "busy",
        "4.2": "unreachable", "4.3": "unreachable", "4.4": "no_domain", "4.5": "busy",
        "4.6": "loop", "4.7": "unreachable", "4.14": "loop", "4.310": "no_domain",
        "4.312": "no_domain", "4.300": "unreachable", "4.316": "unreachable",
        "4.317": "unreachable", "5.1": "sequence", "5.2": "sequence", "5.3": "busy",
        "5.4": "sequence", "5.5": "sequence", "5.6": "sequence", "6.*": "sequence",
        "7.2": "closed_list", "7.3": "policy", "7.4": "policy", "7.5": "policy", "7.6": "policy",
        "7.7": "unauthenticated", "7.8": "authentication", "7.9": "authentication",
        "7.10": "authentication", "7.11": "authentication", "7.12": "authentication",
        "7.14": "authentication", "7.15": "policy", "7.16": "policy", "7.17": "no_mailbox",
        "7.18": "no_mailbox", "7.20": "unauthenticated", "7.21": "unauthenticated",
        "7.22": "unauthenticated", "7.23": "unauthenticated", "7.24": "unauthenticated",
        "7.25": "unauthenticated", "7.26": "unauthenticated", "7.27": "sender_refused",
        "7.28": "busy", "7.29": "unauthenticated", "7.30": "policy", "7.57": "authentication",
        "7.60": "sender_refused", "7.64": "relay_denied", "7.124": "closed_list",
        "7.133": "closed_list", "7.134": "closed_list", "7.136": "closed_list",
        "7.193": "closed_list", "7.501": "content", "7.502": "content", "7.503": "content",
        "7.508": "listed", "7.509": "unauthenticated", "7.606": "listed", "7.705": "quota",
        "7.708": "listed", "7.750": "sender_refused",
    }
)  # fmt: skip
# What these say is so wide that the words decide; the cause here holds where they say nothing.
_WIDE: Final[Mapping[str, str]] = MappingProxyType(
    {"1": "", "2": "mailbox_trouble", "3": "busy", "4": "unreachable", "5": "sequence",
     "6": "sequence", "7": "policy"}
)  # fmt: skip
_AUTHENTICATION: Final = frozenset({432, 454, 530, 534, 535, 538})
_PROTOCOL: Final = frozenset({500, 501, 502, 503, 504, 555})
# Microsoft's way to say that its directory has nobody of that name.
_NOT_IN_DIRECTORY: Final = re.compile(r"recipient address rejected: access denied|as\(2018")
_GREY: Final = re.compile(r"gr[ae]y[- ]?list")
# The words may correct these codes, by which some hosts refuse for reasons of every kind.
_LOOSE: Final = frozenset({"4.1", "7.1", "7.0", "1.0", "2.0", "3.0", "4.0", "5.0", "6.0", "0.0"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of a refusal. ``code`` is such as `550 5.1.1`, with nothing of the words."""

    cause: str
    code: str = ""

    @property
    def kind(self) -> Kind:
        return CAUSES[self.cause].kind

    @property
    def scope(self) -> str:
        return CAUSES[self.cause].scope

    @property
    def adds_up(self) -> bool:
        return CAUSES[self.cause].adds_up

    @property
    def sentence(self) -> str:
        return CAUSES[self.cause].sentence


def read(moment: str, code: int, text: str) -> Reading:
    """What a reply means, or what is quoted of one. ``code`` 0: none was given.

    Before RCPT nobody in particular is meant, so whatever is refused for good is ours.
    """
    found = ENHANCED.search(text[: phrases.LONGEST])
    enhanced = ".".join(found.groups()) if found else ""
    shown = f"{code or ''} {enhanced}".strip()
    words = phrases.plain(text)
    cause = _cause(moment, code, enhanced, words)
    if moment in {CONNECT, MAIL} and CAUSES[cause].kind != "soft" and CAUSES[cause].scope != RELAY:
        # Of a relay that greets us so, or does not like where we come from.
        ours = CAUSES[cause].kind == "ours"
        cause = cause if ours else "relay_refuses" if _final(code, enhanced) else "busy"
    return Reading(cause, shown)


def quoted(status: str, diagnostic: str) -> Reading:
    """What a delivery report says of one recipient: its ``Status`` and the reply that it quotes.

    The reply is what the receiving host really said, and the status what the reporting one made of
    it; the vaguer of the two gives way, and where one of them blames us nobody else is blamed.
    """
    outer = ENHANCED.search(status)
    digits = ".".join(outer.groups()) if outer else ""
    if not diagnostic.strip():
        return read(REPORT, 0, digits)
    plain_code = _PLAIN.search(diagnostic)
    inner = ENHANCED.search(diagnostic[: phrases.LONGEST])
    within = ".".join(inner.groups()) if inner else ""
    better = within if within and (_precise(within) or not _precise(digits)) else digits or within
    code = int(plain_code[1]) if plain_code else 0
    if _precise(digits) and within and _precise(within) and within[2:] != digits[2:]:
        told = [read(REPORT, code, diagnostic), read(REPORT, 0, digits)]
        ours = next((one for one in told if one.kind == "ours"), None)
        return ours or told[0]
    words = ENHANCED.sub(" ", diagnostic[: phrases.LONGEST])
    return read(REPORT, code, f"{better} {words}")


def _cause(moment: str, code: int, enhanced: str, words: str) -> str:
    rest = enhanced[2:]
    if _GREY.search(words):
        return "busy"
    if rest == "4.1" and _NOT_IN_DIRECTORY.search(words):
        return "no_mailbox"
    passing = code // 100 == 4 or (not 500 <= code <= 599 and enhanced.startswith("4"))
    ours = phrases.told(OURS, words)
    precise = _precise(enhanced)
    if ours and not (precise and _says_more(precise, ours, words)):
        return (
            "busy"
            if passing and "temporar" in words and _relays(ours)
            else _tempered(ours, passing)
        )
    if code in _AUTHENTICATION and moment != REPORT:
        return "busy" if passing and "temporar" in words else _tempered("authentication", passing)
    said = phrases.told(phrases.PASSING, words)
    gone = phrases.told(phrases.GONE, words)
    if precise and rest not in _LOOSE:
        if said == "full" or (said == "busy" and CAUSES[precise].kind == "hard" and not gone):
            return said
        return _tempered(precise, passing)
    words_say = said if said == "full" or (said and not gone) or (said == "no_domain") else gone
    if words_say:
        return _tempered(words_say, passing)
    return _tempered(_by_code(moment, code, rest, words), passing)


def _by_code(moment: str, code: int, rest: str, words: str) -> str:
    """Nothing precise was said: the plain code, the wide enhanced code, a refusal in any words."""
    if code == 556 or (code == 521 and moment != CONNECT):
        return "no_mail_there"
    if code == 552:
        return "full"
    if code in _PROTOCOL:
        return "sequence"
    refused = phrases.told(phrases.REFUSED, words)
    subject = rest.partition(".")[0]
    if rest == "1.0" and ("address rejected" in words or "recipient" in words):
        return "no_mailbox"
    if subject in {"7", "5", "6", "3", "4", "2"} and not (subject != "7" and refused):
        return _WIDE[subject]
    if refused:
        return "policy"
    if moment == DATA and code >= 500:
        return "policy"  # it took the person, and then not the mail
    return "unknown"


def _precise(enhanced: str) -> str:
    rest = enhanced[2:]
    subject = rest.partition(".")[0]
    return _PRECISE.get(rest) or (_PRECISE.get(f"{subject}.*", "") if rest[-2:] != ".0" else "")


def _says_more(precise: str, ours: str, words: str) -> bool:
    """Whether a precise code outranks words that blame us: where it blames us more exactly, or
    where it is about a mailbox and the words name that too."""
    if CAUSES[precise].kind == "ours":
        return ours not in {"blocked_by_person"} and CAUSES[ours].scope != RELAY
    if precise == "full" and ours in {"too_big", "quota"}:
        return True
    if ours in {"content", "listed", "sequence", "loop", "too_big"}:
        return precise == "no_mailbox" and bool(phrases.told(phrases.GONE, words))
    return False


def _relays(cause: str) -> bool:
    return CAUSES[cause].scope == RELAY


def _tempered(cause: str, passing: bool) -> str:
    """A 4xx strikes nobody off: what would be hard is a mailbox that took no mail for now."""
    kind = CAUSES[cause].kind
    if not passing or kind == "soft":
        return cause
    if cause == "no_domain":
        return "unreachable"
    if kind == "hard":
        return "mailbox_trouble"
    return cause if _relays(cause) or cause in {"listed", "unauthenticated"} else "busy"


def _final(code: int, enhanced: str) -> bool:
    return 500 <= code <= 599 or (not code and enhanced.startswith("5"))


def enhanced_of(code: str) -> str:
    """The enhanced part of what `Reading.code` holds; empty if there is none."""
    found = ENHANCED.search(code)
    return ".".join(found.groups()) if found else ""
