"""Every string of every surface exists in nine languages, with the same places to fill in.

What is said stands in the catalogues (`templates/locale`); a table of texts by language in the code
is found by what it looks like, so a new one cannot be forgotten here.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
from ruamel.yaml import YAML

from channels.locales import LANGUAGES, fitting
from channels.sms.text import cost, normalise
from collector.invitations.optouts.preferences import WAYS
from collector.translations.catalogue import DOMAINS, SOURCE, forms, parse, path, read, translator
from collector.translations.check import places, problems
from collector.translations.uses import uses
from collector.web.pages import problem
from collector.web.pages.layout import Kind

ROOT = Path(__file__).resolve().parents[2]
# Tables that stay in the code; the test fails when one of them is not found any more.
SURFACES = {"channels.sms.frame"}
PAGES = ("tap", "notice", "preferences", "unsubscribe", "page")
TEXTS = {
    "sms.help": {"host": "h" * 26},
    "sms.ask_again": {"low": 0, "high": 10},
    "sms.noted": {},
    "sms.over": {},
    "sms.stopped": {},
}
# What does not fit into the cheap alphabet; in the other languages nothing does.
DEAR: dict[str, set[str]] = {
    "en": set(),
    "de": set(),
    "es": {"sms.ask_again"},
    "fr": {"sms.over"},
    "pt": {"sms.ask_again", "sms.noted", "sms.over"},
}


def tables() -> dict[str, Mapping[str, Any]]:
    """Every mapping by language in the code, by `module.NAME`."""
    found = {}
    for room in ("channels", "collector"):
        for file in sorted((ROOT / room).rglob("*.py")):
            if not re.search(r'"zh(-Han[st])?":', file.read_text(encoding="utf-8")):
                continue
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            for attribute, value in vars(importlib.import_module(name)).items():
                if isinstance(value, Mapping) and "en" in value and len(value) > 3:
                    found[f"{name}.{attribute}"] = value
    return found


TABLES = tables()


def strings(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """(field, text) of everything in an entry."""
    if isinstance(value, str):
        yield where, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from strings(inner, f"{where}.{key}")


def test_no_surface_is_forgotten() -> None:
    assert {name.rpartition(".")[0] for name in TABLES} == SURFACES


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_string_of_a_table_exists_in_nine_languages(name: str) -> None:
    table = TABLES[name]
    assert set(table) == set(LANGUAGES)
    english = dict(strings(table["en"]))
    for language in LANGUAGES:
        said = dict(strings(table[language]))
        assert said.keys() == english.keys(), language
        for field, text in said.items():
            assert text.strip(), (language, field)
            assert places(text) == places(english[field]), (language, field)
            if language != "en" and len(english[field]) > 25:
                assert text != english[field], (language, field)


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != SOURCE])
def test_a_catalogue_has_every_phrase_with_the_same_places_and_none_that_is_fuzzy(
    language: str, domain: str
) -> None:
    english = {one.context: one for one in parse(path(SOURCE, domain)) if one.id}
    said = {one.context: one for one in parse(path(language, domain)) if one.id}
    assert list(said) == list(english)
    for key, message in said.items():
        assert all(text.strip() for text in forms(message.string)), key
        assert not message.fuzzy, key
        assert message.id == english[key].id, key
        wanted = places(forms(message.id)[-1])
        # In Arabic «two days» is one word, without the number.
        exact = wanted - {"count"} if len(forms(message.string)) > 2 else wanted
        assert all(exact <= places(text) <= wanted for text in forms(message.string)), key


def test_nothing_is_wrong_with_the_catalogues() -> None:
    assert problems() == []


def test_what_is_said_and_what_the_catalogues_have_is_the_same() -> None:
    keys, said = set(read(SOURCE)), uses()
    assert [use for use in said if not any(use.means(key) for key in keys)] == []
    assert [key for key in sorted(keys) if not any(use.means(key) for use in said)] == []


def test_keys_that_are_put_together_exist_for_every_case() -> None:
    keys = set(read(SOURCE))
    kinds = set(get_args(Kind))
    assert set(problem.KINDS.values()) <= kinds
    notices = {f"notice.{kind}.{part}" for kind in kinds for part in ("title", "text")}
    assert {key for key in keys if key.startswith("notice.")} == notices
    ways = {f"preferences.way.{way}" for way in WAYS}
    assert {key for key in keys if key.startswith("preferences.way.")} == ways


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_text_messages_cost_what_they_always_did(language: str) -> None:
    say = translator(language)
    costs = {key: cost(normalise(say(key, **filled))) for key, filled in TEXTS.items()}
    assert {one.segments for one in costs.values()} == {1}
    dear = {key for key, one in costs.items() if one.encoding == "UCS-2"}
    assert dear == DEAR.get(language, set(TEXTS))


@pytest.mark.parametrize("page", PAGES)
def test_no_page_holds_words_of_its_own(page: str) -> None:
    text = (ROOT / "templates/pages" / f"{page}.html").read_text(encoding="utf-8")
    without = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", text, flags=re.DOTALL)
    assert not re.search(r"[^\W\d_]{2,}", without), without.strip()


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "collector/simulation/demo/workspace/surveys").glob("*.yaml")),
    ids=lambda p: p.stem,
)
def test_the_sample_surveys_are_worded_in_nine_languages(path: Path) -> None:
    worded = YAML(typ="safe").load(path.read_text(encoding="utf-8"))["wording"]
    assert {fitting(locale) for locale in worded} == set(LANGUAGES)
    english = dict(strings(worded["en"]))
    for locale, texts in worded.items():
        said = dict(strings(texts))
        assert said.keys() == english.keys(), locale
        assert all(text.strip() for text in said.values()), locale


CHAINS = {
    "zh-TW": "zh-Hant",
    "zh-HK": "zh-Hant",
    "zh_Hant_MO": "zh-Hant",
    "zh-Hans-HK": "zh-Hans",
    "zh": "zh-Hans",
    "pt-BR": "pt",
    "ar-EG": "ar",
    "tlh": "en",
    "": "en",
}


@pytest.mark.parametrize("locale", CHAINS)
def test_a_locale_falls_back_along_its_chain(locale: str) -> None:
    assert fitting(locale) == CHAINS[locale]
