"""What was published of the columns stays, and every way of saying it says the same."""

from __future__ import annotations

import csv
import io
import json

import orjson
import pyarrow.parquet
import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector.exports import contract, publish
from collector.exports.catalog import DATASETS, Dataset
from collector.exports.datasets import RESPONSES, SCHEMA, public
from collector.model.base import db
from collector.web.auth import issue
from tests import factories
from tests.contracts.dictionary import PAGE, kept
from tests.exports.erasing import NOW, answered, at, until
from tests.exports.rows import row

AGAIN = "run `python -m tests.contracts.dictionary`"


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda one: one.name)
def test_no_published_column_changed_its_name_type_nullability_or_place(dataset: Dataset) -> None:
    lines = [line for line in kept(dataset).read_text(encoding="utf-8").splitlines() if line]
    fields = [line for line in lines if "." in line.split()[0]]
    columns = [line for line in lines if line not in fields]
    now = contract.lines(dataset)
    said = [line for line in now if "." not in line.split()[0]]
    told = f"within schema {dataset.schema} a column is only added at the end; else it is another"
    assert said[: len(columns)] == columns, told
    assert [line for line in now if line in fields] == fields, told
    assert len(now) == len(lines), f"a column is new: {AGAIN}"


def test_the_page_says_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == contract.dictionary(), AGAIN


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda one: one.name)
def test_the_schema_is_served_with_its_version(
    app: Flask, client: FlaskClient, dataset: Dataset
) -> None:
    with app.app_context():
        key = {"Authorization": f"Bearer {issue('kpi', ('exports:read',))}"}
    path = f"/v1/exports/{dataset.name}/schema"
    answer = client.get(path, headers=key)
    assert answer.content_type == "application/schema+json"
    assert answer.headers["Collector-Schema"] == str(dataset.schema)
    assert json.loads(answer.data) == contract.json_schema(dataset)
    assert client.get(path).status_code == 401


def test_a_row_is_what_its_schema_says() -> None:
    """Types, nulls and required names, by hand: what a validator would look at."""
    schema = contract.json_schema()
    full = orjson.loads(orjson.dumps(public(row(comment="fine"))))
    bare = orjson.loads(
        orjson.dumps(
            public(
                row(
                    score=None, band="", comment="", invitation_id="", person_id="", event_id="",
                    appeal="", subjects={}, reasons=[],
                )
            )
        )
    )  # fmt: skip
    kinds = {"string": str, "integer": int, "number": float, "array": list, "null": type(None)}
    for one in (full, bare):
        assert list(one) == schema["required"] == [column.name for column in RESPONSES]
        for name, value in one.items():
            allowed = schema["properties"][name]["type"]
            allowed = allowed if isinstance(allowed, list) else [allowed]
            assert isinstance(value, tuple(kinds[kind] for kind in allowed)), name
    nullable = {c.name for c in RESPONSES if c.nullable}
    assert {name for name, value in bare.items() if value is None} == nullable
    assert "" not in bare.values()


def test_nothing_absent_is_an_empty_text_after_an_erasure_and_without_a_score(
    app: Flask, client: FlaskClient
) -> None:
    """In every revision and form: two erased answers share no id on which a unique key could fall.
    What machines alone tapped has no band, as it has no score; nobody contested has no appeal."""
    with app.app_context():
        key = {"Authorization": f"Bearer {issue('kpi', ('exports:read',))}"}
        cases = [answered(score=4), answered(score=2)]
        until(NOW)
        for case in cases:
            at(NOW, case.erase)
        factories.verdict(
            db.session,
            factories.response(db.session, score=None, needs_verdict=False).id,
            created_at=NOW,
        )
        db.session.commit()
        at(NOW, publish.run_batch)
    path = "/v1/exports/responses"
    rows = client.get(path, headers=key).json["rows"]
    gone = [row for row in rows if row["response_id"] in {case.response for case in cases}]
    assert len(gone) >= 4
    for one in gone:
        assert [one[name] for name in ("invitation_id", "person_id", "event_id", "comment")] == [
            None
        ] * 4
    (bare,) = [row for row in rows if row["score"] is None]
    assert (bare["band"], bare["comment"], bare["appeal"]) == (None, None, None)
    assert all("" not in row.values() for row in rows)
    assert all(row["updated_at"] == row["published_at"] for row in rows)
    table = pyarrow.parquet.read_table(
        io.BytesIO(client.get(path, query_string={"format": "parquet"}, headers=key).data)
    )
    assert table.schema.metadata[b"collector.schema"] == str(SCHEMA).encode()
    for name in ("band", "appeal", "invitation_id", "event_id", "comment"):
        assert table[name].to_pylist() == [row[name] for row in rows]
    lines = client.get(path, query_string={"format": "csv"}, headers=key).text
    read = list(csv.DictReader(io.StringIO(lines)))
    assert [one["band"] or None for one in read] == [row["band"] for row in rows]


def test_subjects_are_a_list_in_one_order_whatever_was_kept() -> None:
    kept = {
        "store": {"id": "s9", "credited": "s9"}, "agent": {"credited": "a2", "id": "a1"},
        "product": "p1", "team": {"id": "t1"}, "courier": {"id": "", "credited": None},
    }  # fmt: skip
    assert public(row(subjects=kept))["subjects"] == [
        {"role": "agent", "id": "a1", "credited": "a2"},
        {"role": "courier", "id": None, "credited": None},
        {"role": "product", "id": "p1", "credited": None},
        {"role": "store", "id": "s9", "credited": "s9"},
        {"role": "team", "id": "t1", "credited": None},
    ]
    assert public(row(subjects={}))["subjects"] == []
