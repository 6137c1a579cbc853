"""What is known of every field of a survey or a rule: what it takes, its default, what it is about.

Pure. Kept by the very calls that check a definition (`fields.py`), so that no field can be checked
and not be told; `commands/configuration/told_fields.py` makes the pages of it.
"""

from __future__ import annotations

from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One field. `default` is empty where there is none: with `required`, it has to be given."""

    path: Path
    takes: str
    default: str
    about: str

    @property
    def name(self) -> str:
        """As it is written, from the top: `caps.global_days`."""
        return ".".join(map(str, self.path))
