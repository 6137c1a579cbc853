"""Reading the feed a page at a time."""

from __future__ import annotations

import pytest

from collector import clock
from collector.exports import feed, publish
from tests.exports.conftest import LATER, Judge

pytestmark = pytest.mark.usefixtures("ctx")


def publish_some(judge: Judge, count: int) -> None:
    for _ in range(count):
        judge.one()
    with clock.at(LATER):
        publish.run_batch()


def test_an_empty_feed_is_an_empty_page_that_may_be_asked_for_again() -> None:
    page = feed.page(0, 10)
    assert (page.rows, page.last, page.more) == ((), 0, False)
    assert feed.page(41, 10).last == 41


def test_a_reader_that_remembers_one_number_gets_every_row_once(judge: Judge) -> None:
    publish_some(judge, 5)
    first = feed.page(0, 2)
    second = feed.page(first.last, 2)
    third = feed.page(second.last, 2)
    assert [[row["number"] for row in page.rows] for page in (first, second, third)] == [
        [1, 2],
        [3, 4],
        [5],
    ]
    assert (first.more, second.more, third.more) == (True, True, False)


def test_a_page_that_just_fits_says_that_there_is_no_more(judge: Judge) -> None:
    publish_some(judge, 2)
    assert feed.page(0, 2).more is False


def test_a_stream_ends_where_the_feed_ended_when_it_began(
    judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "PAGE", 2)
    publish_some(judge, 3)
    rows = feed.stream(until=feed.last_number())
    next(rows)
    publish_some(judge, 4)
    assert [row["number"] for row in rows] == [2, 3]
    assert [row["number"] for row in feed.stream(after=5)] == [6, 7]
