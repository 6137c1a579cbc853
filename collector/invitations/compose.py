"""From an ask to the finished message for one channel. Pure, and the same every time.

A lost SMS is looked for at the provider by its exact text, so nothing here may depend on the time,
the attempt or chance. `drafts` fills in the `Ask`; the templates are in `templates/sms` and
`templates/email`. The email offers every score alike: same size, same colour, no nudging.

A logo travels inside the mail (`Content-ID`): mailboxes show no `data:` picture, most hide hosted
ones until asked, and one that is fetched would tell when a mail was read. Only PNG and JPEG: what
Gmail and Outlook do not show (SVG, WebP) gives way to the name in letters.

Sources: RFC 8058 (one-click unsubscribe), WCAG 2.2 SC 2.5.8 (targets), 3GPP TS 23.038 (GSM-7),
RFC 2392 (cid:), 15 U.S.C. 7704(a)(5) (a postal address in every mail).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from channels.base import Message, logo_id
from channels.locales import direction, fitting
from channels.sms import frame
from channels.sms.text import cost
from collector.surveys import brand as brands
from collector.surveys.brand import Brand
from collector.translations.catalogue import translator

TEMPLATES: Final = Path(__file__).resolve().parents[2] / "templates"
MOST_IN_A_ROW: Final = 7
SUBJECT_LENGTH: Final = 150
# Outlook on Windows falls back to a serif for these scripts unless it is told better.
FONTS: Final = {
    "zh-Hans": "'PingFang SC','Microsoft YaHei',",
    "zh-Hant": "'PingFang TC','Microsoft JhengHei',",
    "ja": "'Hiragino Sans','Yu Gothic',Meiryo,",
    "ar": "'Geeza Pro',Tahoma,",
}
# Blank and uncopied: keeps the mail's own text out of the preview line, which is the preheader's.
PADDING: Final = "\u2007\u034f " * 60
MAILED_LOGOS: Final = ("data:image/png;", "data:image/jpeg;")
NO_BRAND: Final = Brand()
HOUSE_COLOUR: Final = "#2b46c8"  # of the pages, where a brand has none


@dataclass(frozen=True, slots=True)
class MessageContext:
    """One question for one person on one channel. `low` and `high` are the ends of the scale.

    `id` stays the same for every attempt on this channel. `link` is the tap page's address; a
    score is asked for by adding `/<score>` to it.
    """

    id: str
    channel: str
    to: str
    locale: str
    question: str
    sms: str
    low_label: str
    high_label: str
    low: int
    high: int
    link: str
    decoy: str
    unsubscribe_url: str
    status_url: str = ""
    brand: Brand = NO_BRAND
    return_path: str = ""


def compose(ask: MessageContext) -> Message:
    """The message for this ask's channel. In-app there is no text to send: the widget asks."""
    if ask.channel == "sms":
        return _sms(ask)
    if ask.channel == "email":
        return _email(ask)
    if ask.channel == "webhook":
        return _webhook(ask)
    return Message(ask.id, ask.channel, ask.to, _line(ask.question), locale=ask.locale)


def rows(low: int, high: int) -> list[list[int]]:
    """The scores in rows of at most seven, as even as can be: a thumb needs room on a phone."""
    scores = list(range(low, high + 1))
    count = -(-len(scores) // MOST_IN_A_ROW)
    width = -(-len(scores) // count)
    return [scores[at : at + width] for at in range(0, len(scores), width)]


def segments(ask: MessageContext) -> int:
    """How many SMS segments this ask costs; 0 on other channels."""
    return cost(_text(ask)).segments if ask.channel == "sms" else 0


def _text(ask: MessageContext) -> str:
    return frame.text(ask.sms, ask.locale, ask.link)


def _sms(ask: MessageContext) -> Message:
    return Message(ask.id, "sms", ask.to, _text(ask), locale=ask.locale, status_url=ask.status_url)


def _webhook(ask: MessageContext) -> Message:
    text = f"{_line(ask.sms)}\n{ask.link}"
    return Message(
        ask.id, "webhook", ask.to, text, locale=ask.locale, unsubscribe_url=ask.unsubscribe_url
    )


def _email(ask: MessageContext) -> Message:
    values = _values(ask)
    return Message(
        ask.id,
        "email",
        ask.to,
        _environment().get_template("email/ask.txt").render(values),
        # A header has one line: whatever came with breaks in it must not become two.
        subject=_line(ask.question)[:SUBJECT_LENGTH],
        html=_environment().get_template("email/ask.html").render(values),
        locale=ask.locale,
        unsubscribe_url=ask.unsubscribe_url,
        logo=_logo(ask),
        return_path=ask.return_path,
    )


def _logo(ask: MessageContext) -> str:
    """The picture that mailboxes can show, or ''."""
    return ask.brand.logo if ask.brand.logo.startswith(MAILED_LOGOS) else ""


def _values(ask: MessageContext) -> dict[str, object]:
    grid = rows(ask.low, ask.high)
    return {
        "ask": ask,
        "question": _line(ask.question),
        "rows": grid,
        "columns": max(len(row) for row in grid),
        "scores": range(ask.low, ask.high + 1),
        "say": translator(ask.locale),
        "direction": direction(ask.locale),
        "width": round(100 / max(len(row) for row in grid), 2),
        "fonts": FONTS.get(fitting(ask.locale), ""),
        "padding": PADDING,
        "brand": ask.brand,
        "shades": brands.shades(ask.brand.color or HOUSE_COLOUR),
        "logo": f"cid:{logo_id(ask.id)}" if _logo(ask) else "",
    }


def _line(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


@cache
def _environment() -> Environment:
    """Parsed once a process; a name that a template does not know is an error, not a blank."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
