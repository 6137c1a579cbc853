"""Writes a company as the five files that `collector audit` reads, and the truth apart from
them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.integrity.simulator.cases import SCALES, Case, Given
from benchmarks.integrity.simulator.mix import Mix
from benchmarks.integrity.simulator.people import Agent

START = datetime(2025, 1, 1, tzinfo=UTC)
SATISFIED = {"CSAT": 4, "CES": 5}


def kpi(metric: str, scores: list[int]) -> float:
    """NPS in points, CSAT and CES in percent."""
    if metric == "NPS":
        return 100 * (sum(s >= 9 for s in scores) - sum(s <= 6 for s in scores)) / len(scores)
    return 100 * sum(s >= SATISFIED[metric] for s in scores) / len(scores)


def write(folder: Path, cases: list[Case], agents: list[Agent], habits: Mix) -> None:
    """Number everything in the order of time, so that an id gives nothing away."""
    folder.mkdir(parents=True, exist_ok=True)
    cases.sort(key=lambda case: case.at)
    events = {id(case): f"E{number:07d}" for number, case in enumerate(cases)}
    sent = sorted(cases, key=lambda case: case.sent)
    invitations = {id(case): f"I{number:07d}" for number, case in enumerate(sent)}
    given = sorted(((g, c) for c in cases for g in c.answers), key=lambda pair: pair[0].at)
    for number, (answer, _) in enumerate(given):
        answer.number = f"R{number:07d}"
    _dump(folder / "events.ndjson", (_event(case, events[id(case)]) for case in cases))
    _dump(folder / "invitations.ndjson", (
        _invitation(case, invitations[id(case)], events[id(case)]) for case in sent
    ))  # fmt: skip
    _dump(folder / "responses.ndjson", (
        _response(g, c, invitations[id(c)]) for g, c in given
    ))  # fmt: skip
    signals = sorted(
        ((at, kind, value, tags, case) for case in cases for at, kind, value, tags in case.signals),
        key=lambda item: item[0],
    )
    _dump(folder / "signals.ndjson", (
        {"signal_id": f"G{number:07d}", "event_id": events[id(case)], "agent_id": case.worker.id,
         "type": kind, "value": value, "at": stamp(at), "tags": list(tags)}
        for number, (at, kind, value, tags, case) in enumerate(signals)
    ))  # fmt: skip
    _dump(folder / "roster.ndjson", (
        {"agent_id": a.id, "team_id": a.team, "store_id": a.store.id,
         "staff_contacts": [a.contacts[0]], "active_from": "2024-12-31", "active_to": None}
        for a in agents
    ))  # fmt: skip
    _dump(folder / "truth.ndjson", _truth(cases, agents))


def _truth(cases: list[Case], agents: list[Agent]) -> Iterable[dict[str, Any]]:
    honest: dict[tuple[str, str], list[int]] = defaultdict(list)
    bombed = {case.credited.id for case in cases for g in case.answers if g.label == "bombing"}
    for case in cases:
        if case.honest is not None and not case.invented:
            honest[(case.worker.team, case.metric)].append(case.honest.score)
        for answer in case.answers:
            yield {"kind": "response", "response_id": answer.number, "label": answer.label,
                   "changed": answer.changed, "trap": answer.trap, "agent_id": case.worker.id,
                   "team_id": case.worker.team, "evasive": case.worker.evasive,
                   "true": case.honest.score if case.honest else None}  # fmt: skip
    for agent in agents:
        yield {"kind": "agent", "agent_id": agent.id, "gaming": sorted(agent.gaming),
               "great": agent.great, "evasive": agent.evasive,
               "bombed": agent.id in bombed}  # fmt: skip
    for (team, metric), scores in sorted(honest.items()):
        yield {"kind": "team", "team_id": team, "metric": metric, "value": kpi(metric, scores),
               "n": len(scores)}  # fmt: skip


def stamp(seconds: float) -> str:
    at = START + timedelta(seconds=seconds)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def _event(case: Case, number: str) -> dict[str, Any]:
    return {
        "event_id": number, "occurred_at": stamp(case.at), "agent_id": case.credited.id,
        "handled_by": case.worker.id, "team_id": case.credited.team,
        "store_id": case.worker.store.id, "customer_id": case.customer.id,
        "contact_on_file": case.customer.contact, "reason": case.reason,
        "handle_seconds": round(case.seconds), "tz": "Asia/Shanghai",
    }  # fmt: skip


def _invitation(case: Case, number: str, event: str) -> dict[str, Any]:
    held = case.held is not None
    return {
        "invitation_id": number, "event_id": event, "status": "suppressed" if held else "sent",
        "suppress_reason": case.held, "sent_at": None if held else stamp(case.sent),
        "channel": case.channel, "contact_hash": case.contact, "metric": case.metric,
        "scale": list(SCALES[case.metric]), "locale": case.customer.locale,
        "agent_id": case.credited.id, "team_id": case.credited.team,
        "store_id": case.worker.store.id,
    }  # fmt: skip


def _response(given: Given, case: Case, invitation: str) -> dict[str, Any]:
    earlier = given.supersedes.number if given.supersedes and given.said_as_superseding else None
    return {
        "response_id": given.number, "invitation_id": invitation, "agent_id": case.credited.id,
        "team_id": case.credited.team, "store_id": case.worker.store.id, "metric": case.metric,
        "scale": list(SCALES[case.metric]), "score": given.score, "channel": case.channel,
        "opened_at": stamp(given.opened), "answered_at": stamp(given.at),
        "ip_hash": given.place.ip, "net_hash": given.place.net, "device_hash": given.device.id,
        "user_agent": given.device.agent, "comment": given.comment,
        "locale": case.customer.locale, "supersedes": earlier,
    }  # fmt: skip


def _dump(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
