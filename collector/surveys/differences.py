"""What differs between two definitions, field by field. Pure.

Used by whatever shows or records a change of a survey or rule: the audit log, `collector rules
diff`, and the answer to somebody who edited a version that is no longer the newest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, as `caps.global_days`; None where it is not there."""

    path: str
    before: Any
    after: Any

    def __str__(self) -> str:
        return f"{self.path}: {_short(self.before)} → {_short(self.after)}"

    def as_json(self) -> dict[str, Any]:
        return {"path": self.path, "before": self.before, "after": self.after}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Every field that differs, sorted by path; lists are compared whole."""
    return list(_walk("", before, after))


def _walk(at: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        path = f"{at}.{name}" if at else name
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _walk(path, old, new)
        elif old != new:
            yield Difference(path, old, new)


def _short(value: Any) -> str:
    if value is None:
        return "(not set)"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
