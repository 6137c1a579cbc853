"""Where the embedded service was last served: a file in its folder, written by `collector serve`.

Without COLLECTOR_BASE_URL the public address is the one that is listened on. A command in another
terminal (`collector sites tag`) has to name the same one, also after `serve --port 8099`.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

FILE = "served_at"


def served_at(home: Path) -> str:
    """The address; empty where it was never served, or the file is not to be trusted."""
    try:
        said = (home / FILE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return said if said.startswith("http://") and " " not in said and len(said) < 300 else ""


def remember_served(home: Path, address: str) -> None:
    """Write it down. A folder that cannot be written to keeps nothing."""
    with suppress(OSError):
        home.mkdir(parents=True, exist_ok=True)
        (home / FILE).write_text(address + "\n", encoding="ascii")
