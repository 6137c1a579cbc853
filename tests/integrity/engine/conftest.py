"""Made-up answers for the engine's tests: `answer(...)` with sensible rest, `judge(answers)`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collector.integrity.engine.combine import Verdict
from collector.integrity.engine.engine import AGES, Engine, Judged
from collector.integrity.engine.records import Case

START = 1_735_689_600.0
HOUR = 3600.0


def answer(number: int, **given: Any) -> Case:
    """One CSAT answer an hour, each of another customer on another phone, unless said otherwise."""
    at = given.pop("answered", START + number * HOUR)
    fields: dict[str, Any] = {
        "id": f"R{number:06d}", "invitation": f"I{number}", "agent": f"A{number % 10}",
        "worker": given.get("agent", f"A{number % 10}"), "team": "T", "store": "S",
        "metric": "CSAT", "low": 1.0, "high": 5.0,
        "score": float((5, 4, 5, 2, 5)[number // 10 % 5]),
        "answered": at, "channel": "sms", "opened": at - 6, "ip": f"ip{number}",
        "net": f"net{number}", "device": f"phone{number}", "client": f"browser {number % 7}",
        "event": f"E{number}", "customer": f"C{number}", "contact": f"contact{number}",
        "on_file": f"contact{number}", "occurred": at - 2 * HOUR, "sent": at - HOUR,
        "seconds": 200.0 + number % 90, "cases_then": 1, "cases_later": 1,
    }  # fmt: skip
    return Case(**{**fields, **given})


def run(cases: Iterable[Case], ages: tuple[int, ...] = AGES) -> list[Judged]:
    """Everything the engine says of these answers, in the order in which it says it."""
    engine = Engine(ages)
    said: list[Judged] = []
    for case in sorted(cases, key=lambda c: (c.answered, c.id)):
        said += engine.advance_to(case.answered)
        said.append(engine.answer(case))
    said += engine.finish()
    return said


def judge(cases: Iterable[Case], ages: tuple[int, ...] = AGES) -> dict[str, Verdict]:
    """The final verdicts, by response id."""
    return {item.case.id: item.verdict for item in run(cases, ages) if item.final}
