"""What kind of text a reply is: a table by somebody who had not seen the reader, and kinds."""

from __future__ import annotations

from pathlib import Path

import pytest

from collector.answers.reply_kind import understand
from collector.surveys.metrics import METRICS

TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "kinds.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
# Questions back to us: kept as words, and asked about all the same, so that either is right.
EITHER = {"what do you mean", "1 is that the best one?"}
KINDS = {"unclear": "ask", "comment": "words", "nothing": "none", "machine": "machine"}
QUESTION = "Lantern & Loom: how was your delivery? Reply 1 (very bad) to 5 (very good)."


def kind(text: str, metric: str = "csat", locale: str = "en", answered: bool = False) -> str:
    scale = METRICS[metric]
    reading, _ = understand(text, scale.low, scale.high, locale, (QUESTION,), answered)
    return str(reading.score) if reading.kind == "score" else KINDS[reading.kind]


def test_the_table_of_a_stranger_is_read_as_they_expect() -> None:
    wrong = [
        (metric, text, locale, expected, said)
        for metric, text, locale, expected in TABLE
        if (said := kind(text.replace("\\n", "\n"), metric.lower(), locale)) != expected
        and text not in EITHER
    ]
    assert len(TABLE) > 250
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    ["5", "5 very good", "5 = very good", "5: very good", "5 (very good)", "5.0", "5,0", "*****",
     "★★★★★", "5 out of 5 stars", "5/5", "10/10", "five", "５分", "٥", "5*", "5 5 5",
     "5 (1=bad, 5=good)", f"5\n\n> {QUESTION}", f"5\n{QUESTION}", f"5 “{QUESTION}”"],
)  # fmt: skip
def test_our_own_labels_and_every_spelling_of_the_best_are_a_score(text: str) -> None:
    assert kind(text) == ("ask" if text == "10/10" else "5")
    assert kind("8 (0=no,10=yes)", "nps") == "8"
    assert kind("10/10", "nps") == "10"


@pytest.mark.parametrize(
    ("text", "locale"), [("1 = very bad", "en"), ("1 很差", "zh-Hans"), ("1 sehr schlecht", "de"),
                         ("1 muy malo", "es"), ("1 très mauvais", "fr"), ("1 muito ruim", "pt"),
                         ("1 とても悪い", "ja"), ("1 سيء جدا", "ar")],
)  # fmt: skip
def test_the_label_of_the_lowest_number_is_understood_in_every_language(
    text: str, locale: str
) -> None:
    assert kind(text, locale=locale) == "1"


@pytest.mark.parametrize("text", ["1 very good", "5 terrible", "5 很差", "6", "100%", "4-5", "0"])
def test_what_contradicts_itself_or_the_scale_is_asked_about(text: str) -> None:
    assert kind(text) == "ask"


@pytest.mark.parametrize(
    "text",
    ["1. fast delivery", "1) fast\n2) cheap", "3 drivers, all friendly", "4, the driver was kind"],
)
def test_after_an_answer_a_list_is_a_comment(text: str) -> None:
    assert kind(text, answered=True) == "words"


@pytest.mark.parametrize("text", ["4", "I meant 4", "sorry, 4 stars", "4!"])
def test_after_an_answer_a_number_by_itself_or_a_correction_changes_it(text: str) -> None:
    assert kind(text, answered=True) == "4"


@pytest.mark.parametrize(
    "text",
    ["", "  ", "👍", "thx 4 asking", "ok thanks 🙏", "谢谢", "ありがとうございます", "شكرا",
     f"Liked “{QUESTION}”", f"👍 to “{QUESTION}”", f"A aimé « {QUESTION} »",
     f"Gefällt „{QUESTION}“", f"Le gusta “{QUESTION}”", f"Reacted 😂 to “{QUESTION[:30]}…”"],
)  # fmt: skip
def test_manners_and_reactions_say_nothing(text: str) -> None:
    assert kind(text) == "none"
    assert kind(text, answered=True) == "none"


def test_the_question_that_is_quoted_is_no_part_of_the_words() -> None:
    _, words = understand(f"The box was wet\n\nOn Mon, we wrote:\n> {QUESTION}", 1, 5, "en")
    assert words == "The box was wet"
    _, words = understand(
        f"The box was wet\nSent from my iPhone\n{QUESTION}", 1, 5, "en", (QUESTION,)
    )
    assert words == "The box was wet"


@pytest.mark.parametrize(
    "text",
    ["The parcel was not delivered", "Paket konnte nicht zugestellt werden", "I drive a van",
     "colis non distribué", "no se pudo entregar el pedido", "快递员在开会",
     "\"thank you\" for nothing"],
)  # fmt: skip
def test_what_a_person_tells_is_no_machines_notice(text: str) -> None:
    assert kind(text) == "words"
