"""What each code about an agent, team or store means to a service manager, and what to do. Pure.

The long version of each is in docs/integrity/. Codes about answers
are in `words_answers.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """`seen`: a sentence with the evidence's figures in braces. `innocent`: other explanations.
    `source`: who says so.
    """

    title: str
    seen: str
    innocent: str
    source: str = "when and how answers came"


@dataclass(frozen=True, slots=True)
class Family:
    """One way to collect wrongly: its name in a heading, what to do next."""

    name: str
    next: str


FAMILIES: Mapping[str, Family] = {
    "solicitation": Family(
        "asking for scores",
        "Listen to ten calls or visits that nobody picked by their score. Ask ten to "
        "twenty of the customers again, some days later and through the contact on file: how "
        "content were you, and did anybody speak to you about the score? Look at what the bonus "
        "asks of people before looking at the person."),
    "selection": Family(
        "choosing whom to ask",
        "Read the ledger of withheld, late and handed-over cases with their reasons. Ask ten to "
        "twenty of those customers yourself. Then let the system send, and keep the right to "
        "withhold for reasons that it can check."),
    "fabrication": Family(
        "answers that customers did not give",
        "Ask ten to twenty of the customers behind the answers that were set aside, through the "
        "contact on file: did you answer our survey? Find out whose device it is; a tablet on the "
        "counter ends the matter."),
    # The same family where only scores in trouble speak, and no answer was set aside: say less.
    "conflict": Family(
        "best scores in spite of trouble",
        "Listen to the calls of those cases, and ask those customers again through the contact on "
        "file. Somebody who solves trouble well is somebody to learn from."),
}  # fmt: skip
SUBJECTS: Mapping[str, Words] = {
    "QA_SOLICITATION": Words(
        "Asking for scores, heard on calls",
        "in {calls_with_asking} of {calls_heard} calls that were listened to, a score was asked "
        "for (usual: {usual_percent} %)",
        "The listener may have marked a permitted mention of the survey.",
        "listened calls"),
    "PRESSURE_COMPLAINT": Words(
        "Customers complain of pressure",
        "customers complained {complaints_about_pressure} times of being pressed for a score "
        "(expected: {expected})",
        "One complaint can be a misunderstanding.",
        "complaints"),
    "SOLICITED_TEXT": Words(
        "Customers write that they were asked",
        "{comments_saying_so} of {comments} comments say that a score was asked for",
        "The survey itself may have been explained clumsily.",
        "the customers' own words"),
    "ON_THE_SPOT_BEST": Words(
        "Best scores while the agent stands by",
        "{best} of {of} answers within minutes were the best score; {expected_best} would fit the "
        "same agent's later answers",
        "Happy customers answer at once."),
    "ON_THE_SPOT_SHARE": Words(
        "Answers come unusually soon",
        "{within_minutes} of {answers} answers came within minutes (expected: {expected})",
        "A counter where customers wait, or good habits of inviting."),
    "PERIOD_END_LIFT": Words(
        "Better at the end of the month",
        "{best} of {of} answers in the last days of a month were the best score (expected: "
        "{expected_best})",
        "Chance, or another kind of business at the end of a month."),
    "REVISION_RATE": Words(
        "Low scores are raised afterwards",
        "{low_scores_raised} of {low_scores} low scores became the best one (usual: "
        "{usual_percent} %)",
        "Somebody who is good at putting things right."),
    "SELECTIVE_INVITE": Words(
        "Withheld where there was trouble",
        "of {of_these} invitations withheld by hand, {with_trouble} were about cases with trouble "
        "(expected: {expected_with_trouble})",
        "Angry customers decline more often; what is usual for that is taken into account.",
        "the ledger of invitations"),
    "SUPPRESSION_LEVEL": Words(
        "Many invitations withheld",
        "{seen} of {of} invitations were withheld by hand (usual: {usual_percent} %)",
        "Bad contact data in one district, or a special kind of customer.",
        "the ledger of invitations"),
    "LATE_DISPATCH": Words(
        "Invitations sent late",
        "invitations went out far later than usual, above all after trouble",
        "A backlog, or cases that stay open for long.",
        "the ledger of invitations"),
    "CASE_REASSIGNED": Words(
        "Cases credited to somebody else",
        "cases that this agent worked on are credited to a colleague, above all those with trouble",
        "Handovers at the end of a shift, or to a specialist.",
        "the ledger of cases"),
    "FABRICATION_COUNT": Words(
        "Answers that customers did not give",
        "{rejected} of {of} answers were set aside as filled in by somebody else",
        "A tablet or a firm's desk that we took for something else; ask before concluding.",
        "where the answers came from"),
    "CONFLICT_RATE": Words(
        "Best scores in spite of trouble",
        "{best_in_trouble} of {of} customers with trouble gave the best score (usual: "
        "{usual_percent} %)",
        "Somebody who is very good at solving trouble.",
        "complaints and refunds beside the scores"),
}  # fmt: skip


# How a test over troubled cases names what it looked at.
AMONG = {
    "LATE_DISPATCH": "invitations that went out late",
    "CASE_REASSIGNED": "cases that are credited to a colleague",
}


def sentence(code: str, figures: Mapping[str, object]) -> str:
    """What was seen, with the figures where they are known."""
    words = SUBJECTS.get(code)
    if words is None:
        return code
    if code in AMONG and "seen" in figures:
        usual = figures["usual_percent"]
        return f"{words.seen} ({figures['seen']} of {figures['of']}; usual: {usual} %)"
    if code in AMONG and "of_these" in figures:
        return (
            f"of {figures['of_these']} {AMONG[code]}, {figures['with_trouble']} were about cases "
            f"with trouble (expected: {figures['expected_with_trouble']})"
        )
    try:
        return words.seen.format(**figures)
    except (KeyError, ValueError, IndexError):
        return words.title.lower()


def strength(p: float, kind: str = "agents") -> str:
    """How strong evidence with this p is, in words. `kind`: agents, teams or stores."""
    if p <= 0:
        return "where all collect as usual, chance practically never looks like this"
    odds = 1 / p
    if odds >= 1e6:
        often = f"fewer than one in a million {kind}"
    elif odds >= 1000:
        often = f"about one in {round(odds, -3):,.0f} {kind}"
    else:
        often = f"about one in {odds:,.0f} {kind}"
    return f"where all collect as usual, chance makes {often} look like this"
