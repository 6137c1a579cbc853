"""What the demo says at the end: the funnel, why people were not asked, the KPIs, as tables, and in
one line each why raw and cleaned differ (`exports/cleaned.py`).

Counts the rows that are there, whoever made them; the KPIs come from the export alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from collector.exports import cleaned, feed
from collector.exports.kpis import Kpi, kpis
from collector.model.answers import Response, Tap
from collector.model.base import db
from collector.model.events import Decision, Event
from collector.model.invitations import SENT, Invitation, Message
from collector.surveys.metrics import METRICS
from collector.triggers.reasons import REASONS

BAR = 16


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many got how far. `held_back` counts decisions by reason, the most frequent first.

    Of the `answered`, those with a score are `scored`, and of these `counted` count in the KPIs.
    """

    events: int
    unheard: int
    decisions: int
    invited: int
    held_back: tuple[tuple[str, int], ...]
    sent: tuple[tuple[str, int], ...]
    unsent: int
    taps: int
    answered: int
    scored: int
    counted: int


def funnel() -> Funnel:
    """Read the funnel from the tables and the feed."""
    decided = _by(Decision.reason)
    invited = decided.pop("invited", 0)
    newest = {row["response_id"]: row for row in feed.stream()}
    heard = select(Decision.event_id).distinct().subquery()
    listened = db.session.scalar(select(func.count()).select_from(heard)) or 0
    sent = db.session.execute(
        select(Message.channel, func.count(func.distinct(Message.invitation_id)))
        .where(Message.sent_at.is_not(None))
        .group_by(Message.channel)
        .order_by(Message.channel)
    )
    went_out = _count(select(func.count()).where(Invitation.status == SENT))
    return Funnel(
        events=(events := _count(select(func.count(Event.id)))),
        unheard=events - listened,
        decisions=invited + sum(decided.values()),
        invited=invited,
        held_back=tuple(sorted(decided.items(), key=lambda one: (-one[1], one[0]))),
        sent=tuple((channel, count) for channel, count in sent),
        unsent=invited - went_out,
        taps=_count(select(func.count(Tap.id))),
        answered=_count(select(func.count(Response.id))),
        scored=sum(row["score"] is not None for row in newest.values()),
        counted=sum(row["score"] is not None and row["weight"] > 0 for row in newest.values()),
    )


def show(console: Console) -> None:
    """Print the tables."""
    seen = funnel()
    console.print(_walk(seen))
    console.print(_held_back(seen))
    console.print(_kpis(kpis(feed.stream())))
    console.print(f"[dim]{_sum_of_kpis(seen)}[/dim]", soft_wrap=True)
    for one in cleaned.differences():
        console.print(f"[bold]{cleaned.sentence(one)}[/bold]", soft_wrap=True)
        if one.doubted:
            _contest(console, one.doubted[0])


def _contest(console: Console, one: cleaned.Doubted) -> None:
    by = one.agent or "NAME"
    console.print(
        f"  [dim]contest one: collector appeals open {one.response_id} --by {by}"
        ' --ground genuine --statement "…"[/dim]',
        soft_wrap=True,
    )


def _walk(seen: Funnel) -> Table:
    table = Table(title="The week, from event to KPI", title_justify="left", title_style="bold")
    table.add_column("stage")
    table.add_column("count", justify="right")
    table.add_column("", style="cyan", no_wrap=True)
    table.add_column("", style="dim")
    for stage, count, note in _stages(seen):
        table.add_row(stage, f"{count:,}", _bar(count, seen.decisions), note)
    return table


def _stages(seen: Funnel) -> Iterator[tuple[str, int, str]]:
    """Each note says what the count is made of, so that it can be added up from the others."""
    yield "events", seen.events, f"{seen.unheard} unheard by any rule"
    heard = f"on the other {seen.events - seen.unheard}, one for each rule"
    yield "decisions", seen.decisions, heard
    yield "held back", seen.decisions - seen.invited, "of the decisions, by reason below"
    yield "invited", seen.invited, "the other decisions"
    yield "sent", seen.invited - seen.unsent, _sent(seen)
    yield "answered", seen.answered, f"in {seen.taps} taps, some by machines"
    yield "counted", seen.counted, _left_out(seen)


def _sent(seen: Funnel) -> str:
    told = ", ".join(f"{count} {channel}" for channel, count in seen.sent)
    twice = sum(count for _, count in seen.sent) - (seen.invited - seen.unsent)
    told += f"; {twice} of them a second channel for the same ask" if twice > 0 else ""
    return told + (f"; {seen.unsent} wait" if seen.unsent else "")


def _left_out(seen: Funnel) -> str:
    doubted, bare = seen.scored - seen.counted, seen.answered - seen.scored
    return f"{seen.answered} - {doubted} left out - {bare} without a score"


def _sum_of_kpis(seen: Funnel) -> str:
    return (
        f"n: {seen.scored} in all, of {seen.answered} answered; {seen.answered - seen.scored} "
        "have no score. n clean: the sum of their weights."
    )


def _held_back(seen: Funnel) -> Table:
    table = Table(title="Held back, by reason", title_justify="left", title_style="bold")
    table.add_column("reason", no_wrap=True)
    table.add_column("count", justify="right")
    table.add_column("meaning", style="dim")
    for code, count in seen.held_back:
        meaning = REASONS[code].meaning if code in REASONS else ""
        table.add_row(code, f"{count:,}", meaning)
    return table


def _kpis(found: list[Kpi]) -> Table:
    table = Table(title="KPIs, from the export alone", title_justify="left", title_style="bold")
    table.add_column("survey", no_wrap=True)
    table.add_column("KPI", no_wrap=True)
    for name in ("n", "raw", "n clean", "cleaned"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("scores", style="cyan", no_wrap=True)
    for one in found:
        unit = " %" if METRICS[one.metric].unit == "percent" else ""
        table.add_row(
            one.survey,
            one.metric.upper(),
            str(one.answers),
            _figure(one.headline, unit),
            f"{one.weight:.0f}",
            _figure(one.weighted_headline, unit),
            _spark(list(one.distribution.values())),
        )
    return table


def _figure(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{value:.1f}{unit}"


def _bar(count: int, most: int) -> str:
    return "█" * round(BAR * count / most) if most else ""


def _spark(counts: list[int]) -> str:
    """One block a score, its height the share of the most frequent."""
    most = max(counts, default=0) or 1
    return "".join(" ▁▂▃▄▅▆▇█"[-(-8 * count // most)] for count in counts)


def _by(column: object) -> dict[str, int]:
    rows = db.session.execute(select(column, func.count()).group_by(column))  # type: ignore[call-overload]
    return {str(code): int(count) for code, count in rows}


def _count(query: object) -> int:
    return int(db.session.scalar(query) or 0)  # type: ignore[call-overload]
