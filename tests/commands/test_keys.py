"""`collector keys`: made, listed, revoked."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from flask import Flask

from collector.commands.operating import keys
from tests.commands.own_app import commands_use


def test_keys_are_listed_with_what_they_may_and_never_themselves(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands_use(app, monkeypatch)
    run = CliRunner().invoke
    assert "No keys yet" in run(keys.command, ["list"]).output
    wanted = ["--scope", "events:write", "--scope", "exports:read"]
    made = [run(keys.command, ["create", name, *wanted]).output.strip() for name in ("shop", "kpi")]
    first, second = run(keys.command, ["list"]).output.splitlines()
    assert first.split()[1:] == ["active", "shop", "events:write", "exports:read"]
    assert second.split()[2] == "kpi"
    assert not any(key in first + second for key in made)
    run(keys.command, ["revoke", first.split()[0]])
    assert run(keys.command, ["list"]).output.splitlines()[0].split()[1] == "revoked"
