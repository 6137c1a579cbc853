"""What is wrong with a condition, in a person's words: the engine's complaints, read again. Pure.

When it is saved (`of_compiling`): what to write instead, and at which character. When it is worked
out for an event (`of_types`): which field has which type, never with its value, since this goes
into the ledger and the log. Used by `conditions.py`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

POSITION = re.compile(r"<input>:(-?\d+):(-?\d+):\s*(.*)")
OVERLOAD = re.compile(r"found no matching overload for '(.+?)' applied to '\(?(.*?)\)?'$")
MET = re.compile(r"(?:mismatched|extraneous) input '(.*?)' expecting")
UNDECLARED = re.compile(r"undeclared reference to '(.+?)'")
TOKEN_ERROR = re.compile(r"token recognition error at: '(.*)'$", re.DOTALL)
FIELD: Final = re.compile(
    r"(?<![\w.])(?:context|subjects|person|event|history)"
    r"(?:\.[A-Za-z_]\w*(?!\w*\s*\()|\[(?:'[^'\\]*'|\"[^\"\\]*\")\])+"
)
# Words of SQL, Python and everyday language → what CEL has.
INSTEAD = {
    "and": "&&", "or": "||", "not": "!", "is": "==", "equals": "==", "eq": "==", "ne": "!=",
    "gt": ">", "lt": "<", "gte": ">=", "lte": "<=", "then": "? … :", "None": "null",
    "NULL": "null", "nil": "null", "True": "true", "False": "false", "TRUE": "true",
    "FALSE": "false", "IN": "in", "xor": "!=", "<>": "!=",
}  # fmt: skip
LIKE = ("like", "contains", "startswith", "endswith", "matches")
QUOTES = "“”‘’„«»`´"
FUNCTIONS = (
    "contains", "startsWith", "endsWith", "matches", "size", "all", "exists", "exists_one",
    "filter", "has", "int", "double", "string", "timestamp", "duration", "getHours", "getDayOfWeek",
    "getFullYear", "getMonth",
)  # fmt: skip
METHODS = ("contains", "startsWith", "endsWith", "matches")
TYPES = {
    "string": "a text", "int": "a whole number", "uint": "a whole number", "double": "a number",
    "bool": "true or false", "null": "nothing (null)", "null_type": "nothing (null)",
    "google.protobuf.Timestamp": "a time", "google.protobuf.Duration": "a span of time",
    "timestamp": "a time",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Complaint:
    """`offset`: the character of the condition, from 0; -1 where none is to blame."""

    said: str
    offset: int = -1


def of_compiling(source: str, said: str, known: Iterable[str]) -> Complaint:
    """The engine's complaint `said` about `source` in other words."""
    found = POSITION.search(said)
    if found is None:
        deep = "recursion" in said.lower()
        return Complaint("it is too deeply nested" if deep else "it is not valid CEL")
    line, column, first = int(found[1]), int(found[2]), found[3]
    first = first.split(" [INVALID_ARGUMENT]")[0].removesuffix(" (in container '')").rstrip(".")
    if line < 0:
        return Complaint(first)
    rows = source.split("\n")
    at = sum(len(row) + 1 for row in rows[: line - 1]) + max(column - 1, 0)
    return _read(source, min(at, len(source)), first, tuple(known))


def shown(source: str, complaint: Complaint) -> str:
    """The complaint with its place: line and column of the condition, and a caret below it."""
    if complaint.offset < 0:
        return complaint.said
    before = source[: complaint.offset]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1)
    row = source.split("\n")[line - 1]
    begin = max(0, column - 60)
    cut = row[begin : begin + 90].replace("\t", " ")
    return (
        f"line {line}, column {column + 1}: {complaint.said}\n"
        f"    {cut}\n    {' ' * (column - begin)}^\n"
    )


def of_types(source: str, values: Mapping[str, Any]) -> str:
    """Which fields of `source` have which type, where they do not fit what is done with them."""
    held = ((path, value_of(path, values)) for path in fields_of(source))
    told = [(path, kind_of(value)) for path, value in held if value is not None]
    if not told:
        return "the types of the values do not fit"
    listed = [f"{path} is {kind}{_compared(source, path, kind)}" for path, kind in told]
    return "the types do not fit: " + "; ".join(dict.fromkeys(listed))


