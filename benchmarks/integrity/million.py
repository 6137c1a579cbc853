"""Audits a million answers: seconds, and the most memory that was resident. Prints a table.

A few simulated companies are written again and again under other names: side by side as one large
company's quarter (`--as one-quarter`, the default), or as the same agents' quarters one after the
other (`--as many-quarters`). Processor seconds are those of all its processes. Most MB: of the
largest process, as resident; and of all of them together, what they share counted once (the sum of
their PSS, looked at every second, where the system tells). Asserts nothing.
Run: `python -m benchmarks.integrity.million [--answers 1000000] [--as many-quarters] [--jobs 1]`.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from benchmarks.integrity.simulator.simulate import simulate

QUARTER = timedelta(days=100)
SEEDS = (1, 2, 3)
FILES = ("events", "invitations", "responses", "signals", "roster")
THINGS = (
    "event_id", "invitation_id", "response_id", "signal_id", "supersedes", "customer_id",
    "contact_on_file", "contact_hash", "ip_hash", "net_hash", "device_hash",
)  # fmt: skip
PEOPLE = ("agent_id", "handled_by", "team_id", "store_id")
TIMES = ("occurred_at", "sent_at", "opened_at", "answered_at", "at")
AUDIT = "from collector.commands.audit import command; command()"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=1_000_000)
    parser.add_argument("--as", dest="shape", default="one-quarter",
                        choices=("one-quarter", "many-quarters"))  # fmt: skip
    parser.add_argument(
        "--folder",
        type=Path,
        help="work here and leave the files; an export that is there is used again",
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes that judge")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="million-") as place:
        folder = chosen.folder or Path(place)
        export, out = folder / "export", folder / "out"
        if (export / "responses.ndjson").exists():
            with (export / "responses.ndjson").open("rb") as lines:
                answers = sum(1 for _ in lines)
        else:
            answers = write(export, chosen.answers, later=chosen.shape == "many-quarters")
        size = sum(path.stat().st_size for path in export.iterdir()) / 1e6
        began = time.perf_counter()
        said = [str(export), "--out", str(out), "--jobs", str(chosen.jobs)]
        child = subprocess.Popen([sys.executable, "-c", AUDIT, *said])  # ourselves
        status, used, together = _wait(child.pid)
        took = time.perf_counter() - began
        if status:
            raise SystemExit(f"The audit ended with {status}.")
        processor = used.ru_utime + used.ru_stime
        print("as | answers | export, MB | seconds | processor seconds | µs an answer | "
              "most MB of one | of all together")  # fmt: skip
        print("---|---|---|---|---|---|---|---")
        print(
            f"{chosen.shape} | {answers:,} | {size:,.0f} | {took:,.0f} | {processor:,.0f} | "
            f"{1e6 * processor / answers:,.0f} | {used.ru_maxrss / 1024:,.0f} | {together:,.0f}"
        )


def _wait(pid: int) -> tuple[int, resource.struct_rusage, float]:
    """Until it ends: its status, what it used, and the most MB of it and its processes together."""
    most = 0.0
    while True:
        ended, status, used = os.wait4(pid, os.WNOHANG)
        if ended:
            return status, used, most
        most = max(most, sum(_own_share(one) for one in _family(pid)))
        time.sleep(1)


def _family(pid: int) -> list[int]:
    """The process, and those that it began."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return [pid]
    return [pid, *(one for child in text.split() for one in _family(int(child)))]


def _own_share(pid: int) -> float:
    """MB of a process, of what several share its part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended, or the system does not tell
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def write(out: Path, goal: int, *, later: bool) -> int:
    """Write an export of at least `goal` answers into `out`; how many there are.

    `later`: the same agents in quarters to come, else other agents in the same quarter.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        seeds = SEEDS[:1] if later else SEEDS
        for seed in seeds:
            simulate(seed, Path(place) / str(seed))
        answers = turn = 0
        while answers < goal:
            source = Path(place) / str(seeds[turn % len(seeds)])
            answers += copy(source, out, turn, later=later)
            turn += 1
    return answers


def copy(source: Path, out: Path, turn: int, *, later: bool) -> int:
    """Append one company to `out` under the names of this turn; how many answers that were."""
    count = 0
    for name in FILES:
        if name == "roster" and later and turn:
            continue
        with (out / f"{name}.ndjson").open("ab") as file:
            for row in _renamed(source / f"{name}.ndjson", turn, later=later):
                count += name == "responses"
                file.write(orjson.dumps(row) + b"\n")
    return count


def _renamed(path: Path, turn: int, *, later: bool) -> Iterator[dict[str, Any]]:
    names = THINGS if later else THINGS + PEOPLE
    shift = turn * QUARTER if later else timedelta(0)
    with path.open("rb") as lines:
        for row in map(orjson.loads, lines):
            for name in names:
                if row.get(name):
                    row[name] = f"{row[name]}-{turn}"
            if "staff_contacts" in row:
                row["staff_contacts"] = [f"{contact}-{turn}" for contact in row["staff_contacts"]]
            for name in TIMES if shift else ():
                if row.get(name):
                    row[name] = _after(row[name], shift)
            yield row


def _after(time: str, shift: timedelta) -> str:
    at = datetime.fromisoformat(time) + shift
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


if __name__ == "__main__":
    main()
