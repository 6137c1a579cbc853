"""workspace.yaml: the brand of a folder stands once, a survey's own words win, slips are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from collector.commands.configuration import files
from collector.errors import InvalidInput
from collector.rules.folder import workspace
from collector.surveys import brand
from tests.wording import WORDING

HOUSE = """brand:
  name: A shop
  color: "#8A5A1C"
  address: 12 Weaver Lane,
    Bristol
"""
SURVEY = "key: one\nmetric: csat\nowner: care\nwording: {wording}\n{more}"


def folder(tmp_path: Path, house: str, more: str = "") -> Path:
    tmp_path.joinpath("workspace.yaml").write_text(house)
    tmp_path.joinpath("surveys").mkdir(exist_ok=True)
    text = SURVEY.format(wording={"en": WORDING["en"]}, more=more)
    tmp_path.joinpath("surveys/one.yaml").write_text(text)
    return tmp_path


def brand_of(tmp_path: Path, more: str = "") -> Any:
    return workspace.read(folder(tmp_path, HOUSE, more)).surveys[0]["brand"]


def test_every_survey_speaks_for_the_house(tmp_path: Path) -> None:
    assert brand_of(tmp_path) == {
        "name": "A shop", "color": "#8a5a1c", "logo": "", "address": "12 Weaver Lane, Bristol",
    }  # fmt: skip


def test_a_surveys_own_words_win_field_by_field(tmp_path: Path) -> None:
    own = brand_of(tmp_path, 'brand: {color: "#112233"}')
    assert (own["name"], own["color"], own["address"][:2]) == ("A shop", "#112233", "12")
    assert brand_of(tmp_path, "brand: {name: Another}")["name"] == "Another"


def test_another_name_does_not_stand_beside_the_houses_logo() -> None:
    house = {"name": "A shop", "color": "", "logo": "data:image/png;base64,AAAA"}
    assert brand.completed(house, {"brand": {"name": "Another"}})["brand"]["logo"] == ""
    assert brand.completed(house, {"brand": {"color": "#112233"}})["brand"]["logo"]


@given(st.dictionaries(st.sampled_from(["name", "color", "logo", "address"]), st.text()))
def test_no_word_of_the_survey_is_ever_lost(own: dict[str, str]) -> None:
    house = {"name": "A shop", "color": "#112233", "logo": "", "address": "here"}
    made = brand.completed(house, {"key": "one", "brand": own})
    assert {name: made["brand"][name] for name in own} == own
    assert made["key"] == "one"


@pytest.mark.parametrize(
    ("house", "said", "line"),
    [
        ("brand: {name: A shop, colour: red}", "did you mean `color`", 1),
        ("brand: {color: '#112233'}", "`name` is missing", 1),
        ("bran: {name: A shop}", "did you mean `brand`", 1),
        ("brand:\n  name: A shop\n  address: " + "x" * 201, "longer than 200", 3),
        ("- a list", "must be an object", 1),
    ],
)
def test_a_slip_is_told_with_its_place(tmp_path: Path, house: str, said: str, line: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        workspace.read(folder(tmp_path, house))
    (problem,) = caught.value.problems
    assert said in problem.detail
    assert problem.pointer == f"workspace.yaml:{line}"


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    assert "brand" not in workspace.read(folder(tmp_path, "# later\n")).surveys[0]


def test_validate_says_the_same_on_the_command_line(tmp_path: Path) -> None:
    wrong = folder(tmp_path, "brand: {name: A shop, color: brown}")
    result = CliRunner().invoke(files.command, ["validate", str(wrong)])
    assert result.exit_code == 2
    assert "workspace.yaml:1" in result.output
    assert "#rrggbb" in result.output
