"""Definitions as YAML for people: short (defaults left out), and with a file's own comments kept.

Pure: texts in, texts out. Used by `commands/configuration/files.py` for `export`. Where a file
exists, only the fields that differ are touched, so comments, order and spelling stay as they were
written.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import LiteralScalarString

from collector.errors import InvalidInput
from collector.surveys import documents
from collector.surveys.differences import differences
from collector.surveys.documents import Locate

Check = Callable[[Any, Locate], dict[str, Any]]
WIDTH = 100


def fresh(definition: Mapping[str, Any], check: Check) -> str:
    """A new file for a checked definition."""
    return _text(_node(short(definition, check)))


def merged(name: str, text: str, definition: Mapping[str, Any], check: Check) -> str:
    """The file `text` brought to say `definition`. Raises InvalidInput if it cannot be used now."""
    document = documents.read(name, text)
    said = check(document.value, document.locate)
    differ = differences(said, definition)
    if not differ:
        return text
    node = _yaml().load(text)
    brief = short(definition, check)
    for one in differ:
        *path, last = one.path.split(".")
        at = node
        for part in path:
            at = at.setdefault(part, CommentedMap())
        if one.after is None:
            at.pop(last, None)
        else:
            at[last] = _node(_in(brief, [*path, last], one.after))
    return _text(node)


def short(definition: Mapping[str, Any], check: Check) -> dict[str, Any]:
    """The definition without what `check` would fill in again."""
    whole = check(_ordered(definition), documents.json_pointer)
    brief = copy.deepcopy(_ordered(whole))
    for path in _paths(brief):
        without = copy.deepcopy(brief)
        at = without
        for part in path[:-1]:
            at = at.get(part, {})
        if path[-1] not in at:
            continue
        del at[path[-1]]
        try:
            same = check(without, documents.json_pointer) == whole
        except InvalidInput:
            same = False
        if same:
            brief = without
    return brief


def _paths(held: Mapping[str, Any], before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Outer fields first: a whole object of defaults goes at once."""
    found = [(*before, name) for name in held]
    for name, value in held.items():
        if isinstance(value, Mapping):
            found += _paths(value, (*before, name))
    return found


def _ordered(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The default wording comes first; PostgreSQL forgets the order in which they were written."""
    ordered = dict(definition)
    worded, first = ordered.get("wording"), ordered.get("default_locale")
    if isinstance(worded, Mapping) and first in worded:
        rest = {name: worded[name] for name in sorted(worded) if name != first}
        ordered["wording"] = {first: worded[first], **rest}
    return ordered


def _in(brief: Any, path: list[str], otherwise: Any) -> Any:
    for part in path:
        if not isinstance(brief, Mapping) or part not in brief:
            return otherwise
        brief = brief[part]
    return brief


def _node(value: Any) -> Any:
    if isinstance(value, Mapping):
        node = CommentedMap()
        for key, inner in value.items():
            node[key] = _node(inner)
        return node
    if isinstance(value, str) and "\n" in value:
        return LiteralScalarString(value)
    return value


def _text(node: Any) -> str:
    out = io.StringIO()
    _yaml().dump(node, out)
    return out.getvalue()


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.width = WIDTH
    yaml.preserve_quotes = True
    yaml.allow_unicode = True
    return yaml
