"""Every bell has a listener, and imports run one way."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from collector.work.tasks import BY_NAME

ROOT = Path(__file__).resolve().parents[2]


def test_every_bell_that_is_rung_wakes_a_task() -> None:
    rung = {
        name
        for path in (ROOT / "collector").rglob("*.py")
        for name in re.findall(r"\.ring\(\"(\w+)\"\)", path.read_text(encoding="utf-8"))
    }
    assert rung, "somebody rings"
    assert rung <= set(BY_NAME)


def test_imports_run_one_way() -> None:
    linter = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert linter.returncode == 0, linter.stdout
