"""How people answer: when, on what, from where, with which few words."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.integrity.worlds.apps.cases import GOOD, Case, at_local, local
from benchmarks.integrity.worlds.apps.draw import Draw
from benchmarks.integrity.worlds.apps.people import Agent, Group
from benchmarks.integrity.worlds.apps.places import Line, Networks

WORDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "pt": (("Muito simpática, resolveu logo.", "Tudo ok", "Rápido e claro, obrigado"),
           ("Continuo sem sincronizar!!", "Demorou imenso", "Não resolveram nada")),
    "pl": (("Szybko i konkretnie", "dzięki, działa", "Pani bardzo cierpliwa"),
           ("Nadal nie działa", "trzeci raz tłumaczę to samo", "odesłano mnie do FAQ")),
    "en": (("Sorted in five minutes, thanks", "great help!!", "She knew the app inside out",
            "Very patient with me", "works now"),
           ("Still crashes on launch", "had to repeat everything twice", "no refund, no answer",
            "felt like a script")),
    "es": (("Excelente atención, muy amable", "Me solucionó de una", "gracias!"),
           ("No me devolvieron la plata", "Pésimo, me colgaron", "sigue igual")),
    "fr": (("Parfait, merci", "Très à l'écoute", "réglé vite"),
           ("Toujours bloqué", "on me renvoie d'un service à l'autre", "trop long")),
    "de": (("Schnell und freundlich", "Passt, danke", "Problem gelöst"),
           ("Absturz besteht weiter", "Standardantwort ohne Hilfe", "Rückzahlung fehlt noch")),
}  # fmt: skip


@dataclass
class Answer:
    case: Case
    score: int
    opened: datetime
    answered: datetime
    line: Line
    device: str | None
    agent_string: str
    label: str = "honest"
    practice: str | None = None
    trap: str = ""
    changed: bool = False
    true: int | None = None
    evasive: bool = False
    comment: str | None = None
    supersedes: Answer | None = None
    response_id: str = ""


def words(rng: random.Random, case: Case, score: int) -> str:
    """A short remark in the customer's language."""
    kind, unkind = WORDS[case.customer.market.code[:2]]
    return rng.choice(kind if score >= GOOD[case.metric] else unkind)


def opened_at(rng: random.Random, case: Case, at_once: float = 0.3) -> datetime:
    """When a customer gets round to it; nights are mostly slept through."""
    assert case.sent is not None
    if case.channel == "in_app" and rng.random() < at_once:
        return case.sent + timedelta(seconds=3 + rng.lognormvariate(2.6, 0.9))
    middle, spread = {"in_app": (4.4, 1.7), "email": (5.2, 1.6), "sms": (2.8, 1.7)}[case.channel]
    opened = case.sent + timedelta(minutes=min(14_000, rng.lognormvariate(middle, spread)))
    there = local(opened, case.customer.market.tz)
    if there.hour < 6 and rng.random() < 0.85:
        opened += timedelta(hours=6 - there.hour + abs(rng.gauss(1.3, 1.4)))
    return opened


