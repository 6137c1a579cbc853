"""A mail looks like the brand it speaks for, and says where that brand can be written to."""

from __future__ import annotations

import base64

import pytest

from channels.base import logo_id
from channels.locales import LANGUAGES
from collector.invitations.compose import compose
from collector.surveys.brand import Brand, contrast, shades
from tests.invitations.test_compose import HOSTILE, Page, ask

PNG = "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()
SHOP = Brand("Lantern & Loom", "#8a5a1c", "", "12 Weaver Lane, Bristol")


@pytest.mark.parametrize("locale", LANGUAGES)
def test_name_colour_and_postal_address_are_in_both_forms(locale: str) -> None:
    mail = compose(ask(locale=locale, brand=SHOP))
    assert mail.text.startswith("Lantern & Loom\n")
    assert mail.text.endswith("Lantern & Loom, 12 Weaver Lane, Bristol")
    page = Page(mail.html).text
    assert page.count("Lantern & Loom") == 2
    assert "12 Weaver Lane, Bristol" in page
    assert shades("#8a5a1c").light in mail.html
    assert mail.logo == ""


@pytest.mark.parametrize("colour", ["#ffff00", "#000000", "#8a5a1c", "#f0f0f0"])
def test_the_name_can_be_read_in_any_colour_on_the_mails_own_grounds(colour: str) -> None:
    seen = shades(colour)
    assert contrast(seen.light, "#ffffff") >= 4.5
    assert contrast(seen.dark, "#1b2027") >= 4.5


def test_a_logo_goes_along_with_its_name_for_those_who_do_not_see_it() -> None:
    mail = compose(ask(brand=Brand("A shop", logo=PNG)))
    (picture,) = [attributes for tag, attributes in Page(mail.html).tags if tag == "img"]
    assert (picture["src"], picture["alt"]) == (f"cid:{logo_id(mail.id)}", "A shop")
    assert mail.logo == PNG


@pytest.mark.parametrize("kind", ["svg+xml", "webp"])
def test_a_picture_that_mailboxes_do_not_show_gives_way_to_the_name(kind: str) -> None:
    mail = compose(ask(brand=Brand("A shop", logo=f"data:image/{kind};base64,AAAA")))
    assert "<img" not in mail.html
    assert mail.logo == ""
    assert "A shop" in Page(mail.html).text


def test_nothing_of_a_brand_becomes_markup() -> None:
    mail = compose(ask(brand=Brand(HOSTILE, "#8a5a1c", PNG, HOSTILE)))
    assert "script" not in [tag for tag, _ in Page(mail.html).tags]


def test_the_ends_are_named_where_they_stand() -> None:
    """In one row below the first and the last; in two above the first and below the last."""
    two = compose(ask(low=0, high=10)).html
    assert two.index("0 = Poor") < two.index('/0"') < two.index('/10"') < two.index("10 = Great")
    one = compose(ask(low=1, high=5)).html
    assert one.index('/5"') < one.index(">Poor<") < one.index(">Great<")
