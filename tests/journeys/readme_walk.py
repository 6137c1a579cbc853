"""README as a newcomer runs it: its blocks in order, and a clean folder in which they run.

The blocks stay as printed. Two things are a machine's business: the port 8080 becomes one that is
free, for which `make demo` has `ARGS`; and `.venv` leads to the packages that run the tests, so
that nothing is installed twice. A block marked ```sh not-run is left out. Used by
`test_readme.py`.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from collector.config import PREFIX
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = "not-run"
ELISION = "…"
PORT = "8080"
DEMO = "make demo"
PATIENCE = 300.0
INHERITED = ("MAKEFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "MFLAGS")  # of a `make test ARGS=…`
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".collector", "node_modules", "build", ".*_cache", "__pycache__", ".hypothesis"
)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its language, what stands behind it, its text."""

    language: str
    mark: str
    text: str

    @property
    def runs(self) -> bool:
        return self.language == "sh" and self.mark != NOT_RUN

    @property
    def serves(self) -> bool:
        """Whether it goes on until told to stop."""
        return self.text.startswith(DEMO)


def blocks(text: str) -> list[Block]:
    return [Block(word, mark.strip(), body) for word, mark, body in BLOCK.findall(text)]


def says(printed: str, expected: str) -> bool:
    """Whether the output holds what README shows of it; `…` stands for anything."""
    parts = [re.escape(part.strip()) for part in expected.split(ELISION)]
    return re.search(".*?".join(parts), printed, re.DOTALL) is not None


class Walk:
    """A clean folder with the tree in it, and the one shell in which a reader types."""

    def __init__(self, folder: Path) -> None:
        for tool in ("make", "curl", "bash"):
            if not shutil.which(tool):
                pytest.skip(f"README is followed with {tool}; install it")
        self.folder = folder / "collector"
        self.port = str(free_port())
        shutil.copytree(ROOT, self.folder, ignore=LEFT_OUT)
        ready = self.folder / ".venv"
        ready.mkdir()
        (ready / "bin").symlink_to(Path(sys.executable).parent)
        (ready / ".ready").touch()
        ours = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(PREFIX) and name not in INHERITED
        }
        bins = str(Path(sys.executable).parent)
        # A reader's PATH has no `collector` before README puts it there.
        path = [one for one in ours.get("PATH", "").split(os.pathsep) if one != bins]
        self._environment = ours | {
            "PATH": os.pathsep.join(path),
            "ARGS": f"--port {self.port}",
            "COLUMNS": "200",
        }
        self._shell = self.folder.parent / "so-far.sh"
        self._shell.write_text("")

    @contextmanager
    def serving(self, block: Block) -> Iterator[None]:
        """The demo in the first terminal, until its pages answer; stopped as by Ctrl-C."""
        log = self.folder.parent / "demo.log"
        with log.open("wb") as out:
            demo = subprocess.Popen(
                ["bash", "-ec", block.text], cwd=self.folder, env=self._environment,
                stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip
            try:
                until = time.monotonic() + PATIENCE
                while not self.answers("/readyz"):
                    ended = demo.poll() is not None or time.monotonic() > until
                    assert not ended, f"{block.text}{log.read_text()[-2_000:]}"
                    time.sleep(0.2)
                yield
            finally:
                os.killpg(demo.pid, signal.SIGINT)
                try:
                    demo.wait(30)
                except subprocess.TimeoutExpired:
                    os.killpg(demo.pid, signal.SIGKILL)
                    demo.wait()

    def type(self, block: Block) -> str:
        """Run a block in the second terminal; variables last. Returns what was printed, with the
        printed port. Fails where a command does."""
        script = (
            f"set -eo pipefail\n. {self._shell}\n{self.aimed(block.text)}\n"
            f"declare -p KEY PATH 2>/dev/null > {self._shell} || true\n"
        )
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.folder, env=self._environment, text=True,
            capture_output=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{block.text}\n{done.stdout[-2_000:]}{done.stderr[-2_000:]}"
        printed = done.stdout.replace(self.port, PORT)
        # curl takes a refusal for a success; a reader does not.
        assert '"code":"' not in printed, f"{block.text}\n{printed[-2_000:]}"
        return printed

    def answers(self, path: str) -> bool:
        try:
            return requests.get(f"http://127.0.0.1:{self.port}{path}", timeout=30).ok
        except requests.ConnectionError:
            return False

    def aimed(self, text: str) -> str:
        return text.replace(f"127.0.0.1:{PORT}", f"127.0.0.1:{self.port}")
