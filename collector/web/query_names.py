"""A query parameter that an address does not know is refused by its name, never ignored.

A filter that is ignored answers with everything, and whoever misspelt it takes that for the answer.
What an address knows is what its description says (`blueprint.arguments`, or `parameters` of
`blueprint.doc`), so the two cannot differ. `auth.py` asks here for every address of the API, once
the caller is known. Addresses to which other tools post (events) let parameters be: refusing would
lose what comes with them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from flask import request

from collector.errors import InvalidInput, Problem

LENIENT: Final = frozenset({"events", "segment"})  # blueprints
_SAYABLE: Final = re.compile(r"[A-Za-z0-9_.\[\]-]{1,40}")


def known(view: Callable[..., Any]) -> tuple[str, ...]:
    """The names that this view's description has, in its order."""
    described: dict[str, Any] = getattr(view, "_apidoc", {})
    names: list[str] = []
    for one in described.get("arguments", {}).get("parameters", []):
        if one["in"] == "query":
            schema = one["schema"]() if isinstance(one["schema"], type) else one["schema"]
            names += [field.data_key or name for name, field in schema.fields.items()]
    for one in described.get("manual_doc", {}).get("parameters", []):
        if isinstance(one, dict) and one.get("in") == "query":
            names.append(one["name"])
    return tuple(dict.fromkeys(names))


def refuse_unknown(names: tuple[str, ...]) -> None:
    """Raises InvalidInput for what this request asks beside `names`, or asks twice."""
    if request.blueprint in LENIENT:
        return
    problems = []
    for name, values in request.args.lists():
        said = name if _SAYABLE.fullmatch(name) else "…"
        if name not in names:
            problems.append(Problem("unknown_parameter", _unknown(said, names), f"/{said}"))
        elif len(values) > 1:
            told = f"`{said}` is given {len(values)} times; give it once."
            problems.append(Problem("repeated_parameter", told, f"/{said}"))
    if problems:
        first = problems[0]
        raise InvalidInput(
            first.detail, code=first.code, pointer=first.pointer, problems=tuple(problems[:10])
        )


def _unknown(name: str, names: tuple[str, ...]) -> str:
    if not names:
        return f"There is no parameter `{name}` here: this address takes none."
    return f"There is no parameter `{name}` here; known: {', '.join(names)}."
