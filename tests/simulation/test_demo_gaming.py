"""The demo's week is gamed: raw and cleaned differ, it says why, and nobody honest is accused."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from collector import clock
from collector.app import create_app
from collector.commands import appeals, demo
from collector.config import Settings
from collector.exports import cleaned
from collector.exports.cleaned import Cleaned, Doubted
from collector.model.base import db
from collector.simulation.demo import customers, gaming
from collector.simulation.demo import week as demo_week
from tests.conftest import settings_for
from tests.factories import NOON
from tests.how_much import FULL

END = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
LINE = re.compile(
    r"^CES ([\d.]+) % raw, ([\d.]+) % cleaned: (\d+) answers left out, (\d+) of them because one "
    r"device answered for (\d+) customers \(agent felix\)",
    re.MULTILINE,
)


def play(home: Path) -> str:
    with clock.at(END):
        result = CliRunner().invoke(demo.command, ["--no-serve"], env={"COLLECTOR_HOME": str(home)})
    assert result.exit_code == 0, result.output
    return result.output


def newest(home: Path) -> list[dict[str, Any]]:
    lines = (home / "export/responses.ndjson").read_text().splitlines()
    return list({row["response_id"]: row for row in map(json.loads, lines)}.values())


@pytest.fixture(scope="module")
def gamed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The week as it is, played once, and what was said at its end."""
    home = tmp_path_factory.mktemp("gamed")
    return home, play(home)


@pytest.fixture
def served(gamed: tuple[Path, str]) -> Flask:
    home, _ = gamed
    settings: Settings = settings_for(f"sqlite:///{home}/collector.db", home)
    return create_app(settings, bell=lambda _name: None)


def agent_of(row: dict[str, Any]) -> str:
    return next((one["id"] for one in row["subjects"] if one["role"] == "agent"), "")


def test_one_line_says_that_raw_and_cleaned_differ_and_why(gamed: tuple[Path, str]) -> None:
    home, said = gamed
    found = LINE.search(said)
    assert found, said
    rows = [row for row in newest(home) if row["survey"] == "support_ces" and row["score"]]
    out = [row for row in rows if row["weight"] == 0]
    theirs = [row for row in out if agent_of(row) == gaming.FELIX]
    easy = [100 * (row["score"] >= 5) for row in rows]
    counts = [100 * (row["score"] >= 5) for row in rows if row["weight"] > 0]
    assert found[1] == f"{sum(easy) / len(easy):.1f}"
    assert found[2] == f"{sum(counts) / len(counts):.1f}"
    assert found[1] != found[2]
    assert [int(found[at]) for at in (3, 4, 5)] == [len(out), len(theirs), 8]
    assert f"collector appeals open {out[-1]['response_id'][:4]}" in said


def test_nobody_who_only_looks_odd_is_accused(gamed: tuple[Path, str]) -> None:
    home, _ = gamed
    accused = {
        agent_of(row)
        for row in newest(home)
        if row["score"] is not None and row["verdict"] != "clean"
    }
    assert accused == {gaming.FELIX, gaming.HUGO}
    tablet = [row for row in newest(home) if row["event_id"].startswith("chat-counter-")]
    assert len(tablet) == gaming.MANY[gaming.COUNTER]
    assert {row["verdict"] for row in tablet} == {"clean"}
    begged = [row for row in newest(home) if row["event_id"].startswith("chat-gina-")]
    assert begged
    assert {row["weight"] for row in begged} == {1.0}


def test_where_everyone_is_great_nobody_is_accused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customers, "AGENT_MOOD", dict.fromkeys(demo_week.AGENTS, 1.6))
    monkeypatch.setattr(gaming, "MANY", {gaming.COUNTER: 10})
    said = play(tmp_path)
    scored = [row for row in newest(tmp_path) if row["score"] is not None]
    helped = [row["score"] for row in scored if row["survey"] == "support_ces"]
    assert sum(score == 7 for score in helped) / len(helped) > 0.6
    assert {(row["verdict"], row["weight"]) for row in scored} == {("clean", 1.0)}
    assert " raw, " not in said


