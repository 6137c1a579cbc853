"""What the survey tool does with solved tickets: which question, when, to whom, or none."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from .kit import seconds
from .setting import Draw
from .tickets import Survey, Ticket


def _question(rng: Random, draw: Draw, ticket: Ticket) -> str:
    easy = ticket.reason in ("how_to", "login_sso", "permissions")
    return "CES" if rng.random() < draw.ces * (1.3 if easy else 0.8) else "CSAT"


def _sending(rng: Random, draw: Draw, ticket: Ticket) -> datetime:
    if ticket.channel == "widget":
        return ticket.at + seconds(rng.uniform(0, 4))
    if ticket.send_now or rng.random() < 0.02:
        return ticket.at + seconds(rng.uniform(4, 45))
    return ticket.at + seconds(draw.send_delay * 3600 + rng.uniform(5, 420))


def offered(rng: Random, draw: Draw, tickets: list[Ticket]) -> list[Survey]:
    """Invitations in the order of their sending; the cap counts mailboxes, not people."""
    plan = sorted(((_sending(rng, draw, t), n) for n, t in enumerate(tickets)))
    last: dict[str, datetime] = {}
    made = []
    cap = timedelta(days=draw.cap_days)
    for sent_at, number in plan:
        ticket = tickets[number]
        mailbox = ticket.mailbox or ticket.contact.contact
        reason = ticket.suppressed
        if reason is None:
            reason = ticket.contact.account.exempt
        if reason is None and cap and mailbox in last and sent_at - last[mailbox] < cap:
            reason = "freq_cap"
        if reason is None:
            last[mailbox] = sent_at
        would = ticket.would and (reason is None or ticket.by_person)
        metric = _question(rng, draw, ticket)
        status = "sent" if reason is None else "suppressed"
        first = Survey(ticket, metric, _top(metric), sent_at, mailbox, status, reason, would)
        ticket.surveys.append(first)
        made.append(first)
        if status == "sent" and ticket.channel == "email" and rng.random() < draw.both:
            other = "CES" if metric == "CSAT" else "CSAT"
            on = would and rng.random() < 0.55
            page = Survey(ticket, other, _top(other), sent_at, mailbox, status, None, on, True)
            ticket.surveys.append(page)
            made.append(page)
    return made


def _top(metric: str) -> int:
    return 5 if metric == "CSAT" else 7
