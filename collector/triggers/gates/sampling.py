"""Who is asked at all: the rule's share of people, and a control group that never is. Pure.

Both go by a keyed place on a line, evenly spread and always the same, so that a stable share of
*people* is asked, not of events, and nobody can be picked by hand.
"""

from __future__ import annotations

import hashlib

from collector.triggers.gates.situation import PASS, Check, Situation


def sampling(seen: Situation) -> Check:
    """Is this person in the share that the rule asks?"""
    place = sample_position(seen.rule.key, seen.person.ref)
    facts = {"place": round(place, 4), "share": seen.rule.sample}
    return Check("sampling", PASS if place < seen.rule.sample else "sampled_out", facts)


def control(seen: Situation) -> Check:
    """Is this person held out, to compare with? The same people for all rules of one group."""
    policy = seen.rule.policy
    place = sample_position(policy.control_group, seen.person.ref, "control")
    facts = {
        "place": round(place, 4),
        "share": policy.control,
        "group": policy.control_group,
    }
    return Check("control", "control_group" if place < policy.control else PASS, facts)


def sample_position(name: str, person_ref: str, of: str = "sample") -> float:
    """Where a person stands for a rule (or a control group), from 0 up to 1.

    It does not depend on the rule's version, so raising `sample` keeps everybody who was in it.
    """
    digest = hashlib.sha256(f"{of}\x1f{name}\x1f{person_ref}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / float(1 << 64)
