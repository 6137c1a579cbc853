"""The files: what the systems hold, and beside them what is true."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks.integrity.worlds.dealers.cases import Case, Press
from benchmarks.integrity.worlds.dealers.people import (
    LAST,
    Agent,
    Store,
    Team,
    everybody,
    teams,
    token,
)
from benchmarks.integrity.worlds.dealers.profile import Profile

Row = dict[str, object]
_SCALE = {"NPS": [0, 10], "CSAT": [1, 5]}
_GRIEF = {
    True: ("price_promise", "delivery_delay", "paint_damage", "forced_insurance", "staff"),
    False: ("waiting_time", "not_fixed", "upselling", "warranty_refused", "bill", "staff"),
}


def stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _dump(folder: Path, name: str, rows: Iterable[Row]) -> None:
    with (folder / f"{name}.ndjson").open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _place(agent: Agent) -> Row:
    return {"agent_id": agent.id, "team_id": agent.team.id, "store_id": agent.team.store.id}


def _signals(rng: Random, profile: Profile, case: Case, event: str) -> list[Row]:
    out: list[Row] = []

    def add(kind: str, value: object, days: float, tags: tuple[str, ...] = ()) -> None:
        at = case.at + timedelta(days=days)
        if at <= LAST + timedelta(days=5):
            out.append({
                "signal_id": token(rng, "G"), "event_id": event, "agent_id": case.worker.id,
                "type": kind, "value": value, "at": stamp(at), "tags": list(tags),
            })  # fmt: skip

    sore = case.feel < -1.25 and case.real
    if rng.random() < (0.24 if sore else 0.003):
        add("complaint", rng.choice(_GRIEF[case.nps]), rng.uniform(0.05, 9))
        if rng.random() < 0.22:
            add("refund", rng.choice((100, 200, 300, 500, 800, 1500)), rng.uniform(9.1, 20))
    if any(p.practice == "bought_correction" for p in case.presses) and rng.random() < 0.55:
        add("refund", rng.choice((50, 100, 200, 300)), rng.uniform(2, 9))
    if not case.nps and case.real and rng.random() < (0.13 if case.feel < -0.7 else 0.012):
        add("repeat_contact", rng.choice(("same_fault", "same_fault", "bill")), rng.uniform(1, 21))
    gift = case.practice == "gift_for_full_marks"
    if case.real and rng.random() < profile.listened * (2.0 if gift else 1.0):
        tags = ["survey_mentioned"] if rng.random() < (0.8 if gift else 0.34) else []
        heard = (0.1 if case.worker.evasive else 0.72) if gift else 0.004
        if rng.random() < heard:
            tags.append("survey_solicitation")
        mark = round(min(100, max(35, rng.gauss(84 + 5 * case.worker.skill, 7))))
        add("qa", mark, rng.uniform(0.02, 1.5), tuple(tags))
    return out


def _kpi(team: Team, values: list[int]) -> Row:
    row: Row = {"kind": "team", "team_id": team.id, "metric": team.metric}
    value: float | None = None
    if values and team.sales:
        value = 100 * (sum(v >= 9 for v in values) - sum(v <= 6 for v in values)) / len(values)
    elif values:
        value = 100 * sum(v >= 4 for v in values) / len(values)
    return {**row, "value": None if value is None else round(value, 3), "n": len(values)}


def counted(case: Case) -> bool:
    """Would be in the team's number if nobody gamed."""
    parked = case.practice == "switchboard_parking"
    kept = case.suppress is None or case.practice in ("prescreen", "wash_card_first")
    return case.real and case.would and (parked or (kept and not case.no_survey))


def _truth(press: Press, case: Case, response: str) -> Row:
    return {
        "kind": "response", "response_id": response, "label": press.label,
        "practice": press.practice, "trap": press.trap, "changed": press.changed,
        "true": press.true, "agent_id": case.worker.id, "team_id": case.worker.team.id,
        "evasive": press.evasive,
    }  # fmt: skip


def write_all(
    rng: Random, profile: Profile, folder: Path, stores: list[Store], cases: list[Case]
) -> None:
    events: list[Row] = []
    invited: list[tuple[datetime, Row]] = []
    signals: list[Row] = []
    presses: list[tuple[Press, Case, str]] = []
    freely: dict[str, list[int]] = defaultdict(list)
    for case in cases:
        event, invitation = token(rng, "E"), token(rng, "I")
        team, metric = case.agent.team, case.agent.team.metric
        events.append({
            "event_id": event, "occurred_at": stamp(case.at), "agent_id": case.agent.id,
            "handled_by": case.worker.id, "team_id": team.id, "store_id": team.store.id,
            "customer_id": case.who.id, "contact_on_file": case.on_file, "reason": case.reason,
            "handle_seconds": case.seconds, "tz": team.store.tz,
        })  # fmt: skip
        invited.append((case.sent or case.at, {
            "invitation_id": invitation, "event_id": event,
            "status": "suppressed" if case.suppress else "sent",
            "suppress_reason": case.suppress, "sent_at": stamp(case.sent) if case.sent else None,
            "channel": case.channel, "contact_hash": case.sent_to, "metric": metric,
            "scale": _SCALE[metric], "locale": "zh" if team.store.zh else "en",
            **_place(case.agent),
        }))  # fmt: skip
        signals += _signals(rng, profile, case, event)
        presses += [(press, case, invitation) for press in case.presses]
        if counted(case):
            freely[case.worker.team.id].append(case.free)
    invited.sort(key=lambda pair: (pair[0], str(pair[1]["invitation_id"])))
    signals.sort(key=lambda row: (str(row["at"]), str(row["signal_id"])))
    presses.sort(key=lambda triple: (triple[0].answered, triple[2]))
    folder.mkdir(parents=True, exist_ok=True)
    _dump(folder, "events", events)
    _dump(folder, "invitations", (row for _, row in invited))
    _dump(folder, "signals", signals)
    truth = _responses(rng, folder, presses)
    agents = everybody(stores)
    _dump(folder, "roster", ({
        **_place(a), "staff_contacts": a.known, "active_from": stamp(a.start),
        "active_to": stamp(a.end) if a.end else None,
    } for a in agents))  # fmt: skip
    truth += [{
        "kind": "agent", "agent_id": a.id, "gaming": sorted(a.done), "great": a.great,
        "evasive": bool(a.done) and a.evasive, "bombed": a.bombed,
    } for a in agents]  # fmt: skip
    truth += [_kpi(team, freely[team.id]) for team in teams(stores)]
    _dump(folder, "truth", truth)


def _responses(rng: Random, folder: Path, presses: list[tuple[Press, Case, str]]) -> list[Row]:
    ids = {id(press): token(rng, "R") for press, _, _ in presses}
    rows: list[Row] = []
    truth: list[Row] = []
    for press, case, invitation in presses:
        metric, own = case.agent.team.metric, ids[id(press)]
        rows.append({
            "response_id": own, "invitation_id": invitation, **_place(case.agent),
            "metric": metric, "scale": _SCALE[metric], "score": press.score,
            "channel": case.channel, "opened_at": stamp(press.opened),
            "answered_at": stamp(press.answered), "ip_hash": press.place[0],
            "net_hash": press.place[1], "device_hash": press.device,
            "user_agent": press.agent_string, "comment": press.comment, "locale": press.tongue,
            "supersedes": ids[id(press.replaces)] if press.replaces else None,
        })  # fmt: skip
        truth.append(_truth(press, case, own))
    _dump(folder, "responses", rows)
    return truth
