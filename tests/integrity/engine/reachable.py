"""Writes docs/integrity/reachable.md: `python -m tests.integrity.engine.reachable`.

For each check the largest value that it gives, and the verdict of that value alone and with another
kind of evidence. `test_reachable.py` compares, and holds the values against what companies show.
"""

from __future__ import annotations

from pathlib import Path

from collector.integrity.engine.combine import (
    BAR,
    NOT_ALONE,
    REJECTED_FROM,
    SELF_SUFFICIENT,
    STRONG,
    SUMMED,
    SUSPECT_FROM,
    TELLING,
    combine,
)
from collector.integrity.engine.finding import (
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

PAGE = Path(__file__).resolve().parents[3] / "docs" / "integrity" / "reachable.md"
# Group and largest value of each check that speaks against an answer, in the order of the registry.
LARGEST: dict[str, tuple[str, float]] = {
    "DUPLICATE": (ROBOT, 9.0),
    "LINK_SCANNER": (ROBOT, 9.0),
    "DEVICE_SHARED": (ORIGIN, 9.5),
    "NETWORK_CONCENTRATION": (ORIGIN, 3.0),
    "CLIENT_CONCENTRATION": (CLIENT, 3.5),
    "RAPID_RUN": (ORIGIN, 2.0),
    "CONTACT_CHANGED": (CONTACT, 7.1),
    "CONTACT_REUSED": (CONTACT, 5.5),
    "STAFF_CONTACT": (CONTACT, 4.5),
    "PHANTOM_SESSION": (SESSION, 6.7),
    "ONE_SITTING": (SESSION, 6.5),
    "IN_HAND": (HAND, 6.0),
    "TEMPLATE_TEXT": (TEXT, 4.4),
    "SCORE_CONFLICT": (CASE, 1.6),
    "UPWARD_REVISION": (CASE, 0.5),
    "ATTACK_BURST": (ATTACK, 7.0),
    "TAP_STREAM": (ROBOT, 13.0),
}
GROUPS = (ORIGIN, CLIENT, CONTACT, SESSION, HAND, TEXT, CASE)
APART = {ATTACK: "bombing", ROBOT: "machine"}


def finding(code: str) -> Finding:
    """The most that this check can find."""
    group, most = LARGEST[code]
    return Finding(code, group, most, certain=code == "DUPLICATE")


def said(*findings: Finding) -> str:
    verdict = combine(findings)
    return f"{verdict.verdict} {verdict.p:.2f}"


def another(code: str, group: str) -> Finding:
    """The most of another check of this group."""
    others = [name for name, (of, _) in LARGEST.items() if of == group and name != code]
    return finding(max(others, key=lambda name: LARGEST[name][1]))


def row(code: str) -> str:
    group, most = LARGEST[code]
    cells = [f"{code}", group, f"{most:g}", said(finding(code))]
    if group in APART:
        cells += ["is weighed by itself"] + ["-"] * len(GROUPS)
        return "|".join(cells)
    least = next(one for one in GROUPS if one not in (group, CASE))
    cells.append(said(finding(code), Finding("OTHER", least, TELLING)))
    for other in GROUPS:
        several = sum(of == other for of, _ in LARGEST.values()) > (other == group)
        cells.append(said(finding(code), another(code, other)) if several else "-")
    return "|".join(cells)


def page() -> str:
    """The page, whole."""
    head = "|".join(["check", "group", "most, nats", "alone", f"with {TELLING:g} of another kind",
                     *(f"with the most of {group}" for group in GROUPS)])  # fmt: skip
    strong = ", ".join(f"{group} {value:g}" for group, value in sorted(STRONG.items()))
    summed = ", ".join(f"{group} {value:g}" for group, value in sorted(SUMMED.items()))
    return (
        f"""# What each check can reach

Generated: `python -m tests.integrity.engine.reachable`. A test compares, so nothing here is out of date.

For each check the largest value that it can give, and what `combine.py` makes of it: alone; with a finding of another kind that is just large enough to count; and with the largest finding of another check in each group. A reputation is not in it: it adds 1.5 at most. Suspect begins at p = {SUSPECT_FROM}, rejected at {REJECTED_FROM}, which takes {BAR:.2f} nats against the prior.

**The rule.** Nothing that is called enough stops below the bar. Enough by itself are {", ".join(sorted(SELF_SUFFICIENT))}; one finding from {strong} nats on; several findings of one group that come to {summed} (the largest whole, the others by 0.6). What is never enough by itself, however large, says so: {", ".join(sorted(NOT_ALONE))}. ATTACK_BURST and the checks on machines are not mixed with the others, because they speak of another author.

{head}
{"|".join(["---"] * (5 + len(GROUPS)))}
"""  # noqa: E501  # a page's paragraphs are lines
        + "".join(f"{row(code)}\n" for code in LARGEST)
        + f"""
Two findings of {CONTACT} need a reputation where they come to less than {BAR:.2f}: that is meant. SOLICITED_TEXT weighs nothing against an answer; ASSISTED_DEVICE and KNOWN_CUSTOMER only speak for it.
"""  # noqa: E501  # the same
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
