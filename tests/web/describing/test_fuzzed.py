"""Calls made up from the document, fitting and not: none breaks the service.

Every answer is one that the document has: its status, type, headers and shape. In full: 20,000
calls and more.
"""

from __future__ import annotations

from typing import Any, Final

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from collector.web import auth, scopes
from tests.how_much import FULL

EACH: Final = 175 if FULL else 2  # calls for each operation, fitting and not
HOLDS: Final = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name)
def test_whatever_is_sent_the_answer_is_one_of_the_documents(
    app: Flask, mode: GenerationMode
) -> None:
    app.testing = False  # a fault is to be a 500 here, as anywhere
    with app.app_context():
        token = auth.issue("all", scopes.SCOPES)
    headers, calls = {"Authorization": f"Bearer {token}"}, 0
    for found in schemathesis.openapi.from_wsgi("/v1/openapi.json", app).get_all_operations():
        operation = found.ok()

        @seed(1)
        @settings(
            max_examples=EACH, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def call(case: Any) -> None:
            nonlocal calls
            calls += 1
            case.validate_response(case.call(headers=headers), checks=HOLDS)

        call()
    assert calls > 55 * EACH * 0.8
