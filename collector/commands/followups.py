"""`collector followups`: the cases that low scores opened, most urgent first: whom to call, why.

Closes one with its outcome. Reads `followups/views.py`, calls `followups/close.py`.
"""

from __future__ import annotations

import textwrap
from datetime import datetime

import click

from collector import clock
from collector.commands import cards, listing
from collector.commands.context import with_app
from collector.followups import close as closing
from collector.followups import views
from collector.followups.views import CaseView

COLOURS = {views.LATE: "red", views.OPEN: "yellow", views.CLOSED: "green"}
NARROWEST, WIDEST = 50, 110


@click.group("followups")
def command() -> None:
    """List and close the cases that low scores, and words without a score, opened.

    \b
    collector followups list --state late
    collector followups list --agent a1 --json
    collector followups close fup_… "called back, refunded"
    """


@command.command("list")
@click.option(
    "--state",
    default=views.OPEN,
    show_default=True,
    type=click.Choice(views.STATES),
    help="open holds late ones too.",
)
@click.option("--all", "everything", is_flag=True, help="The same as --state all.")
@click.option("--owner", default="", help="Only those of this team (the survey's `owner`).")
@click.option("--agent", default="", help="Only those about this agent.")
@click.option("--after", default="", help="Only those behind this case: the next page.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@listing.JSON
@with_app
def show(
    state: str, everything: bool, owner: str, agent: str, after: str, limit: int, as_json: bool
) -> None:
    """List cases, the nearest deadline first: whom, about what, what they said, until when."""
    wanted = views.ALL if everything else state
    found = views.page(state=wanted, owner=owner, agent=agent, after=after, limit=limit)
    if as_json:
        for case in found:
            click.echo(listing.as_text(case))
        return
    if not found:
        said = {
            views.OPEN: "No open cases: no low score, and no words without one, still wait for "
            "somebody.",
            views.LATE: "No late cases.",
        }
        narrowed = owner or agent or after
        click.echo("No cases that fit." if narrowed else said.get(wanted, "No cases."))
    for case in found:
        _case(case, clock.now())
    if len(found) == limit:
        click.echo(f"more: collector followups list --state {wanted} --after {found[-1].id}")


@command.command("close")
@click.argument("case_id")
@click.argument("outcome")
@with_app
def close(case_id: str, outcome: str) -> None:
    """Close the case CASE_ID with an OUTCOME in a few words ("called back, refunded")."""
    closing.close(case_id, outcome)
    click.echo(f"{case_id} is closed.")


def _case(case: CaseView, now: datetime) -> None:
    """Three lines that can be read at any width: the case, whom and about what, their words."""
    score = "no score" if case.score is None else f"{case.score} of {case.scale}"
    state = click.style(f"{case.state:6}", fg=COLOURS[case.state])
    due = f"due {case.due_at:%Y-%m-%d %H:%M} UTC ({_away(case, now)})"
    click.echo(f"{case.id}  {state}  {score} ({case.metric})  {due}")
    about = cards.subjects(case.subjects)
    parts = [
        f"customer {case.customer}",
        *([f"about {about}"] if about else []),
        f"{case.survey} after {case.event_type} {case.event_id}",
        f"over {case.channel}",
        *([f"owner {case.owner}"] if case.owner else []),
    ]
    _wrapped(" · ".join(parts))
    if case.comment:
        _wrapped(f"“{' '.join(case.comment.split())}”")
    if case.outcome:
        _wrapped(f"→ {case.outcome}")


def _away(case: CaseView, now: datetime) -> str:
    if case.closed_at is not None:
        return f"closed {case.closed_at:%Y-%m-%d %H:%M}"
    hours = (case.due_at - now).total_seconds() / 3600
    span = f"{abs(hours):.0f} h" if abs(hours) < 48 else f"{abs(hours) / 24:.0f} days"
    return f"in {span}" if hours >= 0 else f"{span} late"


def _wrapped(text: str) -> None:
    width = min(max(cards.columns(), NARROWEST), WIDEST)
    for line in textwrap.wrap(text, width - 4):
        click.echo(f"    {line}")
