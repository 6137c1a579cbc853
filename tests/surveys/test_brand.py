"""A brand is a name, a colour that can be read on every page, and a picture that is data."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.errors import InvalidInput
from collector.surveys import brand
from collector.surveys.definitions import check
from tests.wording import WORDING

PNG = "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()


def checked(given: object) -> Any:
    definition = {"key": "k", "metric": "csat", "owner": "care", "wording": WORDING}
    return check({**definition, "brand": given})["brand"]


@given(st.integers(0, 0xFFFFFF))
def test_any_colour_becomes_one_that_can_be_read_on_light_and_dark_pages(number: int) -> None:
    shades = brand.shades(f"#{number:06x}")
    assert brand.contrast(shades.light, brand.LIGHT) >= 4.5
    assert brand.contrast(shades.light, shades.on_light) >= 4.5
    assert brand.contrast(shades.dark, brand.DARK) >= 4.5
    assert brand.contrast(shades.dark, shades.on_dark) >= 4.5


def test_a_colour_that_can_be_read_stays_what_it_is() -> None:
    assert brand.shades("#2b46c8").light == "#2b46c8"


def test_contrast_is_that_of_the_standard() -> None:
    assert brand.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert brand.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_brand_is_kept_with_the_survey() -> None:
    given = {"name": "Lantern & Loom", "color": "#8A5A1C", "logo": PNG}
    assert checked(given) == {**given, "color": "#8a5a1c"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("color", "brown"),
        ("color", "#fff"),
        ("color", "#12345g"),
        ("color", "#123456;}"),
        ("logo", "https://elsewhere.example/logo.png"),
        ("logo", "data:text/html;base64,PGI+"),
        ("logo", "data:image/png;base64,%%%"),
        ("logo", PNG + "A" * 5000),
        ("font", "Comic Sans"),
    ],
)
def test_what_is_no_brand_is_refused_with_its_place(field: str, value: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked({"name": "Shop", field: value})
    assert refused.value.pointer == f"/brand/{field}"
