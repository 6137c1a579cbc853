"""Applying surveys and looking them up, on both databases."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from collector.errors import InvalidInput, NotFound
from collector.model.base import db
from collector.model.surveys import SurveyVersion
from collector.surveys import catalog
from collector.surveys.apply import apply
from tests.surveys.definitions import TEXTS, survey


def test_applying_twice_makes_one_version(ctx: Flask) -> None:
    assert [one.action for one in apply([survey()])] == ["created"]
    assert [one.action for one in apply([survey()])] == ["unchanged"]
    assert db.session.scalar(select(func.count()).select_from(SurveyVersion)) == 1


def test_a_change_makes_a_new_version_and_the_old_one_stays_readable(ctx: Flask) -> None:
    apply([survey()])
    old = catalog.current("delivery")
    apply([survey(lapse_days=3)])
    new = catalog.current("delivery")
    assert (old.version, new.version) == (1, 2)
    assert (catalog.get(old.id).lapse_days, catalog.get(new.id).lapse_days) == (14, 3)


def test_the_wording_survives_the_database(ctx: Flask) -> None:
    # JSONB does not keep the order of keys; the first wording must stay the first.
    apply([survey(wording={"zz": TEXTS, "aa": {**TEXTS, "low": "ä"}})])
    current = catalog.current("delivery")
    assert current.wording("fr").locale == "zz"
    assert current.wording("aa").low == "ä"


def test_one_bad_survey_keeps_all_of_them_out(ctx: Flask) -> None:
    with pytest.raises(InvalidInput):
        apply([survey(), survey("other", metric="thumbs")])
    assert catalog.current_many() == {}


def test_unknown_surveys_are_said_to_be_unknown(ctx: Flask) -> None:
    with pytest.raises(NotFound):
        catalog.current("nobody")
    with pytest.raises(NotFound):
        catalog.get("srv_nobody")
    assert catalog.current_many(["nobody"]) == {}
