"""Whose customers left alike comments: comments with the same bands in their sketch. Pure.

Bounded and dated like `usage_index.py`; held by `running_statistics.py`. The sketch: `text.py`.
"""

from __future__ import annotations

from typing import Protocol

SUBJECTS_A_BAND = 64
Once = tuple[int, str]  # day, subject


class Repeating(Protocol):
    """Knows which bands come again (`repeats.py`)."""

    def number_again(self, number: int) -> bool: ...


def keys(sketch: tuple[int, ...]) -> list[int]:
    """The same number in another place of the sketch is another band."""
    return [len(sketch) * value + place for place, value in enumerate(sketch)]


class Band:
    """The subjects of all comments with this band, and how many comments those were in all."""

    __slots__ = ("by_subject", "day", "total")

    def __init__(self) -> None:
        self.by_subject: dict[str, int] = {}
        self.total = 0
        self.day = 0

    def add(self, day: int, subject: str) -> None:
        """After `SUBJECTS_A_BAND` subjects, others count without their name."""
        self.day = max(self.day, day)
        self.total += 1
        if subject in self.by_subject or len(self.by_subject) < SUBJECTS_A_BAND:
            self.by_subject[subject] = self.by_subject.get(subject, 0) + 1


class Wording:
    """All bands. Most are seen once: those of one comment share a tuple.

    `repeats`: whether a band comes in another comment too. Where it does not, it is not kept: who
    asks for it has written it, and nobody else has.
    """

    __slots__ = ("repeats", "rows")

    def __init__(self, repeats: Repeating) -> None:
        self.rows: dict[int, Once | Band] = {}
        self.repeats = repeats

    def add(self, sketch: tuple[int, ...], day: int, subject: str) -> None:
        once = (day, subject)
        for key in keys(sketch):
            if not self.repeats.number_again(key):
                continue
            band = self.rows.get(key)
            if band is None:
                self.rows[key] = once
                continue
            if isinstance(band, tuple):
                first, band = band, Band()
                band.add(*first)
                self.rows[key] = band
            band.add(day, subject)

    def alike(self, sketch: tuple[int, ...], subject: str) -> tuple[int, int, int]:
        """(comments like this of the subject's, of everybody's, of the subject's word for word),
        this one among them if it was added. The band in the middle counts: two comments agree if
        about half of their bands do, and are the same if all do.
        """
        rows = sorted(self._of(key, subject) for key in keys(sketch))
        return (*rows[len(rows) // 2], rows[0][0]) if rows else (0, 0, 0)

    def _of(self, key: int, subject: str) -> tuple[int, int]:
        band = self.rows.get(key)
        if band is None:
            return (0, 0) if self.repeats.number_again(key) else (1, 1)
        if isinstance(band, tuple):
            return int(band[1] == subject), 1
        return band.by_subject.get(subject, 0), band.total

    def sweep(self, before: int) -> None:
        """Forget bands that nobody wrote since that day."""
        self.rows = {
            key: band for key, band in self.rows.items()
            if (band[0] if isinstance(band, tuple) else band.day) >= before
        }  # fmt: skip
