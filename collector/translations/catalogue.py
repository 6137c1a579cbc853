"""A phrase in a person's language: `translator("pt-BR")("tap.kept", score=9)`. Pure but for reading
the catalogues, once a language and process.

A phrase is named by its key, which stands as the context (msgctxt) in the gettext files; the
English is in the templates (`*.pot`), so every tool shows it beside its translation. What is not
translated, or marked fuzzy, is said in English. Which language fits a locale is decided by
`channels/locales.py`. Next: `check.py` for what must hold of the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import TYPE_CHECKING, Final

from channels.locales import fitting

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

FOLDER: Final = Path(__file__).resolve().parents[2] / "templates" / "locale"
DOMAINS: Final = ("messages", "pages", "widget")
SOURCE: Final = "en"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase in one language: a single form, or one for each grammatical number."""

    forms: tuple[str, ...]
    form_for: Callable[[int], int]

    def form(self, count: int | None) -> str:
        return self.forms[0] if count is None else self.forms[self.form_for(count)]


@dataclass(frozen=True, slots=True)
class Translator:
    """Says phrases in `language`, one of `channels.locales.LANGUAGES`."""

    language: str
    _phrases: Mapping[str, Phrase] = field(repr=False)

    def __call__(self, key: str, *, count: int | None = None, **places: object) -> str:
        """The phrase with its places filled in; `count` chooses the form and fills `{count}`.

        A key that no catalogue has and a place that is not filled are errors (KeyError).
        """
        return self._phrases[key].form(count).format(count=count, **places)


def translator(locale: str) -> Translator:
    """For the language that fits this locale best; English for one that we do not speak."""
    return _translator(fitting(locale))


@cache
def _translator(language: str) -> Translator:
    return Translator(language, read(language))


def read(language: str, folder: Path = FOLDER) -> dict[str, Phrase]:
    """Every phrase by its key, English where this language has none."""
    phrases = {} if language == SOURCE else read(SOURCE, folder)
    for domain in DOMAINS:
        phrases.update(_said(parse(path(language, domain, folder)), language == SOURCE))
    return phrases


def path(language: str, domain: str, folder: Path = FOLDER) -> Path:
    """Where this language's catalogue is; English is the template of all others."""
    if language == SOURCE:
        return folder / f"{domain}.pot"
    return folder / language.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po"


def parse(path: Path) -> Catalog:
    """The catalogue in this file. Raises OSError, and PoFileError for what is no such file."""
    # Takes some 50 ms to import, which commands that say nothing to customers need not wait for.
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """The forms of a msgid or msgstr, of which a phrase without a number has one."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _said(catalogue: Catalog, source: bool) -> Iterator[tuple[str, Phrase]]:
    form_for = c2py(catalogue.plural_expr)
    for message in catalogue:
        said = forms(message.id if source else message.string)
        if message.context and all(said) and not message.fuzzy:
            yield message.context, Phrase(said, form_for)
