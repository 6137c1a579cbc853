"""A simulated company as what a running service would see: events, replies, signals, a roster.

Reads the simulator's files (`simulator/files.py`); never the truth. What the files give as hashes
becomes made-up numbers, addresses and devices, one for one. Used by `live_play.py`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

SOURCE = "desk"
# Another world's: a messenger reaches a number; a code on the table or a kiosk reaches nobody's.
CHANNELS = {
    "sms": "sms", "email": "email", "in_app": "inapp", "wechat": "sms", "widget": "inapp",
    "qr": "inapp", "kiosk": "inapp", "portal": "inapp",
}  # fmt: skip
# What somebody says who withholds an ask; everything else the service's own gates hold back.
SAID = ("customer_declined", "invalid_contact", "duplicate_case", "test_record")
REPORTED = timedelta(minutes=1)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something at a moment: `kind` asked, held, tap or signal, about the event with this id."""

    at: datetime
    kind: str
    event_id: str
    row: Row


class Company:
    """The files, joined, and the disguises."""

    def __init__(
        self, folder: Path, events_at_most: int = 10**9, stores_at_most: int = 10**9
    ) -> None:
        self.folder = folder
        events = sorted(_rows(folder, "events"), key=lambda row: row["occurred_at"])
        kept = sorted({row["store_id"] for row in events})[:stores_at_most]
        events = [row for row in events if row["store_id"] in kept]
        self.events = {row["event_id"]: row for row in events[:events_at_most]}
        asked = {row["invitation_id"]: row for row in _rows(folder, "invitations")}
        self.invitations = {k: v for k, v in asked.items() if v["event_id"] in self.events}
        self.responses = [
            row for row in _rows(folder, "responses") if row["invitation_id"] in self.invitations
        ]
        self.signals = [row for row in _rows(folder, "signals") if row["event_id"] in self.events]
        self.roster = _rows(folder, "roster")
        self._numbers: dict[str, int] = {}
        self._places: dict[str, int] = {}
        self._nets: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def happenings(self) -> list[Happening]:
        """Everything in the order of time."""
        found = []
        for row in self.invitations.values():
            held = row["status"] == "suppressed"
            at = (
                moment(self.events[row["event_id"]]["occurred_at"]) + REPORTED
                if held
                else moment(row["sent_at"])
            )
            found.append(Happening(at, "held" if held else "asked", row["event_id"], row))
        for row in self.responses:
            about = self.invitations[row["invitation_id"]]["event_id"]
            found.append(Happening(moment(row["answered_at"]), "tap", about, row))
        for row in self.signals:
            found.append(Happening(moment(row["at"]), "signal", row["event_id"], row))
        return sorted(found, key=lambda one: (one.at, one.kind, _id(one.row)))

    def event(self, row: Mapping[str, Any], *, capped: bool) -> Row:
        """The native event of this invitation, as the desk reports it."""
        event = self.events[row["event_id"]]
        channel = CHANNELS[row["channel"]]
        kind = "capped" if capped else f"{row['metric'].lower()}.{channel}"
        person: Row = {
            "ref": event["customer_id"], "kind": "customer", "timezone": "UTC",
            "locale": row["locale"], "consent": {"any": "granted"},
            **self.reach(channel, event["contact_on_file"] or row["contact_hash"]),
        }  # fmt: skip
        return {
            "source": SOURCE, "id": row["event_id"], "type": f"desk.{kind}",
            "occurred_at": event["occurred_at"], "person": person,
            "context": {
                "reason": event["reason"], "handle_seconds": event["handle_seconds"],
            },
            "subjects": {
                "agent": {"id": event["handled_by"], "credited": event["agent_id"]},
                "team": event["team_id"], "store": event["store_id"],
            },
        }  # fmt: skip

    def reach(self, channel: str, contact: str | None) -> Row:
        """The contact point behind this hash; nothing inside the product."""
        if contact is None or channel == "inapp":
            return {}
        if channel == "email":
            return {"email": f"c{contact}@example.com"}
        number = self._number(contact)
        return {"phone": f"+1212{200 + number // 10_000:03d}{number % 10_000:04d}"}

    def staff(self) -> list[Row]:
        """The roster with contact points in clear, as a company would send it."""
        return [
            {
                "agent_id": row["agent_id"], "team_id": row["team_id"],
                "store_id": row["store_id"],
                "staff_contacts": [
                    address for contact in row["staff_contacts"] for address in (
                        self.reach("sms", contact)["phone"], self.reach("email", contact)["email"],
                    )
                ],
            }
            for row in self.roster
        ]  # fmt: skip

    def address(self, row: Mapping[str, Any]) -> str:
        """An internet address for this hash, in the network of its network's hash."""
        net = self._places.setdefault(row["net_hash"], len(self._places))
        hosts = self._nets[row["net_hash"]]
        host = hosts.setdefault(row["ip_hash"], len(hosts) % 250 + 1)
        return f"{11 + (net >> 16)}.{net >> 8 & 255}.{net & 255}.{host}"

    def _number(self, contact: str) -> int:
        return self._numbers.setdefault(contact, len(self._numbers))


def moment(text: str) -> datetime:
    """A time of the files."""
    return datetime.fromisoformat(text)


def _id(row: Row) -> str:
    return str(row.get("response_id") or row.get("signal_id") or row.get("invitation_id"))


def _rows(folder: Path, name: str) -> list[Row]:
    return list(_lines(folder / f"{name}.ndjson"))


def _lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
