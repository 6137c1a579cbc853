"""Rows for the tests of the exports: a judged response, ready to be published."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from collector.model.base import db
from tests import factories
from tests.factories import NOON

LATER = NOON + timedelta(hours=1)


class Judge:
    """Makes judged responses; `again` judges one anew, after an edit if given a `score`."""

    def one(self, score: int | None = 5, at: datetime = NOON, **verdict: Any) -> str:
        response = factories.response(db.session, score=score, needs_verdict=False)
        factories.verdict(db.session, response.id, created_at=at, **verdict)
        db.session.commit()
        return response.id

    def again(
        self, response_id: str, number: int, score: int | None = None, **verdict: Any
    ) -> None:
        response = db.session.get_one(factories.Response, response_id)
        if score is not None:
            response.score, response.version = score, response.version + 1
        values = {"created_at": NOON, "response_version": response.version, **verdict}
        factories.verdict(db.session, response_id, number=number, **values)
        db.session.commit()


@pytest.fixture
def judge() -> Judge:
    return Judge()
