"""Says what was understood of an export before anything is judged, and when nothing can be judged.

Five answers are shown as they were read, without words, names or addresses of customers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from collector.integrity.audit.exports.presets import PRESETS
from collector.integrity.audit.exports.scales import METRICS
from collector.integrity.audit.reading import Notes
from collector.integrity.audit.scratch import Scratch
from collector.integrity.audit.understanding import Understood

EXAMPLES = 5
UNUSABLE = 0.5
KINDS_SHOWN = 8


def understood(files: Mapping[str, Understood], notes: Notes, scratch: Scratch) -> tuple[str, ...]:
    """Lines for people."""
    known = files["responses"]
    tool = PRESETS.get(known.preset)
    lines = [f"File: {known.path.name}, {known.shape.said}{_header(known)}"]
    if tool:
        lines.append(f"Tool: {tool.title}")
    used = ", ".join(
        field if field == column else f"{field} = '{column[:60]}'"
        for field, column in known.names.items()
    )
    lines.append(f"Columns: {used}")
    if "response_id" not in known.names:
        lines.append("No column has a number for each answer: they are called by their line.")
    ignored = [name for name in known.columns if name not in known.names.values()]
    if ignored:
        shown = ", ".join(name[:40] for name in ignored[:12])
        more = f" and {len(ignored) - 12} more" if len(ignored) > 12 else ""
        lines.append(f"Not used: {shown}{more}")
    lines.append(_metric(known))
    lines.append(f"Times: {_order(known)}{known.why_zone}")
    if counted := notes.counted():
        lines.append(f"Lines used: {counted}")
    period = scratch.period()
    if period:
        first, last = (_time(known, at) for at in period)
        lines.append(f"Period: {first} to {last}")
    for number, at, score, metric, agent, comment in scratch.examples(EXAMPLES):
        who = f", agent {agent}" if agent else ""
        text = ", with a comment" if comment else ""
        lines.append(f"  {number}: {_time(known, at)}, {metric} {score:g}{who}{text}")
    if "agent_id" not in known.names and "invitations" not in files and "events" not in files:
        lines.append(
            "Nobody is named as agent, so people are not compared; --map agent_id=COLUMN if a "
            "column names them."
        )
    return tuple(lines + left_out(notes))


def left_out(notes: Notes) -> list[str]:
    """Lines that are no answers of customers, counted."""
    found = [f"Left out: {_lines(n)} of {why}" for why, n in sorted(notes.left_out.items())]
    if notes.unanswered:
        found.append(f"Without a score: {_lines(notes.unanswered)}")
    return found


def refusal(known: Understood, notes: Notes) -> str:
    """Why this is not judged and what to do; empty where it can be."""
    used, lost = notes.read.get("responses", 0), notes.dirty.get("responses", 0)
    whole = notes.all_lines("responses")
    if used and lost <= UNUSABLE * (used + lost):
        return ""
    of = [str(kind) for (file, _), kind in notes.kinds.items() if file == "responses"]
    reasons = "".join(f"\n  {line}" for line in of[:KINDS_SHOWN])
    head = (
        f"Only {used:,} of {whole:,} lines of {known.path.name} could be used, so nothing was "
        "judged." if used else
        f"There is no answer in {known.path.name}: none of {whole:,} lines could be used."
    )  # fmt: skip
    others = "".join(f"\n  {line}" for line in left_out(notes)) if not used else ""
    return (
        f"{head}{reasons}{others}\nLook at what was understood of the file. --map FIELD=COLUMN "
        "says which column is which, --metric and --scale what scores are, --date-order how days "
        "are written, --encoding how the text is."
    )


def headline(answers: int, notes: Notes) -> str:
    """So many answers of so many lines."""
    whole = notes.all_lines("responses")
    rest = [f"{n:,} {why}" for why, n in sorted(notes.left_out.items())]
    if notes.unanswered:
        rest.append(f"{notes.unanswered:,} without a score")
    if lost := notes.dirty.get("responses", 0):
        rest.append(f"{lost:,} that could not be used")
    others = f" (the others: {', '.join(rest)})" if rest else ""
    return f"{answers:,} {'answer' if answers == 1 else 'answers'} of {_lines(whole)}{others}"


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count:,} lines"


def _header(known: Understood) -> str:
    header = known.header
    if header is None:
        return ""
    title = f", {_lines(header.title)} above the header" if header.title else ""
    more = f", {header.more + 1} header rows" if header.more else ""
    return title + more


def _metric(known: Understood) -> str:
    rules = known.rules
    if not rules.metric:
        return "Metric and scale: of each line"
    scale = rules.scale or METRICS.get(rules.metric)
    ends = f" from {scale[0]:g} (worst) to {scale[1]:g} (best)" if scale else ""
    return f"Metric: {rules.metric}{ends} ({known.why_metric})"


def _order(known: Understood) -> str:
    first = known.rules.day_first
    return "" if first is None else f"{'day before month' if first else 'month before day'}, "


def _time(known: Understood, at: float) -> str:
    return datetime.fromtimestamp(at, known.rules.zone).strftime("%Y-%m-%d %H:%M")
