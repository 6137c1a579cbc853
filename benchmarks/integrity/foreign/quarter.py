"""`simulate(seed, folder)`: one quarter of a foreign company as the audit's files, with its truth.

Run alone: `python -m benchmarks.integrity.foreign.quarter 7 DIR`.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.integrity.foreign import habits
from benchmarks.integrity.foreign.cheating import Cheating, tempt
from benchmarks.integrity.foreign.honest import HOUR, RANGE, Honest, Reply, Visit
from benchmarks.integrity.foreign.world import World

START = datetime(2025, 1, 1, tzinfo=UTC)
ROBOTS = ("Mozilla/5.0 (compatible; SafeLinks/1.0)", "Go-http-client/2.0", "curl/8.4.0")
FULL = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/109.0 Safari/537.36"
TRAPS = {"single": "", "firm": "business", "family": "household"}


def simulate(seed: int, folder: Path) -> None:
    """Write one company. Equal seeds give equal files."""
    r = Random(seed * 7919 + 13)
    world = World(r, habits.draw(r), f"{seed}:")
    tempt(r, world)
    honest = Honest(r, world)
    cheating = Cheating(r, world, honest)
    visits: list[Visit] = []
    for worker in world.workers:
        mine = honest.days(worker)
        for visit in mine:
            cheating.tamper(visit)
        if "phantom" in worker.does and worker.until > worker.since:
            for _ in range(int(0.35 * len(mine) * worker.force)):
                mine.append(cheating.invent(worker, r.randrange(worker.since, worker.until)))
        visits += mine
    for _ in range(world.habits.bombings):
        victim = r.choice([w for w in world.workers if w.until == 90])
        mates = [w for w in victim.shop.staff if w is not victim]
        visits += cheating.bomb(
            victim, r.choice(mates) if r.random() < 0.5 else None, r.randrange(80)
        )
    for visit in visits:
        _later(r, world, visit)
    _write(folder, world, visits)


def _later(r: Random, world: World, visit: Visit) -> None:
    """Slips put right, bad days made good, double posts, mail filters."""
    h, (low, best) = world.habits, RANGE[visit.metric]
    own = visit.replies[0] if visit.replies else None
    if own is not None and own.label == "honest" and len(visit.replies) == 1:
        after = None
        if r.random() < h.slips:
            value = r.choice([s for s in range(low, best + 1) if s != own.score])
            after = replace(own, score=value, at=own.at + r.uniform(15, 3000), trap="correction")
        elif own.score <= (low + best) / 2 and r.random() < h.made_good:
            value, wait = r.randint(best - 2, best), r.uniform(3, 100) * HOUR
            after = replace(own, score=value, at=own.at + wait, trap="recovery")
        if after is not None:
            after.opened, after.after = after.at - 4, own
            visit.replies.append(after)
            if visit.truth is not None:
                visit.truth.score = after.score
    for reply in list(visit.replies):
        if r.random() < h.double_posts:
            again = replace(reply, at=reply.at + r.expovariate(0.4) + 0.1, label="duplicate")
            visit.replies.append(replace(again, moved=False, after=None))
    place = visit.who.gateway
    if place is None or visit.channel != "email" or visit.held is not None or r.random() > 0.5:
        return
    at = visit.sent + r.choice((r.uniform(0.3, 5), r.uniform(2, 50), r.uniform(20, 200)))
    browser = r.choice(ROBOTS) if r.random() < 0.3 else FULL
    for value in r.sample(range(low, best + 1), r.choice((1, 1, 1, 2, best - low + 1))):
        at += r.uniform(0.02, 1.5)
        visit.replies.append(Reply(value, at, at - r.random() / 4, None, browser, place,
                                   label="scanner", moved=True))  # fmt: skip


def kpi(metric: str, scores: list[int]) -> float:
    if metric == "NPS":
        return 100 * (sum(s > 8 for s in scores) - sum(s < 7 for s in scores)) / len(scores)
    return 100 * sum(s >= {"CSAT": 4, "CES": 5}[metric] for s in scores) / len(scores)


def stamp(at: float) -> str:
    return (START + timedelta(seconds=at)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _write(folder: Path, world: World, visits: list[Visit]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    visits.sort(key=lambda v: v.at)
    replies = sorted(
        ((p, n) for n, v in enumerate(visits) for p in v.replies), key=lambda x: x[0].at
    )
    for number, (reply, _) in enumerate(replies):
        reply.number = f"R{number:07d}"
    _dump(folder, "events", (
        {"event_id": f"E{n:07d}", "occurred_at": stamp(v.at), "agent_id": v.credit.id,
         "handled_by": v.worker.id, "team_id": v.credit.team, "store_id": v.worker.shop.id,
         "customer_id": v.who.id, "contact_on_file": v.who.number, "reason": v.reason,
         "handle_seconds": int(v.seconds), "tz": v.worker.shop.zone}
        for n, v in enumerate(visits)))  # fmt: skip
    _dump(folder, "invitations", (
        {"invitation_id": f"I{n:07d}", "event_id": f"E{n:07d}",
         "status": "suppressed" if v.held else "sent", "suppress_reason": v.held,
         "sent_at": None if v.held else stamp(v.sent), "channel": v.channel,
         "contact_hash": v.number, "metric": v.metric, "scale": list(RANGE[v.metric]),
         "locale": v.worker.shop.tongue, "agent_id": v.credit.id, "team_id": v.credit.team,
         "store_id": v.worker.shop.id}
        for n, v in enumerate(visits)))  # fmt: skip
    _dump(folder, "responses", (
        {"response_id": p.number, "invitation_id": f"I{n:07d}", "agent_id": visits[n].credit.id,
         "team_id": visits[n].credit.team, "store_id": visits[n].worker.shop.id,
         "metric": visits[n].metric, "scale": list(RANGE[visits[n].metric]), "score": p.score,
         "channel": visits[n].channel, "opened_at": stamp(p.opened), "answered_at": stamp(p.at),
         "ip_hash": p.spot[0], "net_hash": p.spot[1], "device_hash": p.device,
         "user_agent": p.browser, "comment": p.text, "locale": visits[n].worker.shop.tongue,
         "supersedes": p.after.number if p.after else None}
        for p, n in replies))  # fmt: skip
    noted = sorted((x for n, v in enumerate(visits) for x in ((*s, n) for s in v.noted)))
    _dump(folder, "signals", (
        {"signal_id": f"G{g:07d}", "event_id": f"E{n:07d}", "agent_id": visits[n].worker.id,
         "type": kind, "value": value, "at": stamp(at), "tags": list(tags)}
        for g, (at, kind, value, tags, n) in enumerate(noted)))  # fmt: skip
    _dump(folder, "roster", (
        {"agent_id": w.id, "team_id": w.team, "store_id": w.shop.id,
         "staff_contacts": list(w.numbers), "active_from": str((START + timedelta(w.since)).date()),
         "active_to": str((START + timedelta(w.until)).date()) if w.until < 90 else None}
        for w in world.workers))  # fmt: skip
    _dump(folder, "truth", _truth(world, visits))


def _truth(world: World, visits: list[Visit]) -> Iterable[dict[str, Any]]:
    honest: dict[tuple[str, str], list[int]] = defaultdict(list)
    for v in visits:
        if v.truth is not None and not v.invented and (v.held is None or v.hidden):
            honest[v.worker.team, v.metric].append(v.truth.score)
        for p in v.replies:
            yield {"kind": "response", "response_id": p.number, "label": p.label,
                   "changed": p.moved, "trap": TRAPS.get(p.trap, p.trap), "agent_id": v.worker.id,
                   "team_id": v.worker.team, "evasive": v.worker.careful,
                   "true": v.truth.score if v.truth else None}  # fmt: skip
    for w in world.workers:
        yield {"kind": "agent", "agent_id": w.id, "gaming": sorted(w.does), "great": w.great,
               "evasive": w.careful}  # fmt: skip
    for (team, metric), scores in sorted(honest.items()):
        yield {"kind": "team", "team_id": team, "metric": metric, "value": kpi(metric, scores),
               "n": len(scores)}  # fmt: skip


def _dump(folder: Path, name: str, rows: Iterable[dict[str, Any]]) -> None:
    with (folder / f"{name}.ndjson").open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    simulate(int(sys.argv[1]), Path(sys.argv[2]))
