"""What is found and who is hurt, the more of the company games: base rates must not follow.
Run: `python -m benchmarks.integrity.curves.contamination`.
"""

from __future__ import annotations

from random import Random

from benchmarks.integrity.curves.cheats import FAVOUR, cheat
from benchmarks.integrity.curves.judging import Judged, bar, judge
from benchmarks.integrity.curves.quiet import Company, Habits, quiet

SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4)
PLACES = ("company", "store", "channel", "team")


def point(place: str, share: float, *, practices: tuple[str, ...] = (), seed: int = 1) -> Judged:
    """`share` of the agents there game, each with a practice, at a third of their answers."""
    company = quiet(Habits(seed=seed, agents=20, each=24))
    names = practices or (("made_up_visits",) if place == "channel" else tuple(FAVOUR))
    r = Random(seed)
    of = [agent for agent in company.agents if _within(company, agent, place)]
    chosen = r.sample(of, round(share * len(of)) if place != "team" else round(2.5 * share * 5))
    for number, agent in enumerate(chosen):
        cheat(company, names[number % len(names)], agent, 0.33, careful=number % 3 == 2, seed=seed)
    return judge(company)


def _within(company: Company, agent: str, place: str) -> bool:
    """Where cheats are looked for; of a team all do it at the end of the curve."""
    if place == "store":
        return company.store(agent) == "S1"
    return place != "team" or company.team(agent) == "T2"


def main() -> None:
    for place in PLACES:
        print(f"\nagents who game, of the {place}" + (" (all at 40 %)" if place == "team" else ""))
        for share in SHARES:
            one = point(place, share)
            print(f"{share:4.0%} {bar(one.recall)} {one.recall:4.0%} rejected, "
                  f"honest {one.wrong_share:.2%}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
