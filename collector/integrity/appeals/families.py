"""Reason codes → families of reasons: what those may know whom an answer is about. Pure.

Somebody who is told which figure of which check spoke against an answer is told how to pass next
time. A family says what kind of thing was seen, which is enough to answer it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from collector.integrity.rulings import PREFIX

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "a machine or a repeated post": (
        "DUPLICATE", "LINK_SCANNER", "TAP_STREAM", "TOO_FAST",
        # What the fold says of taps that it set aside.
        "MANY_SCORES", "DECOY", "SCANNER_AGENT", "BEFORE_READABLE", "UNCONFIRMED", "EVERY_BUTTON",
    ),
    "where and when the answer came from": (
        "DEVICE_SHARED", "NETWORK_CONCENTRATION", "CLIENT_CONCENTRATION", "RAPID_RUN",
        "PHANTOM_SESSION", "IN_HAND", "ONE_SITTING", "ASSISTED_DEVICE", "KNOWN_CUSTOMER",
        "ATTACK_BURST",
    ),
    "the contact point that was asked": ("CONTACT_CHANGED", "CONTACT_REUSED", "STAFF_CONTACT"),
    "the words of the comment": ("TEMPLATE_TEXT", "SOLICITED_TEXT"),
    "other sources, or a change of the score": ("SCORE_CONFLICT", "UPWARD_REVISION"),
}  # fmt: skip
RULED, OTHER = "a reviewer's ruling", "how answers are collected"
_BY_CODE = {code: family for family, codes in FAMILIES.items() for code in codes}


def families(codes: Iterable[str]) -> list[str]:
    """The families of these codes, each once, in the order in which they come."""
    named = [
        RULED if code.startswith(PREFIX) else _BY_CODE.get(code.upper(), OTHER) for code in codes
    ]
    return list(dict.fromkeys(named))
