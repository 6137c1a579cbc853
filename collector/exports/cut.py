"""What part of the feed is taken: which numbers, which columns, every revision or the newest alone.

A value that goes from the API or the command down to whoever writes the statements, so that each
form and database answers the same question. Numbers have no gaps, so a part is found by its ends.
Pure. Next: `copying/write.py`, and `feed.py` for rows one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from collector.errors import InvalidInput
from collector.exports.datasets import RESPONSES, Column

# Always there: without them no loader can tell which row holds.
ALWAYS: Final = ("number", "response_id", "revision", "kind", "updated_at")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")  # what may stand in a statement as it is

_NO_NEWER: Final = (
    " AND NOT EXISTS (SELECT 1 FROM revisions newer"
    " WHERE newer.response_id = revisions.response_id AND newer.revision > revisions.revision"
)
_LOOK: Final = " LIMIT 1 OFFSET 0)"


@dataclass(frozen=True, slots=True)
class Cut:
    """Rows with a number above `after` up to `until`.

    `current`: of each response only the row that holds at number `bound` (0: at `until`). That end
    is the same for all pages of one export, so a response that changes meanwhile is not lost.
    """

    after: int
    until: int
    columns: tuple[Column, ...] = RESPONSES
    current: bool = False
    survey: str = ""
    bound: int = 0

    def __post_init__(self) -> None:
        if self.survey and not _PLAIN.fullmatch(self.survey):
            raise InvalidInput("That is no key of a survey.", pointer="/survey")

    def pages(self, size: int) -> Iterator[Cut]:
        """The same rows in parts of so many numbers, each answering for itself."""
        bound = self.bound or self.until
        for start in range(self.after, self.until, size):
            yield replace(self, after=start, until=min(start + size, self.until), bound=bound)

    @property
    def whole(self) -> bool:
        """Is every number between the ends a row?"""
        return not (self.current or self.survey)

    def condition(self) -> str:
        """The part as SQL for `FROM revisions`, the same for both databases.

        The newest row is found by one look into the index (response_id, revision) for each.
        `OFFSET` keeps PostgreSQL from reading the whole feed for it instead, for every page.
        """
        wanted = f" WHERE number > {self.after:d} AND number <= {self.until:d}"
        if self.survey:
            wanted += f" AND survey = '{self.survey}'"
        if self.current:
            wanted += f"{_NO_NEWER} AND newer.number <= {self.bound or self.until:d}{_LOOK}"
        return wanted


def columns_named(names: str) -> tuple[Column, ...]:
    """The columns of a list such as `score,verdict`, in the schema's order; '' for all of them.

    Raises InvalidInput with the names that are none.
    """
    asked = [one.strip() for one in names.split(",") if one.strip()]
    known = {column.name for column in RESPONSES}
    strange = [one for one in asked if one not in known]
    if strange:
        raise InvalidInput(
            f"There is no column {', '.join(one[:64] for one in strange[:5])}; the columns are "
            f"{', '.join(column.name for column in RESPONSES)}.",
            code="unknown_field", pointer="/fields",
        )  # fmt: skip
    if names and not asked:
        raise InvalidInput(
            "This names no column; leave `fields` away for all of them.",
            code="unknown_field", pointer="/fields",
        )  # fmt: skip
    if not asked:
        return RESPONSES
    return tuple(one for one in RESPONSES if one.name in asked or one.name in ALWAYS)
