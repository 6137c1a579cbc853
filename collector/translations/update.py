"""Carries a change of the English (`*.pot`) into every language's catalogue; makes missing ones.

Phrases are matched by key. What is new is added untranslated; what was translated from other
English is marked fuzzy, with the English that it was translated from; what is gone is removed; a
translator's own comments stay. Next: `check.py` says what is left to do.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from channels.locales import LANGUAGES
from collector.translations.catalogue import DOMAINS, FOLDER, SOURCE, forms, parse, path

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

WIDTH: Final = 96
FUZZY: Final = "fuzzy"


def update(folder: Path = FOLDER) -> list[Path]:
    """Gives the files that were written; a catalogue that is up to date stays as it is."""
    from babel.messages.pofile import write_po

    written = []
    for domain in DOMAINS:
        template = parse(path(SOURCE, domain, folder))
        for language in LANGUAGES:
            at = path(language, domain, folder)
            if language == SOURCE or not (catalogue := _merged(template, at)):
                continue
            at.parent.mkdir(parents=True, exist_ok=True)
            with at.open("wb") as file:
                write_po(file, catalogue, width=WIDTH, include_previous=True)
            written.append(at)
    return written


def _merged(template: Catalog, at: Path) -> Catalog | None:
    """The catalogue as it should be; None if it is that already."""
    catalogue = parse(at) if at.exists() else _new(template, at.parents[1].name)
    before = [_content(message) for message in catalogue]
    old = {message.context: message for message in catalogue if message.id}
    for message in old.values():
        catalogue.delete(message.id, message.context)
    for message in template:
        if message.id:
            _add(catalogue, message, old.get(message.context))
    after = [_content(message) for message in catalogue]
    return None if before == after and at.exists() else catalogue


def _add(catalogue: Catalog, original: Message, old: Message | None) -> None:
    forms_wanted = catalogue.num_plurals if original.pluralizable else 1
    said, flags, previous = forms(old.string if old else None), set(), []
    if old is not None and any(said):
        if forms(old.id) != forms(original.id):
            previous = list(forms(old.id))
        if previous or old.fuzzy:
            flags.add(FUZZY)
    said = (*said, *[""] * forms_wanted)[:forms_wanted]
    catalogue.add(
        original.id,
        said if original.pluralizable else said[0],
        context=original.context,
        auto_comments=original.auto_comments,
        user_comments=old.user_comments if old else (),
        flags=flags,
        previous_id=previous,
    )


def _new(template: Catalog, locale: str) -> Catalog:
    from babel.messages.catalog import Catalog

    catalogue = Catalog(
        locale=locale, project=template.project, version=template.version, fuzzy=False
    )
    english_name = catalogue.locale.get_display_name("en") if catalogue.locale else locale
    first = template.header_comment.partition(".")[0]
    catalogue.header_comment = f"{first} in {english_name}. How to correct it: docs/languages.md."
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    return catalogue


def _content(message: Message) -> tuple[object, ...]:
    """What makes a file worth writing again."""
    return (
        message.context, forms(message.id), forms(message.string), message.fuzzy,
        list(message.auto_comments),
    )  # fmt: skip
