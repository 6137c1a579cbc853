"""A backup of the whole database is really restored, as an operator would: what a reader is told
who remembers a place that the backup does not have, or has otherwise."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import make_url

from collector import clock
from collector.app import create_app
from collector.commands.main import main
from collector.exports import publish
from collector.model.base import db
from tests import servers
from tests.commands.own_app import commands_use
from tests.conftest import settings_for
from tests.exports import reading
from tests.exports.conftest import LATER, Judge
from tests.exports.reading import PATH


def grow(app: Flask, judge: Judge, answers: int) -> None:
    with app.app_context():
        for n in range(answers):
            judge.one(score=1 + n % 5)
        with clock.at(LATER):
            publish.run_batch(1_000)
        db.session.remove()


@pytest.fixture
def restored(app: Flask, tmp_path: Path) -> Iterator[Callable[[], Flask]]:
    """Takes a backup of the app's database now; gives a service on a database made of it."""
    made: list[Flask] = []

    def restore() -> Flask:
        with app.app_context():
            url = db.engine.url.render_as_string(hide_password=False)
            db.session.remove()
            db.engine.dispose()
        copy = _copied(url, tmp_path)
        other = create_app(settings_for(copy, tmp_path / "restored"), bell=lambda name: None)
        made.append(other)
        return other

    yield restore
    for other in made:
        with other.app_context():
            db.session.remove()
            db.engine.dispose()


def _copied(url: str, folder: Path) -> str:
    if url.startswith("sqlite"):
        shutil.copy(str(make_url(url).database), folder / "restored.db")
        return f"sqlite:///{folder / 'restored.db'}"
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    if shutil.which("pg_dump") is None or shutil.which("psql") is None:
        pytest.skip("no pg_dump: install PostgreSQL's client")
    dump = folder / "backup.sql"
    subprocess.run(["pg_dump", "-d", plain, "-f", str(dump)], check=True, capture_output=True)
    copy = servers.new_database("collector_restored", template="template0")
    quiet = ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", copy, "-f", str(dump)]
    subprocess.run(quiet, check=True, capture_output=True)
    return copy


def _said(app: Flask, headers: dict[str, str], after: object) -> tuple[int, str | None]:
    answer = app.test_client().get(f"{PATH}?after={after}", headers=headers)
    return answer.status_code, answer.get_json().get("code")


def test_a_reader_of_a_restored_backup_is_told_so(
    app: Flask, judge: Judge, restored: Callable[[], Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = reading.key(app, monkeypatch, "exports:read")
    grow(app, judge, 5)
    early = app.test_client().get(f"{PATH}?limit=3", headers=headers).get_json()
    backup = restored()
    grow(app, judge, 4)
    late = app.test_client().get(PATH, headers=headers).get_json()
    assert (late["next"], _said(app, headers, late["position"])[0]) == (9, 200)

    for place in (late["position"], late["next"]):
        assert _said(backup, headers, place) == (409, "position_beyond_end")
    assert _said(backup, headers, early["position"]) == (200, None)

    grow(backup, judge, 7)
    assert _said(backup, headers, late["position"]) == (409, "position_overwritten")
    assert _said(backup, headers, late["next"]) == (200, None)  # a bare number cannot notice
    assert _said(backup, headers, early["position"]) == (200, None)

    commands_use(backup, monkeypatch)
    for form in ("ndjson", "csv"):
        pipe = ["export", "--format", form, "--out", "-", "--after", late["position"]]
        refused = CliRunner().invoke(main, pipe)
        assert (refused.exit_code, refused.stdout) == (2, "")
    assert CliRunner().invoke(main, ["feed", "new-id", "--yes"]).exit_code == 0
    for place in (early["position"], late["position"]):
        assert _said(backup, headers, place) == (409, "position_of_another_feed")
    whole = backup.test_client().get(f"{PATH}?after=0", headers=headers).get_json()
    assert len(whole["rows"]) == 12
    assert _said(backup, headers, whole["position"]) == (200, None)


def test_a_walk_begun_before_the_restore_is_told_too(
    app: Flask, judge: Judge, restored: Callable[[], Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = reading.key(app, monkeypatch, "exports:read")
    grow(app, judge, 3)
    backup = restored()
    grow(app, judge, 6)
    query = f"{PATH}?shape=current&end=null&limit=2"
    under_way = app.test_client().get(query, headers=headers).get_json()["next"]
    told = backup.test_client().get(f"{query}&after={under_way}", headers=headers)
    assert told.status_code == 409
    assert told.get_json()["code"] == "position_beyond_end"
