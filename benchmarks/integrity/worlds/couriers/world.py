"""Write one quarter of the couriers' company: `python -m …couriers.world SEED DIR`."""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.integrity.worlds.couriers import truth
from benchmarks.integrity.worlds.couriers.answering import Honest
from benchmarks.integrity.worlds.couriers.draw import Dice, draw
from benchmarks.integrity.worlds.couriers.drops import SCALES, Answer, Book, Drop
from benchmarks.integrity.worlds.couriers.people import Company, company
from benchmarks.integrity.worlds.couriers.practices import Games
from benchmarks.integrity.worlds.couriers.rings import Rings
from benchmarks.integrity.worlds.couriers.sending import Sender
from benchmarks.integrity.worlds.couriers.signals import signals

Row = dict[str, Any]


def stamp(at: float | None) -> str | None:
    if at is None:
        return None
    text = datetime.fromtimestamp(round(at, 3), UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def quarter(dice: Dice) -> tuple[Company, list[Drop], list[Answer]]:
    """Live through the quarter."""
    firm = company(dice, draw(dice))
    drops = Book(dice, firm).fill()
    sender, honest, games = Sender(dice, firm), Honest(dice, firm), Games(dice, firm)
    for drop in drops:
        sender.send(drop)
    away = {drop.id for drop in honest.holidays([d for d in drops if not d.hands.gaming])}
    for drop in drops:
        if drop.sent is None or drop.id in away or games.takes(drop):
            continue
        if drop.would and not drop.silenced:
            honest.answer(drop)
            games.begged_back(drop)
    games.scan_kept_cards()
    Rings(dice, firm, drops).run()
    answers = sorted((a for d in drops for a in d.answers), key=lambda a: round(a.at, 3))
    for answer in answers:
        answer.id = dice.token("ans_")
    truth.settle(firm, drops, answers)
    return firm, drops, answers


def event(dice: Dice, drop: Drop) -> Row:
    return {
        "event_id": drop.id,
        "occurred_at": stamp(drop.at),
        "agent_id": drop.account.id,
        "handled_by": drop.hands.id,
        "team_id": drop.account.team.id,
        "store_id": drop.account.team.depot.id,
        "customer_id": drop.who.id,
        "contact_on_file": drop.on_file,
        "reason": drop.reason,
        "handle_seconds": None if dice.hit(0.03) else drop.seconds,
        "tz": drop.account.team.depot.city.tz,
    }


def invitation(drop: Drop) -> Row:
    return {
        "invitation_id": drop.invitation,
        "event_id": drop.id,
        "status": "suppressed" if drop.suppressed else "sent",
        "suppress_reason": drop.suppressed,
        "sent_at": stamp(drop.sent),
        "channel": drop.channel,
        "contact_hash": drop.contact,
        "metric": drop.metric,
        "scale": SCALES[drop.metric],
        "locale": drop.tongue,
        "agent_id": drop.account.id,
        "team_id": drop.account.team.id,
        "store_id": drop.account.team.depot.id,
    }


def response(answer: Answer) -> Row:
    drop = answer.drop
    return {
        "response_id": answer.id,
        "invitation_id": drop.invitation,
        "agent_id": drop.account.id,
        "team_id": drop.account.team.id,
        "store_id": drop.account.team.depot.id,
        "metric": drop.metric,
        "scale": SCALES[drop.metric],
        "score": answer.score,
        "channel": drop.channel,
        "opened_at": stamp(answer.opened),
        "answered_at": stamp(answer.at),
        "ip_hash": answer.ip,
        "net_hash": answer.net,
        "device_hash": answer.device,
        "user_agent": answer.agent,
        "comment": answer.comment,
        "locale": drop.tongue,
        "supersedes": answer.supersedes.id if answer.supersedes else None,
    }


def roster(firm: Company) -> list[Row]:
    return [
        {
            "agent_id": rider.id,
            "team_id": rider.team.id,
            "store_id": rider.team.depot.id,
            "staff_contacts": rider.known_numbers,
            "active_from": stamp(rider.joined),
            "active_to": stamp(rider.left),
        }
        for rider in sorted(firm.couriers, key=lambda rider: rider.id)
    ]


def noted(dice: Dice, firm: Company, drops: list[Drop]) -> list[Row]:
    rows = [
        (at, drop, kind, value, tags)
        for drop in drops
        for kind, value, at, tags in signals(dice, firm.draw, drop)
    ]
    rows.sort(key=lambda row: row[0])
    return [
        {
            "signal_id": dice.token("sig_"),
            "event_id": drop.id,
            "agent_id": drop.hands.id,
            "type": kind,
            "value": value,
            "at": stamp(at),
            "tags": tags,
        }
        for at, drop, kind, value, tags in rows
    ]


def write(seed: int, folder: Path) -> None:
    """Write the seed's company into the folder."""
    dice = Dice(seed)
    firm, drops, answers = quarter(dice)
    folder.mkdir(parents=True, exist_ok=True)

    def lines(name: str, rows: Iterable[Row]) -> None:
        with (folder / f"{name}.ndjson").open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    lines("events", (event(dice, drop) for drop in drops))
    asked = sorted(drops, key=lambda drop: drop.sent or drop.at)
    lines("invitations", (invitation(drop) for drop in asked))
    lines("responses", (response(answer) for answer in answers))
    lines("signals", noted(dice, firm, drops))
    lines("roster", roster(firm))
    rows = [truth.of_answer(answer) for answer in answers]
    lines("truth", rows + truth.of_couriers(firm) + truth.of_teams(drops))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