def test_the_pages_say_the_same_line_and_show_the_evidence(
    gamed: tuple[Path, str], served: Flask
) -> None:
    home, said = gamed
    found = LINE.search(said)
    assert found
    client = served.test_client()
    landing = client.get("/").text
    assert found[0] in landing
    assert 'href="/cleaned"' in landing
    page = client.get("/cleaned").text
    assert found[0].partition(": ")[2] in page
    for row in newest(home):
        if row["score"] is not None and row["weight"] == 0:
            assert row["response_id"] in page
            assert all(code in page for code in row["reasons"])
    assert "8 customers on one device, 8 of them this agent&#39;s" in page
    assert "collector appeals open rsp_" in page
    with served.app_context():
        db.session.remove()
        db.engine.dispose()


def test_what_is_left_out_can_be_contested_as_it_says(gamed: tuple[Path, str]) -> None:
    home, said = gamed
    command = re.search(r"collector appeals open (rsp_\w+) --by (\w+) --ground (\w+)", said)
    assert command
    result = CliRunner().invoke(
        appeals.command,
        ["open", command[1], "--by", command[2], "--ground", command[3], "--statement", "Mine."],
        env={"COLLECTOR_HOME": str(home)},
    )
    assert result.exit_code == 0, result.output
    assert "open" in result.output


def test_the_same_end_gives_the_same_gaming() -> None:
    assert gaming.happenings(NOON) == gaming.happenings(NOON)
    keys = [one.event["id"] for one in gaming.happenings(NOON) + demo_week.week(NOON)]
    assert len(keys) == len(set(keys))
    start = NOON - timedelta(days=demo_week.DAYS)
    assert all(start <= one.at < NOON for one in gaming.happenings(NOON))


@pytest.mark.parametrize("hour", range(0, 24, 5))
def test_every_contact_here_is_made_up_at_any_hour(hour: int) -> None:
    for one in gaming.happenings(END.replace(hour=hour)):
        person = one.event["person"]
        number = person.get("phone", "+447700900000")
        assert number.startswith("+4477009") or number[5:10] == "55501"
        assert person.get("email", "@example.com").endswith("@example.com")


@pytest.mark.skipif(not FULL, reason="COLLECTOR_TEST_FULL=1")
def test_it_is_the_same_whenever_it_is_played_again(
    gamed: tuple[Path, str], tmp_path: Path
) -> None:
    home, said = gamed
    tmp_path.joinpath("secret_key").write_bytes((home / "secret_key").read_bytes())
    again = play(tmp_path)
    assert LINE.findall(again) == LINE.findall(said)


def doubt(agent: str, weight: float, *reasons: str, **figures: Any) -> Doubted:
    return Doubted("rsp_1", "e-1", agent, 7, weight, reasons, {reasons[0]: figures}, NOON)


def said_of(*doubted: Doubted, metric: str = "csat") -> str:
    return cleaned.sentence(Cleaned("s", metric, 61.04, 52.0, doubted))


def test_the_sentence_fits_whatever_there_is() -> None:
    one = doubt("a-7", 0.0, "STAFF_CONTACT")
    assert said_of(one) == (
        "CSAT 61.0 % raw, 52.0 % cleaned: 1 answer left out, because the number or address that "
        "was asked is a colleague's (agent a-7)"
    )
    part = doubt("a-7", 0.4, "TEMPLATE_TEXT")
    assert said_of(one, part).endswith("; 1 more counts in part")
    assert said_of(part, metric="nps") == "NPS 61.0 raw, 52.0 cleaned: 1 answer counts in part"
    unlike = doubt("", 0.0, "NEW_CHECK")
    assert said_of(unlike).endswith("1 answer left out, because of “new_check”")
    assert said_of() == "CSAT 61.0 % raw, 52.0 % cleaned: some answers stand for others"
