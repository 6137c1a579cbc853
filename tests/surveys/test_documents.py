"""YAML with lines: where an error is said to be, and files that want to do harm."""

from __future__ import annotations

import pytest

from collector.errors import InvalidInput
from collector.surveys.documents import json_pointer, read


def test_everything_has_its_line() -> None:
    document = read(
        "a.yaml", "# a comment\nkey: x\nwording:\n  en:\n    low: Poor\nlist:\n- 1\n- 2\n"
    )
    assert document.locate(("key",)) == "a.yaml:2"
    assert document.locate(("wording", "en", "low")) == "a.yaml:5"
    assert document.locate(("list", 1)) == "a.yaml:8"


def test_something_missing_is_pointed_at_by_the_line_of_what_lacks_it() -> None:
    document = read("a.yaml", "key: x\nwording:\n  en:\n    low: Poor\n")
    assert document.locate(("wording", "en", "high")) == "a.yaml:3"


def test_values_are_plain_json() -> None:
    value = read("a.yaml", "a: 'x'\nb: 0x10\nc: 1.50\nd: yes\ne: true\nf:\ng: 2026-01-01\n").value
    assert value == {
        "a": "x", "b": 16, "c": 1.5, "d": "yes", "e": True, "f": None, "g": "2026-01-01",
    }  # fmt: skip
    assert {type(one) for one in value.values()} <= {str, int, float, bool, type(None)}


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("key: [1, 2\nother: 3\n", 2),
        ("a: 1\nb: 2\na: 3\n", 3),
        ("a: 1\n\tb: 2\n", 2),
        ("a: *nowhere\n", 1),
        ("a: \x00\n", 1),
        ("x: " + "[" * 3000, 1),
        ("x" * 300_000, 1),
    ],
)
def test_unusable_files_are_refused_with_their_line(text: str, line: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        read("bad.yaml", text)
    (problem,) = refused.value.problems
    assert problem.pointer == f"bad.yaml:{line}"
    assert problem.code == "invalid_yaml"


def test_a_small_file_that_expands_to_billions_is_refused() -> None:
    with pytest.raises(InvalidInput, match="aliases expand"):
        read("bomb.yaml", BOMB)


def test_json_pointers_are_escaped() -> None:
    assert json_pointer(("a/b", "c~d", 3)) == "/a~1b/c~0d/3"
