"""What YAML's complaints mean to somebody who writes a rule; where a character stands. Pure.

Used by `documents.py`. A parser says what it expected; here stands what to write.
"""

from __future__ import annotations

TAGGED = (
    "a `!` at the beginning is a tag in YAML, and the value would be lost; put the whole value in "
    "quotes, such as when: '!context.gift'"
)
QUOTE = "put the whole value in single quotes, or write it on a line of its own below `>`"
MEANINGS = (
    (
        "found character '\\t'",
        "a tab stands here; YAML takes only spaces at the beginning of a line",
    ),
    ("found character '", "a value cannot begin with this character; " + QUOTE),
    ("found undefined alias", "a value that begins with * is an alias in YAML; " + QUOTE),
    ("expected <block end>, but found '<scalar>'", "more stands behind a text in quotes; " + QUOTE),
    ("but found another document", "a file holds one object; take the line --- away"),
    ("found unexpected end of stream", "a quotation mark is not closed"),
    ("', but got '<stream end>'", "a bracket is not closed"),
    ("but found '-'", "a list item stands where a field should; mind the indentation"),
    ("expected <block end>", "this line is not indented like those above it"),
    ("could not find expected ':'", "a colon is missing, or a text goes on without indentation"),
)


def explained(said: str, row: str, column: int) -> str:
    """The complaint in other words, with the parser's own behind it. `row` is the line's text."""
    if said.startswith("mapping values are not allowed"):
        before = row[:column]
        if ":" in before and before.partition(":")[2].strip():
            meaning = "a second colon with a space stands in this value; " + QUOTE
        else:
            meaning = "this line is not indented like those above it, or the one above is not ended"
        return f"{meaning} ({said})"
    for begins, meaning in MEANINGS:
        if begins in said:
            return f"{meaning} ({said})"
    return said


def place(text: str, start: tuple[int, int], value: str, offset: int) -> tuple[int, int] | None:
    """Line and column, from 1, of the character `offset` of a value that begins at `start` (from
    0) in the file's text. One behind the last is behind the last that is no blank."""
    rows = text.splitlines(keepends=True)
    line, column = start
    if line >= len(rows):
        return None
    at = sum(len(row) for row in rows[:line]) + column
    opening = text[at : at + 1]
    if opening in ("|", ">"):
        at += len(text[at:].partition("\n")[0]) + 1
    elif opening in ("'", '"'):
        at += 1
    else:
        opening = ""
    wanted = value[: offset + 1]
    end = offset >= len(value) or not wanted[-1:].strip()
    found = at
    for letter in wanted:
        if letter.isspace():
            continue
        at = text.find(letter, at)
        if at < 0:
            return None
        found, at = at, at + 1
        if opening == "'" and letter == "'":
            at += 1  # written twice
    before = text[: found + end]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
