"""An id tells by its prefix of which table it is: no two tables share one, none is without one."""

from __future__ import annotations

import re
from collections import Counter

from collector.model.base import Base
from tests.house.test_files import CODE, ROOT, words_of

MAKING = re.compile(r"(?:new_id|derived_id)\(\s*\"([a-z]+)\"")
# What we call a text that its provider gave no reference: no row's id.
NO_ROW = {"ref"}


def prefixes() -> dict[str, str]:
    """Table → the prefix that its id column documents."""
    found = {}
    for table in Base.metadata.sorted_tables:
        column = table.columns.get("id")
        if column is not None and column.doc:
            found[table.name] = column.doc.partition("_")[0]
    return found


def test_every_table_has_a_prefix_of_its_own() -> None:
    counts = Counter(prefixes().values())
    assert len(counts) > 15
    assert [prefix for prefix, times in counts.items() if times > 1] == []


def test_every_id_that_is_made_is_some_tables() -> None:
    made = {
        prefix
        for path in CODE
        if path.is_relative_to(ROOT / "collector")
        for prefix in MAKING.findall(words_of(path))
    }
    assert made - NO_ROW <= set(prefixes().values())
