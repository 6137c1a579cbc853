"""What became of each item of a batch, told by the sender's own key and a digest. Pure.

Events (`receive.py`) and signals (`integrity/inputs/signals/receive.py`) are taken in once in the
same way: the same key with the same content is a duplicate, with other content a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from collector.errors import Problem

ACCEPTED, DUPLICATE, CONFLICT, INVALID = "accepted", "duplicate", "conflict", "invalid"
STATUSES = (ACCEPTED, DUPLICATE, CONFLICT, INVALID)
FINE = (ACCEPTED, DUPLICATE)
Key = tuple[str, str]  # (source, the sender's id)
Held = dict[Key, tuple[str, str]]  # key → (our id, digest)
Digests = Mapping[int, str]  # id() of an item in hand → its digest, worked out once


class Usable(Protocol):
    """An item that can be kept."""

    @property
    def key(self) -> Key: ...

    def digest(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Refused:
    """An item that cannot be used, with everything that is wrong with it."""

    problems: tuple[Problem, ...]
    source: str = ""
    sender_id: str = ""

    @property
    def key(self) -> Key:
        return self.source, self.sender_id


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item. `id` is ours, empty where nothing was kept; `notes`: what of an
    item that was kept was left out."""

    status: str
    source: str
    sender_id: str
    id: str = ""
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def digests(items: Iterable[Usable]) -> dict[int, str]:
    """The digest of each of these items, for as long as they are in hand."""
    return {id(item): item.digest() for item in items}


def told(
    items: Sequence[Usable | Refused], said: Digests, held: Held, accepted: Iterable[Key],
    reused: Problem,
) -> list[Outcome]:  # fmt: skip
    """The outcome of each item, in order. `accepted`: the keys that were new; `reused`: what is
    wrong with a key that was used before for something else."""
    left, outcomes = set(accepted), []
    for item in items:
        if isinstance(item, Refused):
            outcomes.append(Outcome(INVALID, *item.key, "", item.problems))
            continue
        row_id, digest = held[item.key]
        if digest != said[id(item)]:
            outcomes.append(Outcome(CONFLICT, *item.key, "", (reused,)))
        elif item.key in left:
            left.remove(item.key)  # a second one in the same batch is a duplicate of the first
            outcomes.append(Outcome(ACCEPTED, *item.key, row_id))
        else:
            outcomes.append(Outcome(DUPLICATE, *item.key, row_id))
    return outcomes
