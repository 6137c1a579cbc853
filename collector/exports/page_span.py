"""Where a page of the feed lies: from a reader's position, so many rows of the wanted shape.

One reading: the position is held against the feed, then the page's last row is found by numbers
alone. Rows that the shape leaves out are passed over, so the end of a page is the end of what was
looked at. Pages of the newest rows that follow one another keep the end of the first one, so that
a loader which merges once for all of them never meets a response twice. Used by the API; `collector
export` takes everything up to the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from collector.exports.cut import Cut
from collector.exports.position import Feed, Position
from collector.exports.window import narrowed
from collector.model.sql.source import Source


@dataclass(frozen=True, slots=True)
class PageSpan:
    """`cut` holds the page's rows; `end` is where the reader stands after it, `onward` what leads
    to the next page; `more` if there is one now."""

    cut: Cut
    end: Position
    onward: Position
    more: bool
    empty: bool


def find(
    source: Source, given: Position, limit: int, wanted: Cut, since: str = "", until: str = ""
) -> PageSpan:
    """The first `limit` rows after `given`, published in the window of time. Of `wanted`, shape,
    survey and columns count; its ends are set here.

    Raises Conflict for a position that this feed does not know, InvalidInput for a window that is
    none.
    """
    with source.reading() as connection:
        feed = Feed.of(connection, wanted.dataset)
        after = feed.number_of(given)
        wanted = narrowed(feed, wanted, since, until)
        end = wanted.until
        if given.bound and wanted.current:
            end = max(min(given.bound, end), after)
        start = max(after, wanted.after)
        all_left = replace(wanted, after=start, until=end, bound=end)
        numbers = [
            row[0]
            for row in connection.execute(
                f"SELECT number FROM {all_left.source()}"  # noqa: S608  # numbers
                f" ORDER BY number LIMIT {limit + 1:d}"
            ).fetchall()
        ]
        more = len(numbers) > limit
        last = numbers[limit - 1] if more else max(end, after)
        cut = replace(all_left, until=max(last, start))
        reached = feed.position(last)
        walking = more and wanted.current
        return PageSpan(
            cut, reached, replace(reached, bound=end) if walking else reached, more, not numbers
        )
