"""Documents lead somewhere: no dead link, no command that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from collector.commands.main import main

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|src=\"(docs/[^\"]+)\"")
COMMAND = re.compile(r"(?:^|`)collector ([a-z-]+)", re.MULTILINE)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_inside_the_project_leads_somewhere(document: Path) -> None:
    targets = ["".join(found) for found in LINK.findall(document.read_text(encoding="utf-8"))]
    inside = [target for target in targets if "://" not in target]
    dead = [target for target in inside if not (document.parent / target).exists()]
    assert dead == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_command_that_is_named_exists(document: Path) -> None:
    named = set(COMMAND.findall(document.read_text(encoding="utf-8")))
    assert named <= set(main.lazy)
