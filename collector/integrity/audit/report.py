"""`report.html`: what an audit found, for a service manager. One file, nothing fetched, no script.

Statements are about how answers were collected, never about anybody's honesty.
The parts are in `report_scores.py`, `report_answers.py`, `report_findings.py`, the
look in `report_style.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any

from collector.integrity.audit import (
    begging,
    report_answers,
    report_findings,
    report_scores,
    telling,
)
from collector.integrity.audit.report_style import STYLE, policy
from collector.integrity.audit.run import OPTIONAL, Outcome
from collector.integrity.engine.engine import VERSION

LINES_SHOWN = 40


def page(
    outcome: Outcome, examples: Mapping[str, tuple[str, Mapping[str, Any]]] | None = None
) -> str:
    """The whole report. `examples`: code → (answer's number, its figures)."""
    body = _head(outcome)
    if outcome.answers:
        body += "".join((
            report_scores.scores(outcome), report_findings.findings(outcome),
            report_findings.blameless(outcome), report_answers.seen(outcome, examples or {}),
            report_scores.teams(outcome),
        ))  # fmt: skip
    body += _understood(outcome) + _gaps(outcome) + _method()
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>How much of the score was real?</title><style>{STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>"
    )


def _head(outcome: Outcome) -> str:
    first, last = (
        datetime.fromtimestamp(at, UTC).strftime("%-d %B %Y") for at in outcome.period
    )  # fmt: skip
    when = f" from {first} to {last}" if outcome.answers else ""
    return (
        f"<h1>How much of the score was real?</h1><p class='quiet'>"
        f"{escape(telling.headline(outcome.answers, outcome.notes))}{when}</p>{_losses(outcome)}"
        f"{report_answers.fate(outcome)}{_agents(outcome)}{_company(outcome)}"
        "<p class='note'>Everything here is about <strong>how answers were collected</strong>, and "
        "nothing about anybody's honesty. High scores are never evidence; good agents have them. "
        "A finding is a reason to look, not to punish. Nothing was deleted: every answer's "
        "verdict, with the figures behind it, is in <code>verdicts.ndjson</code>.</p>"
    )


def _losses(outcome: Outcome) -> str:
    lost = outcome.notes.losses()
    listed = "".join(f"<li>{escape(line[:1].upper() + line[1:])}.</li>" for line in lost)
    return f"<p><strong>Before anything else:</strong></p><ul>{listed}</ul>" if lost else ""


def _company(outcome: Outcome) -> str:
    said = begging.sentence(outcome.begging)
    return f"<p><strong>{escape(said)}</strong></p>" if said else ""


def _understood(outcome: Outcome) -> str:
    lines = "".join(f"<li><bdi>{escape(line.strip())}</bdi></li>" for line in outcome.understood)
    return f"<h2>What was understood of the export</h2><ul>{lines}</ul>" if lines else ""


def _agents(outcome: Outcome) -> str:
    found = list(outcome.subjects.findings.values()) if outcome.subjects else []
    if not found:
        return ""
    flagged = sum(f.flagged for f in found)
    if not flagged:
        return f"<p>Of {len(found):,} agents, none has a finding.</p>"
    return (
        f"<p>For {flagged:,} of {len(found):,} agents, the way in which answers were collected "
        "needs a second look. The others have no finding.</p>"
    )


def _gaps(outcome: Outcome) -> str:
    notes = outcome.notes
    missing = "".join(
        f"<li><code>{escape(name)}</code> is missing: {escape(OPTIONAL[name])}.</li>"
        for name in notes.missing
    )
    dirty = sum(notes.dirty.values())
    listed = "".join(f"<li><code>{escape(line)}</code></li>" for line in notes.lines[:LINES_SHOWN])
    lines = "1 line" if dirty == 1 else f"{dirty:,} lines"
    return (
        "<h2>What could not be judged</h2>"
        + (f"<ul>{missing}</ul>" if missing else "<p>All five kinds of files were there.</p>")
        + (
            f"<p>{lines} could not be used:</p><ul>{listed}</ul>"
            if dirty else "<p>Every line could be used.</p>"
        )
    )  # fmt: skip


def _method() -> str:
    return (
        "<h2>How this was done</h2><p>Every answer starts with a small prior doubt. What is known "
        "of who answered, from what, when and about which case adds or takes away weight, each "
        "piece capped, compared with what is usual in this company, this store and this channel. "
        "Agents and teams are compared with their peers in three families (asking for scores, "
        "choosing whom to ask, filling in), with false alarms held to 5 %, and only named here if "
        "two families agree or an independent source (a listened call, a complaint, the ledger of "
        "withheld invitations) says the same. Few answers accuse nobody. Customers who do not "
        "answer are not gaming, and no cleaning brings their opinion back.</p>"
        "<p>The cleaned score counts, of each invitation, the last answer that was not set aside, "
        "with its weight, for the team of who did the work. The interval is that of chance alone: "
        "it covers neither those who did not answer nor our own mistakes.</p>"
        f"<p class='quiet'>Version of the checks: <code>{escape(VERSION)}</code>. One line for "
        "each answer, agent and team beside this page: <code>verdicts.ndjson</code>, "
        "<code>agents.ndjson</code>, <code>kpi.ndjson</code>.</p>"
    )
