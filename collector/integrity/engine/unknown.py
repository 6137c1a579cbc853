"""What is not known is neither equal to nor different from anything. Pure.

Every field but a few may be missing. Two answers whose device is not known do not share a device,
and one whose device is not known does not come from another one than the rest.
"""

from __future__ import annotations


def agree(one: str | None, other: str | None) -> bool:
    """Are both known, and the same?"""
    return bool(one) and one == other


def differ(one: str | None, other: str | None) -> bool:
    """Are both known, and not the same?"""
    return bool(one) and bool(other) and one != other
