"""`report.html`: what an audit found, for a service manager. One file, nothing fetched, no script.

Statements are about how answers were collected, never about anybody's honesty. Used by
`writing.py`; sentences are in `words.py`, plots in `plots.py`, findings in `report_findings.py`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from collector.integrity.audit import plots, words
from collector.integrity.audit.report_findings import findings
from collector.integrity.audit.results import WEEK
from collector.integrity.audit.run import OPTIONAL, Outcome
from collector.integrity.forensics import kpis
from collector.integrity.forensics.engine import VERSION

UNITS = {"NPS": "points", "CSAT": "% of 4 and 5", "CES": "% of 5 to 7"}
TEAM_LEAST, TEAMS_SHOWN, LINES_SHOWN = 20, 30, 40
STYLE = """
:root{color-scheme:light}body{font:16px/1.55 system-ui,sans-serif;color:#1c2630;max-width:820px;
margin:0 auto;padding:28px 20px 80px;background:#fff}h1{font-size:28px;line-height:1.2;margin:0 0
6px} h2{font-size:21px;margin:44px 0 8px;border-top:1px solid
#d9dee3;padding-top:22px}h3{font-size:17px; margin:26px 0
# 4px}table{border-collapse:collapse;width:100%;margin:12px 0}th,td{text-align:left;
padding:7px 10px 7px 0;border-bottom:1px solid #e5e9ec;vertical-align:top}th{font-weight:600}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.quiet{color:#55626e}.card{border:1px
solid #d9dee3;border-radius:8px;padding:14px 18px;margin:14px 0}.card ul{margin:6px
0;padding-left:20px} .note{background:#f3f6f8;border-left:4px solid #155e75;padding:12px
16px;margin:18px 0} .key b{display:inline-block;width:12px;height:12px;border-radius:50%;margin:0
4px 0 14px} svg{width:100%;height:auto}code{font-size:14px}@media
print{h2{break-after:avoid}.card{break-inside:avoid}}
"""


def page(outcome: Outcome) -> str:
    """The whole report."""
    body = "".join((
        _head(outcome), _scores(outcome), _set_aside(outcome), findings(outcome), _teams(outcome),
        _gaps(outcome), _method(),
    ))  # fmt: skip
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>How much of the score was real?</title><style>{STYLE}</style></head>"
        f"<body>{body}</body></html>"
    )


def _head(outcome: Outcome) -> str:
    total = max(outcome.answers, 1)
    out = outcome.totals.verdicts.get("rejected", 0)
    doubted = outcome.totals.verdicts.get("suspect", 0)
    first, last = (
        datetime.fromtimestamp(at, UTC).strftime("%-d %B %Y") for at in outcome.period
    )  # fmt: skip
    found = outcome.subjects.findings.values() if outcome.subjects else ()
    flagged = sum(f.flagged for f in found)
    return (
        f"<h1>How much of the score was real?</h1><p class='quiet'>{outcome.answers:,} answers "
        f"from "
        f"{first} to {last}</p>"
        f"<p><strong>{out:,} answers ({out / total:.1%}) were set aside</strong> because somebody "
        f"or "
        f"something else than the asked customer most likely gave them; {doubted:,} more "
        f"({doubted / total:.1%}) count with less weight. For {flagged} of {len(list(found))} "
        f"agents, "
        "the way in which answers were collected needs a second look.</p>"
        "<p class='note'>Everything here is about <strong>how answers were collected</strong>, and "
        "nothing about anybody's honesty. High scores are never evidence; good agents have them. A "
        "finding is a reason to look, not to punish: ask ten to twenty of the customers again "
        "through "
        "a contact point that the agent does not hold, and listen to calls. Nothing was "
        "deleted.</p>"
    )


def _scores(outcome: Outcome) -> str:
    rows = []
    for metric, tally in sorted(outcome.totals.company.items()):
        interval = tally.interval(kpis.ends(metric))
        most, least = tally.bounds()
        if tally.value is None or interval is None or tally.raw_value is None:
            continue
        bounds = sorted(value for value in (most, least) if value is not None)
        rows.append(
            f"<tr><td>{escape(metric)} <span class='quiet'>{UNITS.get(metric, '')}</span></td>"
            f"<td class='n'>{tally.raw_value:.1f}</td><td class='n'><b>{tally.value:.1f}</b></td>"
            f"<td class='n'>{interval[0]:.1f} to {interval[1]:.1f}</td>"
            f"<td class='n'>{bounds[0]:.1f} to {bounds[-1]:.1f}</td>"
            f"<td class='n'>{tally.counted:,}</td></tr>"
        )
    plotted = "".join(
        f"<h3>{escape(metric)} by week</h3>{_key()}{_weeks(outcome, metric)}"
        for metric in sorted(outcome.totals.company)
    )
    return (
        "<h2>The score, as collected and cleaned</h2><table><tr><th></th><th class='n'>as collected"
        "</th><th class='n'>cleaned</th><th class='n'>95 % interval</th><th class='n'>if all "
        "doubted "
        "answers counted, or none</th><th class='n'>answers</th></tr>"
        f"{''.join(rows)}</table>{plotted}"
    )


def _weeks(outcome: Outcome, metric: str) -> str:
    points = [
        (datetime.fromtimestamp(week * WEEK, UTC).strftime("%-d %b"), tally.raw_value, tally.value)
        for (name, week), tally in sorted(outcome.totals.weeks.items())
        if name == metric and tally.raw[0] >= 15
    ]
    return plots.lines(points, UNITS.get(metric, metric))


def _key() -> str:
    return (
        f"<p class='key quiet'><b style='background:{plots.RAW}'></b>as collected"
        f"<b style='background:{plots.CLEAN}'></b>cleaned</p>"
    )


def _set_aside(outcome: Outcome) -> str:
    counts = sorted(outcome.totals.reasons.items(), key=lambda item: -item[1])
    named = [(code, words.ANSWERS[code], count) for code, count in counts if code in words.ANSWERS]
    table = "".join(
        f"<tr><td><b>{escape(w.title)}</b><br><span class='quiet'>{escape(code)}</span></td>"
        f"<td>{escape(w.seen[:1].upper() + w.seen[1:])}.</td><td>{escape(w.innocent)}</td></tr>"
        for code, w, _ in named
    )
    return (
        "<h2>What was seen on answers</h2><p>An answer can have several of these; it takes more "
        "than "
        "one kind of evidence, or one that leaves hardly another explanation, to set it aside.</p>"
        f"{plots.bars([(w.title, count) for _, w, count in named])}"
        "<table><tr><th>What</th><th>What it means</th><th>What else it can be</th></tr>"
        f"{table}</table>"
    )


def _teams(outcome: Outcome) -> str:
    parts = ["<h2>Teams</h2>"]
    for metric in sorted(outcome.totals.company):
        rows = []
        for (team, name), tally in outcome.totals.teams.items():
            interval = tally.interval(kpis.ends(metric))
            if name != metric or tally.counted < TEAM_LEAST or interval is None:
                continue
            if tally.value is not None and tally.raw_value is not None:
                rows.append((team or "(no team)", tally.raw_value, tally.value, *interval))
        rows.sort(key=lambda row: -abs(row[1] - row[2]))
        parts.append(
            f"<h3>{escape(metric)}, {UNITS.get(metric, '')}</h3>{_key()}"
            f"{plots.dumbbells(rows[:TEAMS_SHOWN], UNITS.get(metric, metric))}"
        )
    parts.append(
        f"<p class='quiet'>The {TEAMS_SHOWN} teams that cleaning moves most, each with at least "
        f"{TEAM_LEAST} answers; the pale bar is the 95 % interval. Where bars overlap, teams do "
        f"not "
        "differ: do not rank them. All figures are in <code>kpi.ndjson</code>.</p>"
    )
    return "".join(parts)


def _gaps(outcome: Outcome) -> str:
    notes = outcome.notes
    missing = "".join(
        f"<li><code>{escape(name)}</code> is missing: {escape(OPTIONAL[name])}.</li>"
        for name in notes.missing
    )
    dirty = sum(notes.dirty.values())
    listed = "".join(f"<li><code>{escape(line)}</code></li>" for line in notes.lines[:LINES_SHOWN])
    more = f"<p class='quiet'>and {dirty - LINES_SHOWN:,} more.</p>" if dirty > LINES_SHOWN else ""
    return (
        "<h2>What could not be judged</h2>"
        + (f"<ul>{missing}</ul>" if missing else "<p>All five kinds of files were there.</p>")
        + (
            f"<p>{dirty:,} lines could not be used:</p><ul>{listed}</ul>{more}"
            if dirty else "<p>Every line could be used.</p>"
        )
    )  # fmt: skip


def _method() -> str:
    return (
        "<h2>How this was done</h2><p>Every answer starts with a small prior doubt. What is "
        "known of "
        "who answered, from what, when and about which case adds or takes away weight, each piece "
        "capped, compared with what is usual in this company, this store and this channel. "
        "Agents and "
        "teams are compared with their peers in three families (asking for scores, choosing whom "
        "to "
        "ask, filling in), with false alarms held to 5 %, and only named here if two families "
        "agree or "
        "an independent source (a listened call, a complaint, the ledger of withheld invitations) "
        "says the same. Few answers accuse nobody. Customers who do not answer are not gaming, "
        "and no "
        "cleaning brings their opinion back.</p>"
        f"<p class='quiet'>Version of the checks: <code>{VERSION}</code>. One file per answer and "
        "agent beside this page: <code>verdicts.ndjson</code>, <code>agents.ndjson</code>.</p>"
    )
