"""Parts of the feed as people name them: a survey, a time from which, a time until which.

Times of publication only grow with the numbers (`publish_time.py`), so a window of time is a window
of numbers, found by some twenty looks at single rows, without an index. Reads by a driver's
connection. Next: `page_span.py`, `commands/export.py`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from collector.errors import InvalidInput
from collector.exports.cut import Cut
from collector.exports.moments import moment
from collector.exports.position import Feed, moment_of


def narrowed(feed: Feed, wanted: Cut, since: str, until: str) -> Cut:
    """`wanted` with its ends set to the rows published at `since` or later and before `until`.

    `until` 0 means the end of the feed. With `current`, the newest rows are those of that end.
    Raises InvalidInput for a time that is none, a window without room, an unknown survey.
    """
    first, last = moment(since, "/updated_since"), moment(until, "/until")
    if first and last and first >= last:
        raise InvalidInput(
            "The window holds no moment: `until` is outside, so it has to be later.",
            code="bad_period",
            pointer="/until",
        )
    _known(feed.connection, wanted.survey)
    after = _before(feed, first) if first else 0
    return replace(wanted, after=after, until=_before(feed, last) if last else feed.last)


def _before(feed: Feed, at: datetime) -> int:
    """The number of the last row that was published before `at`; 0 if none was."""
    low, high = 0, feed.last
    while low < high:
        middle = (low + high + 1) // 2
        found = feed.connection.execute(
            f"SELECT published_at FROM {feed.dataset.table} WHERE number = {middle:d}"  # noqa: S608
        ).fetchone()
        if found is None or moment_of(found[0]) < at:
            low = middle
        else:
            high = middle - 1
    return low


def _known(connection: Any, survey: str) -> None:
    if not survey:
        return
    found = connection.execute("SELECT DISTINCT key FROM survey_versions ORDER BY key").fetchall()
    keys = [row[0] for row in found]
    if survey not in keys:
        raise InvalidInput(
            "There is no such survey; known: " + (", ".join(keys) or "none yet") + ".",
            code="unknown_survey", pointer="/survey",
        )  # fmt: skip
