"""A quiet, honest company over ten weeks for tests of what happens slowly: `quiet()`, `low(...)`.

Twenty agents in two stores; each answer is another customer's, on a phone and an address of their
own, asked by text or in the app, and scores come in a fixed, mixed order.
"""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.records import Case
from tests.integrity.engine.conftest import HOUR, START, answer

DAY = 24 * HOUR
AGENTS = tuple(f"A{n:02d}" for n in range(20))
SCORES = (5, 5, 4, 5, 3, 5, 5, 2, 5, 4)
DAYS = 70


def home(agent: str) -> dict[str, str]:
    """Where the agent belongs."""
    number = int(agent[1:])
    return {"agent": agent, "worker": agent, "store": f"S{number // 10}",
            "team": f"T{number // 5}"}  # fmt: skip


def quiet(each: int = 28, **given: Any) -> list[Case]:
    """`each` answers an agent, spread over the weeks."""
    cases = []
    for turn in range(each):
        for place, agent in enumerate(AGENTS):
            number = turn * len(AGENTS) + place
            at = START + turn * DAYS / each * DAY + place * 0.4 * HOUR
            app = number % 3 == 0
            delay = (
                60.0 * 2 ** ((5 * turn + 3 * place) % 11) if app else 1200.0 + 700 * (number % 29)
            )
            own = {
                "score": float(SCORES[(3 * turn + 7 * place) % 10]), "answered": at,
                "occurred": at - delay, "sent": at - delay + (10 if app else 900),
                "seconds": 120.0 + 60 * ((turn + 2 * place) % 13),
                "channel": "in_app" if app else "sms", "client": f"browser {number % 37}",
            }  # fmt: skip
            cases.append(answer(number, **{**own, **home(agent), **given}))
    return cases


def low(number: int, agent: str, day: float, **given: Any) -> Case:
    """The worst score for this agent, hours after a text message."""
    at = START + day * DAY
    own = {"score": 1.0, "answered": at, "occurred": at - 9 * HOUR, "sent": at - 8.7 * HOUR,
           "client": f"browser {number % 37}"}  # fmt: skip
    return answer(number, **{**own, **home(agent), **given})


def at_once(number: int, agent: str, day: float, **given: Any) -> Case:
    """The same, in the app: the customer's only case, hardly any work, seconds later."""
    at = START + day * DAY
    seconds = 16.0 + number % 8
    own = {"channel": "in_app", "occurred": at - seconds, "sent": at - 6, "seconds": 30.0}
    return low(number, agent, day, **{**own, **given})
