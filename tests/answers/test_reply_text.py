"""A text message says a score, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.answers.reply_text import score

CLEAR = (
    "5", "５", "5!", " 5.\n", "(5)", "5/5", "5 of 5", "5 out of 5", "05", "5️⃣", "٥", "५", "五", "伍",
    "five", "FIVE!", "five stars", "5 stars", "5 stars out of 5", "五星", "5分", "5⭐", "cinco",
    "cinco estrellas", "5 estrelas", "خمسة", "５！",
)  # fmt: skip
UNCLEAR = (
    "", " ", "!", "5?", "4.5", "4,5", "4 or 5", "4-5", "-5", "+5", "5/10", "10/5", "55", "6", "0",
    "five?", "not 5", "2 weeks late", "2nd", "v", "V", "½", "5 👎", "stars", "great", "no", "5 5",
    "5 of 6", "five hundred", "1e0", "0x5", "５０",
)  # fmt: skip


@pytest.mark.parametrize("body", CLEAR)
def test_a_clear_five_is_a_five(body: str) -> None:
    assert score(body, 1, 5) == 5


@pytest.mark.parametrize("body", UNCLEAR)
def test_anything_else_is_never_guessed(body: str) -> None:
    assert score(body, 1, 5) is None


@pytest.mark.parametrize(
    ("body", "said"), [("10", 10), ("10/10", 10), ("ten", 10), ("十", 10), ("0", 0), ("zero", 0)]
)
def test_a_scale_from_zero_to_ten_has_its_ends(body: str, said: int) -> None:
    assert score(body, 0, 10) == said


@given(st.text(max_size=60))
def test_any_text_gives_a_score_on_the_scale_or_nothing(body: str) -> None:
    said = score(body, 1, 7)
    assert said is None or 1 <= said <= 7


@given(st.integers(0, 10), st.sampled_from("0٠०０๐"))
def test_every_script_that_has_digits_can_answer(number: int, zero: str) -> None:
    written = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    assert score(written, 0, 10) == number
