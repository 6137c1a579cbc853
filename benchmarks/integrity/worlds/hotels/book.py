"""The chain's files as they fill up, and the truth about each row."""

import json
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

Row = dict[str, object]


def token(rng: random.Random, size: int = 16) -> str:
    """An opaque id or hash; every kind of row draws them alike."""
    return f"{rng.getrandbits(size * 4):0{size}x}"


def stamp(at: datetime | None) -> str | None:
    """The time as the files spell it."""
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Seat:
    """Where an answer is given: network and browser."""

    ip: str
    net: str
    device: str | None
    ua: str


@dataclass
class Case:
    """One piece of work for a guest, and what the guest thinks of it."""

    event_id: str
    at: datetime
    credited: str
    worker: str
    team: str
    worker_team: str
    store: str
    tz: str
    customer: str
    on_file: str | None
    contact: str | None
    reason: str
    metric: str
    handle: int
    locale: str
    channel: str
    source: str
    opinion: int
    willing: bool
    trouble: bool
    genuine: bool = True
    invitation: str = ""
    sent_at: datetime | None = None
    suppressed: str | None = None

    @property
    def top(self) -> int:
        """The best score there is."""
        return 10 if self.metric == "NPS" else 5

    @property
    def due(self) -> datetime:
        """When the invitation went out (the work's time if none did)."""
        return self.sent_at or self.at


SYSTEM = ("freq_cap", "policy_exempt", "legal_hold")


class Book:
    """Collects the rows of one world."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.events: list[tuple[datetime, Row]] = []
        self.invitations: list[tuple[datetime, Row]] = []
        self.responses: list[tuple[datetime, Row]] = []
        self.signals: list[tuple[datetime, Row]] = []
        self.roster: list[Row] = []
        self.truth: list[Row] = []
        self.agents: list[Row] = []
        self.pool: dict[tuple[str, str], list[int]] = {}
        self.last: datetime | None = None

    def enter(self, case: Case) -> None:
        """Writes the event and its invitation, and keeps the guest's free score for the KPI."""
        case.invitation = token(self.rng)
        self.events.append(
            (
                case.at,
                {
                    "event_id": case.event_id,
                    "occurred_at": stamp(case.at),
                    "agent_id": case.credited,
                    "handled_by": case.worker,
                    "team_id": case.team,
                    "store_id": case.store,
                    "customer_id": case.customer,
                    "contact_on_file": case.on_file,
                    "reason": case.reason,
                    "handle_seconds": case.handle,
                    "tz": case.tz,
                },
            )
        )
        self.invitations.append(
            (
                case.due,
                {
                    "invitation_id": case.invitation,
                    "event_id": case.event_id,
                    "status": "suppressed" if case.suppressed else "sent",
                    "suppress_reason": case.suppressed,
                    "sent_at": None if case.suppressed else stamp(case.due),
                    "channel": case.channel,
                    "contact_hash": case.contact,
                    "metric": case.metric,
                    "scale": [0, 10] if case.metric == "NPS" else [1, 5],
                    "locale": case.locale,
                    "agent_id": case.credited,
                    "team_id": case.team,
                    "store_id": case.store,
                },
            )
        )
        if case.genuine and case.willing and case.suppressed not in SYSTEM:
            self.pool.setdefault((case.worker_team, case.metric), []).append(case.opinion)

    def answer(
        self,
        case: Case,
        score: int,
        opened: datetime,
        seconds: float,
        seat: Seat,
        label: str = "honest",
        practice: str | None = None,
        trap: str = "",
        comment: str | None = None,
        evasive: bool = False,
        supersedes: str | None = None,
        locale: str | None = None,
    ) -> str | None:
        """Writes a response and its truth; None when it falls after the files were drawn."""
        opened = max(opened, case.due)
        answered = opened + timedelta(seconds=max(1.0, seconds))
        if self.last is not None and answered > self.last:
            return None
        response = token(self.rng)
        self.responses.append(
            (
                answered,
                {
                    "response_id": response,
                    "invitation_id": case.invitation,
                    "agent_id": case.credited,
                    "team_id": case.team,
                    "store_id": case.store,
                    "metric": case.metric,
                    "scale": [0, 10] if case.metric == "NPS" else [1, 5],
                    "score": score,
                    "channel": case.channel,
                    "opened_at": stamp(opened),
                    "answered_at": stamp(answered),
                    "ip_hash": seat.ip,
                    "net_hash": seat.net,
                    "device_hash": seat.device,
                    "user_agent": seat.ua,
                    "comment": comment,
                    "locale": locale or case.locale,
                    "supersedes": supersedes,
                },
            )
        )
        self.truth.append(
            {
                "kind": "response",
                "response_id": response,
                "label": label,
                "practice": practice,
                "trap": trap,
                "changed": label == "solicited" and score != case.opinion,
                "true": case.opinion if case.genuine and case.willing else None,
                "agent_id": case.worker,
                "team_id": case.worker_team,
                "evasive": evasive,
            }
        )
        return response

    def signal(
        self,
        case: Case,
        kind: str,
        value: int | str,
        at: datetime,
        tags: list[str] | None = None,
    ) -> None:
        """What the help desk, the till or quality staff recorded."""
        self.signals.append(
            (
                at,
                {
                    "signal_id": token(self.rng),
                    "event_id": case.event_id,
                    "agent_id": case.worker,
                    "type": kind,
                    "value": value,
                    "at": stamp(at),
                    "tags": tags or [],
                },
            )
        )

    def write(self, folder: Path) -> None:
        """Saves the six files."""
        folder.mkdir(parents=True, exist_ok=True)
        teams: list[Row] = []
        for (team, metric), scores in sorted(self.pool.items()):
            count = len(scores)
            if metric == "NPS":
                net = sum(s >= 9 for s in scores) - sum(s <= 6 for s in scores)
            else:
                net = sum(s >= 4 for s in scores)
            value = round(100 * net / count, 2)
            teams.append(
                {"kind": "team", "team_id": team, "metric": metric, "value": value, "n": count}
            )
        kept = {
            "events": _ordered(self.events),
            "invitations": _ordered(self.invitations),
            "responses": _ordered(self.responses),
            "signals": _ordered(self.signals),
            "roster": self.roster,
            "truth": self.truth + self.agents + teams,
        }
        for name, rows in kept.items():
            lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (folder / f"{name}.ndjson").write_text("".join(lines), encoding="utf-8")


def _ordered(rows: list[tuple[datetime, Row]]) -> list[Row]:
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]
