"""YAML files with the line of everything in them, so that an error can say file:line. Pure.

Imported by the definitions of surveys and rules and by whatever reads configuration folders.
Hostile files are expected: size, depth and number of nodes are bounded (aliases can make a small
file huge), values are plain JSON afterwards. A tag (`!x`) is refused: it would take the value away
without a word, and `!` is how a condition says "not". Next: `fields.py` checks what is in a
document; `yaml_words.py` says what YAML's own complaints mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq, TaggedScalar
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from collector.errors import InvalidInput, Problem
from collector.surveys import yaml_words

MAX_BYTES = 256 * 1024
MAX_NODES = 20_000
MAX_DEPTH = 20

Path = tuple[str | int, ...]


class Locate(Protocol):
    """Where something is, for people: `offset` is a character of the text at `path`, or -1."""

    def __call__(self, path: Path, offset: int = -1, /) -> str: ...


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file as plain JSON values; `locate` gives `file.yaml:12` for a path inside it, and
    `file.yaml:12:34` for one character of a text."""

    name: str
    value: Any
    lines: dict[Path, int]
    text: str = ""
    starts: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def locate(self, path: Path, offset: int = -1, /) -> str:
        """The nearest known line of `path`: for something missing, the object that lacks it."""
        if offset >= 0 and (place := self._character(path, offset)):
            return f"{self.name}:{place[0]}:{place[1]}"
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.name}:{self.lines.get(path, 1)}"

    def _character(self, path: Path, offset: int) -> tuple[int, int] | None:
        """Line and column, from 1, of a character of the text at `path`. Blanks may differ (a
        folded text joins its lines), so the others are counted."""
        value = self.value
        for part in path:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return None
        if path not in self.starts or not isinstance(value, str):
            return None
        return yaml_words.place(self.text, self.starts[path], value, offset)


def read(name: str, text: str) -> Document:
    """Parse one YAML document. Raises InvalidInput (`invalid_yaml`) with file and line."""
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise _invalid(name, 1, f"the file is larger than {MAX_BYTES // 1024} kB")
    yaml = YAML(typ="rt", pure=True)
    yaml.allow_duplicate_keys = False
    try:
        loaded = yaml.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = " ".join(str(error.problem or error.context or "not valid YAML").split())
        line, column = (mark.line, mark.column) if mark else (0, 0)
        row = (text.splitlines() or [""])[min(line, max(len(text.splitlines()) - 1, 0))]
        raise _invalid(name, line + 1, yaml_words.explained(said, row, column)) from None
    except (YAMLError, RecursionError, ValueError) as error:
        lines_said = str(error).strip().splitlines() or ["not valid YAML"]
        raise _invalid(name, 1, lines_said[0]) from None
    lines: dict[Path, int] = {(): _first_line(loaded)}
    walk = _Walk(name, lines)
    return Document(name, walk.plain(loaded, ()), lines, text, walk.starts)


def json_pointer(path: Path, offset: int = -1, /) -> str:
    """RFC 6901: `("person", "phone")` → `/person/phone`."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


class _Walk:
    """Turns ruamel's objects into plain ones and notes the line of each."""

    def __init__(self, name: str, lines: dict[Path, int]) -> None:
        self.name, self.lines, self.left = name, lines, MAX_NODES
        self.starts: dict[Path, tuple[int, int]] = {}

    def plain(self, node: Any, path: Path) -> Any:
        self.left -= 1
        if self.left < 0 or len(path) > MAX_DEPTH:
            raise _invalid(
                self.name, self.lines.get(path, 1), "too large or too deep once its aliases expand"
            )
        if isinstance(node, CommentedMap):
            # Keys brought in by `<<` have no position of their own.
            own = node.lc.data or {}
            for key in node:
                if isinstance(key, str) and key in own:
                    line, _, *start = own[key]
                    self.lines[(*path, key)] = line + 1
                    self.starts[(*path, key)] = (start[0], start[1])
            return {str(key): self.plain(value, (*path, str(key))) for key, value in node.items()}
        if isinstance(node, CommentedSeq):
            own = node.lc.data or {}
            self.lines.update({(*path, at): mark[0] + 1 for at, mark in own.items()})
            self.starts.update({(*path, at): (mark[0], mark[1]) for at, mark in own.items()})
            return [self.plain(value, (*path, at)) for at, value in enumerate(node)]
        if node is None or isinstance(node, bool):
            return node
        if isinstance(node, TaggedScalar):
            raise _invalid(self.name, self.lines.get(path, 1), yaml_words.TAGGED)
        # ruamel keeps spelling in subclasses of int, float and str; JSON wants the plain ones.
        for kind in (int, float, str):
            if isinstance(node, kind):
                return kind(node)
        return str(node)


def _first_line(loaded: Any) -> int:
    return loaded.lc.line + 1 if isinstance(loaded, CommentedMap | CommentedSeq) else 1


def _invalid(name: str, line: int, said: str) -> InvalidInput:
    pointer = f"{name}:{line}"
    detail = f"This is not usable YAML: {said}."
    return InvalidInput(
        detail, code="invalid_yaml", problems=(Problem("invalid_yaml", detail, pointer),)
    )
