"""Olist's real orders and answers: CSV files that are not part of the project.

`COLLECTOR_TEST_OLIST` names their folder; otherwise they are looked for beside the checkout. Tests
that need them take the fixture `olist`; benchmarks and `.ci/` ask here (`python -m tests.olist`
prints the folder, with exit code 1 where they are not).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from collector.simulation.olist import files

NAME = "COLLECTOR_TEST_OLIST"
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "real" / "olist"
WANTED = (files.CUSTOMERS, files.ITEMS, files.ORDERS, files.REVIEWS)


def folder() -> Path | None:
    """The folder; None where none is named and there is none beside the checkout.

    Raises ValueError for one that is named and lacks a file: that is a slip, and nobody would see
    that the tests were left out.
    """
    given = os.environ.get(NAME, "").strip()
    place = Path(given).absolute() if given else BESIDE
    missing = [name for name in WANTED if not (place / name).is_file()]
    if not missing:
        return place
    if given:
        raise ValueError(f"{NAME} names a folder without {', '.join(missing)}; mend or unset it")
    return None


def main() -> int:
    """Print the folder, for shell scripts."""
    try:
        found = folder()
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if found is None:
        sys.stderr.write(f"Olist's files are not here; set {NAME} to their folder\n")
        return 1
    sys.stdout.write(f"{found}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
