"""`collector explain`: why an event led to an ask or not, and when a person could be asked.

Prints what `triggers/explain` answers, as text or as JSON.
"""

from __future__ import annotations

import json
from typing import Any

import click

from collector.commands.context import with_app
from collector.triggers.explain.event import explain_event
from collector.triggers.explain.person import explain_person

MARKS = {"pass": "✓", "fail": "✗", "not_reached": "·"}


@click.group("explain")
def command() -> None:
    """Why somebody was asked, or not: every gate in words, and when they could be asked."""


@command.command()
@click.argument("event_id", metavar="ID")
@click.option("--source", default="", help="Where several sources use the same id.")
@click.option("--rule", default="", help="Only this rule.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, as the API gives it.")
@with_app
def event(event_id: str, source: str, rule: str, as_json: bool) -> None:
    """Explain the decisions about the event ID: ours (evt_…) or your own id of it."""
    told = explain_event(event_id, source)
    told["rules"] = [one for one in told["rules"] if rule in ("", one["rule"])]
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    click.echo(f"{told['type']} of {told['occurred_at']} ({told['source']}/{told['event_id']}), "
               f"about {told['person']}, came in {told['received_at']}")  # fmt: skip
    if told["note"]:
        click.echo(told["note"])
    for one in told["rules"]:
        _then(one["rule"], one["then"])
        _now(one["rule"], one["now"])


@command.command()
@click.argument("ref")
@click.option("--rule", default="", help="Only this rule, live or not.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, as the API gives it.")
@with_app
def person(ref: str, rule: str, as_json: bool) -> None:
    """Explain when the person REF could be asked, and what was decided about them lately."""
    told = explain_person(ref, rule)
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for one in told["rules"]:
        click.echo(
            f"\n{one['rule']} (version {one['rule_version']}, {one['status']}) on {one['on']}"
        )
        _gates(one["gates"])
        click.echo(f"  → {one['next_time']['sentence']}")
    if told["recent"]:
        click.echo("\nlately")
    for one in told["recent"]:
        click.echo(
            f"  {one['decided_at'][:16]}  {one['rule']}: {one['sentence']}  ({one['event']})"
        )


def _then(rule: str, then: dict[str, Any] | None) -> None:
    if then is None:
        click.echo(f"\n{rule}: was not live then, nothing was decided")
        return
    click.echo(f"\n{rule} (version {then['rule_version']}, survey {then['survey']}), decided "
               f"{then['decided_at']}: {then['reason']}")  # fmt: skip
    _gates(then["gates"])
    for one in then["overtaken_by"]:
        click.echo(f"  {one['at'][:16]}  {one['sentence']} ({one['reason']})")
    for one in then["afterwards"]:
        click.echo(f"  {one['at'][:16]}  {one['sentence']}")
    if then["outcome"] == "held_back" and then["remedy"]:
        click.echo(f"  remedy: {then['remedy']}")


def _now(rule: str, now: dict[str, Any] | None) -> None:
    if now is None:
        click.echo("  now: the rule is not live")
        return
    click.echo(f"  now it would be: {now['reason']}. {now['sentence']}")
    click.echo(f"  next: {now['next_time']['sentence']}")


def _gates(gates: list[dict[str, Any]]) -> None:
    for gate in gates:
        click.echo(f"  {MARKS[gate['result']]} {gate['gate']:<11} {gate['sentence']}")
