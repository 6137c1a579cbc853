"""`collector findings`: what looks odd about how answers were collected. Calls
`integrity/appeals/findings.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import click

from collector.commands import cards, listing
from collector.commands.appeals import BY, VIA
from collector.commands.context import with_app
from collector.integrity.appeals import findings
from collector.integrity.appeals.findings import FindingView

COLUMNS: Final[dict[str, Callable[[FindingView], str]]] = {
    "finding": lambda view: view.id,
    "state": lambda view: view.state,
    "about": lambda view: f"{view.about} {view.subject}",
    "chance": lambda view: f"{view.p:.2g}",
    "reasons": lambda view: ", ".join(view.reasons),
    "since": lambda view: f"{view.found_at:%Y-%m-%d}",
    "appeal": lambda view: view.appeal,
}


@click.group("findings")
def command() -> None:
    """What looks odd about how answers were collected, and rulings on it.

    A finding says nothing about a person's honesty. It is work for a reviewer: look at its
    evidence and at its innocent explanations, ask some of the customers again, then rule.
    """


@command.command("list")
@click.option("--state", type=click.Choice(findings.STATES), help="Only in this state.")
@click.option("--subject", default="", help="Only about this agent, team or store.")
@listing.paged
@with_app
def show_all(state: str | None, subject: str, before: str, limit: int, as_json: bool) -> None:
    """Findings, the newest first."""
    found = findings.page(state or "", subject, before, limit)
    none = listing.empty("findings", "nothing looked odd enough so far.", subject, before)
    if state and not (subject or before):
        none = f"No findings are {state}."
    listing.show(found, none, COLUMNS, as_json=as_json)


@command.command("show")
@click.argument("finding_id")
@listing.JSON
@with_app
def show(finding_id: str, as_json: bool) -> None:
    """One finding: its strength, its evidence, its innocent explanations."""
    view = findings.get(finding_id)
    if as_json:
        click.echo(listing.as_text(view, indent=2))
        return
    _card(view)


@command.command("rule")
@click.argument("finding_id")
@click.argument("outcome", type=click.Choice(["confirmed", "cleared"]))
@BY
@click.option("--reason", required=True, help="The reasons, for everybody who is concerned.")
@with_app
def rule(finding_id: str, outcome: str, by: str, reason: str) -> None:
    """Rule on a finding: confirmed, or cleared (nothing is held against anybody).

    By somebody who is neither the subject nor, by the roster, their supervisor. While an appeal
    about it is open, rule on that one: collector appeals rule.
    """
    findings.rule(finding_id, by, outcome, reason, via=VIA)
    _card(findings.get(finding_id))


def _card(view: FindingView) -> None:
    lines = {
        "finding": f"{view.id}, {view.state}",
        "about": f"{view.about} {view.subject}",
        "evidence": "\n".join(view.told),
        "strength": view.strength,
        "families": cards.figures(view.families).replace("\n", "; "),
        "or else": "\n".join(dict.fromkeys(view.innocent.values())),
        "found": f"{view.found_at:%Y-%m-%d}, last seen {view.seen_at:%Y-%m-%d}",
        "checks": view.checks_version,
        "appeal": view.appeal,
    }
    if view.ruling is not None:
        said = f"{view.ruling.outcome} by {view.ruling.by}"
        lines["ruled"] = f"{view.ruling.at:%Y-%m-%d %H:%M} UTC: {said}"
        lines["because"] = view.ruling.reason
    cards.show(lines)
