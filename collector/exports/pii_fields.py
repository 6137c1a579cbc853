"""Which fields lead to a person once their answer is taken back, and what is left of each. Pure.

An answer is about somebody's work (an agent, a store, a product) and belongs to one interaction (an
order, a ticket, a booking). Whoever has the interaction's number has the customer, so it goes; whom
the answer is about stays, for the bare number is theirs. A role that is not listed here goes: what
nobody knows the meaning of may be a customer's own number. Next: `erase.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

# Roles of whom an answer is about: people at work, places, things that many customers share.
ABOUT_ROLES: Final = frozenset({
    "agent", "brand", "carrier", "channel", "country", "courier", "department", "driver",
    "partner", "product", "region", "site", "store", "supervisor", "supplier", "team",
    "technician", "vendor", "warehouse",
})  # fmt: skip
# What the integrity checks read of an event's context; everything else in it was the rule's.
CONTEXT: Final = ("handle_seconds", "reason")
# Of a tap: its time, score and user agent are what the fold stands on.
TAP_PRINTS: Final[Mapping[str, str]] = dict.fromkeys(
    ("address_hash", "network_hash", "device_hash", "contact_hash"), ""
)
# Of a feed row; `subjects` is cut down by `about`.
REVISION: Final[Mapping[str, Any]] = {
    "comment": None,
    "invitation_id": "",
    "person_id": "",
    "event_id": "",
}
# Of a row of the feed of invitations; its key stays, so it may not lead to the answer either.
INVITATION: Final[Mapping[str, Any]] = {"response_id": "", "person_id": "", "event_id": ""}
ERASED: Final = "erased"


def no_longer(person_id: str) -> str:
    """What stands in the place of a person's reference: no caller's own, since it names our id."""
    return f"{ERASED}:{person_id}"


def about(subjects: Mapping[str, Any]) -> dict[str, Any]:
    """The subjects whom the answer is about, without those that lead to who gave it."""
    return {role: named for role, named in subjects.items() if role in ABOUT_ROLES}


def context(known: Mapping[str, Any]) -> dict[str, Any]:
    """What may be kept of an event's context: how long it took, and a one-word reason."""
    return {name: known[name] for name in CONTEXT if name in known and _plain(known[name])}


def evidence(known: Mapping[str, Any]) -> dict[str, Any]:
    """A verdict's evidence with its figures, without the words in which a reviewer ruled."""
    return {
        code: {**figures, "reason": ""}
        if isinstance(figures, Mapping) and "ruling" in figures
        else figures
        for code, figures in known.items()
    }


def _plain(value: object) -> bool:
    """A number, or a word such as `complaint`; a sentence may say anything."""
    if isinstance(value, str):
        return value.replace("_", "").replace("-", "").isalpha() and len(value) <= 40
    return isinstance(value, int | float)
