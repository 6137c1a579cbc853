"""The public schema of `invitations`: one ask, and what became of it on each channel.

The same contract as that of `responses` (`../datasets.py`). Every share of those who were asked has
its denominator here: asked, handed over, delivered, opened, answered, lapsed. Pure. Next: `row.py`.
"""

from __future__ import annotations

from typing import Final

from collector.exports.datasets import SUBJECTS, Column, Entry

SCHEMA: Final = 1

ON_A_CHANNEL: Final = (
    Entry("channel", "text", "sms, email, inapp …"),
    Entry("messages", "integer", "messages that were tried on it; the sum of the six below"),
    Entry("sent", "integer", "taken by the provider, of which nothing more is known yet"),
    Entry("delivered", "integer", "reported as arrived; in the product: shown"),
    Entry("failed", "integer", "could not be delivered"),
    Entry("bounced", "integer", "given back by the receiving host"),
    Entry("unknown", "integer", "may have been handed over; no answer came"),
    Entry("not_sent", "integer", "were not handed over after all"),
    Entry("first_sent_at", "timestamp", "when the first of them was taken", True),
    Entry("first_delivered_at", "timestamp", "when the first that arrived was reported so", True),
)
"""An entry of `by_channel`, in the order in which the channels were first tried."""


INVITATIONS: Final[tuple[Column, ...]] = (
    Column("number", "integer", "place in the feed; grows with every row, without gaps"),
    Column("invitation_id", "text", "which invitation this row is the newest word about"),
    Column("revision", "integer", "1 for its first row, then 2, 3 …; the highest holds"),
    Column(
        "kind", "text", "invitation, or tombstone: the person was erased or took the answer back"
    ),
    Column("survey", "text", "key of the survey that is asked"),
    Column("survey_version", "integer", "version of the survey's wording that is asked"),
    Column("metric", "text", "nps, csat or ces"),
    Column("rule", "text", "key of the rule that asks"),
    Column("rule_version", "integer", "version of that rule"),
    Column(
        "state",
        "text",
        "waiting (to go out, or for the next channel or reminder), sent, failed (no channel is "
        "left), lapsed (its time passed before it went out), cancelled",
    ),
    Column(
        "held_back",
        "text",
        "why it was held back after all, a code of docs/reason-codes.md; null: it was not, and "
        "counts as invited in GET /v1/kpis",
        "",
        True,
    ),
    Column("channels", "list", "channels that were planned, in the order in which they are tried"),
    Column(
        "channel", "text", "channel of the first message that went out; null: none did", "", True
    ),
    Column("locale", "text", "language in which it is asked (BCP 47)"),
    Column("invited_at", "timestamp", "when it was decided to ask"),
    Column(
        "sent_at", "timestamp", "when the ask first went out; null: not yet, or never", "", True
    ),
    Column("delivered_at", "timestamp", "when a message was first reported as arrived", "", True),
    Column(
        "opened_at",
        "timestamp",
        "earliest sign that a person saw the question: it was shown in the product, or the page "
        "was opened on which somebody pressed (a page on which nobody did may be a machine's)",
        "",
        True,
    ),
    Column(
        "answered_at",
        "timestamp",
        "when the tap that counts was made; null: no answer, or only machines tapped",
        "",
        True,
    ),
    Column("reminded_at", "timestamp", "when the one reminder was decided on", "", True),
    Column("lapses_at", "timestamp", "until when it can be answered"),
    Column(
        "ended_at",
        "timestamp",
        "when it came to failed, lapsed or cancelled; of cancelled, when this feed first saw it; "
        "null: it is waiting or sent",
        "",
        True,
    ),
    Column("messages", "integer", "messages that were tried, on all channels", "messages"),
    Column(
        "handed_over",
        "integer",
        "those that went out and neither failed nor came back; above 0: counts as delivered in the "
        "response rate of GET /v1/kpis",
        "messages",
    ),
    Column("by_channel", "records", "what became of the messages, by channel", entry=ON_A_CHANNEL),
    Column(
        "response_id",
        "text",
        "the response to it; joins with the dataset responses; null: none, or erased",
        "",
        True,
    ),
    Column(
        "person_id",
        "text",
        "who is asked; says nothing about them outside this service; null once erased",
        "",
        True,
    ),
    Column("event_source", "text", "system that sent the event"),
    Column(
        "event_id",
        "text",
        "that system's own id of the event; joins with its data; null once erased",
        "",
        True,
    ),
    Column("event_type", "text", "such as order.delivered"),
    Column("occurred_at", "timestamp", "when the event happened, by its sender"),
    SUBJECTS,
    Column("published_at", "timestamp", "when this row entered the feed"),
    Column(
        "updated_at",
        "timestamp",
        "when this row was published, under the name that loaders look for: published_at",
        kept_in="published_at",
    ),
)
