"""The files and fields that an audit knows, and what a person says about an export. Pure.

`--map score=rating` names a column for every file, `--map responses.score=rating` for one. What a
file says itself is worked out in `understanding.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from collector.errors import InvalidInput

FILES: Mapping[str, tuple[str, ...]] = {
    "events": (
        "event_id", "occurred_at", "agent_id", "handled_by", "team_id", "store_id", "customer_id",
        "contact_on_file", "reason", "handle_seconds",
    ),
    "invitations": (
        "invitation_id", "event_id", "status", "suppress_reason", "sent_at", "channel",
        "contact_hash", "metric", "scale", "locale", "agent_id", "team_id", "store_id",
        "delay_seconds",
    ),
    "responses": (
        "response_id", "invitation_id", "agent_id", "team_id", "store_id", "metric", "scale",
        "score", "channel", "opened_at", "answered_at", "ip_hash", "net_hash", "device_hash",
        "user_agent", "comment", "locale", "supersedes", "as_judged",
    ),
    "signals": (
        "signal_id", "event_id", "agent_id", "type", "value", "at", "tags", "heard_at", "number",
    ),
    "roster": ("agent_id", "team_id", "store_id", "staff_contacts"),
}  # fmt: skip
# Without these a line cannot be used at all.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "events": ("event_id",),
    "invitations": ("invitation_id",),
    "responses": ("response_id", "score", "answered_at"),
    "signals": ("type",),
    "roster": ("agent_id",),
}
SUFFIXES = (".ndjson", ".jsonl", ".json", ".csv", ".tsv", ".txt", ".xlsx")
TIMES: Mapping[str, tuple[str, ...]] = {
    "events": ("occurred_at",), "invitations": ("sent_at",),
    "responses": ("answered_at", "opened_at"), "signals": ("at", "heard_at"), "roster": (),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One `--map`. `files`: where the field is; one of them must have the column."""

    files: tuple[str, ...]
    field: str
    column: str


@dataclass(frozen=True, slots=True)
class Columns:
    """What was said about the export, beside what it says itself.

    `metric` and `scale` (worst, best) hold where a line has none of its own, `timezone` and
    `date_order` (DMY, MDY) where a time does not say. Empty: nothing was said.
    """

    asked: tuple[Asked, ...] = ()
    metric: str = ""
    scale: tuple[float, float] | None = None
    timezone: str = ""
    date_order: str = ""
    preset: str = ""
    encoding: str = ""

    def of(self, file: str) -> dict[str, str]:
        """Field → column as asked for, of this file."""
        return {one.field: one.column for one in self.asked if file in one.files}


def mapping(pairs: Iterable[str]) -> tuple[Asked, ...]:
    """What `field=column` and `file.field=column` ask for. Raises InvalidInput."""
    return tuple(
        _asked(text) for pair in pairs if (text := pair.strip()) and not text.startswith("#")
    )


def _asked(text: str) -> Asked:
    ours, sign, theirs = (part.strip() for part in text.partition("="))
    file, dot, name = ours.rpartition(".")
    if not sign or not theirs or not name:
        raise InvalidInput(
            f"'{text}' is not a mapping; write FIELD=COLUMN or FILE.FIELD=COLUMN, for example "
            "score=rating.",
            code="bad_mapping",
        )
    if dot and file not in FILES:
        raise InvalidInput(
            f"'{file}' in '{text}' is no file of an export. There are: {', '.join(FILES)}.",
            code="bad_mapping",
        )
    files = tuple(key for key, fields in FILES.items() if name in fields and file in ("", key))
    if not files:
        known = FILES[file] if dot else tuple(dict.fromkeys(sum(FILES.values(), ())))
        raise InvalidInput(
            f"'{text}' names no field: there is no '{name}'{f' in {file}' if dot else ''}. Write "
            f"FIELD=COLUMN, ours first.{nearest(name, known, 'Fields near it')} Fields of "
            f"responses: {', '.join(FILES['responses'])}.",
            code="bad_mapping",
        )
    if name == "metric" and theirs.upper() in ("NPS", "CSAT", "CES"):
        raise InvalidInput(
            f"--map names a column, and {theirs} is a metric. If all scores are {theirs.upper()}, "
            f"say --metric {theirs.upper()}.",
            code="bad_mapping",
        )
    return Asked(files, name, theirs)


def nearest(name: str, among: Iterable[str], lead: str) -> str:
    """A sentence with the names that look like this one; empty where none does."""
    by_plain: dict[str, str] = {}
    for one in among:
        by_plain.setdefault(one.lower().replace("_", " "), one)
    found = get_close_matches(name.lower().replace("_", " "), by_plain, 3, 0.5)
    return f" {lead}: {', '.join(by_plain[one] for one in found)}." if found else ""
