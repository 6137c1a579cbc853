"""Wrong rejections and recall when a field or a whole file lacks, for a tenth, half, all rows.

Null is unknown: neither equal to anything nor different from it. Recall may fall; who is hurt may
not rise. Run: `python -m benchmarks.integrity.curves.missing [FILE.FIELD…]`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from random import Random

from benchmarks.integrity.curves.cheats import PRACTICES, cheat
from benchmarks.integrity.curves.judging import Judged, bar, judge
from benchmarks.integrity.curves.quiet import Company, Habits, Row, quiet

SHARES = (0.1, 0.5, 1.0)
# Without these a row says nothing at all, and is refused.
NEEDED = {
    "events.event_id", "invitations.invitation_id", "responses.response_id", "responses.metric",
    "responses.scale", "responses.score", "responses.answered_at", "signals.signal_id",
    "signals.type", "roster.agent_id",
}  # fmt: skip


@cache
def company() -> Company:
    """Half of the oddities at once, and one agent for each practice."""
    made = quiet(Habits(agents=20, each=24, corrected=0.04, families=0.05, switchboards=0.03,
                        tablet="store", tablet_share=0.15, nulls=0.1, carriers=0.3))  # fmt: skip
    for number, practice in enumerate(PRACTICES):
        cheat(made, practice, f"A{2 * number:02d}", 0.33, careful=number % 2 == 1)
    return made


def fields() -> list[str]:
    """Every field that a row can do without, and every file."""
    found = []
    for name, rows in company().files.items():
        found += [f"{name}.{key}" for key in rows[0] if f"{name}.{key}" not in NEEDED]
    return [*found, "events", "invitations", "signals", "roster"]


def without(what: str, share: float) -> Callable[[str, Row], Row | None]:
    """Rows lose the field, or are left out where `what` is a file."""
    file, _, field = what.partition(".")
    r = Random(f"{what} {share}")

    def change(name: str, row: Row) -> Row | None:
        if name != file or r.random() >= share:
            return row
        return {**row, field: None} if field else None

    return change


def point(what: str, share: float) -> Judged:
    return judge(company(), without(what, share) if what else None)


def main(chosen: Sequence[str]) -> None:
    whole = judge(company())
    print(f"nothing missing: {whole.recall:.0%} rejected, {len(whole.wrong)} honest\n")
    for what in chosen or fields():
        for share in SHARES:
            one = point(what, share)
            more = len(one.wrong) - len(whole.wrong)
            print(f"{what:28} {share:4.0%} {bar(one.recall)} {one.recall:4.0%} rejected, honest "
                  f"{len(one.wrong)} ({more:+})", flush=True)  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
