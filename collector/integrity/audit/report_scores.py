"""The report's part about scores: as collected beside cleaned, by week and by team. Pure.

Plots are in `plots.py`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from collector.integrity.audit import plots
from collector.integrity.audit.results import WEEK
from collector.integrity.audit.run import Outcome
from collector.integrity.engine import kpis

UNITS = {"NPS": "points", "CSAT": "% of 4 and 5", "CES": "% of 5 to 7"}
OTHER = "% of the upper scores"
TEAM_LEAST, TEAMS_SHOWN, WEEK_LEAST = 20, 30, 15
KEY = (
    "<p class='key quiet'><span><span class='dot ring'></span>as collected</span>"
    "<span><span class='dot full'></span>cleaned</span></p>"
)


def scores(outcome: Outcome) -> str:
    """The company's scores, with interval and bounds, then by week."""
    cards = [_card(metric, tally) for metric, tally in sorted(outcome.totals.company.items())]
    if not any(cards):
        return ""
    plotted = "".join(
        f"<h3><bdi>{escape(metric)}</bdi> by week</h3>{KEY}{_weeks(outcome, metric)}"
        for metric in sorted(outcome.totals.company)
    )
    return (
        f"<h2>The score, as collected and cleaned</h2><div class='grid'>{''.join(cards)}</div>"
        f"{plotted}<p class='quiet small'>Weeks with fewer than {WEEK_LEAST} answers are left "
        "out.</p>"
    )


def _card(metric: str, tally: kpis.Tally) -> str:
    interval, raw, value = tally.interval(kpis.score_range(metric)), tally.raw_value, tally.value
    if value is None or interval is None or raw is None:
        return ""
    bounds = [bound for bound in tally.bounds() if bound is not None]
    moved = value - raw
    change = (
        f"Cleaning moves it by {moved:+.1f}."
        if abs(moved) >= 0.05
        else ("Cleaning does not move it.")
    )
    doubt = (
        f"<dt>If every doubted answer counted whole, or none of them at all</dt>"
        f"<dd>{min(bounds):.1f} to {max(bounds):.1f}</dd>"
        if tally.suspect else ""
    )  # fmt: skip
    return (
        f"<div class='card'><h3><bdi>{escape(metric)}</bdi> "
        f"<span class='quiet small'>{UNITS.get(metric, OTHER)}</span></h3>"
        f"<div class='pair'><div><span class='quiet'>as collected</span><b>{raw:.1f}</b></div>"
        f"<div><span class='quiet'>cleaned</span><b>{value:.1f}</b></div></div>"
        f"<p>{change}</p><dl><dt>95 % interval</dt><dd>{interval[0]:.1f} to {interval[1]:.1f}</dd>"
        f"{doubt}<dt>Answers</dt><dd>{tally.counted:,} of {int(tally.raw[0]):,} count</dd></dl>"
        "</div>"
    )


def _weeks(outcome: Outcome, metric: str) -> str:
    points = [
        (datetime.fromtimestamp(week * WEEK, UTC).strftime("%-d %b"), tally.raw_value, tally.value)
        for (name, week), tally in sorted(outcome.totals.weeks.items())
        if name == metric and tally.raw[0] >= WEEK_LEAST
    ]
    return plots.lines(points, UNITS.get(metric, OTHER))


def teams(outcome: Outcome) -> str:
    """The teams that cleaning moves most. Empty where the export names no teams."""
    if not any(team for team, _ in outcome.totals.teams):
        return ""
    parts = ["<h2>Teams</h2>"]
    for metric in sorted(outcome.totals.company):
        rows = []
        for (team, name), tally in sorted(outcome.totals.teams.items()):
            interval = tally.interval(kpis.score_range(metric))
            if name != metric or tally.counted < TEAM_LEAST or interval is None:
                continue
            if tally.value is not None and tally.raw_value is not None:
                rows.append((team or "(no team)", tally.raw_value, tally.value, *interval))
        rows.sort(key=lambda row: -abs(row[1] - row[2]))
        parts.append(
            f"<h3><bdi>{escape(metric)}</bdi>, {UNITS.get(metric, OTHER)}</h3>{KEY}"
            f"{plots.dumbbells(rows[:TEAMS_SHOWN], UNITS.get(metric, OTHER))}"
        )
    parts.append(
        f"<p class='quiet'>The {TEAMS_SHOWN} teams that cleaning moves most, each with at least "
        f"{TEAM_LEAST} answers; the pale bar is the 95 % interval. Where bars overlap, teams do "
        "not differ: do not rank them. All figures are in <code>kpi.ndjson</code>.</p>"
    )
    return "".join(parts)
