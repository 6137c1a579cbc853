"""Every bell has a listener, imports run one way, and no two files need each other."""

from __future__ import annotations

import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

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


def test_no_file_imports_itself_by_way_of_others() -> None:
    """Imports for the types alone and inside functions count: they hide a circle, and do not open
    it.
    """
    graph = grimp.build_graph(
        "collector", "channels", exclude_type_checking_imports=False, cache_dir=None
    )
    assert len(graph.modules) > 400
    imports = {file: graph.find_modules_directly_imported_by(file) for file in graph.modules}
    TopologicalSorter(imports).prepare()  # names the files of a circle, where there is one
