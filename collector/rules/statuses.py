"""Which status a rule has once its file was applied: a file's word counts once, not for ever. Pure.

Somebody switches a rule by hand, and the file still says what it said. Applying the folder for
another change must not undo that: what a file says of the status counts where it says something
else than the last time it was applied, or where it is told to (`take`). Used by `apply.py`, and by
`collector rules diff`, which tells beforehand.
"""

from __future__ import annotations

DRAFT, LIVE, PAUSED, RETIRED = STATUSES = ("draft", "live", "paused", "retired")
STOPPED = (PAUSED, RETIRED)


def merged(held: str, filed: str, said: str, take: bool = False) -> str:
    """The status after applying. `held` is how the rule stands ('' for a new one), `filed` what its
    file said when it was last applied ('' where nobody knows), `said` what it says now.

    A rule that was live never becomes a draft again. Where nobody knows what the file said before,
    stopping wins over asking.
    """
    if not held:
        return said
    if said == DRAFT:
        return held
    if take or (filed and said != filed):
        return said
    if filed:
        return held
    return held if held in STOPPED and said == LIVE else said


def sentence(before: str, after: str, said: str = "") -> str:
    """What became of the status, to be said aloud; empty where nothing is to be said."""
    if before and before != after:
        return f"status: {before} → {after}"
    if said and said != after:
        return f"stays {after}; the file says {said}"
    return f"status: {after}" if not before and after else ""
