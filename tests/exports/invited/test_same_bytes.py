"""What the databases write of invitations is, byte for byte, what the row-by-row writer makes."""

from __future__ import annotations

import io
import random
from datetime import datetime, timedelta
from typing import Any

import pyarrow.ipc
import pytest
from sqlalchemy import insert, select

from collector.exports import files
from collector.exports.catalog import INVITATIONS
from collector.exports.copying import write
from collector.exports.cut import Cut
from collector.exports.invited.columns import ON_A_CHANNEL
from collector.model.base import db
from collector.model.feed import InvitationRevision
from collector.model.sql.source import of_app
from tests import factories
from tests.exports.copying.odd import MOMENTS, TEXTS, WHOLE

pytestmark = pytest.mark.usefixtures("ctx")
ROWS = 200
TABLE = InvitationRevision.__table__


def some(column: Any, dice: random.Random) -> Any:
    stored = TABLE.c[column.stored]
    if column.nullable and dice.random() < 0.3:
        return None if stored.nullable else ""
    text = dice.choice(TEXTS)[:10]
    choices: dict[str, Any] = {
        "integer": dice.choice(WHOLE), "text": text,
        "timestamp": dice.choice(MOMENTS) + timedelta(microseconds=dice.choice((0, -7))),
        "list": [text, "sms"][: dice.randrange(3)],
    }  # fmt: skip
    if column.type != "records":
        return choices[column.type]
    if column.name == "subjects":
        return {} if dice.random() < 0.2 else {text or "a": {"id": text, "credited": None}}
    return [
        {one.name: None if one.nullable else dice.choice((text, 3)) for one in ON_A_CHANNEL}
        for _ in range(dice.randrange(3))
    ]


def test_every_form_of_odd_rows_is_the_same_as_row_by_row() -> None:
    dice = random.Random(5)
    asked = factories.invitation(db.session)
    made = []
    for number in range(1, ROWS + 1):
        row = {one.stored: some(one, dice) for one in INVITATIONS.columns}
        row |= {"number": number, "revision": number, "kind": "invitation"}
        made.append(row | {"invitation_id": asked.id})
    db.session.execute(insert(InvitationRevision), made)
    db.session.commit()
    rows = [
        dict(one._mapping) for one in db.session.execute(select(TABLE).order_by(TABLE.c.number))
    ]
    assert isinstance(rows[0]["published_at"], datetime)
    db.session.rollback()
    cut = Cut(0, ROWS, INVITATIONS.columns, dataset=INVITATIONS)
    for kind in files.FORMATS:
        copied, expected = io.BytesIO(), io.BytesIO()
        assert write.write(of_app(), kind, copied, cut) == ROWS
        files.write(rows, kind, expected, columns=INVITATIONS.columns)
        if kind in files.COLUMNAR:
            assert values(kind, copied) == values(kind, expected), kind
        else:
            assert copied.getvalue() == expected.getvalue(), kind


def values(kind: str, made: io.BytesIO) -> Any:
    made.seek(0)
    if kind == "arrow":
        return pyarrow.ipc.open_stream(made).read_all().to_pylist()
    return pyarrow.parquet.read_table(made).to_pylist()
