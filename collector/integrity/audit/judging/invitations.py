"""Counts who was invited and who was not, which needs no verdict: beside the judging where a
process can be had for it, else after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from collector.integrity.audit.judging import apart
from collector.integrity.audit.judging.apart import Apart
from collector.integrity.audit.judging.progress import Progress, counted
from collector.integrity.audit.scratch import Scratch
from collector.integrity.engine.records import Exposure
from collector.integrity.engine.subjects import company
from collector.integrity.engine.subjects.sums import Ledger

LOOK_EVERY = 0.25  # seconds
STAGE = "counting invitations"


@dataclass(slots=True)
class Counting:
    """`begin` it where it may run beside, then `finish` it, always."""

    scratch: Scratch
    total: int
    progress: Progress
    process: Apart | None = None
    found: list[Any] | None = None

    def begin(self) -> None:
        """Count in another process from now on."""
        self.process = apart.begin(self._count)

    def tell(self) -> None:
        """Say how far the other process is, and let it go when it is done."""
        if self.process is None or self.found is not None:
            return
        if self.process.ready:
            self.found = self.process.result()
        done = self.total if self.found is not None else min(self.process.done, self.total)
        self.progress(STAGE, done, self.total)

    def finish(self, ledgers: Sequence[Ledger]) -> None:
        """Add the invitations to the sums, which hold the answers already."""
        if self.process is None:
            _exposed(self.scratch, self.total, self.progress, ledgers)
            return
        while self.found is None:
            self.process.wait(LOOK_EVERY)
            self.tell()
        for ledger, rows in zip(ledgers, self.found, strict=True):
            ledger.add_exposed(rows)

    def close(self) -> None:
        """It is not wanted any more."""
        if self.process is not None:
            self.process.close()

    def _count(self, tell: Callable[[int], None]) -> list[Any]:
        ledgers = [Ledger(kind) for kind in company.KINDS]
        scratch = self.scratch.reader()
        _exposed(scratch, self.total, lambda stage, done, total: tell(done), ledgers)
        return [ledger.exposed() for ledger in ledgers]


def _exposed(
    scratch: Scratch, total: int, progress: Progress, ledgers: Sequence[Ledger]
) -> None:  # fmt: skip
    shown: Iterator[Exposure] = counted(STAGE, scratch.exposures(), total, progress)
    company.count_exposures(ledgers, shown, scratch.delays())
