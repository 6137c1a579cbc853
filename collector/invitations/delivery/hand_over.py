"""Hands claimed messages over to providers: several at once, channels side by side.

Committed as being handed over are only those whose call begins now (`lanes.py` says how many), so a
worker that is killed leaves at most those in doubt; what came back is written in the transaction
that marks the next ones. Told to stop, it gives the rest of the claim back. Behind a slow provider
nothing waits but its own messages. Used by `send.py` alone.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial
from time import monotonic
from typing import Final, cast

from flask import Flask, current_app

from channels.base import Message as Finished
from channels.base import digest
from collector import stopping
from collector.invitations import schedule
from collector.invitations.claims import Attempt
from collector.invitations.delivery import provider_calls
from collector.invitations.delivery.callers import Callers
from collector.invitations.delivery.lanes import PATIENCE, Lane
from collector.invitations.delivery.turns import Done, settle, turns
from collector.invitations.schedule import Outcome
from collector.invitations.senders.refusals import MOMENTS
from collector.invitations.transports import channels

WAIT: Final = 0.2  # seconds between two looks at whether this process is to end
Ready = tuple[Attempt, Finished]


class HandOver:
    """One batch's calls to providers. Everything here happens in one thread but the calls."""

    def __init__(self) -> None:
        self._callers = _of_thread("collector.callers", Callers)
        self._widths: dict[str, int] = current_app.extensions.setdefault("collector.lanes", {})
        self._lanes: dict[str, Lane] = {}
        self._began = monotonic()
        self._begun: dict[str, int] = {}
        self._done: list[Done] = []

    def add(self, attempts: Sequence[Attempt]) -> None:
        """These are to be handed over."""
        for attempt in attempts:
            kind = attempt.ask.channel
            if kind not in self._lanes:
                most = channels()[kind].side_by_side
                self._lanes[kind] = Lane(most, min(self._widths.get(kind, 1), most))
            self._lanes[kind].waiting.append(attempt)

    def busy(self) -> frozenset[str]:
        """The channels that are at it."""
        return frozenset(kind for kind, lane in self._lanes.items() if lane.busy)

    def step(self) -> None:
        """Write what came back, hand over what there is room for, and wait for the next answer."""
        self._give_back()
        ready = self._next()
        done, self._done = self._done, []
        if ready:
            ours = turns([(one, digest(text.text)) for one, text in ready], done)
        else:
            settle(done)
            ours = set()
        for attempt, text in ready:
            if attempt.message_id in ours:
                self._begin(attempt, text)
            else:
                self._lanes[attempt.ask.channel].out -= 1
        if self._callers.out and not self._done:
            self._collect()

    def end(self, *, more: bool) -> None:
        """The batch is over. Connections are kept where more is due."""
        settle(self._done)
        self._widths.update({kind: lane.width for kind, lane in self._lanes.items()})
        if not more:
            self._callers.end()
            for kind in self._lanes:
                channels()[kind].close()

    def abandon(self) -> None:
        """Something broke: whoever still calls answers to nobody."""
        self._callers.end()
        _forget("collector.callers")

    def _give_back(self) -> None:
        """What is not to go out now: told to stop, refused to all of us, or too slow."""
        late = monotonic() - self._began > PATIENCE
        for lane in self._lanes.values():
            if stopping.asked():
                lane.paused = schedule.STOPPING
            elif late and lane.most > 1:
                lane.paused = lane.paused or schedule.SLOW
            if lane.paused:
                rest = schedule.rest_of_batch(lane.paused)
                self._done += [(attempt, rest) for attempt in lane.rest()]

    def _next(self) -> list[Ready]:
        ready = []
        for lane in self._lanes.values():
            for attempt in lane.next(lane.room()):
                made = provider_calls.finished(attempt)
                if isinstance(made, Outcome):
                    self._came_back(attempt, made)
                else:
                    ready.append((attempt, made))
        return ready

    def _begin(self, attempt: Attempt, text: Finished) -> None:
        kind = attempt.ask.channel
        self._begun[attempt.message_id] = next(MOMENTS)
        if self._lanes[kind].most > 1:
            call = partial(provider_calls.hand_over, attempt=attempt, message=text)
            self._callers.call(kind, attempt, call)
        else:
            outcome = provider_calls.hand_over(channels()[kind], attempt, text)
            self._answered(attempt, outcome)

    def _collect(self) -> None:
        for one in self._callers.returned(WAIT):
            if one.failed is not None:
                raise one.failed
            self._answered(one.about, one.result)

    def _answered(self, attempt: Attempt, outcome: Outcome) -> None:
        lane = self._lanes[attempt.ask.channel]
        begun = self._begun.pop(attempt.message_id)
        believed = provider_calls.believed(attempt, outcome, lane.paused, begun)
        self._came_back(attempt, believed)

    def _came_back(self, attempt: Attempt, outcome: Outcome) -> None:
        self._lanes[attempt.ask.channel].back(outcome)
        self._done.append((attempt, outcome))


def _of_thread(name: str, make: type[Callers]) -> Callers:
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
    known: dict[int, Callers] = app.extensions.setdefault(name, {})
    me = threading.get_ident()
    if me not in known:
        known[me] = make(app)
    return known[me]


def _forget(name: str) -> None:
    current_app.extensions[name].pop(threading.get_ident(), None)
