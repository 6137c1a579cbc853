"""Practices of cheats, added to a quiet company in any strength. Each leaves what such a person
leaves: whose phone, whose number, when, from where. Used by the curves.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from benchmarks.integrity.curves.quiet import DAY, HOUR, WEEK, Company

LINES = (
    "really very helpful and friendly service, everything was explained to me well, thank you",
    "friendly and very helpful service, everything was explained really well to me, thanks",
)


def own_phone(r: Random, n: int, careful: bool) -> dict[str, Any]:
    """The link goes to a number of the cheat's and is answered on the cheat's own phone."""
    phone = n // 4 if careful else 0
    return {
        "contact": f"spare {n // 3}", "on_file": f"customer's own {n}", "device": f"spare {phone}",
        "ip": f"road {r.randrange(9)}", "browser": f"Spare {phone}",
        "wait": r.uniform(1, 30) * HOUR,
    }  # fmt: skip


def typed_in(r: Random, n: int, careful: bool) -> dict[str, Any]:
    """At intake a friend's number was typed in, so it is the one on file; one phone answers."""
    friend = n // 4 if careful else 0
    return {
        "contact": f"friend {friend}", "device": f"friend {friend}", "ip": f"road {r.randrange(9)}",
        "browser": f"Friend {friend}", "wait": r.uniform(1, 30) * HOUR,
    }  # fmt: skip


def made_up_visits(r: Random, n: int, careful: bool) -> dict[str, Any]:
    """Visits that never were, in the app: opened, closed and rated within half a minute."""
    return {
        "channel": "in_app", "handle": r.uniform(60, 120) if careful else r.uniform(15, 40),
        "wait": r.uniform(20, 90) if careful else r.uniform(10, 24), "browser": "App 3",
    }  # fmt: skip


def after_hours(r: Random, n: int, careful: bool) -> dict[str, Any]:
    """The shop's tablet, in the evening, for the customers of the day before."""
    return {
        "device": f"drawer {n // 5 if careful else 0}", "ip": "shop drawer", "browser": "Counter 9",
        "wait": r.uniform(9, 14) * HOUR if careful else r.uniform(22, 34) * HOUR,
    }  # fmt: skip


def private_windows(r: Random, n: int, careful: bool) -> dict[str, Any]:
    """Each time a new private window, always the same line at home."""
    return {
        "ip": f"cheat's home {n % 3}" if careful else "cheat's home", "browser": "Private 120",
        "contact": f"throwaway {n}", "on_file": f"customer's own {n}",
        "wait": r.uniform(1, 30) * HOUR,
    }  # fmt: skip


def dictated(r: Random, n: int, careful: bool) -> dict[str, Any]:
    """The same long sentence each time, from wherever, to throwaway numbers."""
    return {
        "comment": LINES[n % 2 if careful else 0], "contact": f"throwaway {n}",
        "on_file": f"customer's own {n}", "wait": r.uniform(1, 30) * HOUR,
    }  # fmt: skip


def _against(how: Callable[[Random, int, bool], dict[str, Any]]) -> Any:
    def bombing(r: Random, n: int, careful: bool) -> dict[str, Any]:
        given = how(r, n, careful)
        return {**given, "score": 1, "label": "bombing"}

    return bombing


Practice = Callable[[Random, int, bool], dict[str, Any]]
FAVOUR: dict[str, Practice] = {
    f.__name__: f
    for f in (own_phone, typed_in, made_up_visits, after_hours, private_windows, dictated)
}


def stolen_links(r: Random, n: int, careful: bool) -> dict[str, Any]:
    """Somebody answers the victim's open invitations on one phone."""
    phone = n // 4 if careful else 0
    return {
        "device": f"enemy {phone}", "ip": f"enemy road {n % 5}", "browser": f"Enemy {phone}",
        "wait": r.uniform(3, 40) * HOUR,
    }  # fmt: skip


AGAINST: dict[str, Practice] = {
    "stolen_links": _against(stolen_links), "bad_visits": _against(made_up_visits),
}  # fmt: skip
PRACTICES = FAVOUR | AGAINST


def cheat(
    company: Company, practice: str, agent: str, share: float, *, weeks: int = 12, first: int = 0,
    careful: bool = False, seed: int = 5, score: int | None = None,
) -> list[str]:  # fmt: skip
    """Add answers until `share` of the agent's are gamed, spread over `weeks` from `first` on."""
    honest = sum(row["agent_id"] == agent for row in company.files["responses"])
    count = max(1, round(honest * share / (1 - share)))
    return add(company, practice, agent, count, weeks=weeks, first=first, careful=careful,
               seed=seed, score=score)  # fmt: skip


def add(
    company: Company, practice: str, agent: str, count: int, *, weeks: int = 12, first: int = 0,
    careful: bool = False, seed: int = 5, score: int | None = None,
) -> list[str]:  # fmt: skip
    """`count` gamed answers; the same seed gives the same first ones, however many follow."""
    r = Random(f"{seed} {practice} {agent}")
    days = [(first + (7 * weeks - 2) * (n * 0.618 % 1)) for n in range(count)]
    found = []
    for n, day in enumerate(days):
        given = PRACTICES[practice](r, n, careful)
        label = (given.pop("label", "fabricated"), practice)
        usual = given.pop("score", 4 if careful and n % 5 == 3 else 5)
        at = day * DAY + (9 + 8 * r.random()) * HOUR
        for name in ("contact", "device", "ip", "on_file"):
            if given.get(name):
                given[name] = f"{agent}'s {given[name]}"
        at = min(at, company.habits.weeks * WEEK - 1)
        score_given = usual if score is None else score
        found.append(company.put(agent, at, score_given, label=label, **given))  # fmt: skip
    return found
