"""Nonsense in any setting is answered by one sentence that names it, and by exit code 2.

Never a traceback, never the value, which may be a password. The values are in `nonsense.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from collector import config
from collector.commands.main import main
from collector.errors import Misconfigured
from tests.settings.nonsense import (
    GATEWAY,
    GROWN_UP,
    NAMES,
    ON,
    S3CRET,
    TWILIO,
    VALUES,
    cases,
)

PREFIX = "COLLECTOR_"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where there is a text that is no database, no folder and no time, and a time without zone."""
    (tmp_path / "text").write_text("neither a database nor a time")
    (tmp_path / "naive").write_text("2026-03-01T10:00:00")
    (tmp_path / "latin1").write_bytes(b"\xe9")
    return tmp_path


def environment(folder: Path, values: Mapping[str, str]) -> dict[str, str]:
    """These settings, and the embedded default's folder out of the way."""
    filled = {
        name: text.replace("{folder}", str(folder)).replace("{secret}", S3CRET)
        for name, text in values.items()
    }
    return {PREFIX + name: text for name, text in ({"HOME": f"{folder}/home"} | filled).items()}


def doctor(given: Mapping[str, str]) -> Result:
    return CliRunner().invoke(main, ["doctor"], env=given)


def assert_refused(result: Result, name: str) -> str:
    """One sentence that names the setting, nothing of its value; gives the sentence."""
    assert isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == 2
    said = result.output
    assert said.startswith(f"Error: {PREFIX}{name} "), said
    assert said.count("\n") == 1, said
    assert len(said) < 400
    assert said.rstrip("\n").isprintable()
    assert S3CRET[:12] not in said
    return said


def test_there_are_values_for_every_setting_there_is() -> None:
    assert VALUES.keys() == {one.name.removeprefix(PREFIX) for one in config.declared()}
    assert len(cases()) >= 120


@pytest.mark.parametrize(("name", "value"), cases())
def test_a_value_that_cannot_be_is_refused_by_name(folder: Path, name: str, value: str) -> None:
    given = environment(folder, {**ON.get(name, {}), name: value})
    if "\x00" in value:
        with pytest.raises(Misconfigured, match=f"^{PREFIX}{name} "):
            config.read(given)
        return
    said = assert_refused(doctor(given), name)
    if len(value) > 30:
        assert given[PREFIX + name] not in said


@pytest.mark.parametrize("name", VALUES)
def test_a_zero_byte_is_refused_by_name(folder: Path, name: str) -> None:
    with pytest.raises(Misconfigured, match=f"^{PREFIX}{name} ") as refused:
        config.read(environment(folder, {**ON.get(name, {}), name: "a\x00b"}))
    assert refused.value.pointer == PREFIX + name


@pytest.mark.parametrize(("name", "meant"), NAMES.items())
def test_a_name_that_is_no_setting_is_said_with_the_nearest_that_is_one(
    folder: Path, name: str, meant: str
) -> None:
    result = doctor(environment(folder, {name: S3CRET}))
    shown = "".join(char if char.isprintable() else "?" for char in name)[:60]
    said = assert_refused(result, shown + ("…" if len(name) > 60 else ""))
    assert f"did you mean {PREFIX}{meant}?" in said if meant else "doctor --settings" in said


@pytest.mark.parametrize("lacking", sorted(GROWN_UP.keys() - {"DATABASE_URL"}))
def test_a_service_of_its_own_database_needs_its_keys_and_address(
    folder: Path, lacking: str
) -> None:
    given = {name: text for name, text in GROWN_UP.items() if name != lacking}
    assert "is not set" in assert_refused(doctor(environment(folder, given)), lacking)


@pytest.mark.parametrize(
    ("whole", "lacking"),
    [(whole, name) for whole in (TWILIO, GATEWAY) for name in whole],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_settings_that_belong_together_are_asked_for_by_name(
    folder: Path, whole: dict[str, str], lacking: str
) -> None:
    given = {name: text for name, text in whole.items() if name != lacking}
    assert "is missing" in assert_refused(doctor(environment(folder, given)), lacking)


def test_a_stand_in_for_twilio_without_an_account_is_a_slip(folder: Path) -> None:
    given = {"TWILIO_BASE_URL": "http://127.0.0.1:8300"}
    said = assert_refused(doctor(environment(folder, given)), "TWILIO_ACCOUNT_SID")
    assert "is missing" in said


def test_all_that_is_wrong_is_said_at_once(folder: Path) -> None:
    wrong = {"APPEAL_DAYS": "²", "COUNTRY": "Spain", "TIMEZONE": "Mars", "SWEEP_SECOND": "3"}
    result = doctor(environment(folder, wrong))
    assert result.exit_code == 2
    lines = result.output.splitlines()
    assert len(lines) == len(wrong)
    assert all(any(PREFIX + name in line for line in lines) for name in wrong)


@pytest.mark.parametrize("content", ["", "short", "a\x00" * 40, "é" * 40, b"\xff" * 40])
def test_a_key_of_its_own_that_was_spoilt_is_not_signed_with(
    folder: Path, content: str | bytes
) -> None:
    home = folder / "home"
    home.mkdir()
    raw = content.encode() if isinstance(content, str) else content
    (home / "secret_key").write_bytes(raw)
    assert "secret_key" in assert_refused(doctor(environment(folder, {})), "HOME")
    assert (home / "secret_key").read_bytes() == raw


@pytest.mark.parametrize(
    ("command", "name", "value"),
    [
        ("doctor", "DATABASE_URL", "postgresql://u:{secret}@h:notaport/d"),
        ("worker", "CLOCK_FILE", "{folder}/none"),
        ("serve", "SWEEP_SECONDS", "9" * 5_000),
        ("migrate", "DATABSE_URL", "{secret}"),
    ],
)
def test_a_process_of_its_own_says_it_too(
    folder: Path, command: str, name: str, value: str
) -> None:
    clean = {key: text for key, text in os.environ.items() if not key.startswith(PREFIX)}
    given = environment(folder, {**ON.get(name, {}), name: value})
    done = subprocess.run(
        [sys.executable, "-c", "from collector.commands.main import main; main()", command],
        env=clean | given, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Error: {PREFIX}{name} ")
    assert done.stderr.count("\n") == 1
    assert S3CRET[:12] not in done.stderr
