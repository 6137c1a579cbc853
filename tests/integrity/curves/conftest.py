"""What the engine does not reach yet: each of these must fail, and leaves the list with its mend.

A strict expectation, so that whoever mends one is told by a failing run to take it off.
"""

from __future__ import annotations

import pytest

FADES = "the usual delay of made-up visits follows the cheats where two in five make them up"
NOT_MIRRORED = "the same hand is found later, or less surely, where it gives the worst score"
OPEN = {
    "test_one_practice_stays_visible_where_two_in_five_do_it[made_up_visits]": FADES,
    "test_what_is_found_does_not_fade_as_more_do_it[channel]": FADES,
    "test_a_blatant_cheat_is_found_however_slow[12-bad_visits]": (
        "low answers with neither a phone nor an address in common are not found"
    ),
    **{
        "test_mirrored_scores_turn_boosting_into_a_bombing_of_like_strength" + practice: (
            NOT_MIRRORED
        )
        for practice in (
            "[after_hours]", "[dictated]", "[made_up_visits]", "[own_phone]", "[private_windows]",
            "[typed_in]",
        )
    },
}  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if why := OPEN.get(item.name):
            item.add_marker(pytest.mark.xfail(strict=True, reason=why))
