"""What the book remembers, for how long, and that its size follows the days and not the answers."""

from __future__ import annotations

from dataclasses import replace

from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import DAY, KEPT, SWEPT, Book
from tests.integrity.engine.conftest import START, answer


def used(number: int, day: float, **given: object) -> Case:
    at = START + day * DAY + number
    return replace(answer(number, comment=f"quite a comment {number}", **given), answered=at)


def size(book: Book) -> int:
    """Rows of everything that could grow with answers."""
    things = (book.devices, book.ips, book.nets, book.contacts)
    return sum(len(thing.rows) for thing in things) + sum(
        map(len, (book.groups, book.mail, book.days, book.wording.rows, book.invitations))
    )


def test_what_is_used_stays_and_what_nobody_uses_is_forgotten() -> None:
    book = Book()
    for number, day in enumerate(range(0, 400, 20)):
        book.add(used(2 * number, day, device="tablet"))
        book.add(used(2 * number + 1, day))
        book.rest(START + day * DAY)
    tablet = book.devices.get("tablet")
    assert tablet is not None
    assert tablet.count == 20
    assert "phone1" not in book.devices.rows
    assert "phone39" in book.devices.rows


def test_nothing_is_forgotten_within_the_time_that_is_promised() -> None:
    book = Book()
    book.add(used(1, 0))
    for day in range(KEPT):
        book.rest(START + day * DAY)
    assert "phone1" in book.devices.rows
    for day in range(KEPT, KEPT + SWEPT + 2):
        book.rest(START + day * DAY)
    assert book.devices.rows == {}


def test_the_size_follows_the_days_and_not_the_answers() -> None:
    book, sizes, number = Book(), [], 0
    for day in range(900):
        for _ in range(3):
            number += 1
            case = used(number, day, channel="email")
            book.add(case)
            book.forget(case)
        book.rest(START + day * DAY)
        if day % SWEPT == 0 and day > KEPT + SWEPT:
            sizes.append(size(book))
    assert max(sizes) <= 1.05 * min(sizes)


def test_without_team_or_store_an_answer_counts_once_for_the_company() -> None:
    book = Book()
    for number in range(10):
        book.add(answer(number, team="", store="", agent=f"A{number % 2}"))
    assert book.volume["", "sms"] == 10
    assert book.share(answer(11, team="", store="", agent="A0")) == 0.5
