"""A tiny quiet company: honest people, one oddity at a time as far as one likes. Start of every
curve; cheats are added by `cheats.py`.

Knows the files' format and how people behave, nothing of the engine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

START = datetime(2026, 3, 2, tzinfo=UTC)
HOUR, DAY, WEEK = 3600.0, 86400.0, 7 * 86400.0
FILES = ("events", "invitations", "responses", "signals", "roster")
# What customers say of ordinary agents; of great ones (every fifth), of poor ones; on a bad day.
USUAL, GREAT, POOR = (4, 5, 11, 30, 50), (0, 1, 2, 7, 90), (12, 14, 20, 29, 25)
BAD_DAY = (55, 25, 12, 5, 3)
BROWSERS = [f"Mozilla/5.0 (Phone {n}) Mobile Safari/{n % 7}" for n in range(24)]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Habits:
    """How the honest live. Rates are shares of answers; the last ones are the oddities."""

    seed: int = 1
    agents: int = 20
    per_team: int = 5
    per_store: int = 10
    each: int = 24
    weeks: int = 12
    corrected: float = 0.02
    corrected_there: float = 0.0  # more of them in the first store
    colliding: float = 0.0
    nulls: float = 0.05
    carriers: float = 0.1
    families: float = 0.0
    switchboards: float = 0.0
    tablet: str = ""  # whose it is: "agent", "team", "store"
    tablet_share: float = 0.6
    outage_days: int = 0


@dataclass(slots=True)
class Company:
    """The five files as rows, and what is known of each answer: `label`, then who or what."""

    habits: Habits
    files: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in FILES})
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def agents(self) -> list[str]:
        return [f"A{number:02d}" for number in range(self.habits.agents)]

    def team(self, agent: str) -> str:
        return f"T{int(agent[1:]) // self.habits.per_team}"

    def store(self, agent: str) -> str:
        return f"S{int(agent[1:]) // self.habits.per_store}"

    def put(
        self, agent: str, at: float, score: int, *, label: tuple[str, str] = ("honest", ""),
        wait: float = 2 * HOUR, channel: str = "sms", sent: float = 0.0, handle: float = 300.0,
        customer: str = "", contact: str = "", on_file: str = "", device: str | None = "",
        ip: str = "", browser: str = "", comment: str = "", signals: Iterable[tuple[str, Any]] = (),
    ) -> str:  # fmt: skip
        """One visit that was asked about and answered. What is not given is the customer's own."""
        n = len(self.files["responses"])
        contact = contact or f"number {n}"
        sent = sent or {"in_app": 3.0, "email": 0.6 * HOUR}.get(channel, 900.0)
        answered = max(wait, sent + 7)
        who = {"agent_id": agent, "team_id": self.team(agent), "store_id": self.store(agent)}
        asked = {"metric": "CSAT", "scale": [1, 5], "locale": "en", "channel": channel}
        self.files["events"].append({
            "event_id": f"E{n}", "occurred_at": stamp(at), "handled_by": agent, **who,
            "customer_id": customer or f"customer {n}", "contact_on_file": on_file or contact,
            "reason": "enquiry", "handle_seconds": round(handle), "tz": "UTC",
        })  # fmt: skip
        self.files["invitations"].append({
            "invitation_id": f"I{n}", "event_id": f"E{n}", "status": "sent",
            "suppress_reason": None, "sent_at": stamp(at + sent), "contact_hash": contact,
            **asked, **who,
        })  # fmt: skip
        self.files["responses"].append({
            "response_id": f"R{n}", "invitation_id": f"I{n}", "score": score, **asked, **who,
            "opened_at": stamp(at + answered - 6), "answered_at": stamp(at + answered),
            "ip_hash": ip or f"ip {n}", "net_hash": f"net {ip or n}",
            "device_hash": f"device {n}" if device == "" else device,
            "user_agent": browser or BROWSERS[n * n % 24], "comment": comment, "supersedes": None,
        })  # fmt: skip
        for kind, value in signals:
            self.files["signals"].append({
                "signal_id": f"G{len(self.files['signals'])}", "event_id": f"E{n}", "type": kind,
                "agent_id": agent, "value": value, "at": stamp(at + 30 * HOUR), "tags": [],
            })  # fmt: skip
        self.labels[f"R{n}"] = label
        return f"R{n}"

    def write(self, folder: Path, change: Callable[[str, Row], Row | None] | None = None) -> None:
        """Write the files; `change` may replace a row, or leave it out with None."""
        folder.mkdir(parents=True, exist_ok=True)
        order = {"responses": "answered_at", "events": "occurred_at", "signals": "at"}
        for name, rows in self.files.items():
            if key := order.get(name):
                rows = sorted(rows, key=lambda row: row[key])  # used at once
            changed = (change(name, row) if change else row for row in rows)
            kept = [json.dumps(row) + "\n" for row in changed if row is not None]
            if kept:
                (folder / f"{name}.ndjson").write_text("".join(kept), encoding="utf-8")


