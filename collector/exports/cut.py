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
from collector.exports import catalog
from collector.exports.catalog import Dataset
from collector.exports.datasets import RESPONSES, Column

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}")  # what may stand in a statement as it is

_NO_NEWER: Final = (
    " AND NOT EXISTS (SELECT 1 FROM {table} newer"
    " WHERE newer.{key} = {table}.{key} AND newer.revision > {table}.revision"
)
_LOOK: Final = " LIMIT 1 OFFSET 0)"


@dataclass(frozen=True, slots=True)
class Cut:
    """Rows of `dataset` with a number above `after` up to `until`; `columns` are some of its.

    `current`: of each response (or whatever its rows are about) only the row that holds at number
    `bound` (0: at `until`). That end is the same for all pages of one export, so what changes
    meanwhile is not lost.
    """

    after: int
    until: int
    columns: tuple[Column, ...] = RESPONSES
    current: bool = False
    survey: str = ""
    bound: int = 0
    dataset: Dataset = catalog.RESPONSES

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

    def source(self) -> str:
        """The table and the part of it, as SQL behind `FROM`."""
        return f"{self.dataset.table}{self.condition()}"

    def condition(self) -> str:
        """The part as SQL behind `FROM` its table, the same for both databases.

        The newest row is found by one look into the index (key, revision) for each.
        `OFFSET` keeps PostgreSQL from reading the whole feed for it instead, for every page.
        """
        wanted = f" WHERE number > {self.after:d} AND number <= {self.until:d}"
        if self.survey:
            wanted += f" AND survey = '{self.survey}'"
        if self.current:
            wanted += _NO_NEWER.format(table=self.dataset.table, key=self.dataset.key)
            wanted += f" AND newer.number <= {self.bound or self.until:d}{_LOOK}"
        return wanted
