"""What is said of a response: clean, suspect or rejected, a weight, reasons, evidence. Pure.

The engine's verdicts (`engine/combine.py`) with what weights add (`engine/weights.py`), or,
where the fold left nothing that counts, what the fold said, in the same vocabulary: the codes of
docs/integrity/README.md.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collector.answers.bot_rules import UNCONFIRMED as NOT_PRESSED
from collector.integrity.engine import combine, engine
from collector.integrity.engine.weights import Weighed, explained

CLEAN, SUSPECT, REJECTED = combine.CLEAN, combine.SUSPECT, combine.REJECTED
LINK_SCANNER, UNCONFIRMED = "LINK_SCANNER", "UNCONFIRMED"
# Every version of every check in one short word; `integrity_head.checks` spells it out.
CHECKS = engine.VERSION
VERSION = f"2-{zlib.crc32(CHECKS.encode()):08x}"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`reasons` are codes, empty only for `clean`; `evidence` has the figures behind each code.

    A clean judgement may carry evidence: findings that did not suffice, or that speak for it.
    """

    verdict: str
    weight: float
    reasons: tuple[str, ...]
    evidence: Mapping[str, object]
    checks_version: str = VERSION


def of(weighed: Weighed, evidence: Mapping[str, Any], p: float) -> Judgement:
    """The judgement of an answer that the engine judged. `p`: how likely it is another's work."""
    full = explained(weighed, evidence)
    return Judgement(
        weighed.verdict, weighed.weight, weighed.reasons, {**full, "p": p} if full else {}
    )


def words_alone(items: Sequence[Mapping[str, Any]]) -> Judgement:
    """The judgement of what a person wrote without a score: theirs, and nothing to weigh."""
    return Judgement(CLEAN, 0.0, (), set_aside(items).evidence)


def set_aside(items: Sequence[Mapping[str, Any]]) -> Judgement:
    """The judgement of a response of which no score counts, from what the fold set aside.

    LINK_SCANNER with the fold's own reasons as figures; UNCONFIRMED where a strict survey waits for
    a press and nobody pressed.
    """
    evidence: dict[str, dict[str, Any]] = {}
    for item in items:
        code = UNCONFIRMED if item["reason"] == NOT_PRESSED else LINK_SCANNER
        evidence.setdefault(code, {}).setdefault(str(item["reason"]), item["figures"])
    return Judgement(REJECTED, 0.0, tuple(evidence), evidence)
