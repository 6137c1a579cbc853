"""docs/settings.md and `collector doctor --settings` list what is declared, all of it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from click.testing import CliRunner

from channels.email.settings import QUERY
from collector import config
from collector.commands.main import main

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
WRITE = "collector doctor --settings --format markdown > docs/settings.md"


def listed(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["doctor", "--settings", *arguments])
    assert result.exit_code == 0
    return result.output


def test_the_page_is_what_the_command_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == listed("--format", "markdown"), WRITE


def test_every_setting_is_declared_once_with_all_that_people_need() -> None:
    lines = config.declared()
    assert len({line.name for line in lines}) == len(lines)
    assert all(line.form and line.unset and line.meaning for line in lines)


def test_every_setting_is_on_the_page_and_in_the_list() -> None:
    page, plain = listed("--format", "markdown"), listed()
    for line in config.declared():
        assert page.count(f"| `{line.name}` |") == 1
        assert plain.count(f"{line.name} ") == 1


def test_what_is_called_a_secret_is_what_stays_out_of_repr() -> None:
    hidden = {one.name.upper() for one in fields(config.Settings) if not one.repr}
    secret = {line.name.removeprefix("COLLECTOR_") for line in config.declared() if line.secret}
    assert all(any(name.startswith(whole) for whole in hidden) for name in secret)
    assert {"SECRET_KEYS", "DATABASE_URL", "TWILIO_AUTH_TOKEN", "SMTP_URL"} <= secret


def test_every_option_of_the_mail_relay_is_told() -> None:
    (line,) = [line for line in config.declared() if line.name == "COLLECTOR_SMTP_URL"]
    assert all(f"`{option}`" in line.meaning for option in QUERY)


def test_the_list_needs_no_settings_that_make_sense() -> None:
    result = CliRunner().invoke(
        main, ["doctor", "--settings"], env={"COLLECTOR_APPEAL_DAYS": "nonsense"}
    )
    assert result.exit_code == 0
