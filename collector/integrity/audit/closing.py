"""What is said of an audit once all is written, in lines for people. Pure."""

from __future__ import annotations

from pathlib import Path

from collector.integrity.audit import begging, telling
from collector.integrity.audit.run import Outcome

LINES_MOST = 20


def lines(outcome: Outcome, out: Path) -> list[str]:
    """Losses first, then verdicts, figures, and what was missing."""
    verdicts, notes = outcome.totals.verdicts, outcome.notes
    said = [f"NOTE: {line}." for line in notes.losses()]
    if line := begging.sentence(outcome.begging):
        said.append(f"NOTE: {line}")
    said.append(
        f"{telling.headline(outcome.answers, notes)}: {verdicts.get('clean', 0)} clean, "
        f"{verdicts.get('suspect', 0)} suspect, {verdicts.get('rejected', 0)} rejected. "
        f"Report: {out / 'report.html'}"
    )
    for metric, tally in sorted(outcome.totals.company.items()):
        if tally.raw_value is not None and tally.value is not None:
            said.append(
                f"{metric}: {tally.raw_value:.1f} as collected, {tally.value:.1f} cleaned, of "
                f"{int(tally.raw[0]):,} answers"
            )
    if notes.missing:
        said.append(f"Not there, so less could be judged: {', '.join(notes.missing)}.")
    if dirty := sum(notes.dirty.values()):
        said.append(f"{dirty} lines could not be used:")
        said.extend(f"  {line}" for line in notes.lines[:LINES_MOST])
    return said
