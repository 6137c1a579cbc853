"""`write(seed, folder)`: a company of `benchmarks/integrity/foreign/`, its rows unchanged."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.integrity.foreign.quarter import simulate


def write(seed: int, folder: Path) -> None:
    """Write one company. Equal seeds give equal files."""
    simulate(seed, folder)


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
