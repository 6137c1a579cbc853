"""What a rule may look like: checks one, gives it back complete, and reads a stored one. Pure.

A rule says: on this event, under this condition, ask this survey over these channels, so late, to
this share of people. When exactly is in `timing.py`, how careful to be in `contact_policy.py`.
Which gates follow from it: `triggers/gates/order.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from collector.rules import contact_policy, scope
from collector.rules import timing as rule_timing
from collector.rules.conditions import Condition, compile_condition
from collector.rules.contact_policy import ContactPolicy, compiled
from collector.rules.spans import duration, span
from collector.rules.statuses import STATUSES as STATUSES
from collector.rules.timing import EVENT_TYPE, Timing
from collector.surveys import metrics
from collector.surveys.documents import Locate, json_pointer
from collector.surveys.fields import Fields, Report

CHANNELS = ("inapp", "sms", "email", "webhook")
CONSENT = ("required", "implied")

ABOUT = {
    "key": "The rule's name for good: it stands in decisions, exports and commands. A file with "
    "another key is another rule.",
    "on": "The type of event that it listens to, letter for letter, such as `order.delivered`.",
    "survey": "The `key` of the survey that is asked.",
    "status": "Nobody is asked by a `draft` or a `paused` rule. One that was live cannot become a "
    "draft again.",
    "when": "A condition in [CEL](https://cel.dev), such as `context.amount > 20`. Left out, every "
    "such event is taken. A field that the event does not carry means no. See "
    "[what conditions may look at](reason-codes.md#what-conditions-may-look-at).",
    "channels": "Over what to ask, in this order: the first by which the person can be reached. "
    "The next one follows where it fails, or after `fallback_after`.",
    "consent": "`required`: texts, mails and webhooks only with a recorded yes. `implied`: unless "
    "the person said no. The product itself (`inapp`) needs no yes.",
    "subject": "What an answer to this rule's asks judges, where it is something else than the "
    "survey's `subject`. Must fit the metric.",
    "delay": "How long after the event the ask goes out.",
    "sample": "The share of people who are asked: `0.5` is half of them, always the same half. A "
    "larger share holds all of a smaller one.",
    "priority": "Where several rules want one event, the highest asks; of equal ones, the first by "
    "key.",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule, ready to use. `sample` is the share of people, 0 to 1."""

    version_id: str
    key: str
    event_type: str
    survey_key: str
    condition: Condition | None
    channels: tuple[str, ...]
    consent: str
    delay: timedelta
    sample: float
    priority: int
    timing: Timing
    policy: ContactPolicy

    @property
    def rank(self) -> tuple[int, str]:
        """Sorts competing rules: the highest priority first, then by key."""
        return -self.priority, self.key


def check(raw: Any, locate: Locate = json_pointer) -> dict[str, Any]:
    """The definition, complete. Raises InvalidInput listing every problem with its place.

    `consent: required` (the default) asks over SMS and email only with a recorded yes; `implied`
    asks unless the person said no. In-app needs no recorded yes in either case.
    """
    report = Report(locate)
    checked = read(raw, report)
    report.raise_if_any("The rule")
    return checked


def read(raw: Any, report: Report) -> dict[str, Any]:
    """The same, with problems and whatever is known of every field in the report."""
    fields = Fields(raw, report)
    checked: dict[str, Any] = {
        "key": fields.text("key", key=True, about=ABOUT["key"]),
        "on": fields.text("on", most=100, about=ABOUT["on"], takes="event type, at most 100"),
        "survey": fields.text("survey", key=True, about=ABOUT["survey"]),
        "status": fields.choice("status", STATUSES, default="draft", about=ABOUT["status"]),
        "when": fields.text(
            "when", most=4_000, default="", about=ABOUT["when"], takes="CEL, at most 2000"
        ),
        "channels": fields.choices("channels", CHANNELS, about=ABOUT["channels"]),
        "consent": fields.choice("consent", CONSENT, default="required", about=ABOUT["consent"]),
        "subject": fields.choice(
            "subject", (*metrics.SUBJECTS, ""), default="", about=ABOUT["subject"]
        ),
        "delay": span(fields, "delay", default="0s", about=ABOUT["delay"]),
        "sample": fields.number("sample", 0, 1, 1, about=ABOUT["sample"]),
        "priority": fields.integer("priority", -1000, 1000, 0, about=ABOUT["priority"]),
    }
    checked |= contact_policy.check(fields, CHANNELS)
    checked |= rule_timing.check(fields, CHANNELS)
    if checked["on"] and not EVENT_TYPE.fullmatch(checked["on"]):
        fields.problem("on", "`on` is an event type such as order.delivered, without spaces.")
    if checked["when"].strip():
        compiled(fields, "when", compile_condition)
    checked["when"] = checked["when"].strip()
    fields.done()
    return checked


def check_survey(
    definition: Mapping[str, Any], survey: Mapping[str, Any] | None, locate: Locate = json_pointer
) -> None:
    """Does the rule fit its survey? Raises InvalidInput (`unknown_survey`, `metric_scope`)."""
    report = Report(locate)
    if survey is None:
        report.add(
            ("survey",), f"There is no survey with the key `{definition['survey']}`.",
            "unknown_survey",
        )  # fmt: skip
    else:
        field, why = scope.problem(definition, survey)
        if why:
            report.add((field,), why, "metric_scope")
    report.raise_if_any("The rule")


def ready(version_id: str, definition: Mapping[str, Any]) -> Rule:
    """The stored, checked definition as a rule with its condition compiled."""
    when = definition.get("when") or ""
    return Rule(
        version_id=version_id,
        key=definition["key"],
        event_type=definition["on"],
        survey_key=definition["survey"],
        condition=compile_condition(when) if when else None,
        channels=tuple(definition["channels"]),
        consent=definition.get("consent", "required"),
        delay=duration(definition.get("delay", "0s")) or timedelta(),
        sample=definition.get("sample", 1),
        priority=definition.get("priority", 0),
        timing=rule_timing.ready(definition),
        policy=contact_policy.ready(definition),
    )
