"""`collector demo`: plays its week once, finds it again, and never near real people or ports."""

from __future__ import annotations

import csv
import json
import re
import socket
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
from click.testing import CliRunner, Result

from channels.preview import Preview
from collector import clock
from collector.commands import demo
from collector.simulation.demo import customers, play, report, week_note
from collector.simulation.demo import week as demo_week
from collector.simulation.demo.customers import Asked
from collector.surveys.metrics import NPS
from tests.factories import NOON
from tests.how_much import FULL

KEY = "COLLECTOR_"
WORDS = (
    "events", "held back", "invited", "sent", "answered", "counted", "capped_global", "opted_out",
    "no_channel", "sampled_out", "NPS", "CSAT", "CES", "Done in",
)  # fmt: skip


def run(home: Path, *arguments: str, **environment: str) -> Result:
    values = {f"{KEY}HOME": str(home)} | {KEY + name: text for name, text in environment.items()}
    return CliRunner().invoke(demo.command, list(arguments), env=values)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the week was played once."""
    folder = tmp_path_factory.mktemp("demo")
    result = run(folder, "--no-serve")
    assert result.exit_code == 0, result.output
    folder.joinpath("said.txt").write_text(result.output)
    return folder


def test_it_prints_the_funnel_and_the_kpis(home: Path) -> None:
    said = home.joinpath("said.txt").read_text()
    for word in WORDS:
        assert word in said
    assert "refused" not in said


def test_the_export_lies_there_in_three_forms_with_the_same_rows(home: Path) -> None:
    lines = (home / "export/responses.ndjson").read_text().splitlines()
    rows = [json.loads(line) for line in lines]
    with (home / "export/responses.csv").open(newline="") as file:
        assert [int(row["number"]) for row in csv.DictReader(file)] == [r["number"] for r in rows]
    assert (home / "export/responses.parquet").read_bytes()[:4] == b"PAR1"
    assert {row["survey"] for row in rows} == {"delivery_csat", "relationship_nps", "support_ces"}
    assert {row["verdict"] for row in rows} >= {"clean", "rejected"}
    assert {row["channel"] for row in rows} == {"sms", "email", "inapp"}


@pytest.mark.parametrize("hour", [2, 11, 20] if FULL else [20])
def test_a_newcomer_finds_open_questions_in_every_language_at_any_hour(
    tmp_path: Path, hour: int
) -> None:
    with clock.at(datetime(2026, 11, 21, hour, 14, tzinfo=UTC)):
        assert run(tmp_path, "--no-serve").exit_code == 0
    kept = Preview("sms", tmp_path / "preview").list(50)
    open_ids = unanswered(tmp_path / "collector.db")
    still = {one.message.locale for one in kept if one.message.id.removesuffix("-sms") in open_ids}
    assert still >= {"en", "es", "pt-BR", "zh", "ar"}


def unanswered(database: Path) -> set[str]:
    """The invitations that were sent and got no tap."""
    with closing(sqlite3.connect(database)) as held:
        rows = held.execute(
            "SELECT id FROM invitations WHERE status = 'sent' "
            "AND id NOT IN (SELECT invitation_id FROM taps)"
        )
        return {row[0] for row in rows}


def test_a_second_start_finds_the_week_and_changes_nothing(home: Path) -> None:
    before = (home / "export/responses.ndjson").read_bytes()
    again = run(home, "--no-serve")
    assert again.exit_code == 0, again.output
    assert "is already here" in again.output
    after = (home / "export/responses.ndjson").read_bytes()
    # What settled since then may have come on top; nothing that was there is different.
    assert after.startswith(before)


def test_a_week_that_was_broken_off_is_finished_without_counting_twice(home: Path) -> None:
    before = (home / "export/responses.ndjson").read_bytes()
    note = json.loads((home / week_note.NOTE).read_text())
    (home / week_note.NOTE).write_text(json.dumps(note | {"done": False}))
    again = run(home, "--no-serve")
    assert again.exit_code == 0, again.output
    assert (home / "export/responses.ndjson").read_bytes() == before
    assert json.loads((home / week_note.NOTE).read_text())["done"] is True


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"DATABASE_URL": "sqlite:///x.db", "SECRET_KEYS": "k" * 40, "BASE_URL": "http://x.example"},
         "unset COLLECTOR_DATABASE_URL"),
        ({"SMTP_URL": "smtp://localhost:25/?from=a@example.com"}, "nothing may be sent"),
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t", "TWILIO_FROM": "+15005550006"},
         "nothing may be sent"),
    ],
)  # fmt: skip
def test_it_refuses_to_run_where_something_could_be_sent(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    result = run(tmp_path / "home", "--no-serve", **environment)
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "home" / "collector.db").exists()


def test_a_taken_port_is_told_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run(tmp_path / "home", "--port", str(port))
    assert result.exit_code == 2
    assert f"port {port} is taken" in result.output
    assert not (tmp_path / "home" / "collector.db").exists()


def test_fresh_leaves_a_database_alone_that_is_not_the_demos(tmp_path: Path) -> None:
    (tmp_path / "collector.db").write_bytes(b"precious")
    assert run(tmp_path, "--fresh", "--no-serve").exit_code == 2
    assert (tmp_path / "collector.db").read_bytes() == b"precious"


def test_the_same_end_gives_the_same_week() -> None:
    assert demo_week.week(NOON) == demo_week.week(NOON)
    assert demo_week.week(NOON) != demo_week.week(NOON, seed=1)


def test_the_week_is_what_it_says() -> None:
    week = demo_week.week(NOON)
    people = demo_week.people()
    assert len(people) == len({person["ref"] for person in people}) == 200
    assert {person["locale"] for person in people} == {"en", "es", "pt-BR", "zh", "ar"}
    assert all(NOON - timedelta(days=7) <= one.at < NOON for one in week)
    assert len({one.event["id"] for one in week}) == len(week)
    kinds = Counter(one.event["type"] for one in week)
    assert min(kinds.values()) > 20


def test_nobody_real_can_be_reached_in_the_made_up_week() -> None:
    for person in demo_week.people():
        number = person.get("phone", "+447700900000")
        assert phonenumbers.is_possible_number(phonenumbers.parse(number))
        assert number.startswith("+447700900") or number[5:10] == "55501"
        assert person.get("email", "@example.com").endswith("@example.com")


def asked(number: int, channel: str) -> Asked:
    return Asked("inv_1", f"e-{number}", channel, "+447700900001", NPS, "en", NOON, {}, {})


@pytest.fixture
def comments() -> Any:
    path = Path(play.__file__).parent / "workspace" / "comments.json"
    return json.loads(path.read_text())


@pytest.mark.parametrize("channel", ["sms", "email", "inapp"])
def test_the_made_up_customers_answer_the_same_way_every_time(
    channel: str, comments: dict[str, dict[str, list[str]]]
) -> None:
    for number in range(100):
        presses = customers.answers(asked(number, channel), comments)
        assert presses == customers.answers(asked(number, channel), comments)
        assert all(press.at > NOON for press in presses)
        assert all(press.score is None or NPS.holds(press.score) for press in presses)
        assert len({press.number for press in presses}) == len(presses)


def test_figures_are_honest_about_nothing() -> None:
    assert report._figure(None, " %") == "–"
    assert report._spark([0, 1, 8]) == " ▁█"
    assert report._bar(0, 0) == ""


def test_a_stale_week_says_how_to_get_a_new_one(home: Path) -> None:
    with clock.at(datetime.now(UTC) + timedelta(days=13)):
        assert "--fresh plays a new week" in run(home, "--no-serve").output


def test_what_is_shown_adds_up_on_the_screen_alone(home: Path) -> None:
    said = home.joinpath("said.txt").read_text()
    stages = {
        stage: (int(count), note)
        for stage, count, note in re.findall(
            r"^│ ([a-z ]+?) +│ +(\d+) │[ █]+│ (.*?) +│$", said, re.M
        )
    }
    by_reason = said[said.index("Held back, by reason") : said.index("KPIs, from the export")]
    held_back = [int(one) for one in re.findall(r"^│ [a-z_]+ +│ +([\d,]+) │", by_reason, re.M)]
    unheard, heard = figures(stages["events"]), figures(stages["decisions"])
    answered, left_out, bare = figures(stages["counted"])
    assert unheard[0] + heard[0] == stages["events"][0]
    assert stages["decisions"][0] == stages["held back"][0] + stages["invited"][0]
    assert sum(held_back) == stages["held back"][0]
    by_channel, *others = stages["sent"][1].split("; ")
    twice = sum(figures((0, note))[0] for note in others if "second channel" in note)
    waiting = sum(figures((0, note))[0] for note in others if "wait" in note)
    assert sum(figures((0, by_channel))) - twice == stages["sent"][0]
    assert stages["sent"][0] + waiting == stages["invited"][0]
    assert answered == stages["answered"][0]
    assert answered - left_out - bare == stages["counted"][0]
    n = [int(one) for one in re.findall(r"│ (?:NPS|CSAT|CES) +│ +(\d+) │", said)]
    assert f"n: {sum(n)} in all, of {answered} answered; {bare} have no score" in said
    rows, answers, later = figures((0, said[said.index("Exported ") :].split(" to ")[0]))
    assert (rows, answers) == (answers + later, answered)


def figures(stage: tuple[int, str]) -> list[int]:
    return [int(one) for one in re.findall(r"\d+", stage[1])]
