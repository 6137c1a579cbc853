"""How much of each practice is found, the more of an agent's answers are gamed and the longer it
takes. Run: `python -m benchmarks.integrity.curves.strength [PRACTICE…]`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from benchmarks.integrity.curves.cheats import PRACTICES, cheat
from benchmarks.integrity.curves.judging import Judged, bar, judge
from benchmarks.integrity.curves.quiet import Habits, quiet

SHARES = (0.03, 0.06, 0.12, 0.25, 0.5)
SPREADS = (1, 4, 12)


def point(
    practice: str, share: float, weeks: int, *, careful: bool = False, each: int = 40
) -> Judged:
    """One agent of sixteen games; everybody else is quiet."""
    company = quiet(Habits(agents=16, per_team=4, per_store=8, each=each))
    cheat(company, practice, "A05", share, weeks=weeks, first=7 if weeks < 12 else 0,
          careful=careful)  # fmt: skip
    return judge(company)


def main(chosen: Sequence[str]) -> None:
    for practice in chosen or PRACTICES:
        for careful in (False, True):
            for weeks in SPREADS:
                print(f"\n{practice}, {'careful' if careful else 'careless'}, over {weeks} weeks")
                for share in SHARES:
                    one = point(practice, share, weeks, careful=careful)
                    print(f"{share:5.0%} {bar(one.recall)} {one.recall:4.0%} rejected, "
                          f"honest {one.wrong_share:.2%}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
