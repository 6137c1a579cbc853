"""The files: what the company's systems hold of the quarter, and the truth beside it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.integrity.worlds.apps.answering import Answer
from benchmarks.integrity.worlds.apps.cases import BAD, GOOD, Case
from benchmarks.integrity.worlds.apps.draw import Draw
from benchmarks.integrity.worlds.apps.people import SCALES, Agent
from benchmarks.integrity.worlds.apps.places import Hasher

Row = dict[str, Any]
TOPICS = ("rude", "not_solved", "wrong_refund", "waited", "data_loss")


def stamp(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def save(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def _credited(case: Case) -> Row:
    agent = case.credited
    return {
        "agent_id": agent.agent_id,
        "team_id": agent.team_id,
        "store_id": agent.site.store_id,
    }


def events(cases: list[Case]) -> Iterator[Row]:
    for case in cases:
        who = _credited(case)
        yield {
            "event_id": case.event_id,
            "occurred_at": stamp(case.at),
            "agent_id": who["agent_id"],
            "handled_by": case.worker.agent_id,
            "team_id": who["team_id"],
            "store_id": who["store_id"],
            "customer_id": case.customer.customer_id,
            "contact_on_file": case.on_file,
            "reason": case.reason,
            "handle_seconds": case.handle,
            "tz": case.customer.market.tz,
        }


def invitations(cases: list[Case]) -> Iterator[Row]:
    for case in cases:
        yield {
            "invitation_id": case.invitation_id,
            "event_id": case.event_id,
            "status": "suppressed" if case.suppressed else "sent",
            "suppress_reason": case.suppressed,
            "sent_at": stamp(case.sent),
            "channel": case.channel,
            "contact_hash": case.contact,
            "metric": case.metric,
            "scale": list(SCALES[case.metric]),
            "locale": case.customer.market.code,
            **_credited(case),
        }


def responses(answers: list[Answer], ids: Hasher) -> Iterator[Row]:
    for answer in answers:
        case = answer.case
        yield {
            "response_id": answer.response_id,
            "invitation_id": case.invitation_id,
            **_credited(case),
            "metric": case.metric,
            "scale": list(SCALES[case.metric]),
            "score": int(answer.score),
            "channel": case.channel,
            "opened_at": stamp(answer.opened),
            "answered_at": stamp(answer.answered),
            "ip_hash": ids.of("ip", answer.line.ip),
            "net_hash": ids.of("net", answer.line.net),
            "device_hash": ids.of("device", answer.device) if answer.device else None,
            "user_agent": answer.agent_string,
            "comment": answer.comment,
            "locale": case.customer.market.code,
            "supersedes": answer.supersedes.response_id if answer.supersedes else None,
        }


def signals(rng: random.Random, draw: Draw, ids: Hasher, cases: list[Case]) -> Iterator[Row]:
    for case in cases:
        bad, good = case.true <= BAD[case.metric], case.true >= GOOD[case.metric]
        found: list[tuple[str, float | str, datetime, list[str]]] = [
            ("refund", value, at, []) for at, value in case.refunds
        ]
        if case.counts and rng.random() < (0.075 if bad else 0.005):
            late = case.at + timedelta(hours=rng.lognormvariate(3.0, 1.2))
            found.append(("complaint", rng.choice(TOPICS), late, []))
        if case.counts and rng.random() < (0.24 if bad else 0.03 if good else 0.09):
            late = case.at + timedelta(hours=rng.lognormvariate(3.4, 1.0))
            found.append(("repeat_contact", 1, late, []))
        if rng.random() < draw.qa_rate:
            tags = []
            if rng.random() < (0.6 if case.asked_for else 0.003):
                tags.append("survey_solicitation")
            elif rng.random() < (0.5 if case.asked_for else 0.06):
                tags.append("survey_mentioned")
            mark = round(min(100, max(20, 74 + 9 * case.feeling + rng.gauss(0, 9))))
            late = case.at + timedelta(hours=rng.uniform(4, 140))
            found.append(("qa", mark, late, tags))
        for kind, value, at, tags in found:
            yield {
                "signal_id": ids.row("sg"),
                "event_id": case.event_id,
                "agent_id": case.worker.agent_id,
                "type": kind,
                "value": value,
                "at": stamp(at),
                "tags": tags,
            }


def roster(staff: list[Agent]) -> Iterator[Row]:
    for agent in staff:
        yield {
            "agent_id": agent.agent_id,
            "team_id": agent.team_id,
            "store_id": agent.site.store_id,
            "staff_contacts": agent.contacts,
            "active_from": agent.active_from.isoformat(),
            "active_to": agent.active_to.isoformat() if agent.active_to else None,
        }


def truth(staff: list[Agent], cases: list[Case], answers: list[Answer]) -> Iterator[Row]:
    for answer in answers:
        yield {
            "kind": "response",
            "response_id": answer.response_id,
            "label": answer.label,
            "practice": answer.practice,
            "trap": answer.trap if answer.label == "honest" else "",
            "changed": answer.changed,
            "true": answer.true,
            "agent_id": answer.case.credited.agent_id,
            "team_id": answer.case.credited.team_id,
            "evasive": answer.evasive,
        }
    for agent in staff:
        yield {
            "kind": "agent",
            "agent_id": agent.agent_id,
            "gaming": agent.gaming,
            "great": agent.great,
            "evasive": agent.evasive,
            "bombed": agent.bombed,
        }
    free: dict[tuple[str, str], list[int]] = {}
    for case in cases:
        if case.counts and case.tally and case.would:
            free.setdefault((case.worker.team_id, case.metric), []).append(case.true)
    for (team, metric), scores in sorted(free.items()):
        good = sum(score >= GOOD[metric] for score in scores)
        poor = sum(score <= 6 for score in scores) if metric == "NPS" else 0
        yield {
            "kind": "team",
            "team_id": team,
            "metric": metric,
            "value": round(100 * (good - poor) / len(scores), 2),
            "n": len(scores),
        }
