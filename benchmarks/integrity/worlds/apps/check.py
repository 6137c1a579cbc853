"""Looks a written quarter over: python -m benchmarks.integrity.worlds.apps.check DIR …"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

Row = dict[str, Any]
FILES = ("events", "invitations", "responses", "signals", "roster", "truth")


def load(folder: Path) -> dict[str, list[Row]]:
    return {
        name: [json.loads(line) for line in (folder / f"{name}.ndjson").open(encoding="utf-8")]
        for name in FILES
    }


def faults(data: dict[str, list[Row]]) -> list[str]:
    """What does not hold together."""
    found: Counter[str] = Counter()
    keys: dict[str, dict[str, Row]] = {}
    for name, key in zip(
        FILES[:5], ("event", "invitation", "response", "signal", "agent"), strict=True
    ):
        keys[name] = {row[f"{key}_id"]: row for row in data[name]}
        found[f"{name}: id twice"] += len(data[name]) - len(keys[name])
    agents, events, asked, told = (
        keys[n] for n in ("roster", "events", "invitations", "responses")
    )
    for row in data["events"]:
        found["event: agent unknown"] += not {row["agent_id"], row["handled_by"]} <= agents.keys()
        found["event: team"] += agents[row["agent_id"]]["team_id"] != row["team_id"]
    for row in data["invitations"]:
        event = events[row["event_id"]]
        sent = row["status"] == "sent"
        found["invitation: reason"] += sent == (row["suppress_reason"] is not None)
        found["invitation: before the case"] += sent and row["sent_at"] < event["occurred_at"]
        found["invitation: agent"] += row["agent_id"] != event["agent_id"]
    last = ""
    before: set[str] = set()
    for row in data["responses"]:
        invitation = asked[row["invitation_id"]]
        found["response: not sent"] += invitation["status"] != "sent"
        found["response: times"] += not (
            str(invitation["sent_at"]) <= row["opened_at"] <= row["answered_at"]
        )
        found["response: order"] += row["answered_at"] < last
        low, high = row["scale"]
        found["response: score"] += not low <= row["score"] <= high
        found["response: supersedes"] += bool(row["supersedes"]) and row["supersedes"] not in before
        if row["supersedes"] in told:
            first = told[row["supersedes"]]
            found["response: supersedes another"] += first["invitation_id"] != row["invitation_id"]
        last = row["answered_at"]
        before.add(row["response_id"])
    for row in data["signals"]:
        found["signal: event"] += row["event_id"] not in events
    rows = [row for row in data["truth"] if row["kind"] == "response"]
    found["truth: not one row each"] += Counter(r["response_id"] for r in rows) != Counter(
        list(told)
    )
    gaming = {r["agent_id"]: r["gaming"] for r in data["truth"] if r["kind"] == "agent"}
    found["truth: agents"] += gaming.keys() != agents.keys()
    for row in rows:
        helped = row["label"] in ("fabricated", "solicited")
        found["truth: practice of no gamer"] += (
            helped and row["practice"] not in gaming[row["agent_id"]]
        )
        found["truth: honest but changed"] += row["label"] == "honest" and (
            row["changed"] or row["true"] != told[row["response_id"]]["score"]
        )
    return [f"{name}: {count}" for name, count in found.items() if count]


def summary(data: dict[str, list[Row]]) -> str:
    rows = [row for row in data["truth"] if row["kind"] == "response"]
    agents = [row for row in data["truth"] if row["kind"] == "agent"]
    lines = [
        f"{len(data['events'])} events, {len(rows)} answers, {len(agents)} agents, "
        f"{len({r['team_id'] for r in data['roster']})} teams, "
        f"{sum(bool(a['gaming']) for a in agents)} gaming, "
        f"{sum(a['evasive'] for a in agents)} evasive, {sum(a['bombed'] for a in agents)} bombed",
        f"labels {dict(Counter(r['label'] for r in rows).most_common())}",
        f"practices {dict(Counter(r['practice'] for r in rows if r['practice']).most_common())}",
        f"agents by practice {dict(Counter(p for a in agents for p in a['gaming']).most_common())}",
        f"oddities {dict(Counter(r['trap'] for r in rows if r['trap']).most_common())}",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        quarter = load(Path(name))
        print(name, summary(quarter), *(faults(quarter) or ["holds together"]), sep="\n  ")
