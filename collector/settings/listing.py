"""The settings as a list for the terminal and as the page `docs/settings.md`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PAGE = (
    "# Settings\n\n"
    "All settings are variables of the environment. This page is written by `collector doctor "
    "--settings --format markdown` from the declarations in `collector/config.py`; a test compares "
    "the two.\n\n"
    "- An empty variable counts as not set. Blanks around a value are taken off.\n"
    "- Nonsense is refused on start, all of it at once: a sentence for each, which names the "
    "setting and what to do, and exit code 2. `collector doctor` says the same. No value is "
    "repeated, for many are secrets.\n"
    "- So is a name that begins with `COLLECTOR_` and is no setting, with the nearest that is one: "
    "a slip in a name would otherwise stay unseen. `COLLECTOR_TEST_…` is left to the tests "
    "(`tests/servers.py`).\n"
    "- Without `COLLECTOR_DATABASE_URL` the service is *embedded*: SQLite and a key of its own, "
    "both under `COLLECTOR_HOME`. With it, `COLLECTOR_SECRET_KEYS` and `COLLECTOR_BASE_URL` must "
    "be given; there are no default secrets.\n\n"
    "| setting | what can be given | where not set | meaning |\n"
    "| --- | --- | --- | --- |\n"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One setting as people read about it."""

    name: str
    form: str
    unset: str
    meaning: str
    secret: bool


def text(lines: Iterable[Line]) -> str:
    """A line each: name, meaning, and what holds where it is not set."""
    return "\n".join(f"{line.name:34}{_plain(line)}" for line in lines)


def markdown(lines: Iterable[Line]) -> str:
    """The page, without a line end at its end."""
    return PAGE + "\n".join(
        f"| `{line.name}` | {_cell(line.form)} | {_cell(line.unset)} | {_cell(line.meaning)}"
        f"{'. **Secret**' if line.secret else ''} |"
        for line in lines
    )


def _plain(line: Line) -> str:
    return f"{line.meaning} (not set: {line.unset})".replace("`", "")


def _cell(words: str) -> str:
    return words.replace("|", "\\|")
