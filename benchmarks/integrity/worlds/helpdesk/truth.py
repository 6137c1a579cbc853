"""The truth about every answer, every agent and every team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from .answering import Answer
from .people import Agent, Team
from .tickets import Survey


def answers_truth(rows: list[Answer]) -> Iterator[dict[str, object]]:
    for row in rows:
        worker = row.survey.ticket.worker
        yield {
            "kind": "response",
            "response_id": row.response_id,
            "label": row.label,
            "practice": row.practice,
            "trap": row.trap if row.label == "honest" else "",
            "changed": row.changed,
            "true": row.true,
            "agent_id": worker.agent_id,
            "team_id": worker.team.team_id,
            "evasive": row.evasive,
        }


def agents_truth(agents: list[Agent]) -> Iterator[dict[str, object]]:
    for agent in agents:
        yield {
            "kind": "agent",
            "agent_id": agent.agent_id,
            "gaming": sorted(agent.gaming),
            "great": agent.great,
            "evasive": bool(agent.gaming) and agent.evasive,
            "bombed": agent.bombed,
        }


def teams_truth(teams: list[Team], surveys: list[Survey]) -> Iterator[dict[str, object]]:
    """Over all who would have answered freely; a changed mind counts as changed."""
    scores: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for survey in surveys:
        if survey.would and survey.ticket.real:
            last = survey.honest_score() if survey.final is None else survey.final
            good = last >= (4 if survey.metric == "CSAT" else 5)
            scores[survey.ticket.worker.team.team_id, survey.metric].append(good)
    for team in teams:
        for metric in ("CSAT", "CES"):
            marks = scores[team.team_id, metric]
            if marks:
                yield {
                    "kind": "team",
                    "team_id": team.team_id,
                    "metric": metric,
                    "value": round(100 * sum(marks) / len(marks), 2),
                    "n": len(marks),
                }
