"""docs/integrity/appeals.md: every command on it is run, and prints what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from collector import clock
from collector.commands import context
from collector.integrity.appeals import families
from tests.commands.walk import replayed
from tests.integrity.appeals.cases import LATER, REJECTED, finding, published, send, staff

PAGE = Path(__file__).resolve().parents[2] / "docs/integrity/appeals.md"


def test_the_walk_on_the_page_is_what_happens(ctx: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "create_app", lambda: ctx)
    staff(
        {"agent_id": "a1", "team_id": "t1", "store_id": "s1"},
        {"agent_id": "lead", "team_id": "t1", "role": "supervisor"},
    )
    there = [published(1), published(5, **REJECTED), finding()]
    text = PAGE.read_text(encoding="utf-8")
    low, high = dict.fromkeys(re.findall(r"appeals open (rsp_\w{26})", text))
    (odd,) = set(re.findall(r"findings show (fnd_\w{26})", text))
    known = dict(zip((low, high, odd), there, strict=True))
    with clock.at(LATER):
        steps = 0
        for command, shown, real in replayed(PAGE, known):
            assert real == shown, command
            send(LATER)
            steps += 1
    assert steps == 10


def test_the_families_on_the_page_are_those_that_are_told() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for family, codes in families.FAMILIES.items():
        (row,) = re.findall(rf"^\| {family} \| (.*) \|$", text, re.MULTILINE)
        told = [code for code in codes if code in row]
        assert told == list(codes) or family == "a machine or a repeated post"
    for family in (families.RULED, families.OTHER):
        assert f"| {family} |" in text
