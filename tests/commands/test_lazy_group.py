"""A command's file is loaded when it is wanted; what the list says of it is what it says itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from collector.commands.main import COMMANDS, main

HEAVY = ("sqlalchemy", "flask", "redis", "alembic", "twilio", "babel", "yaml")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_list_says_what_the_command_says_of_itself(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    assert command.get_short_help_str(1000) == COMMANDS[name][1]


def test_every_command_is_listed_and_a_wrong_name_is_refused() -> None:
    listed = CliRunner().invoke(main, ["--help"]).output
    assert all(f"\n  {name} " in listed for name in COMMANDS)
    refused = CliRunner().invoke(main, ["srve"])
    assert refused.exit_code == 2
    assert "No such command 'srve'" in refused.output


def loaded(code: str) -> set[str]:
    code += "; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_help_loads_nothing_of_the_service() -> None:
    main = "from collector.commands.main import main; main(['--help'], standalone_mode=False)"
    assert not loaded(main) & set(HEAVY)


def test_a_command_that_reads_a_table_loads_neither_redis_nor_alembic_nor_twilio() -> None:
    modules = loaded("import collector.commands.operating.suppressions")
    assert "sqlalchemy" in modules
    assert not modules & {"redis", "rq", "alembic", "twilio", "babel"}


def test_a_look_at_one_table_needs_neither_the_service_nor_an_orm(
    sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "DATABASE_URL": f"sqlite:///{sqlite_template}",
        "SECRET_KEYS": "x" * 40,
        "BASE_URL": "https://ask.example.com",
    }.items():
        monkeypatch.setenv(f"COLLECTOR_{name}", value)
    main = "from collector.commands.main import main; main(['keys', 'list'], standalone_mode=False)"
    assert not loaded(main) & {"flask", "redis", "alembic", "twilio", "structlog"}
