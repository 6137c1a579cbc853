"""Feed rows with whatever a column can hold: what people type, ends of numbers and times."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from collector.exports.datasets import RESPONSES, Column
from collector.model.base import db
from collector.model.feed import FeedHead, Revision
from tests import factories
from tests.exports.rows import row

CONTROLS = "".join(map(chr, range(1, 32))) + "\x7f\x85\xa0"
TEXTS = (
    "", " ", "fine", "=1+1", "+1", "-2 points", "@SUM(A1)", "\t=1", "\r", "\n=x", "＝1", "＋1",
    "－1", "＠x", "'", "''", "'=1", "''-x", "'tis", '"', '""', '"a","b"', "a,b", ",",
    "line\r\nbreak", "\rx", "x\n", "\\", "\\N", "\\.", "\\x01", "\\u0041", "null", "NaN", "{}",
    "[]", '{"a": 1}', "\x01", "\x02", "\x022\x02", "\x01[]\x01", "\x03\x04", "a\x01b\x01c\x01d",
    CONTROLS, "好评 👍🏽 👨‍👩‍👧",
    "مرحبا\u202e", "\u2066שלום\u2069", "\u2028\u2029", "\ufeffbom", "\uffff", "\U0010ffff",
    "z" * 70_000, '"' * 500, "\\" * 500, "\x02" * 300 + "," * 300, "$$", "%s %d {0}", ";;",
    "é", "e\u0301",
)  # fmt: skip
NUMBERS = (
    0.0, -0.0, 1.0, 4.0, 0.35, 0.1 + 0.2, 1 / 3, 1e-4, 9.999e-5, 1e-5, 1e-7, 5e-324, 1e15, 1e15 - 1,
    999999999999999.9, 1e15 + 0.5, 1e16, 123456789012345680.0, 1e17, 1e21, 1e22, 1e300, -1e15,
    1.7976931348623157e308, -0.5, -3.0, 2.0**53, 100.0, 1234567.125,
)  # fmt: skip
WHOLE = (0, 1, -1, 5, 2**31 - 1, -(2**31))
MOMENTS = (
    datetime(2026, 3, 2, 12, tzinfo=UTC),
    datetime(2026, 3, 2, 12, 0, 0, 1, tzinfo=UTC),
    datetime(2026, 3, 2, 12, 0, 0, 999_999, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 59, 59, 999_500, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(1000, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 123_456, tzinfo=UTC),
)

KEYS = {"number", "response_id", "kind", "updated_at"}


def rows(seed: int, count: int) -> list[dict[str, Any]]:
    """So many rows, numbered from 1; the first ones hold every odd text once as comment."""
    dice = random.Random(seed)
    made = []
    for number in range(1, count + 1):
        one = row(number=number)
        if number <= len(TEXTS):
            one["comment"] = TEXTS[number - 1]
        for column in RESPONSES:
            if dice.random() < 0.3 and column.name not in {
                "number",
                "response_id",
                "kind",
                "updated_at",
            }:
                one[column.name] = value(column, dice)
        one["revision"] = number  # with its response a key
        made.append(one)
    return made


def value(column: Column, dice: random.Random) -> Any:
    """Anything that the column takes."""
    if column.nullable and dice.random() < 0.2:
        return None if Revision.__table__.c[column.stored].nullable else ""
    if column.type == "integer":
        return dice.choice(WHOLE)
    if column.type == "number":
        return dice.choice(NUMBERS) if dice.random() < 0.5 else dice.uniform(0, 4)
    if column.type == "timestamp":
        return dice.choice(MOMENTS) + timedelta(microseconds=dice.choice((0, 0, -7)))
    if column.type == "list":
        return [_short(dice) for _ in range(dice.randrange(4))]
    if column.type == "records":
        return {_short(dice): _named(dice) for _ in range(dice.randrange(5))}
    text = _text(dice)
    longest = Revision.__table__.c[column.stored].type.length  # type: ignore[attr-defined]
    return text if longest is None else text[:longest]


def store(made: list[dict[str, Any]]) -> None:
    """Into the feed as they are, about one response."""
    response = factories.response(db.session)
    for one in made:
        one["response_id"] = response.id
    db.session.execute(insert(Revision), made)
    db.session.get_one(FeedHead, 1).last_number = len(made)
    db.session.commit()


def _text(dice: random.Random) -> str:
    if dice.random() < 0.7:
        return dice.choice(TEXTS)
    return "".join(
        dice.choice(CONTROLS + "\"'\\,=+-@ abc好👍\u2028") for _ in range(dice.randrange(12))
    )


def _short(dice: random.Random) -> str:
    return _text(dice)[:40]


def _named(dice: random.Random) -> Any:
    return {
        "id": _short(dice),
        "credited": dice.choice((_short(dice), None, 7, 0.5, [{"b": 1, "a": 2}])),
    }
