"""The end of an Olist replay: the account, and the export beside the plain computation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from collector.exports import feed
from collector.exports.kpis import Kpi, kpis
from collector.model.base import db
from collector.model.events import Decision, Event
from collector.model.invitations import Invitation
from collector.simulation.olist import by_hand, explained, plain
from collector.simulation.olist.files import SOURCE, Olist
from collector.simulation.olist.ledger import Ledger
from collector.surveys.metrics import CSAT


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the service's rows say at the end. `scores`: the newest exported one of each order."""

    held_back: Counter[str]
    asked: frozenset[str]
    scores: dict[str, int | None]
    revisions: int
    kpi: Kpi | None = None


def outcome() -> Outcome:
    """Read it from the database and the feed."""
    reasons = (
        select(Decision.reason, func.count().label("orders"))
        .where(Decision.outcome == "held_back")
        .group_by(Decision.reason)
    )
    held_back = Counter({row.reason: row.orders for row in db.session.execute(reasons)})
    invited = select(Event.event_id).join(Invitation).where(Event.source == SOURCE)
    asked = frozenset(db.session.execute(invited).scalars())
    db.session.remove()
    scores = {row["event_id"]: row["score"] for row in feed.stream()}
    figures = kpis(feed.stream())
    return Outcome(held_back, asked, scores, feed.last_number(), *figures)


def differences(found: Outcome, computed: dict[str, int]) -> list[str]:
    """A sentence for each order on which the export and the plain computation do not agree."""
    if not found.scores:
        return ["nothing was exported"]
    return [
        f"order {order}: export {found.scores.get(order)}, plain {computed.get(order)}"
        for order in sorted(found.scores.keys() | computed.keys())
        if found.scores.get(order) != computed.get(order)
    ]


def show(
    console: Console, folder: Path, olist: Olist, ledger: Ledger, careful: bool = False
) -> list[str]:
    """Print the account. Returns what the export and the plain computation disagree on, and under
    the careful rule also what the explanations say that the files do not."""
    ledger.check()
    found = outcome()
    console.print(_account(olist, ledger, found))
    if not careful:
        computed = plain.scores(folder, found.asked)
        console.print(_comparison(found, computed))
        return differences(found, computed)
    expected = by_hand.decisions(folder)
    asked_at = {order: one.at for order, one in expected.items() if one.asked}
    computed = plain.scores(folder, asked_at, asked_at)
    console.print(_comparison(found, computed))
    wrong = explained.differences(expected)
    console.print(f"explained: {len(expected):,} orders, of {_persons(expected):,} people")
    return differences(found, computed) + wrong


def _persons(expected: Mapping[str, by_hand.Expected]) -> int:
    return len({one.person for one in expected.values()})


def _account(olist: Olist, ledger: Ledger, found: Outcome) -> Table:
    table = Table("", "count", title="Olist, from event to export")
    table.columns[1].justify = "right"
    rows: list[tuple[str, int]] = [
        ("orders read", len(olist.orders)),
        ("events accepted (delivered orders)", ledger.accepted),
        *((f"  not accepted: {code}", n) for code, n in _refused(ledger)),
        ("invitations", len(found.asked)),
        *((f"  held back: {reason}", n) for reason, n in found.held_back.most_common()),
        ("answers read (rows of the file)", len(olist.reviews)),
        ("  used", len(ledger.used)),
        *((f"  not used: {reason}", n) for reason, n in ledger.reasons().most_common()),
        ("responses exported", len(found.scores)),
        ("revisions in the feed", found.revisions),
    ]
    for name, count in rows:
        table.add_row(name, f"{count:,}")
    return table


def _refused(ledger: Ledger) -> list[tuple[str, int]]:
    return [(code, n) for code, n in ledger.events.most_common() if code != "accepted"]


def _comparison(found: Outcome, computed: dict[str, int]) -> Table:
    table = Table("CSAT", "export", "plain, from the CSV", title="The same orders, twice computed")
    for column in table.columns[1:]:
        column.justify = "right"
    counted = Counter(computed.values())
    distribution = found.kpi.distribution if found.kpi else {}
    for score in range(CSAT.low, CSAT.high + 1):
        table.add_row(f"score {score}", f"{distribution.get(score, 0):,}", f"{counted[score]:,}")
    mean = sum(computed.values()) / len(computed) if computed else None
    satisfied = sum(counted[score] for score in (4, 5))
    share = 100 * satisfied / len(computed) if computed else None
    kpi = found.kpi
    table.add_row("answers", f"{kpi.answers if kpi else 0:,}", f"{len(computed):,}")
    table.add_row("mean", _figure(kpi.mean if kpi else None), _figure(mean))
    table.add_row("satisfied (4–5), %", _figure(kpi.headline if kpi else None), _figure(share))
    table.add_row("mean, weighted by verdict", _figure(kpi.weighted_mean if kpi else None), "")
    return table


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.6f}"
