"""The figures about a person's earlier asks that a condition may name: `history.asked_30d`, ….
Data.

`triggers/history.py` works them out; `conditions.py` type-checks them.
"""

from __future__ import annotations

COUNTS = {"asked_30d": 30, "asked_90d": 90, "asked_365d": 365}
"""Name → days looked back."""
WHOLE = (
    "last_asked_days", *COUNTS, "asked_total", "ignored_in_a_row", "answered_total",
    "last_answered_days", "last_score.nps", "last_score.csat", "last_score.ces",
)  # fmt: skip
SHARES = ("answered_share",)
