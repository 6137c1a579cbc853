"""A reader of the feed as a data engineer writes one: a key, pages by each of the ways, each form.

Nothing here knows the service from within: the HTTP client, the command line, and the docs.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from collector.commands.main import main
from tests.commands.own_app import commands_use

Row = dict[str, Any]
PATH = "/v1/exports/responses"
WALKS = ("link", "header", "number", "position")


def key(app: Flask, monkeypatch: pytest.MonkeyPatch, *scopes: str) -> dict[str, str]:
    """The headers of a caller with a key of these scopes, made by the command."""
    commands_use(app, monkeypatch)
    wanted = [word for scope in scopes for word in ("--scope", scope)]
    made = CliRunner().invoke(main, ["keys", "create", "reader", *wanted])
    assert made.exit_code == 0, made.output
    return {"Authorization": f"Bearer {made.stdout.split()[-1]}"}


def exported(*arguments: str) -> tuple[bytes, str]:
    """What `collector export --out -` writes, and what it says."""
    made = CliRunner().invoke(main, ["export", "--out", "-", *arguments])
    assert made.exit_code == 0, made.output
    return made.stdout_bytes, made.stderr


def pages(
    client: FlaskClient, headers: dict[str, str], way: str, query: str
) -> Iterator[list[Row]]:
    """Page after page, by the way that a reader chose, until there is no more."""
    url = f"{PATH}?{query}" + ("&end=null" if way == "position" else "")
    for _ in range(500):
        answer = client.get(url, headers=headers)
        assert answer.status_code == 200, answer.text
        page = answer.get_json()
        yield page["rows"]
        if way == "link":
            going_on = _linked(answer.headers.get("Link", ""))
        elif way == "position":
            going_on = page["next"]
        else:
            number, position = page["next"], answer.headers["Collector-Next-After"]
            going_on = page["more"] and (number if way == "number" else position)
        if not going_on:
            return
        url = going_on if way == "link" else f"{PATH}?{query}&after={going_on}"
        url += "&end=null" if way == "position" else ""
    raise AssertionError(f"{way}: 500 pages and no end")


def _linked(header: str) -> str | None:
    found = re.fullmatch(r'<(.*)>; rel="next"', header)
    return found[1] if found else None


def from_csv(raw: bytes, columns: dict[str, str], nullable: set[str]) -> list[Row]:
    """CSV read as the data dictionary says."""
    text = raw.decode("utf-8")
    read: dict[str, Callable[[str], Any]] = {
        "integer": int, "number": float, "list": json.loads, "records": json.loads,
    }  # fmt: skip
    return [
        {
            name: None if value == "" and name in nullable else read.get(columns[name], str)(value)
            for name, value in row.items()
        }
        for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def from_arrow(table: Any, columns: dict[str, str]) -> list[Row]:
    """Rows of a Parquet or Arrow table, its times and JSON written as in JSON."""
    return [
        {
            name: json.loads(value)
            if columns[name] == "records"
            else _said(value)
            if isinstance(value, datetime)
            else value
            for name, value in row.items()
        }
        for row in table.to_pylist()
    ]


def _said(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
