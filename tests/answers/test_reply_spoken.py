"""Replies as people speak: what stands around a score, and numbers that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.answers.test_reply_kind import kind

TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "spoken.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_the_table_is_read_as_expected() -> None:
    wrong = [
        (metric, text, language, expected, found)
        for metric, text, language, expected in TABLE
        if (found := kind(text, metric, language)) != expected
    ]
    assert len(TABLE) > 400
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("about a 3", "3"), ("about 3", "ask"), ("probably a 4", "4"), ("maybe 4", "ask"),
     ("between a 2 and a 3", "ask")],
)  # fmt: skip
def test_one_number_behind_an_article_is_meant_however_it_is_hedged(
    text: str, expected: str
) -> None:
    assert kind(text) == expected


@pytest.mark.parametrize(
    "text",
    ["1 was broken", "2 were missing", "1 i ordered is missing", "2 they sent, wrong colour",
     "1 the other one is fine", "3 that's how many came", "2 alles kaputt", "1 la caja",
     "4 lads turned up", "5 broken plates", "about a 4 hour wait", "a 5 star hotel it is not",
     "i have 2", "part 2", "2 from you", "4 para llevar", "I need a visit on 2/9",
     "Der 2. Termin war gut", "thx 4 the help", "2 of 6 glasses smashed"],
)  # fmt: skip
def test_what_is_counted_told_or_dated_is_no_score(text: str) -> None:
    assert not kind(text, locale="").isdigit()


@pytest.mark.parametrize("text", ["good", "great service", "all good here", "nice", "tudo bom"])
def test_a_judgement_is_no_courtesy(text: str) -> None:
    assert kind(text) != "none"


@pytest.mark.parametrize("text", ["5 terrible, absolutely awful, never again", "1 super easy"])
def test_a_score_that_its_words_contradict_is_asked_about(text: str) -> None:
    assert kind(text, "ces" if "easy" in text else "csat") == "ask"


@pytest.mark.parametrize(
    "text",
    ["2 for the driver 5 for the product", "5 for the driver, 1 for the app",
     "4 für den Fahrer 1 für die App", "4 pour la livraison et 2 pour le colis"],
)  # fmt: skip
def test_scores_of_two_things_are_no_score(text: str) -> None:
    assert not kind(text).isdigit()


def test_the_score_of_one_thing_is_one() -> None:
    assert kind("5 for the driver") == kind("5 for the driver he came for me at 3") == "5"
