"""What tests of triggers share: rules and surveys in use, and native events to send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from collector.surveys.apply import apply as apply_surveys
from collector.triggers.apply import apply as apply_rules
from tests.surveys.definitions import survey
from tests.triggers.making import rule

PutToUse = Callable[..., None]


@pytest.fixture
def in_use(ctx: Flask) -> PutToUse:
    """`in_use(rule(...), rule(...))`: surveys `delivery` (CSAT) and `love` (NPS) and these rules."""

    def put(*rules: dict[str, Any]) -> None:
        apply_surveys([survey(), survey("love", "nps")])
        apply_rules(rules or [rule()])

    return put
