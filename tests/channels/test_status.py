"""However receipts are ordered, repeated or interleaved, they end at the same status."""

from __future__ import annotations

import itertools
from functools import reduce

import pytest

from channels.status import ORDER, RANK, TERMINAL, advance, behind


@pytest.mark.parametrize("words", list(itertools.combinations(ORDER, 5)))
def test_all_120_orders_of_five_statuses_end_alike_and_never_go_back(
    words: tuple[str, ...],
) -> None:
    ends = set()
    for order in itertools.permutations(words):
        passed = list(itertools.accumulate(order, advance))
        assert [RANK[word] for word in passed] == sorted(RANK[word] for word in passed)
        ends.add(passed[-1])
    assert len(ends) == 1


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "failed", "delivered"])))
def test_a_delivery_report_outweighs_a_failure(order: tuple[str, ...]) -> None:
    assert reduce(advance, order, "claimed") == "delivered"


@pytest.mark.parametrize("order", list(itertools.permutations(["sent", "bounced", "delivered"])))
def test_mail_that_came_back_was_not_delivered_after_all(order: tuple[str, ...]) -> None:
    assert reduce(advance, order, "claimed") == "bounced"


def test_advancing_is_a_lattice() -> None:
    for a, b, c in itertools.product(ORDER, repeat=3):
        assert advance(a, a) == a
        assert advance(a, b) == advance(b, a)
        assert advance(advance(a, b), c) == advance(a, advance(b, c))


def test_the_database_may_overwrite_exactly_what_advance_would() -> None:
    for current, incoming in itertools.product(ORDER, repeat=2):
        assert (current in behind(incoming)) == (advance(current, incoming) != current)


def test_nothing_terminal_falls_back_to_sent() -> None:
    assert all(advance(word, "sent") == word for word in TERMINAL)


@pytest.mark.parametrize(("current", "incoming"), [("sent", "lost"), ("", "sent")])
def test_a_word_that_is_no_status_is_refused(current: str, incoming: str) -> None:
    with pytest.raises(ValueError, match="not a message status"):
        advance(current, incoming)
    if incoming == "lost":
        with pytest.raises(ValueError, match="not a message status"):
            behind(incoming)
