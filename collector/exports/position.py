"""Where a reader stands: a bare number, or a position that also says of which feed and which row.

A position is `<feed>.<number>.<fingerprint>`. The fingerprint is of facts of the row at that number
that never change, so a feed that was restored from a backup and has grown past the position is
found out as surely as one that is shorter, or another one. A number alone is only held against the
end. What was read beyond a restored backup's end is gone here and stays there: the reader must be
told. Pure but for `Feed`, which reads by a driver's connection. Next: `page_span.py`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from collector import clock
from collector.errors import Conflict, InvalidInput
from collector.exports.catalog import RESPONSES, Dataset

MAX_NUMBER: Final = 2**63 - 1
START: Final = "start"  # the fingerprint of number 0, where there is no row
_NUMBER: Final = re.compile(r"[0-9]{1,19}")
_POSITION: Final = re.compile(
    r"([a-z0-9_]{1,40})\.([0-9]{1,19})\.([0-9a-z]{1,16})(?:\.([0-9]{1,19}))?"
)
_REMEDY: Final = (
    "Take the feed again from after=0, into an empty table; what else can be done: "
    "docs/exporting.md, “After a restore”."
)


@dataclass(frozen=True, slots=True)
class Position:
    """`feed` and `fingerprint` are empty where the reader gave a number alone.

    `bound` (else 0) is the end of a walk over the newest rows that is under way: its pages show the
    feed as it was at that number, so no response comes twice in one walk.
    """

    number: int
    feed: str = ""
    fingerprint: str = ""
    bound: int = 0

    def __str__(self) -> str:
        if not self.feed:
            return str(self.number)
        said = f"{self.feed}.{self.number}.{self.fingerprint}"
        return f"{said}.{self.bound}" if self.bound else said


def parse(text: str) -> Position:
    """A number or a position. Raises InvalidInput for what is neither."""
    text = text.strip()
    found = _POSITION.fullmatch(text)
    number, bound = (found[2], found[4] or "0") if found else (text, "0")
    if not _NUMBER.fullmatch(number) or max(int(number), int(bound)) > MAX_NUMBER:
        raise InvalidInput(
            "Give the position that the last page said (header Collector-Position), the last "
            "number that you read, or 0 for the start.",
            pointer="/after",
        )
    if not found:
        return Position(int(number))
    return Position(int(number), found[1], found[3], int(bound))


def fingerprint(key: str, revision: int, published_at: datetime) -> str:
    """Of a row's unchanging facts. Ten digits: chance meets one in 2⁴⁰."""
    facts = f"{key}|{revision}|{clock.iso(published_at)}"
    return hashlib.sha256(facts.encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Feed:
    """A dataset's feed as one reading sees it: its id and its last number, over this connection."""

    connection: Any
    id: str
    last: int
    dataset: Dataset = RESPONSES

    @classmethod
    def of(cls, connection: Any, dataset: Dataset = RESPONSES) -> Feed:
        """`connection` is a driver's; both know this statement."""
        found = connection.execute(
            f"SELECT feed_id, last_number FROM feed_head WHERE id = {dataset.head:d}"  # noqa: S608
        ).fetchone()
        return cls(connection, found[0], int(found[1]), dataset)

    def position(self, number: int) -> Position:
        """The position after the row with this number."""
        return Position(number, self.id, self._fingerprint(number))

    def number_of(self, given: Position) -> int:
        """The number to go on from. Raises Conflict, with the remedy, where the reader has seen
        what this feed does not have."""
        if given.feed and given.feed != self.id:
            raise _lost(
                "position_of_another_feed",
                f"This position is of the feed {given.feed}, and this one is {self.id}: another "
                "service, or one that was restored from a backup.",
            )
        if max(given.number, given.bound) > self.last:
            raise _lost(
                "position_beyond_end",
                f"This position is {given.number}, and the feed ends at {self.last}: it was "
                "restored from a backup, or the position is another service's.",
            )
        if given.feed and given.fingerprint != self._fingerprint(given.number):
            raise _lost(
                "position_overwritten",
                f"The row at {given.number} is not the one that this position was given for: the "
                "feed was restored from a backup and has gone on since.",
            )
        return given.number

    def _fingerprint(self, number: int) -> str:
        if number == 0:
            return START
        found = self.connection.execute(
            f"SELECT {self.dataset.key}, revision, published_at FROM {self.dataset.table}"  # noqa: S608
            f" WHERE number = {number:d}"
        ).fetchone()
        return fingerprint(found[0], found[1], moment_of(found[2])) if found else "none"


def moment_of(kept: Any) -> datetime:
    """A time as a driver gives it: SQLite keeps it as text, in UTC."""
    if isinstance(kept, datetime):
        return kept
    return datetime.fromisoformat(kept).replace(tzinfo=UTC)


def _lost(code: str, what: str) -> Conflict:
    return Conflict(f"{what} {_REMEDY}", code=code, pointer="/after")
