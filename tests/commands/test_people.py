"""`collector people`: looked up and erased by whoever runs the service."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from collector.commands.main import main
from collector.model.base import db
from collector.model.people import Person
from tests import factories
from tests.commands.own_app import commands_use


@pytest.fixture(autouse=True)
def somebody(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    commands_use(app, monkeypatch)
    with app.app_context():
        factories.person(db.session, ref="c-17", contact_points={"email": "ann@e.org"})
        db.session.commit()


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["people", *arguments], input=typed)


def refs(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Person.ref)))


def test_what_is_known_is_shown_and_the_reference_asked_for() -> None:
    shown = run("show", typed="c-17\n")
    told = json.loads(shown.output.partition("\n")[2])
    assert (told["ref"], told["contacts"]) == ("c-17", {"email": "ann@e.org"})


def test_nobody_is_erased_without_a_yes(app: Flask) -> None:
    refused = run("erase", "--ref", "c-17", "--by", "dpo", typed="n\n")
    assert refused.exit_code == 1
    assert "cannot be undone" in refused.output
    assert refs(app) == ["c-17"]


def test_who_is_erased_is_known_no_more(app: Flask) -> None:
    done = run("erase", "--ref", "c-17", "--by", "dpo", "--yes")
    assert done.output.startswith("Erased (per_")
    assert done.output.endswith("Answers taken back: 0.\n")
    assert refs(app)[0].startswith("erased:per_")
    again = run("erase", "--ref", "c-17", "--by", "dpo", "--yes")
    assert again.exit_code != 0
    assert "no such person" in again.output
