"""YelpChi: hotels and restaurants of Chicago, and which reviews Yelp's own filter kept back.

`python -m benchmarks.integrity.outside.yelpchi FOLDER` prints what the engine says of them. What
the package `ugfraud` carries has accounts, products and labels, neither ratings nor dates; with
the whole data set, which its owners give out by mail, put its `metadata.gz` into FOLDER: both are
used then. The label -1 is the filtered review (one in eight, as in the papers), whatever the
package's page says.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.integrity.outside import reviews
from benchmarks.integrity.outside.package import command, file_in
from benchmarks.integrity.outside.reviews import NotThere, Review

GET = """The data is not part of this project and must not be passed on. To get it:

  pip download --no-deps --dest FOLDER ugfraud

The whole of it, with ratings and dates: http://odds.cs.stonybrook.edu/yelpchi-dataset/"""


def read(folder: Path) -> list[Review]:
    """A line: account, product, rating, label, date; the word None where something is left out."""
    lines = gzip.decompress(file_in(folder, "metadata.gz")).decode().splitlines()
    if not lines:
        raise NotThere("metadata.gz is empty")
    return [_review(line) for line in lines]


def _review(line: str) -> Review:
    fields = line.split()
    if len(fields) != 5 or fields[3] not in ("1", "-1"):
        raise NotThere(f"metadata.gz is not YelpChi's: {line[:80]!r}")
    account, product, rating, label, date = fields
    return Review(
        account, product, label == "-1",
        None if rating == "None" else round(float(rating)),
        None if date == "None" else datetime.fromisoformat(date).replace(hour=12, tzinfo=UTC),
    )  # fmt: skip


def say(folder: Path) -> Iterator[str]:
    return reviews.told(read(folder), (1, 5))


if __name__ == "__main__":
    raise SystemExit(command(__doc__, GET, say))
