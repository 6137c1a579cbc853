"""Which names more than one answer of a whole export carries. Pure; bounded, whatever the export.

Who has all answers before judging the first knows which phones, numbers and words come once only.
What is remembered of those no check ever asks for, so `running_statistics.py` need not remember
it. A live service does not know what will come, and remembers all.

Told by their hash: two names may fall together, and then both are remembered. None that comes
twice is ever called single.
"""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

from collector.integrity.engine.records import Case
from collector.integrity.engine.similar_wording import keys

NAMES_AN_ANSWER = 12
CELLS_MOST = 2**26


@lru_cache(maxsize=512)
def same(day: int) -> int:
    """The same object for the same day: a million answers do not keep one each."""
    return day


class Everything:
    """Nobody knows what will come: whatever came once may come again. `answers`: how many are known
    of beforehand.
    """

    __slots__ = ("answers",)

    def __init__(self, answers: int = 0) -> None:
        self.answers = answers

    def again(self, name: str) -> bool:
        return True

    def alike(self, common: str, subject: str) -> bool:
        return True

    def number_again(self, number: int) -> bool:
        return True


class Repeats(Everything):
    """`note` every answer, then ask. `answers`: how many there will be, about."""

    __slots__ = ("cells", "mask")

    def __init__(self, answers: int) -> None:
        super().__init__(answers)
        size = 2**10
        while size < min(answers * NAMES_AN_ANSWER * 8, CELLS_MOST):
            size *= 2
        self.mask = size - 1
        self.cells = bytearray(size // 4)  # two bits each: no, one, two, more answers

    def note(self, case: Case) -> None:
        """An answer carries these names."""
        cells, mask = self.cells, self.mask
        names = {
            case.device, case.ip, case.net, case.contact, case.invitation, case.customer,
        }  # fmt: skip
        places = [crc32(name.encode()) & mask for name in names if name]
        if case.client:
            places.append(_pair(case.client, case.agent) & mask)
        if case.wrote:
            places.extend(_number(key) & mask for key in keys(case.sketch))
        for place in places:
            shift = 2 * (place & 3)
            if cells[place >> 2] >> shift & 3 < 3:
                cells[place >> 2] += 1 << shift

    def again(self, name: str) -> bool:
        """Does another answer carry this phone, address, number, invitation or customer?"""
        return self._more(crc32(name.encode()) & self.mask)

    def alike(self, common: str, subject: str) -> bool:
        """Have three answers of the subject this in common? No check asks for fewer."""
        place = _pair(common, subject) & self.mask
        return self.cells[place >> 2] >> 2 * (place & 3) & 3 > 2

    def number_again(self, number: int) -> bool:
        """Has another comment this band?"""
        return self._more(_number(number) & self.mask)

    def _more(self, place: int) -> bool:
        return self.cells[place >> 2] >> 2 * (place & 3) & 3 > 1


def _pair(common: str, subject: str) -> int:
    return crc32(subject.encode(), crc32(common.encode()))


def _number(number: int) -> int:
    return (number * 0x9E3779B97F4A7C15) >> 20
