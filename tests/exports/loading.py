"""A feed with corrections and erasures to be loaded elsewhere, and what the service says of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from flask import Flask

from collector import clock
from collector.exports import feed, publish
from collector.exports.datasets import public
from collector.exports.erase import erase
from collector.exports.kpi_parameters import wanted
from collector.exports.kpi_query import table
from collector.model.answers import Response
from collector.model.base import db
from tests import factories
from tests.exports.kpi_world import LATER, World
from tests.factories import NOON

PAGE = Path(__file__).resolve().parents[2] / "docs" / "exporting.md"
Row = dict[str, Any]


class Feed:
    """Three surveys; `correct` judges some anew, `take_back` erases one with a score."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}
        with app.app_context():
            for metric, scores in (
                ("csat", (5, 5, 4, 1, 3, 5, 2)), ("nps", (10, 9, 7, 0, 6)), ("ces", (7, 1, 4)),
            ):  # fmt: skip
                world = World(metric)
                for at, score in enumerate(scores):
                    verdict, weight = (("clean", 1.0), ("suspect", 0.3), ("clean", 2.5))[at % 3]
                    self._ids.append(
                        world.answer(score, f"s{at % 2}", verdict=verdict, weight=weight)
                    )
                db.session.get_one(Response, self._ids[-2]).comment = "=1+1, fine"
                self._ids.append(world.answer(None, verdict="rejected", weight=0.0))
            self._publish()

    def correct(self, *places: int, verdict: str = "rejected", weight: float = 0.0) -> None:
        """These answers are judged anew."""
        with self._app.app_context():
            for place in places:
                id = self._ids[place]
                self._numbers[id] = self._numbers.get(id, 1) + 1
                factories.verdict(
                    db.session, id, number=self._numbers[id], verdict=verdict, weight=weight,
                    reasons=["DEVICE_SHARED"], created_at=NOON,
                    response_version=db.session.get_one(Response, id).version,
                )  # fmt: skip
            self._publish()

    def take_back(self, *places: int) -> None:
        """Their people erase these answers."""
        with self._app.app_context():
            for place in places:
                response = db.session.get_one(Response, self._ids[place])
                with clock.at(LATER):
                    erase(response.person_id, response.id)
            db.session.remove()

    def newest(self) -> dict[str, Row]:
        """What a reader that was never away holds, by response."""
        with self._app.app_context():
            return {row["response_id"]: public(row) for row in feed.stream()}

    def kpis(self) -> list[tuple[str, int, float | None, float | None]]:
        """The service's own figures: survey, answered, raw, cleaned."""
        with self._app.app_context():
            rows = table(wanted())
            return sorted((one.survey, one.answered, one.raw, one.cleaned) for one in rows)

    def _publish(self) -> None:
        db.session.commit()
        with clock.at(LATER):
            publish.run_batch(1_000)


def blocks(mark: str) -> list[tuple[str, str]]:
    """(language, text) of the page's fenced blocks that stand behind this mark."""
    found = re.findall(
        rf"<!-- {mark} -->\n```(\w+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    )
    assert found, mark
    return found


def kpi_query() -> str:
    """The documented KPIs over a table `responses`."""
    ((_, query),) = blocks("kpi")
    return query
