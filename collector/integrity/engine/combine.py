"""From findings to a verdict: prior + capped evidence + capped reputation. Pure.

An answer that is not the customer's own work is made up in the subject's favour, made up against
the subject, or a machine's; the three are weighed apart. Findings of one group share a cause, so
only the strongest of a group counts whole and the others by `ALSO`. One kind of evidence alone does
not reject unless it is strong, or several facts of that kind are together; a reputation never does:
it moves the prior by at most `REPUTATION`. What each check can reach is a table that is generated
(docs/integrity/reachable.md): nothing that is called enough here may stop below the bar.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from collector.integrity.engine.finding import (  # fmt: skip
    ATTACK,
    CASE,
    CLIENT,
    CONTACT,
    HAND,
    ORIGIN,
    ROBOT,
    SESSION,
    TEXT,
    Finding,
)

CLEAN, SUSPECT, REJECTED = "clean", "suspect", "rejected"
# About three in a hundred answers are somebody else's work where a bonus hangs on the score.
PRIOR = math.log(0.03 / 0.97)
# Of a firm's mail, more is opened by machines.
PRIOR_MACHINE = math.log(0.05 / 0.95)
SUSPECT_FROM, REJECTED_FROM = 0.5, 0.75
# Nats that a made-up answer needs to be rejected, without a reputation.
BAR = math.log(REJECTED_FROM / (1 - REJECTED_FROM)) - PRIOR
ALSO = 0.6
# Words make an answer suspect at most: who dictates a sentence to customers leaves the same trace.
CAPS = {ORIGIN: 6.0, CLIENT: 3.5, CONTACT: 6.0, SESSION: 5.0, HAND: 6.0, TEXT: 4.4, CASE: 1.5}
REPUTATION = 1.5
TELLING = 0.4
# From here on one finding is enough to reject: far beyond chance, and with scores like one hand's.
# A device needs more than a contact point: counters have tablets, no number changes by itself.
# What a machine's taps show must leave nothing: browsers are called robots by mistake.
STRONG = {CONTACT: 4.6, ORIGIN: 4.7, SESSION: 5.2, HAND: 4.8, ROBOT: 9.0}
# The same for several findings of one group, which are facts of their own: the number is not on
# file, *and* was used for others; the device is one agent's, *and* so is the road, or the minutes.
# Numbers: 4, with which p is 0.63 before the subject's other answers are asked. Devices: as much as
# the group can weigh, for one tablet brings its network and its busy minutes along.
SUMMED = {CONTACT: 4.0, ORIGIN: 5.4}
# Never enough by itself, however large. A store that tidies its file changes numbers by the dozen,
# and people who work here buy here.
NOT_ALONE = frozenset({"CONTACT_CHANGED", "STAFF_CONTACT"})
# Enough without a second check: each adds up several facts of its own.
SELF_SUFFICIENT = frozenset({"DUPLICATE", "LINK_SCANNER", "ATTACK_BURST", "PHANTOM_SESSION"})
# What can be told of an answer that was pressed on the customer's own phone: that it is the
# customer's own clears nobody, and what speaks against another's phone does not add to it.
ON_THE_SPOT = frozenset({HAND, TEXT, CASE})
EITHER = frozenset({TEXT, CASE, ROBOT, ATTACK})
BOOSTING, ATTACKING, MACHINE = "made_up", "bombing", "machine"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`p`: how likely the answer is another's work; `kind`: in which way. Clean has no reasons."""

    verdict: str
    weight: float
    p: float
    kind: str
    reasons: tuple[str, ...]
    evidence: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    groups: int = 0


NOTHING = Verdict(CLEAN, 1.0, 0.0, BOOSTING, ())


