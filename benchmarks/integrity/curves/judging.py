"""Audits a small company and counts: gamed answers found, honest ones rejected, by group. Used by
every curve.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.integrity.curves.quiet import Company, Row
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.run import Outcome, audit

RANK = {"clean": 0, "suspect": 1, "rejected": 2}


@dataclass(frozen=True, slots=True)
class Judged:
    """Verdict rows by response, and the counts of what was said."""

    verdicts: dict[str, Row]
    company: Company

    @property
    def honest(self) -> int:
        """Honest answers in the company."""
        return sum(label == "honest" for label, _ in self.company.labels.values())

    @property
    def wrong(self) -> list[str]:
        """Honest answers that were rejected."""
        return [i for i, (label, _) in self.company.labels.items()
                if label == "honest" and self.rank(i) == 2]  # fmt: skip

    @property
    def wrong_share(self) -> float:
        return len(self.wrong) / max(self.honest, 1)

    @property
    def recall(self) -> float:
        """Of what was gamed, the share rejected."""
        gamed = [i for i, (label, _) in self.company.labels.items() if label != "honest"]
        return sum(self.rank(i) == 2 for i in gamed) / max(len(gamed), 1)

    def rank(self, number: str) -> int:
        """0 clean, 1 suspect, 2 rejected. A row that was left out of the file is clean."""
        return RANK[self.verdicts[number]["verdict"]] if number in self.verdicts else 0

    def by_group(self) -> dict[str, tuple[int, int]]:
        """Honest answers rejected, of how many, by oddity."""
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for number, (label, group) in self.company.labels.items():
            if label == "honest":
                found[group][0] += self.rank(number) == 2
                found[group][1] += 1
        return {name: (out, n) for name, (out, n) in found.items()}


def judge(company: Company, change: Callable[[str, Row], Row | None] | None = None) -> Judged:
    """Write the company (rows changed by `change`), audit it."""
    found: dict[str, Row] = {}

    def keep(outcome: Outcome, lines: Iterator[dict[str, Any]]) -> None:
        found.update((line["response_id"], line) for line in lines)

    with tempfile.TemporaryDirectory() as place:
        company.write(Path(place), change)
        audit(Path(place), Columns(), keep)
    return Judged(found, company)


def bar(value: float, width: int = 30) -> str:
    """A share as a bar of text."""
    return "█" * round(value * width) + "·" * (width - round(value * width))
