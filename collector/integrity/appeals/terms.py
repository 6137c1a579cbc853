"""Who may contest what, until when, who may rule, and what a ruling does. Pure.

outcome       verdict    weight  counts for
counts        clean      1       everybody
company_only  clean      1       the company, but no agent, team or store
set_aside     rejected   0       nobody
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from collector.errors import InvalidInput, Problem

OPEN, UPHELD, DISMISSED, WITHDRAWN = "open", "upheld", "dismissed", "withdrawn"
STATES = (OPEN, UPHELD, DISMISSED, WITHDRAWN)
RESPONSE, FINDING = "response", "finding"
MAX_BY, MAX_REASON, MAX_STATEMENT = 100, 500, 2_000
GROUNDS: Mapping[str, Mapping[str, str]] = {
    RESPONSE: {
        "product_failed": "the product failed, not the service",
        "not_my_case": "it is about somebody else's work",
        "genuine": "the customer gave this answer, and nobody else",
        "not_genuine": "no customer gave this answer in earnest",
        "other": "for another reason",
    },
    FINDING: {
        "innocent_explanation": "there is an innocent explanation",
        "wrong_data": "the records behind it are wrong",
        "other": "for another reason",
    },
}
OUTCOMES: Mapping[str, Mapping[str, str]] = {
    RESPONSE: {
        "counts": "the answer counts fully",
        "company_only": "the answer counts for the company, but for no agent, team or store",
        "set_aside": "the answer counts for nobody",
    },
    FINDING: {"cleared": "nothing is held against anybody"},
}


@dataclass(frozen=True, slots=True)
class Opening:
    """An appeal as it comes in: who appeals, on which ground, in which words.

    `key`: the sender's idempotency key, '' for none; the same key again is the same appeal. `via`:
    the name of the API key, for the log.
    """

    by: str
    ground: str
    statement: str
    key: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A ruling as it comes in. `outcome` goes with `upheld` only; `reason` is obligatory."""

    by: str
    decision: str
    outcome: str
    reason: str
    key: str = ""
    via: str = ""


def deadline(published_at: datetime, days: int) -> datetime:
    """Until when what was published then may be contested."""
    return published_at + timedelta(days=days)


def involvement(
    by: str,
    appellant: str,
    subjects: Mapping[str, Collection[str]],
    supervisors: Collection[str],
    ruled: Collection[str] = (),
) -> str:
    """Why this person may not rule, as a sentence; '' where they are not involved.

    `ruled`: who made the ruling that is contested.
    """
    who = plain(by)
    if who == plain(appellant):
        return f"'{by}' opened this appeal, so somebody else has to rule on it."
    if who in {plain(one) for ids in subjects.values() for one in ids}:
        return f"'{by}' is whom this is about, so somebody else has to rule on it."
    if who in {plain(one) for one in supervisors}:
        return (
            f"'{by}' supervises those whom this is about (by the roster), so somebody from "
            "elsewhere has to rule on it."
        )
    if who in {plain(one) for one in ruled}:
        return f"'{by}' made the ruling that is contested, so somebody else has to look at it."
    return ""


def plain(name: str) -> str:
    """A name without the differences that nobody sees: case, width, spaces around it."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def check_opening(opening: Opening, about: str) -> Opening:
    """The opening with its texts trimmed. Raises InvalidInput (`invalid_appeal`)."""
    problems = [
        *_text(opening.by, "/by", MAX_BY, "Say who appeals: an id."),
        *_choice(opening.ground, "/ground", GROUNDS[about]),
        *_text(opening.statement, "/statement", MAX_STATEMENT, "Say what is wrong with it."),
    ]
    _raise(problems, "This cannot be taken as an appeal", "invalid_appeal")
    return Opening(
        opening.by.strip(), opening.ground, opening.statement.strip(), opening.key, opening.via
    )


def check_decision(decision: Decision, about: str) -> Decision:
    """The decision with its texts trimmed. Raises InvalidInput (`invalid_ruling`)."""
    problems = [
        *_text(decision.by, "/by", MAX_BY, "Say who rules: an id."),
        *_choice(decision.decision, "/decision", (UPHELD, DISMISSED)),
        *_text(decision.reason, "/reason", MAX_REASON, "A ruling needs its reasons."),
    ]
    outcome = decision.outcome
    if decision.decision == UPHELD:
        if not outcome and len(OUTCOMES[about]) == 1:
            outcome = next(iter(OUTCOMES[about]))
        problems += _choice(outcome, "/outcome", OUTCOMES[about])
    elif decision.decision == DISMISSED and outcome:
        problems.append(
            Problem("outcome_of_a_dismissal", "A dismissal changes nothing.", "/outcome")
        )
    _raise(problems, "This cannot be taken as a ruling", "invalid_ruling")
    return Decision(
        decision.by.strip(), decision.decision, outcome, decision.reason.strip(), decision.key,
        decision.via,
    )  # fmt: skip


def check_withdrawal(by: str, reason: str) -> tuple[str, str]:
    """Who and why, trimmed; a reason is welcome, not needed. Raises InvalidInput."""
    problems = _text(by, "/by", MAX_BY, "Say who withdraws: an id.")
    if reason.strip():
        problems += _text(reason, "/reason", MAX_REASON, "")
    _raise(problems, "This cannot be taken as a withdrawal", "invalid_withdrawal")
    return by.strip(), reason.strip()


def check_finding_ruling(by: str, outcome: str, reason: str) -> tuple[str, str]:
    """Who and why, trimmed. Raises InvalidInput (`invalid_ruling`)."""
    problems = [
        *_text(by, "/by", MAX_BY, "Say who rules: an id."),
        *_choice(outcome, "/outcome", ("confirmed", "cleared")),
        *_text(reason, "/reason", MAX_REASON, "A ruling needs its reasons."),
    ]
    _raise(problems, "This cannot be taken as a ruling", "invalid_ruling")
    return by.strip(), reason.strip()


def _text(value: str, pointer: str, most: int, missing: str) -> list[Problem]:
    value = value.strip()
    if not value:
        return [Problem("missing", missing, pointer)]
    if len(value) > most:
        return [Problem("too_long", f"This is longer than {most} characters.", pointer)]
    if not value.replace("\n", " ").isprintable():
        return [Problem("bad_character", "This holds a character that is no text.", pointer)]
    return []


def _choice(value: str, pointer: str, options: Collection[str]) -> list[Problem]:
    if value in options:
        return []
    code = "unknown_value" if value else "missing"
    return [Problem(code, f"This must be one of: {', '.join(options)}.", pointer)]


def _raise(problems: list[Problem], what: str, code: str) -> None:
    if problems:
        first = problems[0]
        raise InvalidInput(
            f"{what}: {first.detail}", code=code, pointer=first.pointer, problems=tuple(problems)
        )
