"""How long the most hostile conditions take: `python -m benchmarks.conditions`. Asserts nothing.

A thousand generated conditions against the largest events that intake lets in: refused when saved,
not worked out for so large an event, or evaluated, and then how long the worst of them took.
"""

from __future__ import annotations

import time

from collector.errors import InvalidInput
from collector.rules import condition_costs
from collector.rules.conditions import compile_condition
from tests.rules import hostile


def main() -> None:
    kinds = ("texts", "list", "deep")
    events = {kind: hostile.facts(kind) for kind in kinds}
    refused = skipped = 0
    took: list[tuple[float, str, str]] = []
    saving: list[float] = []
    for source in hostile.conditions():
        began = time.perf_counter()
        try:
            condition = compile_condition(source)
        except InvalidInput:
            refused += 1
            continue
        finally:
            saving.append((time.perf_counter() - began) * 1000)
        for kind, facts in events.items():
            if condition_costs.units(condition.shape, facts.size) > condition_costs.LIMIT:
                skipped += 1
                continue
            best = min(_once(condition, facts) for _ in range(3))
            took.append((best, kind, source))
    took.sort(reverse=True)
    print(f"{hostile.COUNT} conditions: {refused} refused when saved (worst {max(saving):.1f} ms)")
    print(f"{len(took)} evaluations, {skipped} not worked out for so large an event")
    print(f"worst {took[0][0]:.2f} ms, 99th percentile {took[len(took) // 100][0]:.2f} ms")
    for best, kind, source in took[:8]:
        print(f"  {best:7.2f} ms  {kind:5}  {source[:110]}")


def _once(condition: object, facts: object) -> float:
    began = time.perf_counter()
    condition.evaluate(facts)  # type: ignore[attr-defined]
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
