"""What each check does in each world: `python -m benchmarks.integrity.by_check`.

For every answer the last judgement's findings are kept (`fitting.py`), and combined again without
one check. A check *convicts* whom it alone brought over the bar, and *spares* whom it alone kept
under it. By innocent oddity that says whom a check's assumption wrongs; by practice, whom it finds.
It is also said of which part of an oddity's answers a check speaks at all. What one check keeps
others from saying (ASSISTED_DEVICE silences those on device and address) is not in it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.integrity import companies, said
from benchmarks.integrity.companies import Company
from benchmarks.integrity.fitting import Found, watching
from benchmarks.integrity.measure import gamed
from collector.integrity.engine.checks.registry import CHECKS, VERSION
from collector.integrity.engine.combine import REJECTED, TELLING, combine

Key = tuple[str, str, str, str]  # check, world, side, group
DID = ("convicted", "spared", "speaks", "of")


def groups(company: Company, number: str) -> tuple[str, str] | None:
    """The side an answer is on and its group there; None for what nobody counts."""
    row = company.truth.responses[number]
    if row["label"] == "duplicate":
        return None
    if gamed(row):
        return "gamed", row.get("practice") or row["label"]
    agent = company.truth.agents.get(row["agent_id"], {})
    if row["label"] != "honest" or agent.get("gaming"):
        return None
    kind = "great agents" if agent.get("great") else "victims" if agent.get("bombed") else "plain"
    return "innocent", row.get("trap") or kind


def count(company: Company) -> dict[Key, Counter[str]]:
    """For each check and group of this company's answers, what it did."""
    kept: dict[str, Found] = {}
    with watching(company, kept):
        said.ours(company.folder)
    did: dict[Key, Counter[str]] = defaultdict(Counter)
    for number in company.truth.responses:
        place = groups(company, number)
        if place is None:
            continue
        for check in CHECKS:
            did[check.code, company.world, *place]["of"] += 1
        findings, reputation = kept.get(number, ((), 0.0))
        rejected = combine(findings, reputation).verdict == REJECTED
        for one in findings:
            rest = [other for other in findings if other is not one]
            without = combine(rest, reputation).verdict == REJECTED
            row = did[one.code, company.world, *place]
            row["speaks"] += abs(one.log_odds) >= TELLING or one.certain
            row["convicted"] += rejected and not without
            row["spared"] += without and not rejected
    return did


def lines(did: dict[Key, Counter[str]]) -> list[str]:
    """A paragraph a check: whom it convicts and spares, and of which innocents it speaks most."""
    found = []
    for check in CHECKS:
        rows = {key[1:]: row for key, row in did.items() if key[0] == check.code}
        found.append(f"\n{check.code}")
        for side in ("innocent", "gamed"):
            for what in ("convicted", "spared"):
                some = [
                    f"{world} {group} {row[what]} of {row['of']}"
                    for (world, kind, group), row in sorted(
                        rows.items(), key=lambda item: (-item[1][what], item[0])
                    ) if kind == side and row[what]
                ]  # fmt: skip
                found.append(f"  {side}, {what} by it alone: {', '.join(some[:8]) or 'none'}")
        speaks = sorted(
            ((row["speaks"] / row["of"], world, group) for (world, kind, group), row in rows.items()
             if kind == "innocent" and row["of"] >= 20 and row["speaks"]), reverse=True,
        )  # fmt: skip
        some = [f"{world} {group} {share:.0%}" for share, world, group in speaks[:5]]
        found.append(f"  innocent, speaks of: {', '.join(some) or 'none'}")
    return found


def main(argv: list[str] | None = None) -> int:
    known = companies.names()
    parser = argparse.ArgumentParser("by_check", description=__doc__)
    parser.add_argument("--worlds", default=",".join(known), help="names, with commas between")
    parser.add_argument("--seeds", default="501,502,503", help="numbers, with commas between")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write every count there too")
    given = parser.parse_args(argv)
    worlds = given.worlds.split(",")
    if strange := [world for world in worlds if world not in known]:
        parser.error(f"no world is called {strange[0]!r}; there are {', '.join(known)}")
    did: dict[Key, Counter[str]] = defaultdict(Counter)
    for world in worlds:
        for seed in map(int, given.seeds.split(",")):
            with tempfile.TemporaryDirectory() as place:
                companies.write(world, seed, Path(place))
                for key, row in count(companies.read(world, seed, Path(place))).items():
                    did[key].update(row)
            print(f"{world} {seed} is done", file=sys.stderr, flush=True)
    print(f"verdicts of version {VERSION}, seeds {given.seeds}")
    print("\n".join(lines(did)))
    if given.json:
        rows = [{**dict(zip(("check", "world", "side", "group"), key, strict=True)),
                 **{name: row[name] for name in DID}} for key, row in did.items()]  # fmt: skip
        given.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
