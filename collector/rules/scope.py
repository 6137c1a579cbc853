"""What a rule may measure where: metric scope, and how many questions one touchpoint bears. Pure.

Used when a rule is saved (`definition.py`, `apply.py`); the sentences are for the person who saves
it. Sources: NPS asks about the relationship (Reichheld, HBR 2003), so tying it to one delivery or
one agent measures something else under its name; and a touchpoint at which everybody asks something
is a touchpoint at which nobody answers (KPI fatigue): three questions at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from collector.surveys import metrics

RELATIONSHIP = ("relationship", "brand")
INTERACTIONS = frozenset(
    (
        "appointment", "call", "case", "chat", "checkout", "complaint", "conversation", "delivery",
        "installation", "order", "payment", "refund", "repair", "return", "shipment", "ticket",
    )
)  # fmt: skip
MOST_AT_ONE_TOUCHPOINT = 3


def problem(definition: Mapping[str, Any], survey: Mapping[str, Any]) -> tuple[str, str]:
    """The field at fault and why, both empty where the rule may measure what it says."""
    metric = metrics.of(survey["metric"])
    subject = definition.get("subject") or ""
    if subject and (unfit := metrics.scope_problem(metric, subject)):
        return "subject", unfit
    about = subject or survey.get("subject") or metric.scope[0]
    if about in RELATIONSHIP and is_interaction(definition["on"]):
        return "on", (
            f"`{survey['key']}` asks about the {about} as a whole, but `{definition['on']}` is a "
            "single interaction, which would colour every answer. Ask csat or ces here, and the "
            "relationship on an event of its own, such as quarter.started or "
            "subscription.renewed."
        )
    return "", ""


def is_interaction(event_type: str) -> bool:
    """Is this event one interaction (an order, a ticket, a call), going by how it is named?"""
    first = event_type.replace(":", ".").replace("/", ".").replace("_", ".").split(".")[0]
    return first.lower() in INTERACTIONS


def crowded(
    live: Iterable[tuple[str, str, str]], event_types: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Of these event types, those at which too many surveys are asked, with the surveys.

    `live`: (rule key, event type, survey key) of every live rule.
    """
    asked: dict[str, set[str]] = {one: set() for one in event_types}
    for _, event_type, survey in live:
        if event_type in asked:
            asked[event_type].add(survey)
    return {
        event_type: tuple(sorted(surveys))
        for event_type, surveys in asked.items()
        if len(surveys) > MOST_AT_ONE_TOUCHPOINT
    }


def fatigue(event_type: str, surveys: Iterable[str]) -> str:
    """Why one more rule on this event cannot go live."""
    listed = ", ".join(surveys)
    return (
        f"`{event_type}` would then be followed by more than {MOST_AT_ONE_TOUCHPOINT} different "
        f"surveys ({listed}). Pause one, or ask it at another moment: people who are measured on "
        "everything answer nothing."
    )
