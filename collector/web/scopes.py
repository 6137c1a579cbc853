"""What a key may be for. Apart from `auth.py`, for the command line's help. Pure."""

from __future__ import annotations

SCOPES = (
    "events:write", "people:write", "people:read", "people:erase", "exports:read", "rules:read",
    "rules:write", "signals:write", "roster:write", "appeals:write", "appeals:rule",
    "suppressions:read", "suppressions:write",
)  # fmt: skip
