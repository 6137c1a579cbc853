"""What the company's other systems record about tickets: complaints, credits, repeats, QA."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from .kit import seconds as secs
from .kit import stamp, token
from .setting import Draw
from .tickets import Ticket

TOPICS = ("no_solution", "waiting_time", "closed_too_early", "tone", "billing", "wrong_answer")


def _noted(
    rng: Random, ticket: Ticket, kind: str, value: float | str, at: datetime, tags: list[str]
) -> dict[str, object]:
    return {
        "signal_id": f"S{token(rng, 10)}",
        "event_id": ticket.event_id,
        "agent_id": ticket.worker.agent_id,
        "type": kind,
        "value": value,
        "at": stamp(at),
        "tags": tags,
    }


def signals(rng: Random, draw: Draw, tickets: list[Ticket]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    script = rng.uniform(0.04, 0.4)  # a vendor's script may name the survey in a neutral way
    for ticket in tickets:
        low = ticket.feeling < -0.5
        idle = ticket.practice in ("ghost_ticket", "ex_colleague")
        if not idle and rng.random() < (0.055 if low else 0.002):
            at = ticket.at + secs(rng.lognormvariate(10.6, 1.1) + 600)
            rows.append(_noted(rng, ticket, "complaint", rng.choice(TOPICS), at, []))
        chance = 0.3 if low else 0.1 if ticket.feeling < 0.4 else 0.035
        if ticket.practice == "merge_sink" or ticket.practice == "five_then_credit":
            chance *= 1.4
        if not idle and rng.random() < chance:
            wait = rng.lognormvariate(10.9, 0.9) + 900
            hours = round(wait / 3600, 1)
            rows.append(_noted(rng, ticket, "repeat_contact", hours, ticket.at + secs(wait), []))
        if ticket.credit_note is not None:
            amount = rng.choice((25, 40, 49, 50, 80, 99, 120))
            if rng.random() < 0.85:
                rows.append(_noted(rng, ticket, "refund", amount, ticket.credit_note, []))
        elif not idle and rng.random() < (0.13 if ticket.reason == "billing" else 0.006):
            before = rng.random() < 0.55
            at = ticket.at - secs(rng.uniform(60, ticket.handle + 120))
            if not before:
                at = ticket.at + secs(rng.lognormvariate(11.0, 1.2))
            amount = round(rng.lognormvariate(4.3, 0.8))
            rows.append(_noted(rng, ticket, "refund", amount, at, []))
        if rng.random() < draw.qa:
            rows.append(_quality(rng, draw, ticket, script))
    rows.sort(key=lambda row: str(row["at"]))
    return rows


def _quality(rng: Random, draw: Draw, ticket: Ticket, script: float) -> dict[str, object]:
    """Quality staff read a transcript or hear a remote session, days later."""
    mark = 82 + 7 * ticket.worker.skill + 3 * ticket.feeling + rng.gauss(0, 6)
    tags = []
    asked = ticket.practice in ("begging", "five_then_credit", "pet_customer")
    if (asked and rng.random() < draw.qa_hears) or rng.random() < 0.003:
        tags.append("survey_solicitation")
    elif rng.random() < (script if not ticket.worker.team.site.own else script / 3):
        tags.append("survey_mentioned")
    if ticket.handle > 5000 and rng.random() < 0.3:
        tags.append("long_handling")
    at = ticket.at + timedelta(days=rng.randint(1, 9)) + secs(rng.uniform(0, 20000))
    return _noted(rng, ticket, "qa", round(min(max(mark, 20), 100)), at, tags)
