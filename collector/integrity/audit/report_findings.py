"""The report's part about agents, teams and stores: what was found, how strong, what else it may
be.

Used by `report.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from collector.integrity.audit import words
from collector.integrity.audit.run import Outcome
from collector.integrity.forensics.subjects.findings import AGREES, SubjectFinding
from collector.integrity.forensics.subjects.peers import Evidence

SHOWN, PIECES, VICTIM_FROM = 100, 5, 3
FAMILIES = {
    "solicitation": "asking for scores", "selection": "choosing whom to ask",
    "fabrication": "answers that customers did not give",
}  # fmt: skip


def findings(outcome: Outcome) -> str:
    """All findings about subjects, the strongest first."""
    assert outcome.subjects is not None
    agents = _flagged(outcome.subjects.findings.values())
    parts = ["<h2>Where collection needs a second look</h2>"]
    if not agents:
        parts.append(
            "<p>No agent's answers were collected in a way that chance does not explain.</p>"
        )
    parts += [_card("Agent", found) for found in agents[:SHOWN]]
    if len(agents) > SHOWN:
        parts.append(f"<p>{len(agents) - SHOWN} more are in <code>agents.ndjson</code>.</p>")
    for label, group in (("Team", outcome.teams), ("Store", outcome.stores)):
        parts += [_card(label, found) for found in _flagged(group.values())]
    parts.append(_victims(outcome))
    return "".join(parts)


def _flagged(found: Iterable[SubjectFinding]) -> list[SubjectFinding]:
    return sorted((f for f in found if f.flagged), key=lambda f: (f.p, f.subject))


def _card(label: str, found: SubjectFinding) -> str:
    pieces = _pieces(found)
    about = [FAMILIES[name] for name, p in found.families.items() if p <= AGREES]
    seen = "".join(
        f"<li>{escape(_capital(words.sentence(item.code, item.figures)))}."
        f"{' <span class=quiet>(independent source)</span>' if item.independent else ''}</li>"
        for item in pieces
    )
    innocent = " ".join(dict.fromkeys(
        words.SUBJECTS[item.code].innocent for item in pieces if item.code in words.SUBJECTS
    ))  # fmt: skip
    return (
        f"<div class='card'><h3>{label} {escape(found.subject)}: "
        f"{escape(_listed(about) or 'how answers were collected')}</h3><ul>{seen}</ul>"
        f"<p><b>How strong:</b> {escape(words.strength(found.p))}.</p>"
        f"<p><b>What else it can be:</b> {escape(innocent)}</p></div>"
    )


def _pieces(found: SubjectFinding) -> list[Evidence]:
    return [item for item in found.evidence if item.code in found.reasons and item.p <= AGREES][
        :PIECES
    ]


def _victims(outcome: Outcome) -> str:
    assert outcome.subjects is not None
    rows = sorted(
        (f for f in outcome.subjects.findings.values() if f.victim >= VICTIM_FROM),
        key=lambda f: -f.victim,
    )
    if not rows:
        return ""
    listed = "".join(
        f"<li>Agent {escape(f.subject)}: {f.victim} lowest scores were set aside.</li>"
        for f in rows
    )
    return (
        "<h3>Victims</h3><p>These agents got a heap of lowest scores that most likely came from "
        "one "
        f"origin. They should be told that it does not count against them.</p><ul>{listed}</ul>"
    )


def _listed(items: list[str]) -> str:
    return " and ".join((", ".join(items[:-1]), items[-1]) if len(items) > 1 else items)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
