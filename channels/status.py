"""How far a message has got, and the one rule by which that moves: forward.

Receipts come late, twice and in any order, from several processes at once. So a status is not set,
it is *advanced*: the further of two words wins. Advancing is commutative, associative and
idempotent, hence every order of the same receipts ends at the same word, with no need to remember
which ones have been seen. Pure; anybody may import it. Used by the invitations stage.

Why the order among the endings is this one and not "the first ending wins": the first to arrive
depends on the network, so two replicas of the same history could disagree. Instead:

* ``delivered`` beats ``failed``. A delivery report is evidence from the other end; a failure says
  only that nobody saw it arrive (an expired report, one lost segment). Believing the failure would
  ask the person a second time on another channel, believing the delivery costs nothing.
* ``bounced`` beats ``delivered``. A bounce is mail that a host had already accepted ("delivered")
  and then sent back, so it is the later word by its nature, and ignoring it would keep writing to a
  dead mailbox. Channels whose providers report no such thing never produce it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CLAIMED: Final = "claimed"  # a worker owns the attempt; the provider has not been called, or may be
UNKNOWN: Final = "unknown"  # it was called and did not answer
SENT: Final = "sent"  # it accepted the message
FAILED: Final = "failed"  # it could not deliver it
DELIVERED: Final = "delivered"  # it reports that the message arrived
BOUNCED: Final = "bounced"  # the receiving host gave it back
NOT_SENT: Final = "not_sent"  # what a sender believes, no provider says it: outside the order

ORDER: Final = (CLAIMED, UNKNOWN, SENT, FAILED, DELIVERED, BOUNCED)
RANK: Final[Mapping[str, int]] = MappingProxyType({word: at for at, word in enumerate(ORDER)})
TERMINAL: Final = frozenset({FAILED, DELIVERED, BOUNCED})


def advance(current: str, incoming: str) -> str:
    """The further of two statuses. Raises ValueError for a word that is not in ``ORDER``."""
    for word in (current, incoming):
        if word not in RANK:
            raise ValueError(f"not a message status: {word!r}; one of {', '.join(ORDER)}")
    return incoming if RANK[incoming] > RANK[current] else current


def behind(incoming: str) -> tuple[str, ...]:
    """The statuses that ``incoming`` moves on from: what a compare-and-set may overwrite.

    ``UPDATE … SET status = :incoming WHERE status IN behind(incoming)`` is ``advance`` done by the
    database, safe against another process that is doing the same.
    """
    if incoming not in RANK:
        raise ValueError(f"not a message status: {incoming!r}; one of {', '.join(ORDER)}")
    return ORDER[: RANK[incoming]]
