"""Reads and replays the console walks of a page: every `$ collector …` with what it printed.

Ids on the page and ids of the run are told apart by their order: the page's first `apl_…` is the
run's first one.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from collector.commands.main import main

ID = re.compile(r"\b(?:rsp|apl|rlg|fnd|inv|evt)_[0-9a-hjkmnp-tv-z]{26}\b")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps(page: Path) -> Iterator[tuple[str, str]]:
    """(command without the `$`, what the page says it printed) in the order of the page."""
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.split("\n")
            command = [lines.pop(0)]
            while command[-1].endswith("\\"):
                command[-1] = command[-1][:-1]
                command.append(lines.pop(0).strip())
            yield " ".join(command), "\n".join(lines).rstrip("\n")


def ran(command: str) -> str:
    """What `collector …` prints, its spaces at the ends of lines left out."""
    name, *arguments = shlex.split(command)
    assert name == "collector"
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code in (0, 2), result.output
    return "\n".join(line.rstrip() for line in result.output.rstrip("\n").split("\n"))


def replayed(page: Path, known: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """(command, on the page, in this run), ids of the run written as on the page.

    `known` maps the page's ids to the run's for what was there before; the rest is learnt.
    """
    for command, shown in steps(page):
        real = ran(_renamed(command, known))
        for page_id, run_id in zip(ID.findall(shown), ID.findall(real), strict=False):
            known.setdefault(page_id, run_id)
        back = {run_id: page_id for page_id, run_id in known.items()}
        yield command, shown, _renamed(real, back)


def _renamed(text: str, names: dict[str, str]) -> str:
    return ID.sub(lambda found: names.get(found[0], found[0]), text)
