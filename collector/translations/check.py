"""What is wrong with the catalogues, as sentences for whoever keeps them: `make messages`.

English is what the others are compared with. A phrase's limits stand in its comment, for translator
and check alike: "Up to 30 characters", "one segment" of a text message. Reads, changes nothing.
Next: `update.py`, which carries a change of the English into all languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from gettext import c2py
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Final

from channels.locales import LANGUAGES
from channels.sms.text import cost, normalise
from collector.translations.catalogue import DOMAINS, FOLDER, SOURCE, forms, parse, path
from collector.translations.uses import Use, uses

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

LINE: Final = re.compile(r'(#.*|(msg(ctxt|id|id_plural|str|str\[\d\]) )?"([^"\\]|\\.)*")?')
LIMIT: Final = re.compile(r"Up to (\d+) characters")
SEGMENT: Final = re.compile(r"\bone segment\b", re.IGNORECASE)
HOST: Final = "h" * 26
LONG: Final = 25  # from here on a translation that is the English was forgotten
NUMBERS: Final = range(201)
COUNT: Final = "count"


def problems(folder: Path = FOLDER, said: Iterable[Use] | None = None) -> list[str]:
    """Everything that is wrong, each with the file and the key; empty when all is well."""
    found: list[str] = []
    english: dict[str, Message] = {}
    for domain in DOMAINS:
        template = parse(path(SOURCE, domain, folder))
        known = [message for message in template if message.id]
        twice = Counter(message.context or "" for message in known)
        twice.update(english.keys() & twice.keys())
        found += [f"{domain}.pot: {key}: stands there twice" for key, n in twice.items() if n > 1]
        for message in known:
            found += [f"{domain}.pot: {message.context}: {why}" for why in _original(message)]
        here = {message.context or "": message for message in known}
        for language in LANGUAGES:
            if language != SOURCE:
                found += _language(here, path(language, domain, folder), folder)
        english |= here
    return [*found, *_used(english, list(uses() if said is None else said))]


def _original(message: Message) -> Iterator[str]:
    if not message.context:
        yield f"has no key (msgctxt): {forms(message.id)[0]!r}"
    if not message.auto_comments:
        yield "has no comment that says where it stands"
    if message.string and any(forms(message.string)):
        yield "is translated, in the template of all languages"
    yield from _too_long(message, forms(message.id))


def _language(english: dict[str, Message], at: Path, folder: Path) -> Iterator[str]:
    """What is wrong with one file."""
    from babel.messages.pofile import PoFileError

    name = at.relative_to(folder)
    try:
        # Babel takes off the first and the last character of a text, be they quotes or not.
        for number, line in enumerate(at.read_text(encoding="utf-8").splitlines(), 1):
            if not LINE.fullmatch(line.strip()):
                yield f"{name}: line {number} is not in quotes: {line}"
        catalogue = parse(at)
    except FileNotFoundError:
        yield f"{name}: is missing; `make messages ARGS=--update` makes it"
        return
    except (PoFileError, ValueError) as error:
        yield f"{name}: cannot be read: {error}"
        return
    written = str(catalogue.locale_identifier or "")
    if written != name.parts[0]:
        yield f"{name}: its header says that it is in {written or 'no language'}"
    translated = {message.context or "": message for message in catalogue if message.id}
    for key in translated.keys() - english.keys():
        yield f"{name}: {key}: is not in the English any more"
    for key, original in english.items():
        if key not in translated:
            yield f"{name}: {key}: is missing; `make messages ARGS=--update` adds it"
            continue
        for why in _translation(original, translated[key], catalogue):
            yield f"{name}: {key}: {why}"


def _translation(original: Message, message: Message, catalogue: Catalog) -> Iterator[str]:
    said, source = forms(message.string), forms(original.id)
    if not all(text.strip() for text in said):
        yield "is not translated"
        return
    if message.fuzzy:
        yield "is marked fuzzy: look at it, then remove the mark"
    if forms(message.id) != source:
        yield "was translated from other English; `make messages ARGS=--update` marks it"
    if any(text in source and len(text) > LONG for text in said):
        yield "is the English"
    if len(said) != (catalogue.num_plurals if original.pluralizable else 1):
        yield f"has {len(said)} forms, not {catalogue.num_plurals}"
        return
    form_for = c2py(catalogue.plural_expr)
    for index, text in enumerate(said):
        # A form for a single number may say it in words: «يومين», two days.
        numbers = [n for n in NUMBERS if form_for(n) == index] if original.pluralizable else []
        free = {COUNT} if len(numbers) == 1 else set()
        filled, wanted = places(text), places(source[-1])
        if filled | free != wanted | free:
            yield f"fills in {_list(filled)} where the English has {_list(wanted)}"
    yield from _too_long(original, said)


def places(text: str) -> set[str]:
    """`{low}` and `{high}` of a phrase."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _too_long(original: Message, said: Iterable[str]) -> Iterator[str]:
    comment = " ".join(original.auto_comments)
    limit = LIMIT.search(comment)
    for text in said:
        if limit and len(text) > int(limit[1]):
            yield f"has {len(text)} characters, more than {limit[1]}"
        if SEGMENT.search(comment):
            longest = {name: HOST if name == "host" else 10 for name in places(text)}
            filled = text.format_map(longest)
            price = cost(normalise(filled))
            if price.segments > 1:
                dear = f", because of {price.culprits}" if price.culprits else ""
                yield f"takes {price.segments} segments of a text message{dear}"


def _used(english: dict[str, Message], said: list[Use]) -> Iterator[str]:
    """What the code says and no catalogue has, and the other way round."""
    for key in english:
        if not any(use.means(key) for use in said):
            yield f"{key}: is not used any more; remove it from the template"
    for use in said:
        meant = [message for key, message in english.items() if use.means(key)]
        if not use.key:
            yield f"{use.where}: write out which phrase is said"
        elif not meant:
            yield f"{use.where}: {use.key.replace(chr(92), '')}: is in no catalogue"
        for message in meant:
            wanted = places(forms(message.id)[-1])
            if use.places != wanted:
                yield (
                    f"{use.where}: {message.context}: is given {_list(use.places)}, "
                    f"wants {_list(wanted)}"
                )


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "nothing"
