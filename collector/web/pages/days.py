"""A day as people of a language write it: `2 March 2026`, `2026年3月2日`. Pure; for the pages.

As the Unicode CLDR has it, by way of Babel.
"""

from __future__ import annotations

from datetime import datetime

from channels.locales import fitting


def written(moment: datetime, locale: str) -> str:
    """The day of `moment` (as it is, without changing its zone) in the words of this locale."""
    # Takes some 40 ms to import, which commands that show no page need not wait for.
    from babel.dates import format_date

    language = fitting(locale)
    # English as in most of the world, not as in the United States, where the month comes first.
    tag = "en_GB" if language == "en" else language.replace("-", "_")
    day = format_date(moment.date(), "long", locale=tag)
    # In French the first of a month is an ordinal, which the CLDR leaves out.
    return f"1er{day[1:]}" if language == "fr" and moment.day == 1 else day
