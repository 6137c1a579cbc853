"""A text message says a score, or nothing: as the table says that was written before the parser."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.answers.reply_text import Reading, read

TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "replies.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
CLEAR = (
    "5", "５", "5!", " 5.\n", "(5)", "5/5", "5 of 5", "5 out of 5", "05", "5️⃣", "٥", "५", "五",
    "伍", "five", "FIVE!", "five stars", "5 stars", "5 stars out of 5", "五星", "5分", "5⭐",
    "cinco", "cinco estrellas", "5 estrelas", "خمسة", "５！", "On a scale of 1 to 5, 5",
    "5 5 5", "5.0", "5,0", "*****", "5*",
    "5 out of 5 stars", "5 very good", "5 = very good", "5/5 great, would order again", "满分",
    "5 (1=bad,5=good)", "5 because parking costs 12 quid and the 3 lifts are far away",
)  # fmt: skip
# What looks like an answer to a hasty reader and is none, or could be two.
NEVER = (
    "5?", "4.5", "4,5", "4 or 5", "4-5", "-5", "+5", "5/10", "10/5", "55", "6", "0", "five?",
    "not 5", "2 weeks late", "2nd", "v", "½", "5 👎", "1 👍", "5 of 6", "five hundred",
    "1e0", "0x5", "５０", "2 drivers came", "I ordered 2 and got 1", "2 bad experiences",
    "1 of 5 items arrived", "5 people live here", "2 and a half", "4, no 5", "No. 5", "Room 5",
    "5x", "2 more please", "Have a nice day 2 u", "see you at 5",
    "3 stars for delivery, 5 for product", "I gave 4 last time", "no 1 answered", "gr8",
    "thx 4 the help", "4:5", ":3", "<3", "5%", "5 mins", "1,2,3", "twenty five", "👍👍👍", "✌️",
    "第五次", "5号送到", "三星手机坏了", "五一前到", "万一", "给了5个人打电话", "5 de mayo",
    "am 5. Mai", "le 5 mai", "produit neuf", "3. Mal", "٥ أيام", "رقم ٥", "5回目", "三つ星",
)  # fmt: skip


def said(reading: Reading) -> str:
    """A reading in the words of the table."""
    if reading.kind == "score":
        return str(reading.score)
    return "again" if reading.kind == "unclear" else reading.kind


def test_the_table_of_real_looking_replies_is_read_as_expected(
    capsys: pytest.CaptureFixture[str],
) -> None:
    counted: Counter[str] = Counter()
    missed, wrong = [], []
    for locale, scale, expected, reply in TABLE:
        low, high = (int(end) for end in scale.split("-"))
        reading = read(reply.replace("\\n", "\n"), low, high, locale)
        counted[locale] += 1
        if said(reading) != expected:
            (wrong if reading.kind == "score" else missed).append((locale, scale, expected, reply))
    share = 1 - len(missed + wrong) / len(TABLE)
    with capsys.disabled():
        print(  # noqa: T201 - the figure is what this test is for
            f"\ntext replies: {len(TABLE)} in {len(counted)} languages, {share:.1%} read as "
            f"expected, {len(wrong)} as a wrong score"
        )
    assert len(TABLE) >= 400
    assert len(counted) == 9
    assert wrong == []
    assert share >= 0.99, missed


@pytest.mark.parametrize("body", CLEAR)
def test_a_clear_five_is_a_five(body: str) -> None:
    assert read(body, 1, 5).score == 5


@pytest.mark.parametrize("body", NEVER)
@pytest.mark.parametrize("locale", ["en", ""])
def test_anything_else_is_never_guessed(body: str, locale: str) -> None:
    assert read(body, 1, 5, locale).score is None


def test_the_language_tells_apart_what_is_spelt_alike() -> None:
    assert read("dou um 4", 1, 5, "pt-BR").score == 4
    assert read("kam um 4", 1, 5, "de").score is None
    assert read("2 mais tarde", 1, 5, "pt").score is None
    assert read("2 mais tard", 1, 5, "fr").score == 2
    assert read("5分", 1, 5, "zh-CN").score == 5
    assert read("5分", 1, 5, "ja").score is None
    assert read("5点", 1, 5, "ja").score == 5
    assert read("5点", 1, 5, "zh").score is None


@pytest.mark.parametrize(
    ("body", "more"),
    [("5", False), ("5 thanks!", False), ("5 👍", False), ("4, the box was wet", True)],
)
def test_only_what_says_more_than_the_score_is_a_comment(body: str, more: bool) -> None:
    assert read(body, 1, 5).more is more


@given(st.text(max_size=80))
def test_any_text_gives_a_score_on_the_scale_or_none(body: str) -> None:
    score = read(body, 1, 7).score
    assert score is None or 1 <= score <= 7


@given(st.integers(0, 10), st.sampled_from("0٠०０๐"))
def test_every_script_that_has_digits_can_answer(number: int, zero: str) -> None:
    written = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    assert read(written, 0, 10).score == number


@pytest.mark.parametrize(
    "piece", ["5 ", "1-", "(", "5,", "a 5 ", '"', "+1 (2)", "五", "⭐ ", "5 ⭐"]
)
def test_a_hostile_text_takes_no_time_worth_mentioning(piece: str) -> None:
    assert read((piece * 1600)[:1600], 1, 5).score is None
