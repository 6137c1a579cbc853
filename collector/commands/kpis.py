"""`collector kpis`: raw and cleaned KPIs with interval, bounds and denominators, tables or JSON.

Two tables, because one would be wider than a window: the score, and what it rests on.

Calls `exports/kpi_query.py`; the same figures as GET /v1/kpis.
"""

from __future__ import annotations

import json
from dataclasses import asdict

import click
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from collector.commands.context import with_app
from collector.exports.kpi_figures import GROUPINGS, LEAST, OUT_OF_SCOPE, TOO_FEW, Figures
from collector.exports.kpi_parameters import wanted
from collector.exports.kpi_query import table

WHY = {
    TOO_FEW: f"too few: one agent is shown from {LEAST['agent']:.0f} effective answers on",
    OUT_OF_SCOPE: "no figure: this metric is not about one agent",
}
WIDTH = 100
LEGEND = (
    "in … out: cleaned, if every suspect answer counted in full … if none did",
    "asked: eligible > invited > delivered > answered",
)


@click.command("kpis")
@click.option("--survey", default="", help="Key of one survey; without it, every survey.")
@click.option("--by", default=None, type=click.Choice(GROUPINGS), help="A line for each of these.")
@click.option("--from", "start", default="", help="Interactions from this day (UTC) or time on.")
@click.option("--to", "end", default="", help="Interactions before this day (UTC) or time.")
@click.option(
    "--segment", default="", show_default="store",
    help="What non-response weights go by: store, team, agent, event_type, rule, context.…",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="As JSON, one object a line.")
@with_app
def command(survey: str, by: str | None, start: str, end: str, segment: str, as_json: bool) -> None:
    """Show the score as collected and cleaned, and what it rests on.

    \b
    collector kpis --survey after-delivery --from 2026-01-01 --to 2026-04-01
    collector kpis --by team --json
    """
    asked = wanted(survey, by or "", segment, start, end)
    rows = table(asked)
    if as_json:
        for row in rows:
            click.echo(json.dumps(asdict(row), ensure_ascii=False))
        return
    if not rows:
        click.echo("Nothing to show: no survey, or nobody was asked in this period.")
        return
    console = Console()
    shown = console if console.is_terminal else Console(width=WIDTH)
    shown.print(_scores(rows, by))
    shown.print(_grounds(rows, by))
    for line in LEGEND:
        click.echo(line)
    for why in sorted({row.withheld for row in rows} - {""}):
        click.echo(WHY[why])


def _scores(rows: list[Figures], by: str | None) -> Table:
    """The score itself, with how far it may be trusted."""
    names = ("raw", "cleaned", "95 %", "in … out", "represented")
    table = _table(by, "metric", names)
    for row in rows:
        table.add_row(
            *_of(row, by), row.metric, row.withheld.replace("_", " ") or _value(row.raw),
            _value(row.cleaned), _pair(row.low, row.high),
            _pair(row.if_suspect_counts, row.if_suspect_does_not), _value(row.represented),
        )  # fmt: skip
    return table


def _grounds(rows: list[Figures], by: str | None) -> Table:
    """What it rests on: how many answers, and how many of those who could have been asked."""
    table = _table(by, "", ("n (effective)", "rejected", "suspect", "asked"))
    for row in rows:
        asked = "–" if row.eligible is None else f"{row.eligible:,}"
        table.add_row(
            *_of(row, by), f"{row.n:,} ({row.effective_n:,.0f})", _percent(row.share_rejected),
            _percent(row.share_suspect),
            f"{asked} > {row.invited:,} > {row.delivered:,} > {row.answered:,}",
        )  # fmt: skip
    return table


def _table(by: str | None, then: str, figures: tuple[str, ...]) -> Table:
    table = Table(box=SIMPLE, pad_edge=False, collapse_padding=True)
    for name in ("survey", by, then):
        if name:
            table.add_column(name, overflow="fold")
    for name in figures:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _of(row: Figures, by: str | None) -> list[str]:
    return [row.survey, *([row.group or "(not said)"] if by else [])]


def _value(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _pair(first: float | None, second: float | None) -> str:
    return "–" if first is None and second is None else f"{_value(first)} … {_value(second)}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"
