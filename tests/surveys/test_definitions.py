"""What a survey definition may look like."""

from __future__ import annotations

from typing import Any

import pytest

from collector.errors import InvalidInput
from collector.surveys import documents
from collector.surveys.definitions import check
from tests.surveys.definitions import TEXTS, survey


def test_defaults_are_filled_in() -> None:
    checked = check(survey())
    assert checked["settle_minutes"] == 10
    assert checked["edit_hours"] == 24
    assert checked["lapse_days"] == 14
    assert checked["strict"] is False
    assert checked["subject"] == "touchpoint"
    assert checked["default_locale"] == "en"


def test_checking_a_checked_definition_changes_nothing() -> None:
    once = check(survey())
    assert check(once) == once


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"metric": "thumbs"}, "/metric", "invalid_field"),
        ({"key": "With Capitals"}, "/key", "invalid_field"),
        ({"owner": None}, "/owner", "missing_field"),
        ({"owner": "a\x00b"}, "/owner", "invalid_field"),
        ({"strict": "yes"}, "/strict", "invalid_field"),
        ({"settle_minutes": 1.5}, "/settle_minutes", "invalid_field"),
        ({"settle_minutes": True}, "/settle_minutes", "invalid_field"),
        ({"lapse_days": 0}, "/lapse_days", "invalid_field"),
        ({"wording": {}}, "/wording", "invalid_field"),
        ({"wording": "en"}, "/wording", "invalid_field"),
        ({"wording": {"english!": TEXTS}}, "/wording/english!", "invalid_field"),
        ({"wording": {"en": {**TEXTS, "low": ""}}}, "/wording/en/low", "invalid_field"),
        ({"wording": {"en": {**TEXTS, "low": "\ud800"}}}, "/wording/en/low", "invalid_field"),
        (
            {"wording": {"en": {**TEXTS, "follow_up": {"promoter": "?"}}}},
            "/wording/en/follow_up/promoter",
            "unknown_field",
        ),
        ({"setle_minutes": 5}, "/setle_minutes", "unknown_field"),
        ({"default_locale": "fr"}, "/default_locale", "invalid_field"),
    ],
)
def test_what_is_wrong_is_pointed_at(changes: dict[str, Any], pointer: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(survey(**changes))
    assert [(one.pointer, one.code) for one in refused.value.problems] == [(pointer, code)]


def test_all_problems_are_listed_not_only_the_first() -> None:
    with pytest.raises(InvalidInput) as refused:
        check({"metric": "csat", "wording": {"en": {}}, "foo": 1})
    pointers = {one.pointer for one in refused.value.problems}
    assert {"/key", "/owner", "/wording/en/question", "/wording/en/thanks", "/foo"} <= pointers


def test_a_slip_of_the_pen_gets_the_right_word() -> None:
    with pytest.raises(InvalidInput, match="did you mean `settle_minutes`"):
        check(survey(setle_minutes=5))


@pytest.mark.parametrize("subject", ["agent", "team", "store", "order"])
def test_an_nps_survey_about_a_single_subject_is_refused_with_the_reason(subject: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(survey(metric="nps", subject=subject))
    (problem,) = refused.value.problems
    assert problem.code == "metric_scope"
    assert "relationship" in problem.detail


def test_problems_in_a_file_carry_its_line() -> None:
    document = documents.read(
        "s.yaml", "key: delivery\nmetric: csat\nowner: care\nwording:\n  en: 3\n"
    )
    with pytest.raises(InvalidInput) as refused:
        check(document.value, document.locate)
    assert {one.pointer for one in refused.value.problems} == {"s.yaml:5"}
