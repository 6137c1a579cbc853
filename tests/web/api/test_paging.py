"""Lists are read page by page: each row once, whatever is added meanwhile."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.integrity.appeals.open import against_response
from collector.model import audit
from collector.model.audit import Author
from collector.model.base import db
from collector.model.sql.paging import MAX_PAGE
from collector.web import auth
from tests.integrity.appeals.cases import LATER, finding, opening, published

_numbers = itertools.count()


def add_entry() -> None:
    audit.append(db.session, Author("ana"), "rule", "delivered", "changed", 1)  # type: ignore[arg-type]
    db.session.commit()


def add_appeal() -> None:
    with clock.at(LATER):
        against_response(published(), opening())


def add_finding() -> None:
    finding(subject=f"a{next(_numbers)}")


LISTS = [
    ("/v1/appeals?", "appeals", add_appeal),
    ("/v1/findings?", "findings", add_finding),
    ("/v1/audit?kind=rule&", "entries", add_entry),
]


@pytest.mark.parametrize(("path", "name", "add"), LISTS, ids=[name for _, name, _ in LISTS])
def test_every_list_is_read_page_by_page_and_each_row_once(
    ctx: Flask, client: FlaskClient, path: str, name: str, add: Callable[[], None]
) -> None:
    key = {"Authorization": f"Bearer {auth.issue('all', ('appeals:rule', 'rules:read'))}"}

    def page(query: str) -> list[str]:
        answer = client.get(path + query, headers=key)
        assert answer.status_code == 200, answer.get_json()
        return [row["id"] for row in answer.get_json()[name]]

    for _ in range(5):
        add()
    every = page("")
    assert every == sorted(every, reverse=True)
    read = page("limit=2")
    while older := page(f"limit=2&before={read[-1]}"):
        add()  # what is new stands before the first page
        read += older
    assert read == every
    for refused in ("limit=0", f"limit={MAX_PAGE + 1}", "limit=two", f"before={'x' * 41}"):
        assert client.get(path + refused, headers=key).status_code == 422, refused
    assert len(page(f"limit={MAX_PAGE}")) > len(every)