def stamp(at: float) -> str:
    moment = START + timedelta(seconds=at)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def quiet(habits: Habits) -> Company:
    """Nobody games. Equal habits give equal companies."""
    company, r = Company(habits), Random(habits.seed)
    for agent in company.agents:
        company.files["roster"].append({
            "agent_id": agent, "team_id": company.team(agent), "store_id": company.store(agent),
            "staff_contacts": [f"staff {agent}"], "active_from": "2026-01-01", "active_to": None,
        })  # fmt: skip
    days = range(habits.weeks * 7)
    lows = {
        company.store(agent): set(r.sample(days, habits.outage_days)) for agent in company.agents
    }
    visits = [(r.choice(days), agent) for agent in company.agents for _ in range(habits.each)]
    for number, (day, agent) in enumerate(sorted(visits)):
        _visit(company, r, agent, day, number, bad=day in lows[company.store(agent)])
    return company


def _visit(
    company: Company, r: Random, agent: str, day: int, number: int, *, bad: bool
) -> None:  # fmt: skip
    habits = company.habits
    usual = {3: GREAT, 1: POOR}.get(int(agent[1:]) % 5, USUAL)
    score = r.choices((1, 2, 3, 4, 5), BAD_DAY if bad else usual)[0]
    channel = r.choices(("sms", "in_app", "email"), (5, 3, 2))[0]
    wait = r.lognormvariate(5.5, 1.7) if channel == "in_app" else 2400 + r.lognormvariate(8, 1.5)
    given: dict[str, Any] = {"handle": r.lognormvariate(5.8, 0.7)}
    kind, roll = "plain", r.random()
    at = day * DAY + r.uniform(8, 18) * HOUR
    if roll < habits.families:
        home = r.randrange(1 + int(len(company.agents) * habits.each * habits.families) // 3)
        kind, number_of = "family", f"family {home}"
        given |= {"contact": number_of, "device": number_of, "ip": number_of,
                  "browser": BROWSERS[home % 24]}  # fmt: skip
    elif roll < habits.families + habits.switchboards:
        firm = r.randrange(3)
        kind = "switchboard"
        given |= {"contact": f"firm {firm}", "ip": f"firm {firm}", "browser": "Firm Chrome 120"}
        channel, wait = "email", 2400 + r.lognormvariate(8, 1.5)
    elif habits.tablet and r.random() < habits.tablet_share:
        owner = {"agent": agent, "team": company.team(agent), "store": company.store(agent)}
        kind, channel, wait = "tablet", "sms", r.uniform(120, 1200)
        given |= {"sent": 30.0, "device": f"tablet {owner[habits.tablet]}",
                  "browser": "Counter 1.4", "ip": f"shop {company.store(agent)}"}  # fmt: skip
    if kind == "plain":
        there = habits.corrected_there * (company.store(agent) == "S0")
        if r.random() < habits.corrected + there:
            kind = "corrected"
            given["on_file"] = f"old number {number}"
        if r.random() < habits.carriers:
            given["ip"] = f"carrier {r.randrange(6)}"
        if r.random() < habits.colliding:
            kind = "colliding"
            given["device"] = f"fingerprint {min(int(r.paretovariate(0.8)), 12)}"
            given["browser"] = BROWSERS[0]
        elif r.random() < habits.nulls:
            given["device"] = None
    signals: list[tuple[str, Any]] = []
    if r.random() < 0.12:
        signals.append(("qa", round(r.gauss(86, 6) if score >= 4 else r.gauss(74, 9))))
    if score <= 2 and r.random() < 0.2:
        signals.append(("complaint", 1))
    kind = "outage" if bad else kind
    company.put(agent, at, score, label=("honest", kind), wait=wait, channel=channel,
                signals=signals, **given)  # fmt: skip
