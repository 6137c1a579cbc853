"""`collector integrity`: how far the checks are, and their log as an audit's files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from collector.app import create_app
from collector.commands import audit
from collector.commands import integrity as command
from collector.integrity.evidence.dump import FILES
from collector.model.base import db
from tests.factories import NOON
from tests.integrity.evidence.conftest import answers, judge_until


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> Path:
    (tmp_path / "collector.db").write_bytes(sqlite_template.read_bytes())
    return tmp_path


def run(home: Path, *arguments: object) -> Result:
    said = [str(one) for one in arguments]
    return CliRunner().invoke(command.command, said, env={"COLLECTOR_HOME": str(home)})


def test_before_anything_was_judged_it_says_so(home: Path) -> None:
    assert run(home, "status").output == "Nothing was judged yet.\n"


def test_the_log_can_be_dumped_and_audited(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLLECTOR_HOME", str(home))
    with create_app(bell=lambda name: None).app_context():
        answers(6)
        judge_until(NOON.replace(hour=20))
        db.engine.dispose()
    status = run(home, "status").output
    assert "entries in the log   6" in status
    assert "snapshot here        none: a worker that starts reads the whole log" in status
    done = run(home, "dump", home / "seen")
    assert done.exit_code == 0, done.output
    assert "6 responses" in done.output
    assert {path.stem for path in (home / "seen").iterdir()} == set(FILES)
    checked = CliRunner().invoke(
        audit.command, [str(home / "seen"), "--out", str(home / "checked")]
    )
    assert checked.exit_code == 0, checked.output
    lines = (home / "checked" / "verdicts.ndjson").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["clean"] * 6
