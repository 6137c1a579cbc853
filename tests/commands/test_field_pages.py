"""The pages of the rule and the survey file: every field, as the checks tell it, with examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from collector.commands.configuration import told_fields
from collector.commands.main import main
from collector.rules import definition as rules
from collector.rules.folder import workspace
from collector.surveys import definitions as surveys
from collector.surveys import documents
from collector.surveys.fields import Fields

DOCS = Path(__file__).resolve().parents[2] / "docs"
KINDS = (told_fields.RULE, told_fields.SURVEY)
CHECKS = {told_fields.RULE: rules.check, told_fields.SURVEY: surveys.check}


def paths(held: Any, before: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Every field of a checked definition, inner ones too."""
    if not isinstance(held, dict):
        return {before}
    inner = (paths(value, (*before, name)) for name, value in held.items())
    return {before}.union(*inner) - {()}


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_is_what_the_command_writes(kind: str) -> None:
    written = CliRunner().invoke(main, [f"{kind}s", "fields", "--format", "markdown"])
    page = DOCS / f"fields-{kind}.md"
    how = f"collector {kind}s fields --format markdown > docs/fields-{kind}.md"
    assert page.read_text(encoding="utf-8") == written.output, how


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_that_is_stored_is_missing_from_the_page(kind: str) -> None:
    value = documents.read("x.yaml", told_fields.example(kind)).value
    stored = paths(CHECKS[kind](value, documents.json_pointer))
    stored = {one for one in stored if one[:2] != ("wording", "pt-BR")}
    stored = {("wording", "<locale>", *one[2:]) if one[:2] == ("wording", "en") else one
              for one in stored}  # fmt: skip
    told = {one.path for one in told_fields.fields(kind)}
    assert stored <= told
    assert all(one.about.endswith((".", ")")) and one.takes for one in told_fields.fields(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_writes_out_every_field_that_is_told(kind: str) -> None:
    written = paths(documents.read("x.yaml", told_fields.example(kind)).value)
    general = {tuple("<locale>" if part == "en" else part for part in one) for one in written}
    assert {one.path for one in told_fields.fields(kind)} <= general


def test_the_examples_are_a_folder_that_can_be_used() -> None:
    read = workspace.read(told_fields.EXAMPLES)
    assert (len(read.surveys), len(read.rules)) == (1, 1)
    assert read.warnings() == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_cannot_be_read_without_saying_what_it_is(kind: str) -> None:
    readers = (Fields.text, Fields.choice, Fields.integer, Fields.number, Fields.boolean,
               Fields.choices, Fields.inner)  # fmt: skip
    assert all("about" in (one.__kwdefaults__ or {}) or "about" in one.__annotations__
               for one in readers)  # fmt: skip
    plain = CliRunner().invoke(main, [f"{kind}s", "fields"]).output
    assert all(one.name in plain for one in told_fields.fields(kind))


def test_the_file_on_the_rules_page_is_the_one_that_the_command_makes(tmp_path: Path) -> None:
    page = (DOCS / "rules.md").read_text(encoding="utf-8")
    copied = CliRunner().invoke(main, ["gallery", "copy", "order-delivered", str(tmp_path)])
    assert copied.exit_code == 0
    text = (tmp_path / "rules" / "order-delivered.yaml").read_text(encoding="utf-8")
    assert f"```yaml\n{text}```" in page
