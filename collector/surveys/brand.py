"""Whose question it is: name, colour, small logo, postal address, from a survey's `brand`. Pure.

Any colour is taken and made readable: darkened on light pages, lightened on dark ones, until WCAG
2.2 asks for no more (1.4.3: 4.5 to 1 for text, which also covers 1.4.11). `completed` fills in what
a folder's `workspace.yaml` says for all its surveys. Used by `definitions.py`, mails and pages.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from collector.surveys.fields import Fields

COLOUR: Final = re.compile(r"#[0-9a-f]{6}\Z")
LOGO: Final = re.compile(r"data:image/(png|svg\+xml|webp|jpeg);base64,([A-Za-z0-9+/]+={0,2})\Z")
MAX_LOGO: Final = 2_400  # characters: the whole page is to stay under 15 kB
READABLE: Final = 4.5
LIGHT: Final = "#f7f6f3"  # the page's own backgrounds, as in assets/tap.css
DARK: Final = "#1f242a"
BLACK: Final = "#101216"
WHITE: Final = "#ffffff"


MAX_ADDRESS: Final = 200


@dataclass(frozen=True, slots=True)
class Brand:
    """A brand as mails and pages show it; whatever was not said is ''."""

    name: str = ""
    color: str = ""
    logo: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Shades:
    """A colour as it is used: on a light and on a dark page, each with the text upon it."""

    light: str
    on_light: str
    dark: str
    on_dark: str


def check(fields: Fields) -> dict[str, Any]:
    """The brand of a definition, complete; problems go to the report of `fields`."""
    brand = {
        "name": fields.text("name", most=60, about="Whose question it is."),
        "color": fields.text(
            "color",
            default="",
            takes="`#rrggbb`",
            about="The colour of marks and buttons; made readable where it is not.",
        ).lower(),
        "logo": fields.text(
            "logo",
            most=MAX_LOGO,
            default="",
            takes=f"`data:image/png;base64,…` (svg+xml, webp, jpeg), at most {MAX_LOGO}",
            about="A small picture: the page loads nothing from elsewhere.",
        ),
    }
    # Only where one is said: a field more would make a new version of every survey that has none.
    address = fields.text(
        "address",
        most=MAX_ADDRESS,
        default="",
        about="The postal address at the foot of mails and pages, as many laws ask for it.",
    )
    if address.split():
        brand["address"] = " ".join(address.split())
    if brand["color"] and not COLOUR.match(brand["color"]):
        fields.problem("color", "`color` must be written as #rrggbb, such as #2b46c8.")
    if brand["logo"] and not _is_picture(brand["logo"]):
        fields.problem(
            "logo",
            "`logo` must be a picture as data:image/png;base64,… (or svg+xml, webp, jpeg): the page"
            " loads nothing from elsewhere.",
        )
    fields.done()
    return brand


def of(definition: Mapping[str, Any]) -> Brand:
    """The brand of a survey definition as it is stored; definitions of older days say less."""
    said = definition.get("brand") or {}
    names = ("name", "color", "logo", "address")
    return Brand(**{name: str(said.get(name) or "") for name in names})


def completed(house: Mapping[str, Any] | None, raw: Any) -> Any:
    """A definition as it was written, its brand completed by the house's; its own words win.

    A survey that speaks by a name of its own does not get the house's logo beside it.
    """
    own = raw.get("brand") if isinstance(raw, Mapping) else None
    if not house or not isinstance(raw, Mapping) or not isinstance(own, Mapping | None):
        return raw
    said = {name: value for name, value in (own or {}).items() if value is not None}
    lent = {**house, "logo": ""} if said.get("name", house["name"]) != house["name"] else house
    return {**raw, "brand": {**lent, **said}}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=256)
def shades(colour: str) -> Shades:
    """`colour` (#rrggbb) as near to itself as can be read on both kinds of page."""
    light, dark = _until_readable(colour, LIGHT, BLACK), _until_readable(colour, DARK, WHITE)
    return Shades(light, _upon(light), dark, _upon(dark))


def _until_readable(colour: str, ground: str, towards: str) -> str:
    for step in range(21):
        mixed = _mix(colour, towards, step / 20)
        if contrast(mixed, ground) >= READABLE:
            return mixed
    return towards


def _upon(colour: str) -> str:
    return WHITE if contrast(WHITE, colour) >= contrast(BLACK, colour) else BLACK


def _mix(colour: str, other: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in _parts(colour)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _is_picture(text: str) -> bool:
    found = LOGO.match(text)
    try:
        return found is not None and bool(base64.b64decode(found[2], validate=True))
    except binascii.Error:
        return False
