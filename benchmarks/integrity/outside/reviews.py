"""Reviews of products by accounts, as the audit's files, in two readings.

*customer*: the account is a customer who comes often, the product is whom the scores are for. This
is what the words mean; then nothing is shared, and silence is right.

*hand*: the account is a phone and a number, and each of its reviews another customer's who was
asked over it. This is the only way in which an account-product graph meets the engine's graph of
contacts and devices: are many customers on one thing, and whose are they?

What the data lacks is left out, but for a time, which the audit needs: where there is none, reviews
are strewn over a quarter in an order of their own, so that no two are near for a reason. Where no
score is known the best is put in, without which nothing is asked of an answer; then every score is
the same and says nothing.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.integrity.measure import auc
from collector.integrity.audit.columns import Columns
from collector.integrity.audit.run import Outcome, audit

READINGS = ("customer", "hand")
START, DAYS = datetime(2025, 1, 1, tzinfo=UTC), 90
Row = dict[str, Any]


class NotThere(Exception):
    """The folder does not hold the data."""


@dataclass(frozen=True, slots=True)
class Review:
    """`bad`: the data calls it, or its author, made up or odd. `at` and `score`: None if unknown"""

    account: str
    product: str
    bad: bool
    score: int | None = None
    at: datetime | None = None


@dataclass(slots=True)
class Came:
    """What came of one reading: verdicts of bad and other reviews, reasons, ranking, flags."""

    verdicts: dict[str, Counter[str]] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)
    auc: float = 0.5
    flagged: int = 0
    subjects: int = 0


def write(reviews: Sequence[Review], folder: Path, reading: str, scale: tuple[int, int]) -> None:
    """The audit's files. Their order is that of time."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = sorted((when(review, n), n, review) for n, review in enumerate(reviews))
    with (
        (folder / "events.ndjson").open("w", encoding="utf-8") as events,
        (folder / "invitations.ndjson").open("w", encoding="utf-8") as asked,
        (folder / "responses.ndjson").open("w", encoding="utf-8") as answers,
    ):
        for at, n, review in rows:
            hand = reading == "hand"
            number = f"number {review.account}" if hand else None
            who = {"agent_id": review.product, "team_id": "all", "store_id": "all"}
            common = {"metric": "CSAT", "scale": list(scale), "channel": "web", **who}
            _line(events, {
                "event_id": f"E{n}", "handled_by": review.product, **who, "reason": "review",
                "customer_id": f"customer {n}" if hand else f"customer {review.account}",
                "contact_on_file": number,
            })  # fmt: skip
            _line(asked, {
                "invitation_id": f"I{n}", "event_id": f"E{n}", "status": "sent",
                "contact_hash": number, **common,
            })  # fmt: skip
            _line(answers, {
                "response_id": f"R{n}", "invitation_id": f"I{n}", **common,
                "score": scale[1] if review.score is None else review.score,
                "answered_at": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "device_hash": f"phone {review.account}" if hand else None,
            })  # fmt: skip


def when(review: Review, place: int) -> datetime:
    """When it was written; strewn where nobody knows."""
    if review.at is not None:
        return review.at
    strewn = zlib.crc32(f"{place} {review.account}".encode()) / 2**32
    return START + timedelta(days=DAYS * strewn)


def came(reviews: Sequence[Review], reading: str, scale: tuple[int, int]) -> Came:
    """Audit them in this reading."""
    found = Came(verdicts={"bad": Counter(), "other": Counter()})
    ranked: list[tuple[float, bool]] = []

    def take(outcome: Outcome, lines: Iterator[Row]) -> None:
        for line in lines:
            bad = reviews[int(line["response_id"][1:])].bad
            found.verdicts["bad" if bad else "other"][line["verdict"]] += 1
            found.reasons.update(line["reasons"])
            ranked.append((-line["p"], bad))

    with tempfile.TemporaryDirectory() as place:
        write(reviews, Path(place), reading, scale)
        outcome = audit(Path(place), Columns(), take)
    if any(bad for _, bad in ranked) and not all(bad for _, bad in ranked):
        found.auc = auc(ranked)
    if outcome.subjects is not None:
        found.subjects = len(outcome.subjects.findings)
        found.flagged = sum(one.flagged for one in outcome.subjects.findings.values())
    return found


def told(reviews: Sequence[Review], scale: tuple[int, int]) -> Iterator[str]:
    """What the data is, then what came of each reading."""
    accounts = Counter(review.account for review in reviews)
    bad = sum(review.bad for review in reviews)
    yield (
        f"{len(reviews)} reviews, {bad} of them bad ({bad / len(reviews):.1%}), "
        f"{len(accounts)} accounts, {len({r.product for r in reviews})} products; scores "
        f"{'known' if reviews[0].score is not None else 'unknown'}, times "
        f"{'known' if reviews[0].at is not None else 'unknown'}"
    )
    several = [review for review in reviews if accounts[review.account] > 2]
    yield (
        f"accounts with three reviews or more have {len(several)} reviews, of which "
        f"{sum(r.bad for r in several) / max(len(several), 1):.1%} bad"
    )
    few = auc([(float(accounts[review.account]), review.bad) for review in reviews])
    yield f"ranked by how few reviews the account has: AUC {few:.3f}"
    for reading in READINGS:
        one = came(reviews, reading, scale)
        yield f"account read as a {reading}: AUC {one.auc:.3f} of p"
        for kind, verdicts in one.verdicts.items():
            said = ", ".join(f"{count} {name}" for name, count in sorted(verdicts.items()))
            yield f"  {kind}: {said or 'none'}"
        reasons = ", ".join(f"{name} {count}" for name, count in one.reasons.most_common())
        yield f"  reasons: {reasons or 'none'}; subjects flagged {one.flagged} of {one.subjects}"


def _line(file: Any, row: Row) -> None:
    file.write(json.dumps({key: value for key, value in row.items() if value is not None}) + "\n")
