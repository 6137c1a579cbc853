"""Holds the engine in memory, fed in the order of the log. Only what the log says is in it.

Whoever holds the log's head may use the engine cache: it catches up with what other workers fed,
and is fed itself before the commit. If the commit fails, `cached_engine` throws it away and the
next one begins anew: with the last snapshot and the log behind it (`snapshot/`), or, where there is
none to go by, with the log from its first entry.

An answer that a person takes back changes the entries it was fed as, and through them what was
learned from every later answer: verdicts of others, reputations, sums. Only reading the log again
says the same as a worker that begins now. So it is read again (from a snapshot, if that knows
nothing of the answer yet), but before the head is locked
(`read_ahead`), page by page without an open transaction, and once for all erasures so far. Only
what comes meanwhile is read under the lock; if answers are taken back faster than the log is read,
the last try is, so that judging goes on.

Signals are kept while an answer that is not final may need them, and a while longer; what an answer
needs of the rest is found again in the log (`past_signals.py`).
"""

from __future__ import annotations

import copy
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import cast

from flask import current_app
from sqlalchemy.orm import Session

from collector.integrity.engine.engine import Engine, Judged
from collector.integrity.engine.records import Signal, case_of
from collector.integrity.engine.running_statistics import DAY
from collector.integrity.engine.subjects.company import KINDS
from collector.integrity.engine.subjects.sums import Ledger, around
from collector.integrity.evidence import log, past_signals
from collector.integrity.evidence.log import ANSWER, CASES, SIGNAL, Entry
from collector.integrity.evidence.snapshot import keeping
from collector.model.base import db
from collector.model.integrity import IntegrityHead

KEPT = "collector.keeper"
TRIES = 3
SIGNALS_KEPT = 60  # days after the last one about an interaction


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
        self.let_go: float | None = None  # the night in which signals were last looked through
        self.incomplete = False  # were any let go?

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
                    ledger.add_judged(judged, around(judged.case, self.engine.stats))
            else:
                self.pending[judged.case.id] = judged
            found.append(judged)
        return found

    def so_far(self) -> list[Ledger]:
        """The sums with the answers that are not final yet, as copies."""
        found = []
        for ledger in self.ledgers:
            fresh = Ledger(ledger.kind)
            fresh.sums = copy.deepcopy(ledger.sums)
            for judged in self.pending.values():
                fresh.add_judged(judged, around(judged.case, self.engine.stats))
            found.append(fresh)
        return found

    def let_signals_go(self) -> None:
        """Once a night, those that no open answer needs. Before the next entry is fed, `recall`."""
        night = self.engine.night
        if night is None or night == self.let_go:
            return
        self.let_go = night
        since = night - SIGNALS_KEPT * DAY
        needed = {judged.case.event for judged in self.pending.values()}
        gone = [
            event for event, heard in self.signals.items()
            if event not in needed and (not heard or heard[-1].at < since)
        ]  # fmt: skip
        for event in gone:
            self.incomplete |= bool(self.signals.pop(event))

    def recall(self, session: Session, entries: Sequence[Entry]) -> None:
        """Know of the signals before these entries about the same interactions."""
        if self.incomplete:
            self.signals.update(past_signals.recalled(session, entries, self.signals.keys()))

    def foresee(self, session: Session, interactions: Mapping[str, past_signals.Pair]) -> None:
        """The same for a whole batch: by fingerprint, what its answers will be about."""
        if not self.incomplete:
            return
        unknown = {key: pair for key, pair in interactions.items() if key not in self.signals}
        found = past_signals.about(session, set(unknown.values()), self.number + 1)
        self.signals.update({key: found.get(key, []) for key in unknown})

    def _hear(self, entry: Entry) -> None:
        signal = past_signals.heard(entry.body, entry.heard)
        if entry.body.get("event"):
            self.signals[entry.body["event"]].append(signal)
        self.engine.add_signal(entry.body.get("agent", ""), signal)


@dataclass(slots=True)
class CachedEngine:
    """This process' engine, and who is at it. `open`: it was fed what is not committed yet."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    engine_cache: EngineCache | None = None
    open: bool = False
    pace: keeping.Pace = field(default_factory=keeping.Pace)

    def read_ahead(self, session: Session) -> None:
        """Read what is committed, before the head is locked. Ends the session's transaction."""
        for _ in range(TRIES):
            erased, last = log.erased(session), log.last_number(session)
            session.rollback()
            if self._current(session, erased, last).number >= last:
                return
            self._read(session, last, between=self.between)

    def catch_up(self, session: Session, head: IntegrityHead) -> EngineCache:
        """The engine, fed with everything that is in the log. The caller holds the head."""
        engine_cache = self._current(session, log.erased(session), head.last_number)
        self._read(session, head.last_number)
        if head.night is not None:
            engine_cache.nights(head.night.timestamp())
        engine_cache.let_signals_go()
        return engine_cache

    def feed(self, session: Session, entries: Sequence[Entry]) -> list[Judged]:
        """Feed what was just written. Call `committed` once it is."""
        assert self.engine_cache is not None
        self.open = True
        self.engine_cache.recall(session, entries)
        return [
            judged for entry in entries if (judged := self.engine_cache.take(entry)) is not None
        ]

    def _current(self, session: Session, erased: int, last: int) -> EngineCache:
        """The engine as far as it was fed; a new one where what it was fed is not so any more."""
        kept = self.engine_cache
        if kept is None or kept.erased != erased or kept.number > last:
            self.engine_cache = None  # not both in memory
            found = keeping.restore(session)
            kept = self.engine_cache = found if isinstance(found, EngineCache) else EngineCache()
            kept.erased = erased
            self.pace.number, self.pace.night = kept.number, kept.engine.night
        return kept

    def between(self, session: Session) -> None:
        """Between two pages of what is committed; no transaction stays open."""
        session.rollback()
        self.keep(session)

    def keep(self, session: Session) -> None:
        """Write a snapshot if one is due. Only what is committed may be in the engine."""
        if self.engine_cache is not None:
            keeping.save(session, self.engine_cache, self.pace)

    def _read(
        self, session: Session, last: int, between: Callable[[Session], None] = lambda session: None
    ) -> None:
        engine_cache = self.engine_cache
        assert engine_cache is not None
        self.open = True
        for page in log.pages(session, engine_cache.number, last):
            engine_cache.recall(session, page)
            for entry in page:
                engine_cache.take(entry)
            engine_cache.let_signals_go()
            between(session)
        self.open = False

    def committed(self) -> None:
        self.open = False


@contextmanager
def cached_engine() -> Iterator[CachedEngine]:
    """This process' engine for one step. Begin the unit of work inside, commit it inside.

    What others committed is read before, so that the step holds the head for what is new only. A
    step that ends before its commit leaves no engine: what it was fed may not be in the log.
    """
    kept = cast(CachedEngine, current_app.extensions.setdefault(KEPT, CachedEngine()))
    with kept.lock:
        session = cast(Session, db.session())
        try:
            kept.read_ahead(session)
            yield kept
            if not kept.open:
                kept.keep(session)
        finally:
            if kept.open:
                kept.engine_cache, kept.open = None, False
