"""A day is written as people of the language write it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from collector.web.pages.days import written


@pytest.mark.parametrize(
    ("locale", "day"),
    [
        ("en", "1 March 2026"), ("en-US", "1 March 2026"), ("xx", "1 March 2026"),
        ("zh", "2026年3月1日"), ("zh-TW", "2026年3月1日"), ("ja", "2026年3月1日"),
        ("pt-BR", "1 de março de 2026"), ("es", "1 de marzo de 2026"), ("fr", "1er mars 2026"),
        ("de-CH", "1. März 2026"), ("ar", "1 مارس 2026"),
    ],
)  # fmt: skip
def test_a_day_reads_as_in_that_language(locale: str, day: str) -> None:
    assert written(datetime(2026, 3, 1, 23, 59, tzinfo=UTC), locale) == day


def test_only_the_first_is_an_ordinal_in_french() -> None:
    assert written(datetime(2026, 8, 11, tzinfo=UTC), "fr") == "11 août 2026"
