"""`collector rehearse`: what a rule would have done over recorded events, before it does it.

FILE is a rule's YAML (its survey may be beside it, in `../surveys/`), KEY a stored rule. Prints
what `triggers/rehearse` counts, or all of it as JSON. Ctrl-C stops it; nothing is ever written.
"""

from __future__ import annotations

import json
import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from collector import clock
from collector.commands.context import with_app
from collector.errors import InvalidInput
from collector.rules.folder.workspace import files_by_key
from collector.surveys import definitions as survey_definitions
from collector.surveys import documents
from collector.triggers.rehearse import plan, run
from collector.triggers.rehearse.plan import Plan

SPAN = re.compile(r"([1-9]\d{0,3})d")
STOPPED = 130


class Moment(click.ParamType[datetime]):
    """A time with its offset, a date (UTC), or so many days ago, such as 30d."""

    name = "time"

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime:
        if isinstance(value, datetime):
            return value
        if found := SPAN.fullmatch(str(value)):
            return clock.now() - timedelta(days=int(found[1]))
        try:
            read = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a time; write 2026-03-01, or 30d for 30 days ago")
        return clock.aware(read if read.tzinfo else read.replace(tzinfo=UTC))


@click.command("rehearse")
@click.argument("rule", metavar="FILE|KEY")
@click.option("--from", "begins", type=Moment(), default="30d", help="Events received from here.")
@click.option("--to", "ends", type=Moment(), help="… and before this; now if left out.")
@click.option("--segment", default="", help="Split by this, such as context.region.")
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON.")
@with_app
def command(
    rule: str, begins: datetime, ends: datetime | None, segment: str, as_json: bool
) -> None:
    """Play a rule, or a draft of it in a file, over recorded events. Changes nothing.

    Tells who would be invited, who not and why, over which channels and at what price, and what
    differs from the rule as it is live. `collector explain event ID` looks closer at a sample.
    """
    body = _run(_prepared(rule, begins, ends, segment))
    if as_json:
        click.echo(json.dumps(body, indent=2, ensure_ascii=False))
    else:
        _show(body)


def _prepared(rule: str, begins: datetime, ends: datetime | None, segment: str) -> Plan:
    path = Path(rule)
    if path.suffix not in (".yaml", ".yml"):
        return plan.prepare(rule, None, begins, ends, segment)
    if not path.is_file():
        raise InvalidInput(f"{path} is not there.", code="file_missing")
    document = documents.read(str(path), path.read_text(encoding="utf-8"))
    if not isinstance(document.value, dict):
        raise InvalidInput(f"{path} is not a rule.", code="invalid_definition")
    beside = files_by_key(path.resolve().parent.parent / "surveys")
    held = beside.get(str(document.value.get("survey")))
    survey = None
    if held is not None:
        asked = documents.read(str(held), held.read_text(encoding="utf-8"))
        survey = survey_definitions.check(asked.value, asked.locate)
    return plan.prepare("", document.value, begins, ends, segment, survey, document.locate)


def _run(ready: Plan) -> dict[str, Any]:
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    body: dict[str, Any] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("rehearsing", total=None)
        try:
            with closing(run.rehearse(ready)) as steps:
                for step in steps:
                    if isinstance(step, run.Report):
                        body = step.body
                    else:
                        progress.update(bar, completed=step.done, total=step.total)
        except KeyboardInterrupt:
            click.echo("stopped; nothing was written", err=True)
            raise click.exceptions.Exit(STOPPED) from None
    return body


def _show(body: dict[str, Any]) -> None:
    console = Console()
    version = "the draft" if body["version"] == "draft" else f"version {body['version']}, live"
    console.print(f"{body['rule']} ({version}), events received from {body['window']['from']} to "
                  f"{body['window']['to']}", highlight=False)  # fmt: skip
    table = Table("of", "events", "such as", title="What it would have decided")
    table.add_row("listened to", f"{body['decided']:,}", "")
    table.add_row("invited", f"{body['invited']['count']:,}", _samples(body["invited"]))
    for reason, kind in body["held_back"]["by_reason"].items():
        table.add_row(f"held back: {reason}", f"{kind['count']:,}", _samples(kind))
    console.print(table)
    first = ", ".join(f"{name} {count:,}" for name, count in body["channels"]["first"].items())
    sure, fall_back = body["sms"]["sure"], body["sms"]["as_fall_back"]
    console.print(f"first channel: {first or 'none'}")
    console.print(f"text messages: {sure['messages']:,} of {sure['segments']:,} segments; at most "
                  f"{fall_back['segments']:,} segments more as fall-back")  # fmt: skip
    for name, held in body["segments"].items():
        console.print(f"  {name}: invited {held.get('invited', 0):,}, "
                      f"held back {held.get('held_back', 0):,}", markup=False)  # fmt: skip
    _difference(console, body)
    history, agreement = body["history"], body["agreement"]
    if not history["complete"]:
        console.print(f"caps look back {history['needs_days']} days before the window, to "
                      f"{history['needed_from']}; the records begin {history['reaches_back_to']}, "
                      "so more would be invited here than really")  # fmt: skip
    console.print(f"checked against the record: {agreement['same']:,} of {agreement['recorded']:,} "
                  "decisions of live versions come out the same")  # fmt: skip
    for what, kind in agreement["differing"].items():
        console.print(f"  otherwise: {what}: {kind['count']:,}  {_samples(kind)}", markup=False)
    if body["uncertain"]:
        console.print(f"uncertain: {body['uncertain']:,} events of people whose consent or contact "
                      "changed afterwards")  # fmt: skip


def _difference(console: Console, body: dict[str, Any]) -> None:
    if body["version"] != "draft":
        return
    difference = body["difference"]
    console.print(f"beside the rules as they are: {difference['newly_invited']:,} newly invited, "
                  f"{difference['no_longer_invited']:,} no longer")  # fmt: skip
    flips = [("", one) for one in difference["flips"]]
    flips += [(f"{key}: ", one) for key, some in difference["other_rules"].items() for one in some]
    for which, one in flips:
        console.print(f"  {which}{one['from']} → {one['to']}: {one['count']:,}  {_samples(one)}",
                      markup=False)  # fmt: skip


def _samples(kind: dict[str, Any]) -> str:
    return " ".join(kind["samples"][:2])
