"""A data file out of a package: out of the wheel that pip downloaded, or of a folder it was put in.

The wheel is only read, nothing of it is installed or run.
"""

from __future__ import annotations

import argparse
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.integrity.outside.reviews import NotThere


def file_in(folder: Path, name: str) -> bytes:
    """The file that is called so, anywhere in the folder or in a wheel in it."""
    for path in sorted(folder.rglob(name)):
        return path.read_bytes()
    for wheel in sorted(folder.rglob("*.whl")):
        with zipfile.ZipFile(wheel) as inside:
            for entry in inside.namelist():
                if entry.rpartition("/")[2] == name:
                    return inside.read(entry)
    raise NotThere(f"no {name} in {folder}, nor in a wheel there")


def command(doc: str, get: str, say: Callable[[Path], Iterator[str]]) -> int:
    """Run `say` on the folder that is given. `get`: how to get the data, for who has it not."""
    parser = argparse.ArgumentParser(
        description=doc, epilog=get, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the data is")
    given = parser.parse_args()
    try:
        for line in say(given.folder):
            print(line, flush=True)
    except NotThere as missing:
        print(f"{missing}\n\n{get}", file=sys.stderr)
        return 2
    return 0
