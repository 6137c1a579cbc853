"""A day as people of a language write it: `2 March 2026`, `2026年3月2日`. Pure; for the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from channels.locales import fitting

# By language: how a day is put together, and the names of the months where it needs them.
FORMATS: Final = {
    "en": "{day} {name} {year}",
    "zh-Hans": "{year}年{month}月{day}日",
    "zh-Hant": "{year}年{month}月{day}日",
    "pt": "{day} de {name} de {year}",
    "es": "{day} de {name} de {year}",
    "fr": "{day} {name} {year}",
    "de": "{day}. {name} {year}",
    "ja": "{year}年{month}月{day}日",
    "ar": "{day} {name} {year}",
}
MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}


def written(moment: datetime, locale: str) -> str:
    """The day of `moment` (as it is, without changing its zone) in the words of this locale."""
    language = fitting(locale)
    names = MONTHS.get(language, "").split()
    name = names[moment.month - 1] if names else ""
    day = "1er" if language == "fr" and moment.day == 1 else str(moment.day)
    return FORMATS[language].format(year=moment.year, month=moment.month, day=day, name=name)
