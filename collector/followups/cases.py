"""Which answers need somebody to call back, and until when. Pure; used by `open.py`."""

from __future__ import annotations

from datetime import datetime, timedelta

from collector.surveys.metrics import Metric

ANSWER_WITHIN = timedelta(hours=24)


def needs_case(metric: Metric, score: int | None, comment: str | None = None) -> bool:
    """Is this score in the metric's lowest band (detractor, dissatisfied, high effort)?

    Words without a score may say anything, "please call me" too: somebody reads them.
    """
    if score is None:
        return bool(comment)
    lowest = min(metric.bands, key=lambda band: band.low)
    return lowest.low <= score <= lowest.high


def due(opened_at: datetime) -> datetime:
    """When somebody must have answered a case that was opened then."""
    return opened_at + ANSWER_WITHIN
