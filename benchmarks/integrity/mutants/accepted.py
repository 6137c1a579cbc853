"""Mutants that nothing can notice, because no value that can occur tells them from the engine.

By the mutant's name, with the reason. It leaves the list when the line changes.
"""

from __future__ import annotations

ACCEPTED: dict[str, str] = {}