def fields_of(source: str) -> list[str]:
    """The fields that a condition looks at, as it writes them, each once. None inside a text."""
    bare = _without_texts(source)
    return list(dict.fromkeys(source[one.start() : one.end()] for one in FIELD.finditer(bare)))


def value_of(path: str, values: Mapping[str, Any]) -> Any:
    """What stands at a path such as `context.amount` or `context['amount']`; None for nothing."""
    parts = re.findall(r"[A-Za-z_]\w*|'[^']*'|\"[^\"]*\"", path)
    names = [part.strip("'\"") for part in parts]
    for length in (2, 1):  # `event.type` and `history.last_score.csat` are names in one piece
        for whole in (".".join(names), ".".join(names[:length])):
            if whole in values:
                held, rest = values[whole], names[whole.count(".") + 1 :]
                for name in rest:
                    held = held.get(name) if isinstance(held, Mapping) else None
                return held
    return None


def kind_of(value: Any) -> str:
    """What kind of value this is, in words."""
    if isinstance(value, bool):
        return TYPES["bool"]
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return TYPES["string"]
    if isinstance(value, datetime):
        return TYPES["timestamp"]
    if value is None:
        return TYPES["null"]
    return "a list" if isinstance(value, list | tuple) else "an object"


def _compared(source: str, path: str, kind: str) -> str:
    """What the field is compared with, where that is written out beside it."""
    number, text = r"-?\d[\w.]*", r"'[^']*'|\"[^\"]*\""
    sign = r"(==|!=|<=|>=|<|>|\+|-|\*|/|%)"
    for pattern, value in ((number, "a number"), (text, TYPES["string"])):
        found = re.search(rf"{re.escape(path)}\s*{sign}\s*(?:{pattern})", source)
        if found and kind != value:
            cast = "double" if value == "a number" else "string"
            fits = kind in (TYPES["string"], "a number", TYPES["bool"])
            hint = f" (send it as {value}, or write {cast}({path}))" if fits else ""
            return f", and the condition takes it for {value}{hint}"
    return ""


def _read(source: str, at: int, said: str, known: tuple[str, ...]) -> Complaint:
    if not source[at:].strip():
        at = len(source.rstrip())
    word = re.match(r"[A-Za-z_]\w*|<>|\S", source[at:])
    met = word[0] if word else ""
    before = source[:at].rstrip()
    quote = next((one for one in source[: at + 1] if one in QUOTES), "")
    if quote and (quote not in "`´" or "recognition" in said):
        return Complaint(f"write ' or \" instead of {quote}", source.index(quote))
    if met in INSTEAD and "overload" not in said:
        return Complaint(f"write {INSTEAD[met]} instead of {met}", at)
    if met.lower() in INSTEAD and "Syntax" in said:
        return Complaint(f"write {INSTEAD[met.lower()]} instead of {met}", at)
    if met.lower() in LIKE and "Syntax" in said:
        name = next((one for one in METHODS if one.lower() == met.lower()), "contains")
        return Complaint(f"write it as a call, such as context.field.{name}('text')", at)
    behind = re.search(r"(?<![\w.])(not|if|NOT)$", before)
    if behind and "Syntax" in said:
        new = "take `if` away" if behind[1] == "if" else f"write ! instead of {behind[1]}"
        return Complaint(new, behind.start())
    if met == "if":
        return Complaint("take `if` away: the condition itself is what has to hold", at)
    if before.endswith("<") and met == ">":
        return Complaint("write != instead of <>", len(before) - 1)
    return _of_signs(source, at, said, met, known)


