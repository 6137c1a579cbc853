"""What a check is: a code, a version, and a pure function of one assessment.

A check weighs in nats (log likelihood ratio: > 0 speaks against the answer), capped, and gives the
reason for the size beside it; `combine.py` decides. The checks are in `checks/`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.finding import Finding


@dataclass(frozen=True, slots=True)
class Check:
    """`code`: the reason that verdicts give. `version` rises with every change of what is found.

    `cost`: `arrival` says all it can when the answer comes in; `periodic` says more once other
    answers or signals have come. All are asked on arrival and again on every later look, in O(1).
    """

    code: str
    version: int
    cost: Literal["arrival", "periodic"]
    check: Callable[[Assessment], Finding | None]
