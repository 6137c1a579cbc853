"""What each code means to a service manager: what was seen, and what may be behind it. Pure.

Used by `report.py`; the long version of each is in docs/integrity/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """`seen`: a sentence with the evidence's figures in braces. `innocent`: other explanations."""

    title: str
    seen: str
    innocent: str


ANSWERS: Mapping[str, Words] = {
    "DUPLICATE": Words(
        "Posted twice", "the same score came twice to the same invitation within two minutes",
        "A slow network or an impatient thumb; nobody's fault. One of the two still counts."),
    "LINK_SCANNER": Words(
        "Opened by a mail gateway", "a machine that checks mail opened the links",
        "Always innocent: the customer's company scans its mail. The customer may still answer."),
    "DEVICE_SHARED": Words(
        "One device, many customers of one agent",
        "several customers answered from one device, nearly all of them this agent's",
        "A tablet on the counter, a firm's shared desk. Where the scores look like many people's "
        "own "
        "hand, nothing is held against them."),
    "NETWORK_CONCENTRATION": Words(
        "One address, many customers of one agent",
        "several customers answered from one internet address, nearly all of them this agent's",
        "An office with its account manager, the shop's wifi, a mobile carrier."),
    "CLIENT_CONCENTRATION": Words(
        "The very same phone model, too often",
        "far more of the agent's customers use one phone model than elsewhere",
        "A neighbourhood or a firm that buys the same phones."),
    "RAPID_RUN": Words(
        "Good scores in a row from one place",
        "other customers of the agent answered from the same place minutes before or after",
        "A kiosk on a busy day."),
    "CONTACT_CHANGED": Words(
        "Not the number on file", "the survey went to another number than the one on file",
        "People do change their number, or an agent asks for the current one."),
    "CONTACT_REUSED": Words(
        "One number for several customers",
        "the survey for several customers went to one and the same number",
        "Families, and firms with one contact person."),
    "STAFF_CONTACT": Words(
        "A colleague's number", "the number that was asked belongs to somebody on the staff list",
        "People who work here also buy here."),
    "PHANTOM_SESSION": Words(
        "A case that may never have been",
        "a first-time customer, hardly any work, and an answer within moments",
        "Quick honest answers to quick honest cases; only an unusual heap of them counts."),
    "TEMPLATE_TEXT": Words(
        "The same words again", "the comment repeats itself among this agent's customers only",
        "Ready-made tags and everyday words, which other agents' customers use as often."),
    "SCORE_CONFLICT": Words(
        "Best score in spite of trouble",
        "the best score on a case with a complaint, refund, repeat contact or a poor call",
        "Trouble that was solved well. It never decides alone."),
    "UPWARD_REVISION": Words(
        "From low to best", "a low score was changed into the best one",
        "A slip put right, or a problem made good."),
    "ATTACK_BURST": Words(
        "Low scores from one origin",
        "a heap of lowest scores for one agent, within days, from one device, address or kind of "
        "case",
        "An angry household or firm; a bad day of the whole store does not count as one."),
    "ON_THE_SPOT_BEST": Words(
        "Best score while the agent stood by",
        "a best score within minutes of the ask, for an agent who likely asks for scores",
        "The customer may mean it; so the answer stays and counts a little less."),
    "STANDS_FOR_INFLUENCED": Words(
        "Stands for answers given under influence",
        "an answer that is not the best, to an agent who likely asks for best scores",
        "Nothing is held against this answer; it counts for more than one.",
    ),
    "STANDS_FOR_WITHHELD": Words(
        "Stands for customers who were not asked",
        "an answer after trouble, where customers with trouble were asked less often",
        "Nothing is held against this answer; it counts for more than one."),
}  # fmt: skip

SUBJECTS: Mapping[str, Words] = {
    "QA_SOLICITATION": Words(
        "Asking for scores, heard on calls",
        "in {calls_with_asking} of {calls_heard} calls that were listened to, a score was asked "
        "for "
        "(usual: {usual_percent} %)",
        "The listener may have marked a permitted mention of the survey."),
    "PRESSURE_COMPLAINT": Words(
        "Customers complain of pressure",
        "{complaints_about_pressure} customers complained of being pressed for a score (expected: "
        "{expected})",
        "One complaint can be a misunderstanding."),
    "SOLICITED_TEXT": Words(
        "Customers write that they were asked",
        "{comments_saying_so} of {comments} comments say that a score was asked for",
        "The survey itself may have been explained clumsily."),
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
        "Angry customers decline more often; what is usual for that is taken into account."),
    "SUPPRESSION_LEVEL": Words(
        "Many invitations withheld",
        "{seen} of {of} invitations were withheld by hand (usual: {usual_percent} %)",
        "Bad contact data in one district, or a special kind of customer."),
    "LATE_DISPATCH": Words(
        "Invitations sent late",
        "invitations went out far later than usual, above all after trouble",
        "A backlog, or cases that stay open for long."),
    "CASE_REASSIGNED": Words(
        "Cases credited to somebody else",
        "cases that this agent worked on are credited to a colleague, above all those with trouble",
        "Handovers at the end of a shift, or to a specialist."),
    "FABRICATION_COUNT": Words(
        "Answers that customers did not give",
        "{rejected} of {of} answers were set aside as filled in by somebody else",
        "A tablet or a firm's desk that we took for something else; ask before concluding."),
    "CONFLICT_RATE": Words(
        "Best scores in spite of trouble",
        "{best_in_trouble} of {of} customers with trouble gave the best score (usual: "
        "{usual_percent} %)",
        "Somebody who is very good at solving trouble."),
}  # fmt: skip


def sentence(code: str, figures: Mapping[str, object]) -> str:
    """What was seen, with the figures where they are known."""
    words = SUBJECTS.get(code)
    if words is None:
        return code
    if code in ("LATE_DISPATCH", "CASE_REASSIGNED") and "seen" in figures:
        usual = figures["usual_percent"]
        return f"{words.seen} ({figures['seen']} of {figures['of']}; usual: {usual} %)"
    if code in ("LATE_DISPATCH", "CASE_REASSIGNED") and "of_these" in figures:
        return (
            f"of {figures['of_these']} such cases, {figures['with_trouble']} were with trouble "
            f"(expected: {figures['expected_with_trouble']})"
        )
    try:
        return words.seen.format(**figures)
    except KeyError:
        return words.title.lower()


def strength(p: float) -> str:
    """How strong evidence with this p is, in words."""
    if p <= 0:
        return "chance alone would practically never look like this"
    odds = 1 / p
    if odds >= 1e6:
        return "chance alone would look like this less than once in a million agents"
    if odds >= 1000:
        return f"chance alone would look like this about once in {round(odds, -3):,.0f} agents"
    return f"chance alone would look like this about once in {odds:,.0f} agents"
