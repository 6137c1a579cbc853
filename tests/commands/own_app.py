"""Commands run in a test's own app: those that need the service, and its settings alone."""

from __future__ import annotations

import pytest
from flask import Flask

from collector.commands import context


def commands_use(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "create_app", lambda: app)
    settings = app.extensions["collector.settings"]
    monkeypatch.setattr(context, "read_settings", lambda: settings)
