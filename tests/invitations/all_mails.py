"""One finished mail for every language and metric, from the sample surveys, for tests of looks."""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from channels.base import Message
from channels.locales import LANGUAGES
from collector.invitations.compose import compose
from collector.rules.folder import workspace
from collector.simulation import demo
from collector.surveys import brand
from collector.surveys.metrics import METRICS
from collector.surveys.wording import choose
from tests.invitations.test_compose import ask

SAMPLE = Path(demo.__file__).with_name("workspace")
KINDS = ("nps", "csat", "ces")
NAMES = [f"{kind} {language}" for language, kind in product(LANGUAGES, KINDS)]


def mail(name: str) -> Message:
    """The mail of `metric language`, as a person would get it."""
    kind, language = name.split()
    definition = _surveys()[kind]
    words, metric = choose(definition, language), METRICS[kind]
    return compose(
        ask(
            locale=language, question=words.question, low_label=words.low, high_label=words.high,
            low=metric.low, high=metric.high, brand=brand.of(definition),
        )
    )  # fmt: skip


@cache
def _surveys() -> dict[str, Any]:
    return {one["metric"]: one for one in workspace.read(SAMPLE).surveys}
