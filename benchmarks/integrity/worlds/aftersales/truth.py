"""What was really so: of each answer, each person, and each crew's figure if nobody gamed."""

from .model import GOOD, World

Row = dict[str, object]


def answers(world: World) -> list[Row]:
    return [
        {
            "kind": "response",
            "response_id": answer.response_id,
            "label": answer.label,
            "practice": answer.practice,
            "trap": answer.trap if answer.label == "honest" else "",
            "changed": answer.changed,
            "true": answer.true,
            "agent_id": answer.invitation.event.agent.agent_id,
            "team_id": answer.invitation.event.agent.team.team_id,
            "evasive": answer.evasive,
        }
        for answer in world.responses
    ]


def people(world: World) -> list[Row]:
    done: dict[str, set[str]] = {}
    for case in world.events:
        if case.fate:
            done.setdefault(case.handler.agent_id, set()).add(case.fate)
    return [
        {
            "kind": "agent",
            "agent_id": agent.agent_id,
            "gaming": sorted(set(agent.practices) & done.get(agent.agent_id, set())),
            "great": agent.great,
            "evasive": agent.evasive,
            "bombed": agent.bombed,
        }
        for agent in world.agents
    ]


def crews(world: World) -> list[Row]:
    scores: dict[tuple[str, str], list[int]] = {}
    for case in world.events:
        if case.counted and case.freely is not None:
            key = (case.handler.team.team_id, case.metric)
            scores.setdefault(key, []).append(case.freely)
    rows: list[Row] = []
    for (team, metric), given in sorted(scores.items()):
        value = 100 * sum(score >= GOOD[metric] for score in given) / len(given)
        rows.append(
            {
                "kind": "team",
                "team_id": team,
                "metric": metric,
                "value": round(value, 3),
                "n": len(given),
            }
        )
    return rows