def combine(findings: Sequence[Finding], reputation: float = 0.0) -> Verdict:
    """What these findings amount to together. The same findings give the same verdict."""
    if not findings:
        return NOTHING
    certain = any(finding.certain for finding in findings)
    bounded = min(max(reputation, -0.3), REPUTATION)
    made_up, groups = _made_up([f for f in findings if f.group != HAND])
    in_hand, kinds = _made_up([f for f in findings if f.group in ON_THE_SPOT])
    pressed = in_hand > made_up and any(f.group == HAND for f in findings)
    if pressed:
        made_up, groups = in_hand, kinds
    # The likelier of the two stories is told, by what belongs to it.
    told = [f for f in findings if pressed is (f.group == HAND) or f.group in EITHER]
    chances = {
        BOOSTING: _chance(PRIOR + bounded + made_up) if groups else 0.0,
        ATTACKING: _group_chance(findings, ATTACK, PRIOR),
        MACHINE: 1.0 if certain else _group_chance(findings, ROBOT, PRIOR_MACHINE),
    }
    p = 1 - math.prod(1 - chance for chance in chances.values())
    kind = max(chances, key=lambda name: chances[name])
    evidence = {f.code: {"nats": round(f.log_odds, 2), **f.figures} for f in findings}
    p = round(p, 4)
    if p < SUSPECT_FROM:
        return Verdict(CLEAN, 1.0, p, kind, (), evidence, groups)
    against = [f for f in told if (f.log_odds > 0.1 or f.certain) and _belongs(f, kind)]
    reasons = tuple(f.code for f in sorted(against, key=lambda f: -f.log_odds))
    telling = [f for f in against if f.log_odds >= TELLING and f.group != CASE]
    if p >= REJECTED_FROM and _enough(telling):
        return Verdict(REJECTED, 0.0, p, kind, reasons, evidence, groups)
    return Verdict(SUSPECT, round(1 - p, 4), p, kind, reasons, evidence, groups)


def _enough(telling: Sequence[Finding]) -> bool:
    """Are these findings of more than one kind, or leave they hardly another explanation?"""
    by_group: dict[str, list[Finding]] = {}
    for finding in telling:
        by_group.setdefault(finding.group, []).append(finding)
    return len(by_group) > 1 or any(
        one.code in SELF_SUFFICIENT
        or (one.log_odds >= STRONG.get(group, math.inf) and one.code not in NOT_ALONE)
        or (len(found) > 1 and _summed(f.log_odds for f in found) >= SUMMED.get(group, math.inf))
        for group, found in by_group.items() for one in found
    )  # fmt: skip


def _summed(log_odds: Iterable[float]) -> float:
    """Of one group, at least one: the strongest counts whole, the others in part."""
    ordered = sorted(log_odds, reverse=True)
    return ordered[0] + ALSO * sum(ordered[1:])


def _made_up(findings: Sequence[Finding]) -> tuple[float, int]:
    """Log odds for "made up in the subject's favour", and how many groups of evidence say so."""
    total, groups = 0.0, 0
    present = {finding.group for finding in findings}
    for group, cap in CAPS.items():
        if group not in present:
            continue
        against = sorted(
            (f.log_odds for f in findings if f.group == group and f.log_odds > 0), reverse=True
        )
        in_favour = sum(f.log_odds for f in findings if f.group == group and f.log_odds < 0)
        if against:
            total += min(against[0] + ALSO * sum(against[1:]), cap)
            groups += against[0] >= TELLING
        total += in_favour
    return total, groups


def _group_chance(findings: Sequence[Finding], group: str, prior: float) -> float:
    log_odds = [finding.log_odds for finding in findings if finding.group == group]
    return _chance(prior + sum(log_odds)) if log_odds else 0.0


def _belongs(finding: Finding, kind: str) -> bool:
    if kind == MACHINE:
        return finding.group == ROBOT
    if kind == ATTACKING:
        return finding.group == ATTACK
    return finding.group not in (ROBOT, ATTACK)


def _chance(logit: float) -> float:
    return 1 / (1 + math.exp(-min(max(logit, -40.0), 40.0)))