def _of_signs(source: str, at: int, said: str, met: str, known: tuple[str, ...]) -> Complaint:
    before = source[:at].rstrip()
    if token := TOKEN_ERROR.search(said):
        sign = token[1].strip()[:1]
        if sign == "=":
            if before.endswith("=="):
                return Complaint("write == instead of ===", len(before) - 2)
            return Complaint("write == to compare; a single = does nothing here", at)
        if sign in ("&", "|"):
            return Complaint(f"write {sign * 2} instead of {sign}", at)
        if sign in ("'", '"'):
            return Complaint(f"the text that begins here is not closed with {sign}", at)
        return Complaint(f"the character {sign or token[1]} means nothing here", at)
    if found := UNDECLARED.search(said):
        return _unknown(source, at, found[1], known)
    if found := OVERLOAD.search(said):
        return Complaint(_mismatch(found[1], found[2]), at)
    if "missing ')'" in said or (met == "" and source.count("(") > source.count(")")):
        return Complaint("a bracket ( is not closed", at)
    if met == "" and source.count("[") > source.count("]"):
        return Complaint("a bracket [ is not closed", at)
    if met == "":
        if before.endswith("%"):
            return Complaint("a number has no % here: write 0.2 for 20 %", len(before) - 1)
        last = re.search(r"(&&|\|\||[<>=!]=|\S)$", before)
        return Complaint(f"something is missing after {last[1] if last else 'this'}", at)
    if met in ")]}":
        return Complaint(f"there is nothing that this {met} closes, or something is missing", at)
    if MET.search(said) and re.match(r"[\w'\"(!]", met):
        return Complaint(
            f"something is missing before {met}, such as && or a sign that compares", at
        )
    if found := MET.search(said):
        return Complaint(
            f"{found[1] if found[1] != '<EOF>' else 'the end'} is not expected here", at
        )
    return Complaint(said.removeprefix("Syntax error: "), at)


def _unknown(source: str, at: int, name: str, known: tuple[str, ...]) -> Complaint:
    """An unknown name or function, with the nearest known one."""
    called = source[at : at + 1] == "("
    if called:
        start = len(source[:at]) - len(name.rpartition(".")[2])
        method = next((one for one in METHODS if one.lower() == name.lower()), "")
        if method == name:
            return Complaint(f"write it behind the field: context.field.{name}('text')", start)
        near = [method] if method else difflib.get_close_matches(name, FUNCTIONS, 1)
        hint = f"; did you mean {near[0]}()" if near else f"; there are {', '.join(FUNCTIONS)}"
        return Complaint(f"there is no function {name}(){hint}", max(start, 0))
    first = name.partition(".")[0]
    start = source.rfind(first, 0, at + len(first) + 1)
    roots = {one.partition(".")[0] for one in known}
    if "." not in name and first not in roots and not difflib.get_close_matches(first, roots, 1):
        hint = f"a field of the event is written context.{first}"
    else:
        near = [
            one + name[len(first) :]
            for one in difflib.get_close_matches(first, sorted(roots), 1)
            if one != first
        ] or difflib.get_close_matches(name, [one for one in known if "." in one], 1, 0.5)
        hint = f"did you mean {near[0]}" if near else f"known are {', '.join(known)}"
        if not near and first in roots:
            of = [one for one in known if one.startswith(first + ".")]
            hint = f"known are {', '.join(of)}"
    return Complaint(f"`{name}` is not known; {hint}", max(start, 0))


def _mismatch(operation: str, types: str) -> str:
    kinds = [TYPES.get(one.strip(), one.strip()) for one in types.split(",")]
    sign = operation.strip("_@")
    if len(kinds) == 2 and kinds[0] != kinds[1]:
        numbers = {"a number", "a whole number"}
        hint = ""
        if kinds[0] == "a text" and kinds[1] in numbers:
            hint = "; a text is compared with a text in quotes"
        elif kinds[0] == "a time":
            hint = "; write timestamp('2026-01-01T00:00:00Z')"
        return f"{kinds[0]} and {kinds[1]} do not go together with {sign}{hint}"
    return f"{sign} cannot be used with {' and '.join(kinds)}"


def _without_texts(source: str) -> str:
    """The condition with what stands in quotes blanked out, but for keys in brackets."""
    text = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
    return re.sub(
        rf"\[(?:{text})\]|({text})",
        lambda found: " " * len(found[0]) if found[1] else found[0],
        source,
    )
