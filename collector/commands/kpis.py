"""`collector kpis`: raw and cleaned KPIs with interval, bounds and denominators, table or JSON.

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
WIDTH = 160
ASKED = "asked: eligible > invited > delivered > answered"


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
    (console if console.is_terminal else Console(width=WIDTH)).print(_table(rows, by))
    click.echo(ASKED)
    for why in sorted({row.withheld for row in rows} - {""}):
        click.echo(WHY[why])


def _table(rows: list[Figures], by: str | None) -> Table:
    shown = Table("survey", *([by] if by else []), "metric", box=SIMPLE, pad_edge=False)
    for name in (
        "raw", "cleaned", "95 %", "suspect in … out", "represented", "n (effective)", "rejected",
        "suspect", "asked",
    ):  # fmt: skip
        shown.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        asked = "–" if row.eligible is None else f"{row.eligible:,}"
        shown.add_row(
            row.survey, *([row.group or "(not said)"] if by else []), row.metric,
            row.withheld.replace("_", " ") or _value(row.raw), _value(row.cleaned),
            _pair(row.low, row.high), _pair(row.if_suspect_counts, row.if_suspect_does_not),
            _value(row.represented), f"{row.n:,} ({row.effective_n:,.0f})",
            _percent(row.share_rejected), _percent(row.share_suspect),
            f"{asked} > {row.invited:,} > {row.delivered:,} > {row.answered:,}",
        )  # fmt: skip
    return shown


def _value(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _pair(first: float | None, second: float | None) -> str:
    return "–" if first is None and second is None else f"{_value(first)} … {_value(second)}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"
