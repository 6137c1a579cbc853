"""What each code on an answer means to a service manager, with an example's figures. Pure.

The long version of each is in docs/integrity/. Codes about agents,
teams and stores are in `words.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """`seen`: what was seen; `example`: the same with the figures of one answer in braces;
    `innocent`: other explanations.
    """

    title: str
    seen: str
    innocent: str
    example: str = ""


ANSWERS: Mapping[str, Words] = {
    "DUPLICATE": Words(
        "Posted twice",
        "The same score came twice to the same invitation within two minutes.",
        "A slow network or an impatient thumb; nobody's doing. One of the two still counts.",
        "it came {seconds:.0f} seconds after its twin"),
    "LINK_SCANNER": Words(
        "Opened by a machine that checks links",
        "A machine that checks links opened them, as a mail gateway does before anybody can read.",
        "Always innocent: the customer's company or phone checks links. The customer may still "
        "answer.",
        "an answer {seconds_after_sending:.0f} seconds after the message was sent"),
    "TAP_STREAM": Words(
        "Pressed by a machine",
        "The presses behind the answer look like a machine's: a hidden link was opened, no "
        "browser was there, or several scores were pressed at once.",
        "Always innocent: a robot checks the links that the customer gets. The customer may "
        "still answer."),
    "DEVICE_SHARED": Words(
        "One device, many customers of one agent",
        "Several customers answered from one device, nearly all of them this agent's or a few "
        "agents'.",
        "A tablet on the counter, a firm's shared desk. Where the scores look like many people's "
        "own hand, low ones included, nothing is held against them; less, where they were given "
        "while the customers were there.",
        "{customers} customers on one device, {for_subject} of them this agent's; {expected} "
        "would be usual"),
    "NETWORK_CONCENTRATION": Words(
        "One address, many customers of one agent",
        "Several customers answered from one internet address, nearly all of them this agent's.",
        "An office with its account manager, the shop's wifi, a mobile carrier.",
        "{customers} customers at one address, {for_subject} of them this agent's; {expected} "
        "would be usual"),
    "CLIENT_CONCENTRATION": Words(
        "The very same phone model, too often",
        "Far more of the agent's customers use one phone model than customers elsewhere.",
        "A neighbourhood or a firm that buys the same phones.",
        "{customers} of {of} customers on one phone model; {expected} would be usual"),
    "RAPID_RUN": Words(
        "Good scores in a row from one place",
        "Other customers of the agent answered from the same place minutes before or after.",
        "A kiosk on a busy day.",
        "customers of this agent within minutes of it, from the same place: "
        "{customers_within_minutes}"),
    "CONTACT_CHANGED": Words(
        "Not the number or address on file",
        "The survey went to another number or address than the one on the customer's file.",
        "People do change their number, or an agent asks for the current one.",
        "{changed} of the agent's {of} customers were asked elsewhere than on file (usual: "
        "{usual_percent} %)"),
    "CONTACT_REUSED": Words(
        "One contact for several customers",
        "The survey for several customers went to one and the same number or address.",
        "Families, firms with one contact person, a neighbour or concierge who takes things in.",
        "one number or address was asked for {customers} customers, and is not on file for "
        "{not_on_file} of them"),
    "STAFF_CONTACT": Words(
        "A colleague's number or address",
        "The number or address that was asked belongs to somebody on the staff list.",
        "People who work here also buy here. Whose it is may not know that it was used."),
    "PHANTOM_SESSION": Words(
        "A case that may never have been",
        "A first-time customer, hardly any work, and an answer within moments.",
        "Quick honest answers to quick honest cases; only an unusual number of them counts.",
        "an answer {seconds_after_case:.0f} seconds after the case, one of {alike} such cases of "
        "this agent; {expected} would be usual"),
    "IN_HAND": Words(
        "Answered while the agent stood there",
        "Far more of the agent's customers than others' answer within moments of the case.",
        "Customers who like to be done with it. Few of any one agent's are.",
        "an answer {seconds_after_case:.0f} seconds after the case; {as_soon} of the agent's {of} "
        "came as soon, {expected} would be usual"),
    "ONE_SITTING": Words(
        "One after the other from one place",
        "Several customers, whose cases were long over, answered in a row from one place.",
        "People who are together later, at a firm, an event or on a ward: many hands, many scores.",
        "{customers} customers of {subjects} agents within {minutes} minutes from one {where}"),
    "TEMPLATE_TEXT": Words(
        "The same words again",
        "The comment repeats itself among this agent's customers only.",
        "Ready-made tags and everyday words, which other agents' customers use as often.",
        "{alike} comments alike among the agent's {of_comments}; {expected} would be usual"),
    "SOLICITED_TEXT": Words(
        "The customer writes that a score was asked for",
        "The comment says so. The answer counts; it speaks of how the agent collects.",
        "A joke, or an explanation of the survey that was misunderstood."),
    "SCORE_CONFLICT": Words(
        "Best score in spite of trouble",
        "The best score on a case with a complaint, refund, repeat contact or a poor call.",
        "Trouble that was solved well. It never decides alone."),
    "UPWARD_REVISION": Words(
        "From low to best",
        "A low score was changed into the best one.",
        "A slip put right, or a problem made good. It never decides alone.",
        "from {from} to the best score, {hours} hours later"),
    "ATTACK_BURST": Words(
        "Low scores from one origin",
        "A burst of lowest scores for one agent, within days, from one device, address or kind of "
        "case. The agent is the victim here.",
        "An angry household or firm; a bad day of the whole store does not count as one.",
        "one of {low_scores} low scores for this agent within days"),
    "ON_THE_SPOT_BEST": Words(
        "Best score while the agent stood by",
        "A best score within minutes of the ask, for an agent who likely asks for scores.",
        "The customer may mean it; so the answer stays and counts a little less.",
        "it loses {influenced:.0%} of its weight"),
}  # fmt: skip
# Nothing is held against these: they count for more than one.
MORE: Mapping[str, str] = {
    "STANDS_FOR_INFLUENCED": "not the best score, to an agent who likely asks for best ones: it "
    "stands for customers who were talked into more",
    "STANDS_FOR_WITHHELD": "a low score, where unhappy customers were asked less often than usual: "
    "it stands for those who were not asked",
}


def of(code: str) -> Words:
    """The words for a code; for one that is not known here, its name and where to read on."""
    found = ANSWERS.get(code)
    return found or Words(code, "See the page of this check in docs/integrity/.", "Not said here.")


def example(code: str, figures: Mapping[str, object]) -> str:
    """The figures of one answer as a sentence; empty where they do not say enough."""
    words = ANSWERS.get(code)
    if words is None or not words.example:
        return ""
    try:
        return words.example.format(**figures)
    except (KeyError, ValueError, TypeError, IndexError):
        return ""
