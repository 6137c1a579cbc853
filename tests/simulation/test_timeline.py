"""How items are cut into ticks. Pure."""

from __future__ import annotations

from datetime import timedelta

import pytest

from collector.errors import InvalidInput
from collector.simulation.timeline import ticks
from tests.factories import NOON
from tests.simulation.scenario import answer, order

SIX = timedelta(hours=6)
HOUR = timedelta(hours=1)


def test_no_items_make_no_ticks() -> None:
    assert list(ticks([], SIX)) == []


def test_items_up_to_the_end_of_a_window_belong_to_it_and_one_empty_tick_closes() -> None:
    told = [order(1, NOON - HOUR), order(2, NOON), order(3, NOON + HOUR)]
    assert [(tick.at, len(tick.items)) for tick in ticks(told, SIX)] == [
        (NOON, 2),
        (NOON + SIX, 1),
        (NOON + 2 * SIX, 0),
    ]


def test_empty_windows_in_between_are_ticks_too() -> None:
    told = [order(1, NOON), order(2, NOON + 3 * SIX)]
    assert [len(tick.items) for tick in ticks(told, SIX)] == [1, 0, 0, 1, 0]


def test_a_window_is_cut_short_before_an_answer_about_its_own_event() -> None:
    told = [order(1, NOON + HOUR), order(2, NOON + 2 * HOUR), answer(1, NOON + 3 * HOUR, 5)]
    assert [(tick.at, len(tick.items)) for tick in ticks(told, SIX)] == [
        (NOON + 2 * HOUR, 2),
        (NOON + SIX, 1),
        (NOON + 2 * SIX, 0),
    ]


def test_what_happens_at_one_moment_is_never_cut_apart() -> None:
    told = [order(1, NOON + HOUR), order(2, NOON + 2 * HOUR), answer(2, NOON + 2 * HOUR, 5)]
    told += [answer(1, NOON + 2 * HOUR, 5)]
    assert [(tick.at, len(tick.items)) for tick in ticks(told, SIX)] == [
        (NOON + HOUR, 1),
        (NOON + SIX, 3),
        (NOON + 2 * SIX, 0),
    ]


def test_a_prompt_replay_ends_a_tick_with_every_event() -> None:
    told = [order(1, NOON + HOUR), order(2, NOON + 2 * HOUR), order(3, NOON + 2 * HOUR)]
    told += [answer(1, NOON + 3 * HOUR, 5)]
    assert [(tick.at, len(tick.items)) for tick in ticks(told, SIX, prompt=True)] == [
        (NOON + HOUR, 1),
        (NOON + 2 * HOUR, 2),
        (NOON + SIX, 1),
        (NOON + 2 * SIX, 0),
    ]


def test_nothing_in_a_tick_is_later_than_the_tick() -> None:
    told = [order(n, NOON + n * HOUR) for n in range(30)]
    told += [answer(n, NOON + (n + 2) * HOUR, 5) for n in range(30)]
    told.sort(key=lambda item: (item.at, item.answer is not None))
    made = list(ticks(told, SIX))
    assert all(item.at <= tick.at for tick in made for item in tick.items)
    assert [item for tick in made for item in tick.items] == told
    assert [tick.at for tick in made] == sorted(tick.at for tick in made)


def test_items_out_of_order_are_refused_with_their_place() -> None:
    told = [order(1, NOON), order(2, NOON - HOUR)]
    with pytest.raises(InvalidInput) as refused:
        list(ticks(told, SIX))
    assert (refused.value.code, refused.value.pointer) == ("out_of_order", "line 2")
