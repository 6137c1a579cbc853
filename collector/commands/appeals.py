"""`collector appeals`: contested answers and findings. Calls the verbs of `integrity/appeals/`.

On the command line everything is shown as reviewers see it: whoever can run it has the database.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import click

from collector.commands import cards, listing
from collector.commands.context import with_app
from collector.integrity.appeals import open as opening
from collector.integrity.appeals import rule as ruling
from collector.integrity.appeals import terms, views
from collector.integrity.appeals.terms import FINDING, RESPONSE, Decision, Opening
from collector.integrity.appeals.withdraw import withdraw as take_back
from collector.integrity.rulings import PREFIX

VIA = "command line"
GROUNDS = list(dict.fromkeys([*terms.GROUNDS[RESPONSE], *terms.GROUNDS[FINDING]]))
OUTCOMES = [*terms.OUTCOMES[RESPONSE], *terms.OUTCOMES[FINDING]]
BY = click.option("--by", required=True, help="Who: an id or a name, kept in the audit log.")
NONE_YET: Final = (
    "nobody has contested a verdict or a finding. How to: collector appeals open --help"
)
COLUMNS: Final[dict[str, Callable[[views.AppealView], str]]] = {
    "appeal": lambda view: view.id,
    "state": lambda view: view.state,
    "about": lambda view: view.about_id,
    "score": lambda view: "" if view.score is None else str(view.score),
    "verdict": lambda view: view.verdict,
    "ground": lambda view: view.ground,
    "by": lambda view: view.by,
    "opened": lambda view: f"{view.opened_at:%Y-%m-%d %H:%M}",
}


@click.group("appeals")
def command() -> None:
    """Contested answers and findings: open an appeal, rule on it, take it back.

    \b
    collector appeals open rsp_… --by a1 --ground product_failed --statement "Box was empty"
    collector appeals list --state open
    collector appeals show apl_…
    collector appeals rule apl_… upheld --outcome company_only --by reviewer-3 --reason "…"
    collector audit-log --kind appeal --key apl_…

    A verdict can be contested for COLLECTOR_APPEAL_DAYS (14) after it was published. Who rules is
    neither the appellant nor the subject nor, by the roster, their supervisor.
    """


@command.command("list")
@click.option("--state", type=click.Choice(terms.STATES), help="Only in this state.")
@click.option("--about", default="", help="Only about this response or finding.")
@click.option("--by", default="", help="Only by this appellant.")
@listing.paged
@with_app
def show_all(
    state: str | None, about: str, by: str, before: str, limit: int, as_json: bool
) -> None:
    """Appeals, the newest first."""
    found = views.page(
        state=state or "", about_id=about, by=by, before=before, limit=limit, reviewer=True
    )
    none = listing.empty("appeals", NONE_YET, about, by, before)
    if state and not (about or by or before):
        none = f"No appeals are {state}."
    listing.show(found, none, COLUMNS, as_json=as_json)


@command.command("show")
@click.argument("appeal_id")
@click.option("--as-agent", is_flag=True, help="As whom it is about sees it: without figures.")
@listing.JSON
@with_app
def show(appeal_id: str, as_agent: bool, as_json: bool) -> None:
    """One appeal: what is contested, why, with which evidence, and how it ended."""
    view = views.get(appeal_id, reviewer=not as_agent)
    if as_json:
        click.echo(listing.as_text(view, indent=2))
        return
    _card(view)


@command.command("open")
@click.argument("about_id", metavar="RESPONSE_OR_FINDING")
@BY
@click.option("--ground", required=True, type=click.Choice(GROUNDS), help="What is wrong.")
@click.option("--statement", required=True, help="In their own words; no customer's data.")
@with_app
def start(about_id: str, by: str, ground: str, statement: str) -> None:
    """Contest the verdict on a response (rsp_…), or a finding (fnd_…).

    \b
    Grounds for contesting an answer:
      product_failed  the product failed, not the service
      not_my_case     it is about somebody else's work
      genuine         the customer gave this answer, and nobody else
      not_genuine     no customer gave this answer in earnest
    and a finding:
      innocent_explanation, wrong_data
    or, of either, other.
    """
    said = Opening(by, ground, statement, via=VIA)
    against = opening.against_finding if about_id.startswith("fnd_") else opening.against_response
    _card(views.get(against(about_id, said), reviewer=True))


@command.command("rule")
@click.argument("appeal_id")
@click.argument("decision", type=click.Choice([terms.UPHELD, terms.DISMISSED]))
@BY
@click.option("--reason", required=True, help="The reasons, for everybody who is concerned.")
@click.option("--outcome", type=click.Choice(OUTCOMES), help="Where upheld: what becomes of it.")
@with_app
def decide(appeal_id: str, decision: str, by: str, reason: str, outcome: str | None) -> None:
    """Rule on an appeal: upheld or dismissed. It is the last word.

    \b
    Outcomes of an upheld appeal:
      counts        the answer counts fully: verdict clean, weight 1
      company_only  it counts for the company, but for no agent, team or store
      set_aside     it counts for nobody: verdict rejected, weight 0
      cleared       (a finding) nothing is held against anybody
    """
    ruling.rule(appeal_id, Decision(by, decision, outcome or "", reason, via=VIA))
    _card(views.get(appeal_id, reviewer=True))


@command.command("withdraw")
@click.argument("appeal_id")
@BY
@click.option("--reason", default="", help="Why, if they like.")
@with_app
def withdraw(appeal_id: str, by: str, reason: str) -> None:
    """Take an appeal back: by whoever opened it."""
    take_back(appeal_id, by, reason, via=VIA)
    click.echo(f"{appeal_id} is withdrawn.")


def _card(view: views.AppealView) -> None:
    lines = {
        "appeal": f"{view.id}, {view.state}",
        "about": f"{view.about} {view.about_id}, {cards.subjects(view.subjects)}",
        "opened": f"{view.opened_at:%Y-%m-%d %H:%M} UTC by {view.by}",
        "ground": terms.GROUNDS[view.about][view.ground],
        "statement": view.statement,
        "contested": _contested(view),
        "reasons": ", ".join(view.reason_families),
    }
    if view.contested is not None:
        lines["codes"] = ", ".join(view.contested["reasons"])
        lines["evidence"] = _evidence(view)
    if view.ruling is not None:
        said = terms.OUTCOMES[view.about].get(view.ruling.outcome, "it stays as it was")
        lines["ruled"] = f"{view.ruling.at:%Y-%m-%d %H:%M} UTC by {view.ruling.by}: {said}"
        lines["because"] = view.ruling.reason
    cards.show(lines)


def _evidence(view: views.AppealView) -> str:
    """What the checks saw; what a ruling adds is shown by itself."""
    if not isinstance(view.evidence, dict):
        return cards.figures(view.evidence)
    seen = {code: held for code, held in view.evidence.items() if not code.startswith(PREFIX)}
    return cards.figures(seen)


def _contested(view: views.AppealView) -> str:
    if view.about == FINDING:
        return "" if view.contested is None else f"p {view.contested['p']:.2g}"
    weight = "" if view.contested is None else f", weight {view.contested['weight']:g}"
    return f"score {view.score}, {view.verdict}{weight}"
