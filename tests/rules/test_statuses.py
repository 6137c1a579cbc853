"""What is live stays live, and what is stopped stays stopped, until somebody says otherwise."""

from __future__ import annotations

import pytest

from collector.rules.statuses import STATUSES, merged, sentence


@pytest.mark.parametrize(
    ("held", "filed", "said", "after"),
    [
        ("live", "draft", "draft", "live"),  # copied as a draft, set live by hand, edited
        ("live", "", "draft", "live"),
        ("paused", "live", "live", "paused"),  # paused by hand at night, another file edited
        ("retired", "live", "live", "retired"),
        ("paused", "", "live", "paused"),  # nobody knows: stopping wins
        ("live", "", "paused", "paused"),
        ("live", "paused", "paused", "live"),
        ("live", "live", "paused", "paused"),  # changed in the file: a person's word
        ("paused", "paused", "live", "live"),
        ("draft", "draft", "live", "live"),
        ("draft", "", "live", "live"),
    ],
)
def test_a_files_status_counts_where_it_was_changed_in_the_file(
    held: str, filed: str, said: str, after: str
) -> None:
    assert merged(held, filed, said) == after


@pytest.mark.parametrize("held", STATUSES)
@pytest.mark.parametrize("said", STATUSES)
def test_told_to_take_it_the_files_status_holds_and_nothing_live_becomes_a_draft(
    held: str, said: str
) -> None:
    assert merged(held, held, said, take=True) == (held if said == "draft" else said)


@pytest.mark.parametrize("held", STATUSES)
@pytest.mark.parametrize("said", STATUSES)
def test_applying_the_same_file_twice_changes_nothing_the_second_time(held: str, said: str) -> None:
    once = merged(held, "", said)
    assert merged(once, said, said) == once


def test_every_change_of_status_and_every_one_that_was_not_made_has_words() -> None:
    assert sentence("live", "paused", "paused") == "status: live → paused"
    assert sentence("live", "live", "draft") == "stays live; the file says draft"
    assert sentence("live", "live", "live") == ""
