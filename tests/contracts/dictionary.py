"""Writes docs/data-dictionary.md and the kept lines: `python -m tests.contracts.dictionary`.

The lines are what other people's tables rely on: a column may be added below the last one, nothing
else.
"""

from __future__ import annotations

from pathlib import Path

from collector.exports.catalog import DATASETS, Dataset
from collector.exports.contract import dictionary, lines

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "data-dictionary.md"


def kept(dataset: Dataset) -> Path:
    """Where the lines of this dataset are kept."""
    return HERE / f"{dataset.name}-{dataset.schema}.txt"


if __name__ == "__main__":
    PAGE.write_text(dictionary(), encoding="utf-8")
    for one in DATASETS:
        kept(one).write_text("\n".join([*lines(one), ""]), encoding="utf-8")
