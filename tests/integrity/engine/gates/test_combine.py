"""Gates of what findings amount to together."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.combine import BAR, combine
from collector.integrity.engine.finding import (
    ATTACK,
    CASE,
    CLIENT,
    CONTACT,
    HAND,
    ORIGIN,
    ROBOT,
    SESSION,
    TEXT,
    Finding,
)

GROUPS = (ORIGIN, CLIENT, CONTACT, SESSION, HAND, TEXT, CASE, ROBOT, ATTACK)


def found(*nats: tuple[str, float], code: str = "", **given: Any) -> list[Finding]:
    """Findings of these groups, named after the group unless `code` says otherwise."""
    return [
        Finding(code or f"{group} {place}", group, value, **given)
        for place, (group, value) in enumerate(nats)
    ]


def said(*nats: tuple[str, float], reputation: float = 0.0, **given: Any) -> str:
    """The verdict, how sure, in which way and by how many groups."""
    verdict = combine(found(*nats, **given), reputation)
    return f"{verdict.verdict} {verdict.p:.3f} {verdict.kind} {verdict.groups}"


def test_one_group_weighs_at_most_its_cap() -> None:
    assert [combine(found((group, 20.0))).p for group in GROUPS] == [
        0.9258,
        0.506,
        0.9258,
        0.8211,
        0.9258,
        0.7158,
        0.1217,
        1.0,
        1.0,
    ]
    assert [combine(found((group, 3.0))).p for group in GROUPS] == [
        0.3832,
        0.3832,
        0.3832,
        0.3832,
        0.3832,
        0.3832,
        0.1217,
        0.5139,
        0.3832,
    ]


def test_one_kind_of_evidence_is_enough_from_here_on() -> None:
    assert [said((CONTACT, v)) for v in (4.5, 4.59, 4.6, 4.7, 9.0)] == [
        "suspect 0.736 made_up 1",
        "suspect 0.753 made_up 1",
        "rejected 0.755 made_up 1",
        "rejected 0.773 made_up 1",
        "rejected 0.926 made_up 1",
    ]
    assert [said((ORIGIN, v)) for v in (4.6, 4.69, 4.7, 4.8, 9.0)] == [
        "suspect 0.755 made_up 1",
        "suspect 0.771 made_up 1",
        "rejected 0.773 made_up 1",
        "rejected 0.790 made_up 1",
        "rejected 0.926 made_up 1",
    ]
    assert [said((SESSION, v)) for v in (4.6, 4.99, 5.19, 5.2, 5.3)] == [
        "suspect 0.755 made_up 1",
        "suspect 0.820 made_up 1",
        "suspect 0.821 made_up 1",
        "rejected 0.821 made_up 1",
        "rejected 0.821 made_up 1",
    ]
    assert [said((HAND, v)) for v in (4.6, 4.79, 4.8, 4.9, 9.0)] == [
        "suspect 0.755 made_up 1",
        "suspect 0.788 made_up 1",
        "rejected 0.790 made_up 1",
        "rejected 0.806 made_up 1",
        "rejected 0.926 made_up 1",
    ]
    assert [said((ROBOT, v)) for v in (2.9, 4.0, 4.1, 8.9, 9.0, 9.1)] == [
        "clean 0.489 machine 0",
        "suspect 0.742 machine 0",
        "suspect 0.760 machine 0",
        "suspect 0.997 machine 0",
        "rejected 0.998 machine 0",
        "rejected 0.998 machine 0",
    ]
    assert [said((ATTACK, v)) for v in (3.4, 3.5, 4.5, 4.6, 9.0)] == [
        "clean 0.481 bombing 0",
        "suspect 0.506 bombing 0",
        "suspect 0.736 bombing 0",
        "suspect 0.755 bombing 0",
        "suspect 0.996 bombing 0",
    ]
    assert [said((CLIENT, 9.0)), said((TEXT, 9.0)), said((CASE, 9.0))] == [
        "suspect 0.506 made_up 1",
        "suspect 0.716 made_up 1",
        "clean 0.122 made_up 1",
    ]


def test_what_is_never_enough_by_itself_and_what_always_is() -> None:
    alone = [said((CONTACT, 6.0), code=c) for c in ("CONTACT_CHANGED", "STAFF_CONTACT", "OTHER")]
    assert alone == [
        "suspect 0.926 made_up 1",
        "suspect 0.926 made_up 1",
        "rejected 0.926 made_up 1",
    ]
    codes = ("LINK_SCANNER", "PHANTOM_SESSION", "DUPLICATE", "OTHER")
    assert [said((ROBOT, 5.0), code=c) for c in codes] == [
        "rejected 0.886 machine 0",
        "rejected 0.886 machine 0",
        "rejected 0.886 machine 0",
        "suspect 0.886 machine 0",
    ]
    assert [said((SESSION, 5.0), code=c) for c in codes] == [
        "rejected 0.821 made_up 1",
        "rejected 0.821 made_up 1",
        "rejected 0.821 made_up 1",
        "suspect 0.821 made_up 1",
    ]
    assert [said((ATTACK, 5.0), code=c) for c in ("ATTACK_BURST", "OTHER")] == [
        "rejected 0.821 bombing 0",
        "suspect 0.821 bombing 0",
    ]


def test_several_findings_of_one_group_are_enough_together() -> None:
    assert [said((CONTACT, 3.0), (CONTACT, v)) for v in (1.5, 1.66, 1.67, 2.0, 3.0)] == [
        "suspect 0.604 made_up 1",
        "suspect 0.627 made_up 1",
        "suspect 0.628 made_up 1",
        "suspect 0.673 made_up 1",
        "rejected 0.790 made_up 1",
    ]
    assert [said((ORIGIN, 4.2), (ORIGIN, v)) for v in (0.9, 1.9, 1.99, 2.0, 2.1)] == [
        "suspect 0.780 made_up 1",
        "suspect 0.866 made_up 1",
        "suspect 0.872 made_up 1",
        "rejected 0.873 made_up 1",
        "rejected 0.879 made_up 1",
    ]
    assert [said((ORIGIN, 3.6), (ORIGIN, 2.0), (ORIGIN, v)) for v in (0.3, 0.5, 1.0, 1.1)] == [
        "suspect 0.818 made_up 1",
        "suspect 0.835 made_up 1",
        "rejected 0.873 made_up 1",
        "rejected 0.879 made_up 1",
    ]
    assert [said((CONTACT, 3.9), (CONTACT, v), reputation=1.5) for v in (0.1, 0.39, 0.4, 0.5)] == [
        "suspect 0.879 made_up 1",
        "suspect 0.896 made_up 1",
        "rejected 0.897 made_up 1",
        "rejected 0.902 made_up 1",
    ]
    assert [said((CONTACT, 3.0), (CONTACT, v), reputation=1.5) for v in (0.4, 1.6, 1.7)] == [
        "suspect 0.780 made_up 1",
        "suspect 0.879 made_up 1",
        "rejected 0.885 made_up 1",
    ]
    assert [said((SESSION, 4.9), (SESSION, v)) for v in (2.0, 4.0)] == [
        "suspect 0.821 made_up 1",
        "suspect 0.821 made_up 1",
    ]
    assert [said((CONTACT, 4.0), reputation=1.5), said((CONTACT, 3.9), reputation=1.5)] == [
        "suspect 0.883 made_up 1",
        "suspect 0.873 made_up 1",
    ]


def test_two_kinds_of_evidence_are_enough_where_both_tell_something() -> None:
    assert [said((ORIGIN, 4.6), (CLIENT, v)) for v in (0.1, 0.39, 0.4, 0.5)] == [
        "suspect 0.773 made_up 1",
        "suspect 0.820 made_up 1",
        "rejected 0.821 made_up 2",
        "rejected 0.835 made_up 2",
    ]
    assert [said((ORIGIN, 4.6), (CASE, v)) for v in (0.4, 1.5, 3.0)] == [
        "suspect 0.821 made_up 2",
        "suspect 0.932 made_up 2",
        "suspect 0.932 made_up 2",
    ]
    assert [said((ORIGIN, 2.5), (CLIENT, v)) for v in (0.9, 1.0, 2.0, 2.1)] == [
        "clean 0.481 made_up 2",
        "suspect 0.506 made_up 2",
        "suspect 0.736 made_up 2",
        "rejected 0.755 made_up 2",
    ]
    assert [said((TEXT, 4.4), (CASE, v)) for v in (0.1, 0.4, 1.5)] == [
        "suspect 0.736 made_up 1",
        "suspect 0.790 made_up 2",
        "suspect 0.919 made_up 2",
    ]


def test_in_favour_and_against_within_a_group() -> None:
    assert [said((ORIGIN, 5.0), (ORIGIN, v)) for v in (-0.1, -0.5, -2.5)] == [
        "rejected 0.806 made_up 1",
        "suspect 0.736 made_up 1",
        "clean 0.274 made_up 1",
    ]
    assert [said((ORIGIN, v)) for v in (0.0, -1.0, -2.5)] == [
        "clean 0.000 made_up 0",
        "clean 0.000 made_up 0",
        "clean 0.000 made_up 0",
    ]
    assert [said((CONTACT, 5.0), (ORIGIN, v)) for v in (0.0, -1.0, -2.5)] == [
        "rejected 0.821 made_up 1",
        "suspect 0.628 made_up 1",
        "clean 0.274 made_up 1",
    ]


def test_a_reputation_moves_the_prior_within_bounds() -> None:
    values = (-9.0, -0.3, -0.2, 0.0, 1.0, 1.5, 9.0)
    assert [combine(found((ORIGIN, 4.0)), reputation=r).p for r in values] == [
        0.5557,
        0.5557,
        0.5803,
        0.6281,
        0.8211,
        0.8833,
        0.8833,
    ]
    assert [combine(found((ROBOT, 4.0)), reputation=r).p for r in values] == [
        0.7418,
        0.7418,
        0.7418,
        0.7418,
        0.7418,
        0.7418,
        0.7418,
    ]


def test_suspect_and_rejected_begin_here() -> None:
    assert round(BAR, 4) == 4.5747
    assert [said((CONTACT, BAR - 0.001), (TEXT, 0.0)), said((CONTACT, 2.0), (ORIGIN, BAR - 2))] == [
        "suspect 0.750 made_up 1", "rejected 0.750 made_up 2"
    ]  # fmt: skip
    assert [said((CONTACT, v)) for v in (3.47, 3.476, 3.477, 3.48)] == [
        "clean 0.498 made_up 1",
        "suspect 0.500 made_up 1",
        "suspect 0.500 made_up 1",
        "suspect 0.501 made_up 1",
    ]
    assert [said((CONTACT, 2.0), (ORIGIN, v)) for v in (1.4, 1.5, 2.57, 2.574, 2.575, 2.58)] == [
        "clean 0.481 made_up 2",
        "suspect 0.506 made_up 2",
        "suspect 0.749 made_up 2",
        "suspect 0.750 made_up 2",
        "rejected 0.750 made_up 2",
        "rejected 0.751 made_up 2",
    ]

    assert [said((CONTACT, 2.0), (ORIGIN, v)) for v in (2.57465, 2.5747, 2.57475)] == [
        "rejected 0.750 made_up 2",
        "rejected 0.750 made_up 2",
        "rejected 0.750 made_up 2",
    ]
