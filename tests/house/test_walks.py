"""The shell snippets of docs/ do what their page says: each page's in order, from an empty folder.

A block ```sh is run as printed; one that cannot be run anywhere is marked ```sh not-run, in a page
that has others too. Blocks of a page share one shell, as a reader's would. The port that a page
names is replaced by one that is free. Pages whose calls have a test of their own are named here.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from collector.config import PREFIX

DOCS = Path(__file__).resolve().parents[2] / "docs"
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL = ("sh", "bash", "shell")
NOT_RUN = "not-run"
ELSEWHERE = {
    "widget.md": "tests/web/widget/test_docs.py",
    "exporting.md": "tests/exports/test_loaders.py",
}
PORT = re.compile(r"\b8091\b")


def blocks(page: Path) -> list[tuple[str, str]]:
    """(what stands behind the language, the block) of every shell block."""
    found = BLOCK.findall(page.read_text(encoding="utf-8"))
    return [(info.strip(), body) for language, info, body in found if language in SHELL]


def to_run(page: Path) -> list[str]:
    return [body for info, body in blocks(page) if info != NOT_RUN]


PAGES = [page for page in sorted(DOCS.rglob("*.md")) if page.name not in ELSEWHERE and to_run(page)]


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_can_be_followed_in_an_empty_folder(page: Path, tmp_path: Path) -> None:
    if not shutil.which("curl"):
        pytest.skip("no curl: install it (Debian: apt-get install curl)")
    ours = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    path = f"{Path(sys.executable).parent}{os.pathsep}{ours.get('PATH', '')}"
    script = "set -eu\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + "\n".join(to_run(page))
    done = subprocess.run(
        ["bash", "-c", PORT.sub(free_port(), script)],
        cwd=tmp_path, env={**ours, "PATH": path}, capture_output=True, text=True, timeout=900,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout[-2_000:]}\n{done.stderr[-2_000:]}"


def test_a_block_says_nothing_else_behind_its_language() -> None:
    odd = [(page.name, info) for page in DOCS.rglob("*.md") for info, _ in blocks(page)
           if info not in ("", NOT_RUN)]  # fmt: skip
    assert odd == []


def test_pages_that_are_tested_elsewhere_are() -> None:
    for page, test in ELSEWHERE.items():
        assert page in (DOCS.parent / test).read_text(encoding="utf-8")
