"""Writes docs/data-dictionary.md and the kept lines: `python -m tests.contracts.dictionary`.

The lines are what other people's tables rely on: a column may be added below the last one, nothing
else.
"""

from __future__ import annotations

from pathlib import Path

from collector.exports.contract import dictionary, lines
from collector.exports.datasets import SCHEMA

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "data-dictionary.md"
KEPT = HERE / f"responses-{SCHEMA}.txt"

if __name__ == "__main__":
    PAGE.write_text(dictionary(), encoding="utf-8")
    KEPT.write_text("\n".join([*lines(), ""]), encoding="utf-8")
