"""The tap as one statement of PostgreSQL: decides and writes in one round trip and one commit.

At the moment of the commit, not before, it finds the invitation and holds it against an erasure,
and writes the tap only if all of this is true: the question was asked and has not lapsed; its
answer was not taken back; the score is on the survey's scale; this key is unknown; no earlier tap
is older than the edit window (so nothing can have closed it); machines have not used up what one
link holds; and, for a press that was kept by a browser without a network, nothing was tapped since
it was made. Otherwise it writes nothing, and `record.py`, which calls this, looks closer: so what
is refused here is never refused for good.

An erasure changes the invitation's row (`exports/erase.py`). A statement that had to wait for one,
or began just before it was committed, therefore holds another version of the row than the one that
it sees everything else by, and writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from collector.answers.taps import TapEvidence
from collector.model.sql import alone
from collector.surveys.metrics import METRICS

SHOWN: Final = 20  # earlier taps that come back with it; of more the page asks for itself
ON_THE_SCALE: Final = " ".join(
    f"WHEN '{one.key}' THEN %(score)s::int BETWEEN {one.low} AND {one.high}"
    for one in METRICS.values()
)
COLUMNS: Final = (
    "id", "idempotency_key", "kind", "score", "comment", "via", "channel", "opened_at",
    "tapped_at", "address_hash", "network_hash", "device_hash", "contact_hash", "user_agent",
    "folded",
)  # fmt: skip
SAME: Final = ("id", "kind", "score", "comment", "via", "channel", "tapped_at", "opened_at",
               "user_agent")  # fmt: skip
TYPES: Final = {"score": "int", "opened_at": "timestamptz", "tapped_at": "timestamptz",
                "folded": "boolean"}  # fmt: skip
GIVEN: Final = ", ".join(f"%({name})s::{TYPES.get(name, 'text')}" for name in COLUMNS)

STATEMENT: Final = """
WITH asked AS MATERIALIZED (
    SELECT i.id, i.xmin AS version, i.locale, i.survey_version_id
    FROM invitations i
    WHERE i.{key} = %(about)s
      AND i.lapses_at > %(tapped_at)s
      AND (i.status IN ('sent', 'sending')
           OR EXISTS (SELECT FROM messages m WHERE m.invitation_id = i.id))
      AND NOT EXISTS (SELECT FROM responses r
                      WHERE r.invitation_id = i.id AND r.erased_at IS NOT NULL)
    FOR KEY SHARE OF i
), stands AS MATERIALIZED (
    SELECT asked.id, asked.locale, asked.survey_version_id, past.many,
        (SELECT min(m.sent_at) FROM messages m
         WHERE m.invitation_id = asked.id AND m.channel = %(channel)s) AS sent_at
    FROM asked
    JOIN invitations seen ON seen.id = asked.id AND seen.xmin = asked.version
    JOIN survey_versions v ON v.id = asked.survey_version_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS many, count(*) FILTER (WHERE t.kind <> 'confirmed') AS unpressed,
            min(t.tapped_at) AS first, max(t.tapped_at) AS last
        FROM taps t WHERE t.invitation_id = asked.id
    ) past
    WHERE (%(score)s::int IS NULL OR CASE v.metric {on_the_scale} ELSE false END)
      AND (past.many = 0 OR past.first >= %(tapped_at)s::timestamptz
           - make_interval(hours => (v.definition ->> 'edit_hours')::int))
      AND (%(kind)s::text = 'confirmed' OR past.unpressed < %(most)s)
      AND (past.many = 0 OR %(made_at)s::timestamptz IS NULL OR past.last <= %(made_at)s)
), written AS (
    INSERT INTO taps (invitation_id, locale, {columns})
    SELECT stands.id, coalesce(nullif(%(locale)s::text, ''), stands.locale), {given} FROM stands
    ON CONFLICT DO NOTHING
    RETURNING id
)
SELECT stands.id, stands.survey_version_id, stands.locale, stands.sent_at,
    CASE WHEN stands.many = 0 THEN '[]'::jsonb WHEN stands.many <= {shown} THEN (
        SELECT jsonb_agg(jsonb_build_array(t.id, t.kind, t.score, t.comment, t.via, t.channel,
            t.tapped_at, t.opened_at,
            (SELECT min(m.sent_at) FROM messages m
             WHERE m.invitation_id = t.invitation_id AND m.channel = t.channel),
            t.user_agent, t.device_hash) ORDER BY t.tapped_at, t.id)
        FROM taps t WHERE t.invitation_id = stands.id
    ) END
FROM written CROSS JOIN stands
"""
BY: Final[Mapping[str, str]] = {
    key: " ".join(  # short enough (4,096) for the driver to remember that it has read it
        STATEMENT.format(
            key=key, on_the_scale=ON_THE_SCALE, columns=", ".join(COLUMNS), given=GIVEN, shown=SHOWN
        ).split()
    )
    for key in ("token_id", "id")
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What the statement saw of the invitation. `taps`: all of it, this one last; None for many."""

    invitation_id: str
    survey_version_id: str
    locale: str
    taps: tuple[TapEvidence, ...] | None


def write(key: str, values: Mapping[str, Any]) -> Seen | None:
    """Write this tap on the invitation whose `key` is `values["about"]`; None: look closer."""
    row = alone.run(BY[key], values)
    if row is None:
        return None
    invitation_id, version, locale, sent_at, earlier = row
    if earlier is None:
        return Seen(invitation_id, version, locale, None)
    this = TapEvidence(
        **{name: values[name] for name in SAME},
        sent_at=sent_at and sent_at.astimezone(UTC),
        device=values["device_hash"],
    )
    return Seen(invitation_id, version, locale, (*(_evidence(*one) for one in earlier), this))


def _evidence(
    id: str, kind: str, score: int | None, comment: str | None, via: str, channel: str,
    tapped_at: str, opened_at: str | None, sent_at: str | None, user_agent: str, device: str,
) -> TapEvidence:  # fmt: skip
    return TapEvidence(
        id, kind, score, comment, via, channel, datetime.fromisoformat(tapped_at),
        _moment(opened_at), _moment(sent_at), user_agent, device,
    )  # fmt: skip


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
