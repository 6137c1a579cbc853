"""Every check's page says what the check assumes, and which world of the benchmark violates it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from benchmarks.integrity import companies
from collector.integrity.engine.checks import registry

ROOT = Path(__file__).resolve().parents[3]
BENCH = ROOT / "benchmarks/integrity"
CODES = [check.code for check in registry.CHECKS]
ASSUMES, VIOLATES = "**What it assumes.** ", "**Which world violates it.** "


def part(code: str, heading: str) -> str:
    """The paragraph of the check's page that begins so; empty where there is none."""
    page = ROOT / f"docs/integrity/{code.lower()}.md"
    lines = page.read_text(encoding="utf-8").splitlines()
    found = [line.removeprefix(heading) for line in lines if line.startswith(heading)]
    return found[0] if len(found) == 1 else ""


def named(code: str) -> list[tuple[str, str]]:
    """The worlds that are named, each with the oddity or practice there."""
    return re.findall(r"`(\w+)/(\w+)`", part(code, VIOLATES))


@lru_cache
def text_of(world: str) -> str:
    """All that a world is made of: its folder, and the package of the same name beside."""
    folders = [BENCH / "worlds" / world, BENCH / world]
    files = [path for folder in folders for path in sorted(folder.rglob("*.*"))]
    return "".join(path.read_text(encoding="utf-8") for path in files if path.suffix != ".pyc")


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_what_its_check_assumes(code: str) -> None:
    assert len(part(code, ASSUMES)) > 80


@pytest.mark.parametrize("code", CODES)
def test_a_page_names_a_world_that_violates_it_or_says_what_such_a_world_would_be(
    code: str,
) -> None:
    said = part(code, VIOLATES)
    if said.startswith("None: "):
        assert "Such a world would " in said
    else:
        assert named(code)


@pytest.mark.parametrize("code", CODES)
def test_worlds_that_are_named_exist_with_the_oddity_or_practice(code: str) -> None:
    for world, group in named(code):
        assert world in companies.names()
        assert re.search(rf"\b{group}\b", text_of(world)), f"{group} is nothing in {world}"
