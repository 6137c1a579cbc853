"""What tests of triggers share: rules and surveys in use, and native events to send."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from collector.app import create_app
from collector.rules.apply import apply as apply_rules
from collector.surveys.apply import apply as apply_surveys
from tests.conftest import settings_for
from tests.surveys.definitions import survey
from tests.triggers.making import rule

PutToUse = Callable[..., None]


@pytest.fixture
def in_use(ctx: Flask) -> PutToUse:
    """`in_use(rule(...))`: the surveys `delivery` (CSAT) and `love` (NPS), and these rules."""

    def put(*rules: dict[str, Any]) -> None:
        apply_surveys([survey(), survey("love", "nps")])
        apply_rules(rules or [rule()])

    return put


@pytest.fixture
def make_app(tmp_path: Path, sqlite_template: Path) -> Callable[[], Flask]:
    """Another app in this process, on an empty SQLite database of its own."""

    def make() -> Flask:
        path = tmp_path / "another.db"
        shutil.copy(sqlite_template, path)
        return create_app(settings_for(f"sqlite:///{path}", tmp_path), bell=lambda name: None)

    return make
