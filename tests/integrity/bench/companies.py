"""A company of a dozen answers with a truth that can be counted by hand."""

from __future__ import annotations

from pathlib import Path

from benchmarks.integrity.companies import Company, Truth

# label, changed, trap, credited agent, score; R0, R1 … in this order.
ANSWERS = (
    ("honest", False, "", "A", 5), ("honest", False, "tablet", "A", 2),
    ("honest", False, "", "A", 1), ("honest", False, "", "V", 2),
    ("fabricated", True, "", "B", 5), ("fabricated", True, "", "B", 5),
    ("solicited", True, "", "B", 5), ("solicited", False, "", "B", 5),
    ("bombing", True, "", "V", 1), ("scanner", False, "", "A", 3),
    ("duplicate", False, "", "A", 5), ("honest", False, "", "G", 5),
)  # fmt: skip
GAMED = {"R4", "R5", "R6", "R8", "R9"}


def company() -> Company:
    truth, rows = Truth(), []
    for number, (label, changed, trap, agent, score) in enumerate(ANSWERS):
        identity = f"R{number}"
        truth.responses[identity] = {
            "label": label, "changed": changed, "trap": trap, "agent_id": agent, "team_id": "T",
            "evasive": False, "practice": "p" if label == "fabricated" else None,
        }  # fmt: skip
        rows.append({"response_id": identity, "invitation_id": f"I{number}", "agent_id": agent,
                     "team_id": "T", "metric": "CSAT", "scale": [1, 5],
                     "score": score})  # fmt: skip
    for name in "ABGV":
        truth.agents[name] = {"gaming": ["p"] if name == "B" else [], "great": name == "G",
                              "bombed": name == "V"}  # fmt: skip
    truth.teams["T", "CSAT"] = 50.0
    return Company("hand", 1, Path(), truth, tuple(rows))
