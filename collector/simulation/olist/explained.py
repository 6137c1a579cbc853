"""Every order's explanation beside what `by_hand.py` made of it. Used by `report.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from collector import clock
from collector.simulation.olist.by_hand import Expected
from collector.simulation.olist.files import SOURCE
from collector.triggers.explain.event import explain_event

FAIL = "fail"


def differences(expected: Mapping[str, Expected]) -> list[str]:
    """A sentence for each order whose explanation says something else."""
    return [said for one in expected.values() for said in _differences(one)]


def _differences(one: Expected) -> Iterator[str]:
    told = explain_event(one.order, SOURCE)
    (rule,) = told["rules"]
    then: dict[str, Any] = rule["then"]
    if told["person"] != one.person:
        yield f"order {one.order}: explained for {told['person']}, bought by {one.person}"
    if then["reason"] != one.reason:
        yield f"order {one.order}: explained as {then['reason']}, by hand {one.reason}"
        return
    failed = [gate for gate in then["gates"] if gate["result"] == FAIL]
    said = then["ask_at"] if one.asked else failed[-1]["figures"].get("again_at")
    if said != clock.iso(one.at):
        yield f"order {one.order}: explained for {said}, by hand {clock.iso(one.at)}"
    if len(failed) != (not one.asked) or not all(gate["sentence"] for gate in then["gates"]):
        yield f"order {one.order}: the gates do not say what failed"
    left = [step["at"] for step in then["afterwards"] if step["what"] == "sent"]
    if left and (not one.asked or min(left) != clock.iso(one.at)):
        yield f"order {one.order}: went out {min(left)}, by hand {one.reason} {clock.iso(one.at)}"
