"""Every check is registered, has a page that leads to its file, and stands in a group."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from collector.integrity.engine.check import Check
from collector.integrity.engine.checks import registry

ROOT = Path(__file__).resolve().parents[3]
CHECKS = ROOT / "collector/integrity/engine/checks"
FILES = sorted(path for path in CHECKS.glob("*/*.py") if path.name != "__init__.py")
WHEN = {"arrival": "on arrival", "periodic": "nightly"}


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def check_in(path: Path) -> Check:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    found = importlib.import_module(module).CHECK
    assert isinstance(found, Check)
    return found


def test_every_check_is_asked_once() -> None:
    assert sorted(check.code for check in registry.CHECKS) == sorted(
        check_in(path).code for path in FILES
    )


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_is_named_after_the_code_of_its_check(path: Path) -> None:
    assert check_in(path).code == path.stem.upper()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_page_of_a_check_leads_to_its_file_and_back(path: Path) -> None:
    page = ROOT / f"docs/integrity/{path.stem}.md"
    links = re.findall(r"\]\(([^)]+\.py)\)", page.read_text(encoding="utf-8"))
    assert path in {(page.parent / link).resolve() for link in links}
    assert f"docs/integrity/{path.stem}.md" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_page_of_a_check_says_when_it_is_asked(path: Path) -> None:
    text = (ROOT / f"docs/integrity/{path.stem}.md").read_text(encoding="utf-8")
    assert f"**When.** {WHEN[check_in(path).cost]}" in text
