"""The report's part about agents, teams and stores: what was found, how strong, what else it may
be, what to do, and who is not to be blamed. Sentences are in `words.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from collector.integrity.audit import begging, words
from collector.integrity.audit.run import Outcome
from collector.integrity.engine.subjects.findings import AGREES, SubjectFinding
from collector.integrity.engine.subjects.peers import Evidence
from collector.integrity.engine.subjects.sums import Sums

SHOWN, PIECES, VICTIM_FROM = 100, 5, 3
# A unit's set-aside answers are explained if so many of them are of agents who are named anyway.
EXPLAINED = 0.8
# What so many members do, and so large a part of them, is rather led than any one's own idea.
LED_FROM, LED_SHARE = 3, 0.3


def findings(outcome: Outcome) -> str:
    """All findings about subjects, the strongest first."""
    assert outcome.subjects is not None
    agents = _flagged(outcome.subjects.findings.values())
    parts = ["<h2>Where collection needs a second look</h2>"]
    parts.append(begging.card(outcome.begging))
    if not agents:
        parts.append(
            "<p>No agent stands out among the others. What all do alike no comparison shows.</p>"
            if begging.sentence(outcome.begging)
            else "<p>Nowhere. No agent's answers were collected in a way that chance does not "
            "explain.</p>"
        )
    parts += [_card("Agent", found) for found in agents[:SHOWN]]
    if len(agents) > SHOWN:
        parts.append(f"<p>{len(agents) - SHOWN} more are in <code>agents.ndjson</code>.</p>")
    for label, kind, group in (
        ("Team", "team", outcome.teams), ("Store", "store", outcome.stores)
    ):  # fmt: skip
        parts += _units(label, kind, group, {found.subject for found in agents}, outcome)
    return "".join(parts)


def _flagged(found: Iterable[SubjectFinding]) -> list[SubjectFinding]:
    return sorted((f for f in found if f.flagged), key=lambda f: (f.p, f.subject))


def _units(
    label: str, kind: str, group: Mapping[str, SubjectFinding], named: set[str], outcome: Outcome
) -> list[str]:
    """Cards of teams or stores whose finding is more than the sum of agents named already."""
    cards, folded = [], []
    for found in _flagged(group.values()):
        members = {
            name: row for name, row in outcome.sums["agents"].items()
            if getattr(row, kind) == found.subject
        }  # fmt: skip
        of_named = sorted(name for name in members if name in named)
        led = len(of_named) >= max(LED_FROM, LED_SHARE * len(members))
        if of_named and not led and _explained(found, members, of_named):
            folded.append(found.subject)
            continue
        others = len(members) - len(of_named)
        cards.append(_card(label, found, _within(kind, len(of_named), others, led=led)))
    if folded:
        listed = ", ".join(f"<bdi>{escape(name)}</bdi>" for name in sorted(folded))
        cards.append(
            f"<p class='quiet'>{label}s with a finding that is only that of the agents above, "
            f"added up: {listed}. Nothing is said about their other members.</p>"
        )
    return cards


def _explained(found: SubjectFinding, members: Mapping[str, Sums], named: list[str]) -> bool:
    """Are these only the set-aside answers of agents who have a card of their own?"""
    if any(p <= AGREES for family, p in found.families.items() if family != "fabrication"):
        return False
    total = sum(row.rejected for row in members.values())
    return sum(members[name].rejected for name in named) >= EXPLAINED * total


def _within(kind: str, named: int, others: int, *, led: bool) -> str:
    where = f"how the {kind} is led, what it is told and what its targets reward"
    if not named:
        return (
            f"No single member of this {kind} stands out: look at {where}, not for somebody to "
            "blame."
        )
    who = "1 member has a card above" if named == 1 else f"{named} members have cards above"
    rest = f"this says nothing about the other {others}"
    if led:
        return (
            f"{who}. What so many do at once is rarely their own idea: look first at {where}; "
            f"{rest}."
        )
    return f"{who}; {rest}. Look at {where}."


def _card(label: str, found: SubjectFinding, within: str = "") -> str:
    pieces = _pieces(found)
    about = [words.FAMILIES[name] for name in _families(found, pieces)]
    seen = "".join(
        f"<li>{escape(_capital(words.sentence(item.code, item.figures)))}. {_source(item.code)}"
        "</li>" for item in pieces
    )  # fmt: skip
    innocent = " ".join(dict.fromkeys(
        words.SUBJECTS[item.code].innocent for item in pieces if item.code in words.SUBJECTS
    ))  # fmt: skip
    heading = _listed([family.name for family in about]) or "how answers were collected"
    steps = "".join(f"<li>{escape(family.next)}</li>" for family in about)
    return (
        f"<div class='card'><h3>{label} <bdi>{escape(found.subject)}</bdi>: {escape(heading)}</h3>"
        f"<p><b>What was seen</b></p><ul>{seen}</ul>"
        f"<p><b>How strong:</b> {escape(words.strength(found.p, f'{label.lower()}s'))}.</p>"
        f"<p><b>What else it can be:</b> {escape(innocent)}</p>"
        + (f"<p><b>Whom it is about:</b> {escape(within)}</p>" if within else "")
        + (f"<p><b>What to do next</b></p><ul>{steps}</ul>" if steps else "")
        + "</div>"
    )


def _families(found: SubjectFinding, pieces: list[Evidence]) -> list[str]:
    named = [name for name, p in found.families.items() if p <= AGREES]
    counted = any(item.code == "FABRICATION_COUNT" for item in pieces)
    return ["conflict" if name == "fabrication" and not counted else name for name in named]


def _source(code: str) -> str:
    entry = words.SUBJECTS.get(code)
    return f"<span class='quiet small'>Source: {escape(entry.source)}.</span>" if entry else ""


def _pieces(found: SubjectFinding) -> list[Evidence]:
    return [item for item in found.evidence if item.code in found.reasons and item.p <= AGREES][
        :PIECES
    ]


def blameless(outcome: Outcome) -> str:
    """Who has nothing to answer for, and what those who are named are owed."""
    assert outcome.subjects is not None
    found = list(outcome.subjects.findings.values())
    flagged = sum(f.flagged for f in found)
    rest = len(found) - flagged
    parts = [
        "<h2>Who is not to be blamed</h2><ul>",
        "<li><b>Customers.</b> Whether an answer was asked for, opened by a machine or given in "
        "their name: they did nothing wrong.</li>",
    ]
    if rest:
        who = "The agent" if len(found) == 1 else f"The {rest:,} agents" if flagged else "Agents"
        parts.append(
            f"<li><b>{who} without a card here</b>, whatever their scores. An answer of theirs "
            "that was set aside is no finding: machines, families and mistakes of ours are among "
            "them. Working beside somebody who is named is none either.</li>"
        )
    if flagged:
        parts.append(
            "<li><b>Those who are named, until a person has ruled.</b> Show them what is written "
            "here. They may contest it; then nothing follows from it until somebody who is not "
            "involved has decided, with reasons. If they are right, their answers count whole "
            "again.</li>"
        )
    return "".join(parts) + "</ul>" + _victims(found)


def _victims(found: list[SubjectFinding]) -> str:
    rows = sorted((f for f in found if f.victim >= VICTIM_FROM), key=lambda f: -f.victim)
    if not rows:
        return ""
    listed = "".join(
        f"<li>Agent <bdi>{escape(f.subject)}</bdi>: {f.victim} lowest scores were set aside.</li>"
        for f in rows
    )
    return (
        "<h3>Agents who were harmed</h3><p>They got a burst of lowest scores that most likely came "
        "from one origin. Tell them that these do not count.</p>"
        f"<ul>{listed}</ul>"
    )


def _listed(items: list[str]) -> str:
    return " and ".join((", ".join(items[:-1]), items[-1]) if len(items) > 1 else items)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
