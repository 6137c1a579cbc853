"""What a replay of Olist's orders asks, and when: the folder `workspace/`, or its careful twin.

`workspace/` asks everybody by mail; `careful.yaml` is another version of its rule, with quiet
hours, caps and fall-back. Used by `commands/replay.py`. Next: `plain.py` and `by_hand.py` say what
must come of each.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from collector.rules import definition
from collector.rules.folder import workspace
from collector.rules.folder.workspace import Workspace
from collector.surveys import documents

HERE = Path(__file__).parent
CAREFUL = HERE / "careful.yaml"


def read(careful: bool) -> Workspace:
    """The survey with the rule that asks it."""
    everybody = workspace.read(HERE / "workspace")
    if not careful:
        return everybody
    document = documents.read(CAREFUL.name, CAREFUL.read_text(encoding="utf-8"))
    return replace(everybody, rules=(definition.check(document.value, document.locate),))
