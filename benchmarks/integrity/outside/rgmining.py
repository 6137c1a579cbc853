"""The review graph mining project's synthetic set: reviewers, products, ratings from 0 to 5.

`python -m benchmarks.integrity.outside.rgmining FOLDER` prints what the engine says of it. 57 of
its 1,000 reviewers are called anomalies: they rate otherwise than the rest. Nothing else is in it,
and a score is no evidence here, so nothing should be said.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.integrity.outside import reviews
from benchmarks.integrity.outside.package import command, file_in
from benchmarks.integrity.outside.reviews import NotThere, Review

GET = """The data is under the GPL and not part of this project. To get it:

  pip download --no-deps --dest FOLDER rgmining-synthetic-dataset"""
ODD = "anomaly"  # in the name of a reviewer


def read(folder: Path) -> list[Review]:
    """Reviewers' names, and lines of reviewer, product, rating. Ratings become whole numbers."""
    rows = {
        name: [line.split() for line in file_in(folder, f"{name}.dat").decode().splitlines()]
        for name in ("reviewer", "review")
    }
    if not rows["review"]:
        raise NotThere("review.dat is empty")
    names = {row[0]: row[1] for row in rows["reviewer"] if len(row) == 2}
    try:
        return [
            Review(account, product, ODD in names[account], round(float(rating)))
            for account, product, rating in rows["review"]
        ]
    except (KeyError, ValueError) as error:
        raise NotThere(f"review.dat is not that of the synthetic set: {error!r}") from None


def say(folder: Path) -> Iterator[str]:
    return reviews.told(read(folder), (0, 5))


if __name__ == "__main__":
    raise SystemExit(command(__doc__, GET, say))
