"""What comments say of a company in which scores are asked for, as a share. Pure.

The comparison of agents with their peers cannot show what all do alike: this is said beside it.
"""

from __future__ import annotations

from html import escape

from collector.integrity.audit.results import Begging
from collector.integrity.audit.words import FAMILIES

# Fewer may be jokes or misunderstandings; in companies that do not ask, hardly anybody writes so.
LEAST, SHARE = 5, 0.02
ALIKE, AGENTS_FROM = 0.5, 3


def count(begging: Begging) -> str:
    """How many comments say it."""
    return (
        f"{begging.asked_for:,} of {begging.comments:,} comments "
        f"({100 * begging.asked_for / max(begging.comments, 1):.1f} %) say that a score was asked "
        "for. These answers count; they speak of how scores are collected."
    )


def sentence(begging: Begging) -> str:
    """What is said of the company; empty where too few comments say it."""
    if begging.asked_for < LEAST or begging.asked_for < SHARE * begging.comments:
        return ""
    return (
        f"In the whole company {begging.asked_for:,} of {begging.comments:,} comments "
        f"({100 * begging.asked_for / begging.comments:.1f} %) say that a score was asked for"
        f"{_by(begging)}."
    )


def card(begging: Begging) -> str:
    """The report's card about the company; empty where there is nothing to say."""
    said = sentence(begging)
    if not said:
        return ""
    return (
        "<div class='card'><h3>The whole company: asking for scores</h3><p><b>What was seen</b></p>"
        f"<ul><li>{escape(said)} <span class='quiet small'>Source: comments.</span></li></ul>"
        "<p><b>How strong:</b> customers say it themselves, and few of those who were asked write "
        "it down: the true share is rather higher. It says nothing about any one person.</p>"
        "<p><b>What else it can be:</b> a text of the survey itself, or of a poster, that names "
        "the best score.</p><p><b>What to do next</b></p><ul><li>What all do is led, not anybody's "
        "own idea: look at targets, bonuses and scripts first.</li>"
        f"<li>{escape(FAMILIES['solicitation'].next)}</li></ul></div>"
    )


def _by(begging: Begging) -> str:
    with_any = sum(asked > 0 for _, asked in begging.agents.values())
    if len(begging.agents) < AGENTS_FROM:
        return ""
    if with_any >= ALIKE * len(begging.agents):
        return (
            f", to {with_any:,} of {len(begging.agents):,} agents: it is not a matter of a few, "
            "and comparing agents with each other cannot show it"
        )
    return f", to {with_any:,} of {len(begging.agents):,} agents"