def honest(rng: random.Random, draw: Draw, nets: Networks, case: Case) -> Answer:
    """The customer answers, freely and as felt."""
    customer, market = case.customer, case.customer.market
    opened = opened_at(rng, case)
    thinking = rng.lognormvariate(2.2, 0.8)
    comment = None
    if rng.random() < (0.2 if case.true < GOOD[case.metric] else 0.08):
        comment = words(rng, case, case.true)
        thinking += rng.uniform(12, 140)
    in_app = case.channel == "in_app"
    handheld = in_app or case.channel == "sms" or rng.random() < 0.6
    line = customer.home
    if rng.random() < (0.35 if handheld else 0.12):  # out, at work, on the train
        line = nets.carrier(market) if handheld else nets.broadband(market)
    device, agent_string = customer.phone if handheld else customer.computer
    if handheld and not in_app:
        # the same telephone, yet its browser knows another cookie than the app
        device, agent_string = f"{device[:18]}{customer.computer[0][:6]}", customer.computer[1]
    answer = Answer(case, case.true, opened, opened, line, device, agent_string, true=case.true)
    if customer.kind == "private_relay":
        answer.line, answer.trap = nets.relay(), customer.kind
        answer.device = None if rng.random() < 0.7 else answer.device
    elif rng.random() < 0.02:
        answer.line = nets.vpn()
    if rng.random() < draw.lost_cookie * (0.25 if in_app else 1.0):
        answer.device = None
    if customer.kind == "summary_hour" and in_app:
        # notifications are held back and handed over together at an hour that the phone sets
        hour = rng.choice((8.0, 8.0, 12.5, 18.0, 18.0))
        there = local(opened, market.tz).date()
        later = at_local(there, hour, market.tz)
        if later <= case.at + timedelta(seconds=30):
            later += timedelta(days=1)
        answer.opened = later + timedelta(seconds=abs(rng.gauss(0, 55)))
        thinking, answer.trap = rng.uniform(1.5, 9), "summary_hour"
    elif customer.kind == "family_plan":
        answer.trap = "family_plan"
    answer.comment = comment
    answer.answered = answer.opened + timedelta(seconds=1 + thinking)
    answer.trap = answer.trap or case.trap
    if customer.group is not None:
        together(rng, customer.group, answer)
    return answer


def together(rng: random.Random, group: Group, answer: Answer) -> None:
    """Answers from under a shared roof, from a trolley of tablets, or in a clerk's sitting."""
    answer.trap = group.kind
    answer.line = rng.choice(group.lines)
    answer.device, answer.agent_string = rng.choice(group.devices)
    case = answer.case
    if group.kind == "dogfooder":
        return
    if group.kind in ("one_roof", "tablet_trolley"):
        there = local(answer.opened, group.market.tz)
        if not 8 <= there.hour < 17:  # nobody is in the building at night
            day = there.date() + timedelta(days=1 if there.hour >= 17 else 0)
            moved = at_local(day, rng.uniform(8.2, 16.8), group.market.tz)
            if moved > answer.opened:
                answer.answered, answer.opened = moved + (answer.answered - answer.opened), moved
        return
    if group.kind == "relay_centre" and case.channel != "email" and rng.random() < 0.8:
        # the interpreter stays on the line and reads the survey out, in the same call
        assert case.sent is not None
        answer.opened = case.sent + timedelta(seconds=rng.uniform(15, 150))
        answer.answered = answer.opened + timedelta(seconds=rng.uniform(25, 110))
        return
    sit(rng, group, answer, rng.uniform(9, 50))


def sit(rng: random.Random, group: Group, answer: Answer, seconds: float) -> None:
    """The clerk works through what has piled up, once a week, one after another."""
    sent = answer.case.sent
    assert sent is not None
    day = local(sent, group.market.tz).date()
    day += timedelta(days=(group.sitting_day - day.weekday()) % 7)
    start = at_local(day, group.sitting_hour, group.market.tz)
    if start < sent:
        day += timedelta(days=7)
        start = at_local(day, group.sitting_hour, group.market.tz)
    start = max(start, group.cursor.get(day, start))
    answer.opened = start + timedelta(seconds=rng.uniform(4, 60))
    answer.answered = answer.opened + timedelta(seconds=seconds)
    group.cursor[day] = answer.answered


def on_shift(rng: random.Random, agent: Agent, moment: datetime) -> datetime:
    """The next moment at which this agent is at the desk."""
    tz = agent.site.market.tz
    there = local(moment, tz)
    start = at_local(there.date(), agent.first_hour, tz)
    if start <= moment < start + timedelta(hours=8):
        return moment
    if moment < start:
        return start + timedelta(minutes=rng.uniform(3, 300))
    return start + timedelta(days=1, minutes=rng.uniform(3, 300))
