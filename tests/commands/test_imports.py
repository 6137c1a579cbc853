"""`collector signals import`, `collector roster import`: files, with their bad lines pointed at."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from collector.commands import context, roster, signals
from collector.integrity.inputs.roster import current
from collector.model.base import db
from collector.model.signals import Signal

SIGNALS = (
    "signal_id,type,at,event_id,agent_id,value,tags,ignored\n"
    "k-1,complaint,2026-03-02T15:00:00Z,o-1,a1,,,x\n"
    "k-2,qa,2026-03-02T16:00:00Z,o-2,,0.8,\"survey_mentioned,short\",y\n"
    "k-3,praise,2026-03-02T16:00:00Z,,a1,,,\n"
)  # fmt: skip
ROSTER = (
    '{"agent_id": "a1", "team_id": "t1", "staff_contacts": ["+5511987654321"]}\n'
    "\n"
    '{"agent_id": "boss", "team_id": "t1", "role": "supervisor", "store_id": null}\n'
)


@pytest.fixture(autouse=True)
def _service(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "create_app", lambda: app)


def run(command: click.Command, *arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(one) for one in arguments])


def file(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Signal)) or 0


def test_signals_of_a_csv_are_taken_once(app: Flask, tmp_path: Path) -> None:
    path = file(tmp_path, "signals.csv", SIGNALS)
    first = run(signals.command, "import", path, "--source", "desk", "--event-source", "shop")
    assert first.exit_code == 0, first.output
    assert "3 new, 0 known already." in first.output
    assert "kept; no check looks at it" in first.output
    again = run(signals.command, "import", path, "--source", "desk", "--event-source", "shop")
    assert "0 new, 3 known already." in again.output
    with app.app_context():
        row = db.session.scalars(select(Signal).where(Signal.signal_id == "k-2")).one()
        assert (row.source, row.event_source, row.value) == ("desk", "shop", 0.8)
        assert row.tags == ["survey_mentioned", "short"]


def test_one_bad_line_stops_the_import_and_every_bad_line_is_named(
    app: Flask, tmp_path: Path
) -> None:
    path = file(tmp_path, "signals.csv", SIGNALS + "k-4,refund,yesterday,o-4,,,,\nk-5,qa,,,,,,\n")
    result = run(signals.command, "import", path, "--source", "desk")
    assert result.exit_code == 2
    assert "signals.csv:5/at: This must be a time with an offset" in result.output
    assert "signals.csv:6/event_id: Say which interaction" in result.output
    assert count(app) == 0


def test_a_line_that_contradicts_what_is_kept_is_named_and_the_others_are_taken(
    app: Flask, tmp_path: Path
) -> None:
    run(signals.command, "import", file(tmp_path, "a.csv", SIGNALS), "--source", "desk")
    changed = file(tmp_path, "b.csv", SIGNALS.replace("0.8", "0.3").replace("k-3", "k-9"))
    result = run(signals.command, "import", changed, "--source", "desk")
    assert result.exit_code == 2
    assert "b.csv:3" in result.output
    assert count(app) == 4


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("s.ndjson", '{"signal_id": 1\n', "s.ndjson:1: This line is not JSON"),
        ("s.ndjson", "[1]\n", "s.ndjson:1: This must be an object."),
        ("s.ndjson", b"\xff\xfe\n", "s.ndjson:1: This line is not JSON"),
        ("s.csv", b"signal_id,type\n\xff\xfe,qa\n", "is not UTF-8"),
        ("s.csv", "signal_id,type\n1,qa,3,4\n", "s.csv:2: This line has more cells"),
        ("s.csv", 'signal_id,type\n"1,qa\n', "This is not CSV"),
    ],
)
def test_broken_files_are_told_from_bad_lines(
    app: Flask, tmp_path: Path, name: str, content: str | bytes, says: str
) -> None:
    result = run(signals.command, "import", file(tmp_path, name, content))
    assert (result.exit_code, says in result.output) == (2, True), result.output
    assert count(app) == 0


def test_a_roster_is_imported_whole_and_shown_without_contacts(app: Flask, tmp_path: Path) -> None:
    path = file(tmp_path, "roster.ndjson", ROSTER)
    done = run(roster.command, "import", path, "--by", "hr", "--reason", "new year")
    assert done.output == "2 entries: 2 new, 0 over, 0 as they were.\n"
    shown = run(roster.command, "show").output
    assert "supervisor" in shown
    assert "98765" not in shown


def test_a_roster_with_bad_lines_names_them_and_leaves_the_old_one(
    app: Flask, tmp_path: Path
) -> None:
    run(roster.command, "import", file(tmp_path, "r.ndjson", ROSTER), "--by", "hr")
    csv = "agent_id,staff_contacts,active_from\na1,+5511987654321; x@y,\n,,2026-13-01\n"
    result = run(roster.command, "import", file(tmp_path, "r.csv", csv), "--by", "hr")
    assert result.exit_code == 2
    for place in ("r.csv:2/staff_contacts/1", "r.csv:3/agent_id", "r.csv:3/active_from"):
        assert place in result.output
    assert run(roster.command, "import", file(tmp_path, "e.csv", ""), "--by", "hr").exit_code == 2
    with app.app_context():
        assert len(current.entries()) == 2


def test_a_roster_needs_a_name_for_the_log(tmp_path: Path) -> None:
    result = run(roster.command, "import", file(tmp_path, "r.ndjson", ROSTER))
    assert (result.exit_code, "--by" in result.output) == (2, True)
