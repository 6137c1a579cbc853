"""`collector followups`: the cases that low scores opened, most urgent first; close one with its
outcome. Calls `followups/close.py`."""

from __future__ import annotations

import click
from sqlalchemy import select

from collector import clock
from collector.commands.context import with_app
from collector.followups import close as closing
from collector.model.answers import Response
from collector.model.base import db
from collector.model.followups import FollowUp


@click.group("followups")
def command() -> None:
    """List and close the cases that low scores, and words without a score, opened."""


@command.command("list")
@click.option("--all", "everything", is_flag=True, help="Closed ones too.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@with_app
def show(everything: bool, limit: int) -> None:
    """List open cases, the nearest deadline first: id, score, when due, outcome."""
    query = select(FollowUp, Response.score).join(Response, Response.id == FollowUp.response_id)
    if not everything:
        query = query.where(FollowUp.status == "open")
    rows = db.session.execute(query.order_by(FollowUp.due_at, FollowUp.id).limit(limit)).all()
    if not rows:
        click.echo(
            "No open cases: no low score, and no words without one, still wait for somebody."
        )
    for case, score in rows:
        late = case.status == "open" and case.due_at < clock.now()
        state = "late" if late else case.status
        due = clock.iso(case.due_at)
        said = "words, no score" if score is None else f"score {score}"
        click.echo(f"{case.id}  {state:7} {said}  due {due}  {case.outcome}".rstrip())


@command.command("close")
@click.argument("case_id")
@click.argument("outcome")
@with_app
def close(case_id: str, outcome: str) -> None:
    """Close the case CASE_ID with an OUTCOME in a few words ("called back, refunded")."""
    closing.close(case_id, outcome)
    click.echo(f"{case_id} is closed.")
