"""Holds the engine in memory, fed in the order of the log. Only what the log says is in it.

Whoever holds the log's head may use the engine cache: it catches up with what other workers fed,
and is fed itself before the commit. If the commit fails, `keeping` throws it away and the next one
begins with the log from its first entry.
"""

from __future__ import annotations

import copy
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import cast

from flask import current_app
from sqlalchemy.orm import Session

from collector.integrity.engine.engine import Engine, Judged
from collector.integrity.engine.records import Signal, case_of
from collector.integrity.engine.running_statistics import DAY
from collector.integrity.engine.subjects.company import KINDS
from collector.integrity.engine.subjects.sums import Ledger
from collector.integrity.evidence import log
from collector.integrity.evidence.log import ANSWER, CASES, SIGNAL, Entry
from collector.model.integrity import IntegrityHead

KEPT = "collector.keeper"


class EngineCache:
    """The engine, what it has said of answers that are not final, and the sums of those that are.

    `number` is the last entry that it was fed; `erased` how many entries were taken back then.
    """

    def __init__(self, erased: int = 0) -> None:
        self.number = 0
        self.erased = erased
        self.engine = Engine()
        self.ledgers = [Ledger(kind) for kind in KINDS]
        self.pending: dict[str, Judged] = {}
        self.signals: defaultdict[str, list[Signal]] = defaultdict(list)

    def take(self, entry: Entry) -> Judged | None:
        """Feed the next entry; gives the judgement of an answer."""
        self.number = entry.number
        if entry.kind == CASES:
            self.engine.cases_later[entry.id] = int(entry.body["cases"])
            return None
        self.nights(entry.heard)
        if entry.kind == SIGNAL:
            self._hear(entry)
        if entry.kind != ANSWER:
            return None
        known = {**entry.body, "number": entry.number, "heard": entry.heard}
        invitation = known.pop("invitation")
        signals = self.signals[known["event"]] if known.get("event") else []
        judged = self.engine.answer(case_of(entry.id, invitation, signals, known))
        self.pending[entry.id] = judged
        return judged

    def look_again(self, id: str, now: float) -> Judged | None:
        """What is to be said of an answer that is not final, with the evidence of now.

        Changes nothing: the nights count, so that when somebody looked makes no difference.
        """
        before = self.pending.get(id)
        if before is None:
            return None
        return replace(before, verdict=self.engine.judge(before.case, now))

    def nights(self, until: float) -> list[Judged]:
        """Run the nights up to `until`, in seconds since 1970; what they judged again."""
        found = []
        for judged in self.engine.advance_to(until):
            if judged.final:
                self.pending.pop(judged.case.id, None)
                for ledger in self.ledgers:
                    ledger.add_judged(judged, self.engine.stats)
            else:
                self.pending[judged.case.id] = judged
            found.append(judged)
        return found

    @property
    def next_night(self) -> float | None:
        """When the next night falls; None before anything was heard."""
        return None if self.engine.night is None else self.engine.night + DAY

    def so_far(self) -> list[Ledger]:
        """The sums with the answers that are not final yet, as copies."""
        found = []
        for ledger in self.ledgers:
            fresh = Ledger(ledger.kind)
            fresh.sums = copy.deepcopy(ledger.sums)
            for judged in self.pending.values():
                fresh.add_judged(judged, self.engine.stats)
            found.append(fresh)
        return found

    def _hear(self, entry: Entry) -> None:
        body = entry.body
        signal = Signal(body["kind"], body.get("value"), entry.heard, tuple(body.get("tags", ())))
        if body.get("event"):
            self.signals[body["event"]].append(signal)
        self.engine.add_signal(body.get("agent", ""), signal)


@dataclass(slots=True)
class CachedEngine:
    """This process' keeper, and who is at it. `open`: it was fed what is not committed yet."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    engine_cache: EngineCache | None = None
    open: bool = False

    def catch_up(self, session: Session, head: IntegrityHead) -> EngineCache:
        """The keeper, fed with everything that is in the log. The caller holds the head."""
        erased = log.erased(session)
        engine_cache = self.engine_cache
        if (
            engine_cache is None
            or engine_cache.erased != erased
            or engine_cache.number > head.last_number
        ):
            engine_cache = EngineCache(erased)
        self.engine_cache, self.open = engine_cache, True
        for entry in log.entries(session, engine_cache.number, head.last_number):
            engine_cache.take(entry)
        if head.night is not None:
            engine_cache.nights(head.night.timestamp())
        self.open = False
        return engine_cache

    def feed(self, entries: Sequence[Entry]) -> list[Judged]:
        """Feed what was just written. Call `committed` once it is."""
        assert self.engine_cache is not None
        self.open = True
        return [
            judged for entry in entries if (judged := self.engine_cache.take(entry)) is not None
        ]

    def committed(self) -> None:
        self.open = False


@contextmanager
def cached_engine() -> Iterator[CachedEngine]:
    """This process' keeper for one step. Begin the unit of work inside, commit it inside.

    A step that ends before its commit leaves no keeper: what it was fed may not be in the log.
    """
    kept = cast(CachedEngine, current_app.extensions.setdefault(KEPT, CachedEngine()))
    with kept.lock:
        try:
            yield kept
        finally:
            if kept.open:
                kept.engine_cache, kept.open = None, False
