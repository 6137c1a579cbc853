"""Every reason code that a decision can carry: what it means and what somebody could do about it.

Pure; imported by the gates, the API, the console and the documents. No decision is written without
one of these. `sentence` puts the figures that the gate saw into words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """`template` is filled with the gate's facts; `remedy` says what would change the outcome."""

    code: str
    meaning: str
    remedy: str
    template: str = ""


REASONS = {
    reason.code: reason
    for reason in (
        Reason(
            "invited",
            "Every gate was passed, and no rule of higher priority wanted this event.",
            "Nothing to mend.",
            "Will be asked over {channels}.",
        ),
        Reason(
            "condition_false",
            "The rule's condition does not hold for this event.",
            "Change the rule's `when`, or send the fields that it looks at.",
        ),
        Reason(
            "condition_error",
            "The rule's condition could not be worked out with the values of this event.",
            "Compare the types in the rule's `when` with what the events really carry.",
            "The condition failed: {error}.",
        ),
        Reason(
            "too_late",
            "The event is so old that the survey's time to answer is over.",
            "Send events sooner, or raise the survey's `lapse_days`.",
            "The event is {age_hours} hours old; this survey is asked within {limit_hours} hours.",
        ),
        Reason(
            "opted_out",
            "The person declined to be asked on every channel of this rule.",
            "None: only the person can take this back.",
            "Declined on {denied}.",
        ),
        Reason(
            "paused",
            "The person asked to be left alone for a while, and the ask would fall into that time.",
            "None: the break ends by itself, or the person ends it.",
            "Wants to be left alone until {again_at}.",
        ),
        Reason(
            "no_consent",
            "Nobody recorded that this person agreed to be asked on any channel of this rule.",
            "Send the consent with the event or through PUT /v1/people/{ref}, or add `inapp`.",
            "No consent is known for {missing}.",
        ),
        Reason(
            "no_channel",
            "No address is known for any channel of this rule on which the person may be asked.",
            "Send the phone number or mail address, or add `inapp` to the rule's channels.",
            "No usable address for {unreachable}.",
        ),
        Reason(
            "channel_unusable",
            "No channel by which the person could be reached can be used here: it is not set up, "
            "was taken away, or this number gets nothing over it.",
            "Set the channel up (`collector doctor` names it), or add another one to the rule.",
            "Cannot be used: {unusable}.",
        ),
        Reason(
            "sampled_out",
            "The person is not in the share of people that this rule asks.",
            "Raise the rule's `sample`; everybody asked so far stays in it.",
            "The person's place is {place}; the rule asks those below {share}.",
        ),
        Reason(
            "capped_global",
            "The person was or will be asked something too near to this moment.",
            "Wait, or lower the rule's `caps.global_days`.",
            "Asked about {survey} on {asked_at}; {days} days must lie between; "
            "possible again from {again_at}.",
        ),
        Reason(
            "capped_survey",
            "The person was or will be asked this very survey too near to this moment.",
            "Wait, or lower the rule's `caps.survey_days`.",
            "Asked this survey on {asked_at}; {days} days must lie between; "
            "possible again from {again_at}.",
        ),
        Reason(
            "wrong_audience",
            "The rule asks customers and this person is an employee, or the other way round.",
            "Set the rule's `audience`, or mend `person.kind` in the events.",
            "This person is known as {kind}; the rule asks those known as {audience}.",
        ),
        Reason(
            "cancelled_by_event",
            "A later event about the same thing called the ask off before it went out.",
            "Nothing to mend, if the rule's `cancel_on` is as it should be.",
            "Called off by {event_type} of {occurred_at}.",
        ),
        Reason(
            "outside_window",
            "The ask would go out outside the dates of this rule.",
            "Change the rule's `not_before` and `not_after`, or its `delay`.",
            "It would go out on {ask_at}; the rule asks from {not_before} to {not_after}.",
        ),
        Reason(
            "contact_changed",
            "The contact point was changed after the event, so it may be somebody else's.",
            "Find out who changed it; `contact_integrity.changed: mark` asks and marks instead.",
            "Changed after the event: {doubtful}.",
        ),
        Reason(
            "contact_shared",
            "Many people are registered with this one contact point.",
            "Correct the records, or raise `contact_integrity.many`.",
            "Shared by many: {doubtful}.",
        ),
        Reason(
            "staff_contact",
            "The contact point is that of a member of staff.",
            "Correct the customer's record; staff are asked by rules for employees.",
            "A contact point of staff: {doubtful}.",
        ),
        Reason(
            "undeliverable_before",
            "The last message to this contact point was lost.",
            "Correct the customer's record, or set `contact_integrity.undeliverable: mark`.",
            "Not delivered before: {doubtful}.",
        ),
        Reason(
            "control_group",
            "The person is in a group that is never asked, to compare with those who are.",
            "None: an answer would spoil the comparison. Lower the rule's `control` to shrink it.",
            "In the control group {group}: place {place}, those below {share} are held out.",
        ),
        Reason(
            "quiet_too_long",
            "The person left the last asks unanswered, so the pause is longer or the rule has no "
            "channel that is light enough.",
            "Wait, ask over a lighter channel, or change the rule's `quiet`.",
            "{ignored} asks in a row were ignored; asked on {asked_at}, {days} days must lie "
            "between; possible again from {again_at}.",
        ),
        Reason(
            "quota_full",
            "Enough people of this segment were invited in this period.",
            "Wait for the next period, or raise the rule's `quota.max`.",
            "{used} of {max} places of this {per} are taken.",
        ),
        Reason(
            "customer_declined",
            "Somebody of staff reports that the customer does not want to be asked this time.",
            "None for this ask; compare how often each agent reports it.",
            "Withheld by {by}.",
        ),
        Reason(
            "invalid_contact",
            "Somebody of staff reports that the contact point is wrong.",
            "Correct the customer's record.",
            "Withheld by {by}.",
        ),
        Reason(
            "duplicate_case",
            "Somebody of staff reports that this event repeats another one.",
            "Make the source send it once.",
            "Withheld by {by}.",
        ),
        Reason(
            "test_record",
            "Somebody of staff reports that this is no real customer's event.",
            "Keep test records out of the source.",
            "Withheld by {by}.",
        ),
        Reason(
            "rule_paused",
            "The rule was paused, or made a draft, until the ask's time had passed.",
            "Nothing for this ask; `collector rules status KEY live` lets later ones go out.",
            "The rule {rule} is {status}.",
        ),
        Reason(
            "rule_retired",
            "The rule was retired while the ask waited, which called it off.",
            "Nothing for this ask: it was stopped on purpose.",
            "The rule {rule} is retired.",
        ),
        Reason(
            "survey_paused",
            "The survey was paused until the ask's time had passed.",
            "Nothing for this ask; `collector surveys status KEY live` lets later ones go out.",
            "The survey {survey} is paused since {since}.",
        ),
        Reason(
            "survey_retired",
            "The survey was retired while the ask waited, which called it off.",
            "Nothing for this ask: it was stopped on purpose.",
            "The survey {survey} is retired since {since}.",
        ),
        Reason(
            "everything_paused",
            "All asking was paused until the ask's time had passed.",
            "Nothing for this ask; `collector resume` lets later ones go out.",
            "Everything is paused since {since}.",
        ),
        Reason(
            "channel_removed",
            "The channel was taken out of the rule while the ask waited, and no other was left.",
            "Nothing for this ask; put the channel back into the rule's `channels` for later ones.",
            "Taken out of the rule {rule}: {removed}.",
        ),
        Reason(
            "called_off",
            "Somebody called off the asks of this rule or survey that waited.",
            "Nothing for this ask: it was called off on purpose.",
            "Called off by {by}: {why}",
        ),
        Reason(
            "outranked",
            "Another rule that passed all its gates asks about this event.",
            "Raise this rule's `priority`, or narrow the other rule's `when`.",
            "The rule {winner} (priority {winner_priority}) asks instead.",
        ),
    )
}


def sentence(code: str, facts: Mapping[str, Any]) -> str:
    """The reason in words, with figures where the facts hold them. Never raises for odd facts."""
    reason = REASONS.get(code)
    if reason is None:
        return code
    if code == "condition_false" and facts.get("missing"):
        return f"The condition looks at {facts['missing']}, which this event does not carry."
    if code == "quiet_too_long" and "light" in facts and "again_at" not in facts:
        return (
            f"{facts.get('ignored')} asks in a row were ignored; only {_shown(facts['light'])} "
            "would be light enough, which is not open here."
        )
    if not reason.template:
        return reason.meaning
    try:
        figures = reason.template.format_map({key: _shown(value) for key, value in facts.items()})
    except (KeyError, ValueError, IndexError):
        figures = ""
    return figures or reason.meaning


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
