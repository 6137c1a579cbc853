"""What figures are asked for: checked parameters of `GET /v1/kpis` and `collector kpis`.

A period is about when the interaction happened, so that answers and denominators are of the same
customers. Next: `kpi_query.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from collector.errors import InvalidInput
from collector.exports.kpi_figures import GROUPINGS, ROLES
from collector.exports.moments import moment
from collector.surveys import catalog

SEGMENT = "store"
CONTEXT = re.compile(r"context\.[A-Za-z_][A-Za-z0-9_]{0,63}")
PLAIN_SEGMENTS = (*ROLES, "event_type", "rule")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Checked parameters. `start` is inside the period, `end` is not; None: without end."""

    surveys: Mapping[str, str]
    by: str | None
    segment: str
    start: datetime | None
    end: datetime | None


def wanted(
    survey: str = "", by: str = "", segment: str = "", start: str = "", end: str = ""
) -> Wanted:
    """Empty means: all, together, by store, without limits. Raises InvalidInput with a pointer."""
    known = {key: one.metric.key for key, one in catalog.current_many().items()}
    if survey and survey not in known:
        raise InvalidInput(
            "There is no such survey; known: " + (", ".join(known) or "none yet") + ".",
            code="unknown_survey", pointer="/survey",
        )  # fmt: skip
    if by and by not in GROUPINGS:
        raise InvalidInput(
            f"Group by one of {', '.join(GROUPINGS)}.", code="unknown_grouping", pointer="/by"
        )
    if segment and segment not in PLAIN_SEGMENTS and not CONTEXT.fullmatch(segment):
        raise InvalidInput(
            f"A segment is one of {', '.join(PLAIN_SEGMENTS)}, or context. and a field's name.",
            code="unknown_segment", pointer="/segment",
        )  # fmt: skip
    first, last = moment(start, "/from"), moment(end, "/to")
    if first and last and first >= last:
        raise InvalidInput("The period ends before it begins.", code="bad_period", pointer="/to")
    chosen = {survey: known[survey]} if survey else known
    return Wanted(chosen, by or None, segment or SEGMENT, first, last)
