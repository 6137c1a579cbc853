"""The files and fields that an audit knows, and how a foreign export's columns map onto them. Pure.

`--map score=rating` renames a column for every file, `--map responses.score=rating` for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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
SCALES = {"NPS": (0.0, 10.0), "CSAT": (1.0, 5.0), "CES": (1.0, 7.0)}
SUFFIXES = (".ndjson", ".jsonl", ".csv")


@dataclass(frozen=True, slots=True)
class Columns:
    """`names[file][field]` is the column that holds the field; without an entry, its own name."""

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def renaming(self, file: str) -> dict[str, str]:
        """Foreign column → field, for this file."""
        return {theirs: ours for ours, theirs in self.names.get(file, {}).items()}


def mapping(pairs: Iterable[str]) -> Columns:
    """Columns of `field=column` and `file.field=column`. Raises InvalidInput for unknown fields."""
    names: dict[str, dict[str, str]] = {file: {} for file in FILES}
    for pair in pairs:
        text = pair.strip()
        if not text or text.startswith("#"):
            continue
        ours, sign, theirs = text.partition("=")
        file, dot, name = ours.strip().rpartition(".")
        files = [file] if dot else [key for key, fields in FILES.items() if name in fields]
        if not sign or not theirs.strip() or not files or name not in FILES.get(files[0], ()):
            raise InvalidInput(
                f"'{text}' is not a mapping; write FIELD=COLUMN or FILE.FIELD=COLUMN, for example "
                f"score=rating. Fields of responses: {', '.join(FILES['responses'])}.",
                code="bad_mapping",
            )
        for key in files:
            names[key][name] = theirs.strip()
    return Columns(names)
