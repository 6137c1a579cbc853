"""Every dataset that leaves the house: its columns, its table, its key, its sequencer's row.

All the machinery of the feed (`cut.py`, `position.py`, `window.py`, `page_span.py`, `copying/`, the
API, the command) takes one of these, so another dataset is a table of columns, an entry here and a
writer of its rows. Pure; loads no table. Next: `cut.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from collector.errors import InvalidInput
from collector.exports import datasets
from collector.exports.datasets import Column
from collector.exports.invited import columns as invited


@dataclass(frozen=True, slots=True)
class Dataset:
    """One feed. Rows stand in `table` with a `number`; `key` and `revision` tell them apart.

    `head` is its row of `feed_head`, `one` what a row is about, `erased` the columns that are null
    in all its rows after an erasure.
    """

    name: str
    schema: int
    table: str
    key: str
    head: int
    one: str
    about: str
    erased: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def always(self) -> tuple[str, ...]:
        """Columns that always come: without them no loader can tell which row holds."""
        return ("number", self.key, "revision", "kind", "updated_at")

    def named(self, names: str) -> tuple[Column, ...]:
        """The columns of a list such as `score,verdict`, in the schema's order; '' for all of them.

        Raises InvalidInput with the names that are none.
        """
        asked = [one.strip() for one in names.split(",") if one.strip()]
        known = {column.name for column in self.columns}
        strange = [one for one in asked if one not in known]
        if strange:
            raise InvalidInput(
                f"There is no column {', '.join(one[:64] for one in strange[:5])}; the columns are "
                f"{', '.join(column.name for column in self.columns)}.",
                code="unknown_field", pointer="/fields",
            )  # fmt: skip
        if names and not asked:
            raise InvalidInput(
                "This names no column; leave `fields` away for all of them.",
                code="unknown_field", pointer="/fields",
            )  # fmt: skip
        if not asked:
            return self.columns
        return tuple(one for one in self.columns if one.name in asked or one.name in self.always)


RESPONSES: Final = Dataset(
    "responses", datasets.SCHEMA, "revisions", "response_id", 1, "response",
    "A row for each revision of each response: the answer, an edit, a changed verdict, an erasure.",
    ("comment", "invitation_id", "person_id", "event_id"), datasets.RESPONSES,
)  # fmt: skip
INVITATIONS: Final = Dataset(
    "invitations", invited.SCHEMA, "invitation_revisions", "invitation_id", 2, "invitation",
    "A row for each revision of each invitation: it was decided, went out, arrived, was seen, "
    "answered, lapsed, called off, erased.",
    ("response_id", "person_id", "event_id"), invited.INVITATIONS,
)  # fmt: skip
DATASETS: Final = (RESPONSES, INVITATIONS)
BY_NAME: Final[Mapping[str, Dataset]] = {one.name: one for one in DATASETS}
