"""What really happened: about answers, couriers and crews."""

from collections import Counter, defaultdict
from typing import Any

from benchmarks.integrity.worlds.couriers.drops import Answer, Drop
from benchmarks.integrity.worlds.couriers.people import Company

Row = dict[str, Any]


def freely(answer: Answer) -> int | None:
    """The score that the customer would have given, asked and left alone."""
    if answer.label == "honest":
        return answer.drop.felt if answer.trap == "slip" else answer.score
    return answer.drop.free


def of_answer(answer: Answer) -> Row:
    hands = answer.drop.hands
    return {
        "kind": "response",
        "response_id": answer.id,
        "label": answer.label,
        "practice": answer.practice,
        "trap": answer.trap if answer.label in ("honest", "duplicate") else "",
        "changed": answer.changed,
        "true": freely(answer),
        "agent_id": hands.id,
        "team_id": hands.team.id,
        "evasive": answer.evasive,
    }


def of_couriers(firm: Company) -> list[Row]:
    return [
        {
            "kind": "agent",
            "agent_id": rider.id,
            "gaming": sorted(rider.gaming),
            "great": rider.great,
            "evasive": rider.evasive,
            "bombed": rider.bombed,
        }
        for rider in sorted(firm.couriers, key=lambda rider: rider.id)
    ]


def settle(firm: Company, drops: list[Drop], answers: list[Answer]) -> None:
    """Drop from the couriers' records what they meant to do and never found occasion for."""
    done = defaultdict[str, Counter[str]](Counter)
    for answer in answers:
        if answer.practice and answer.label in ("fabricated", "solicited"):
            done[answer.drop.hands.id][answer.practice] += 1
            if answer.practice == "dispatcher_rounds":
                for mate in answer.drop.hands.team.couriers:
                    done[mate.id]["dispatcher_rounds"] += 1
    for drop in drops:
        if drop.silenced:
            name = "went_silent" if drop.suppressed else "wrong_tongue"
            done[drop.hands.id][name] += 1
        if drop.account is drop.hands.spare:
            done[drop.hands.id]["dump_account"] += 1
    for rider in firm.couriers:
        rider.gaming = {name: how for name, how in rider.gaming.items() if done[rider.id][name]}
        rider.evasive = rider.evasive and bool(rider.gaming)


def of_teams(drops: list[Drop]) -> list[Row]:
    """Each crew's figures if all had been asked and nobody had meddled."""
    scores = defaultdict[tuple[str, str], list[int]](list)
    for drop in drops:
        if drop.free is not None and (drop.sent is not None or drop.silenced):
            scores[drop.hands.team.id, drop.metric].append(drop.free)
    rows = []
    for (team, metric), given in sorted(scores.items()):
        if metric == "NPS":
            net = sum(s >= 9 for s in given) - sum(s <= 6 for s in given)
        else:
            net = sum(s >= 4 for s in given)
        value = round(100 * net / len(given), 3)
        rows.append(
            {"kind": "team", "team_id": team, "metric": metric, "value": value, "n": len(given)}
        )
    return rows
