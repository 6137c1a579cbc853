"""Every field of the survey and of the rule file, as the checks themselves tell it.

`collector surveys fields`, `collector rules fields`, and with `--format markdown` the pages
`docs/fields-survey.md` and `docs/fields-rule.md`: a test compares page and code. The example in
`every_field/` has all of them; checking it is what makes the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import click

from collector.rules import definition as rules
from collector.surveys import definitions as surveys
from collector.surveys import documents
from collector.surveys.fields import Report
from collector.surveys.told import Told

EXAMPLES: Final = Path(__file__).with_name("every_field")
RULE, SURVEY = "rule", "survey"
CHECKS: Final[dict[str, Callable[[Any, Report], dict[str, Any]]]] = {
    RULE: rules.read,
    SURVEY: surveys.read,
}
NEEDED = {RULE: "key, on, survey, channels", SURVEY: "key, metric, owner, wording"}
INTRODUCTIONS: Final = {
    RULE: (
        "# The rule file, field by field\n\n"
        "One rule a file, in `rules/` of a configuration folder; the name of the file is free, the "
        "`key` in it counts. Only `key`, `on`, `survey` and `channels` are needed: everything else "
        "has a careful default. [Rules](rules.md) goes once around; the same objects are the "
        "`definition` of `PUT /v1/rules/{key}`; [how things match](matching.md) says what is the "
        "same. What a rule asks is in [the survey file](fields-survey.md).\n\n"
        "This page is written by `collector rules fields --format markdown`."
    ),
    SURVEY: (
        "# The survey file, field by field\n\n"
        "One survey a file, in `surveys/` of a configuration folder; the name of the file is free, "
        "the `key` in it counts. When it is asked is in [the rule file](fields-rule.md); the same "
        "objects are the `definition` of `PUT /v1/surveys/{key}`.\n\n"
        "This page is written by `collector surveys fields --format markdown`."
    ),
}


def example(kind: str) -> str:
    """The file in which every field of this kind is written out."""
    return (EXAMPLES / f"{kind}s" / "every-field.yaml").read_text(encoding="utf-8")


def fields(kind: str) -> list[Told]:
    """Every field of this kind in the order of the example; a language's only once."""
    report = Report(documents.json_pointer)
    CHECKS[kind](documents.read("every-field.yaml", example(kind)).value, report)
    first = [one for one in report.told if one.path[:2] != ("wording", "pt-BR")]
    return [_general(one) for one in first]


def _general(one: Told) -> Told:
    """`wording.en.question` stands for every language."""
    if one.path[:2] != ("wording", "en"):
        return one
    return Told(("wording", "<locale>", *one.path[2:]), one.takes, one.default, one.about)


def text(kind: str) -> str:
    """For a terminal."""
    lines = []
    for one in fields(kind):
        default = f", default {one.default}" if one.default else ""
        lines += [f"{one.name}  ({_bare(one.takes)}{default})", f"    {_bare(one.about)}"]
    return "\n".join(lines)


def markdown(kind: str) -> str:
    """The page."""
    told = fields(kind)
    outer = [one for one in told if len(one.path) == 1]
    parts = [
        INTRODUCTIONS[kind],
        f"## All of it\n\n```yaml\n{example(kind)}```",
        f"## Fields\n\n{_table(outer, kind)}",
    ]
    groups = dict.fromkeys(one.path[:-1] for one in told if len(one.path) > 1)
    for path in groups:
        inner = [one for one in told if one.path[:-1] == path]
        parts.append(f"## `{'.'.join(map(str, path))}`\n\n{_table(inner, kind)}")
    parts.append(WARNED[kind])
    return "\n\n".join(parts) + "\n"


WARNED: Final = {
    RULE: (
        "## What is refused, and what is only warned of\n\n"
        "`collector config validate DIR` lists every problem as `file:line`, in a condition with "
        "the column, and says what was likely meant: `delay: 90` (write `90m`), `sample: 50%` "
        "(write `0.5`), an unknown field with the nearest known one. A YAML tag is refused: "
        "`when: !context.gift` has to be in quotes.\n\n"
        "What is allowed but surely not meant is a warning, in `validate`, `diff`, `apply`, "
        "`doctor` and in the `warnings` of the API's replies: quiet hours that are quiet by day, "
        "a channel that is not set up, numbers that get no text where that is the only channel, an "
        "event type that nobody has sent yet, a share that asks nobody, a pause without effect, a "
        "file that lies beside `rules/`. `collector config validate DIR --strict` ends with exit "
        "code 2 for them."
    ),
    SURVEY: (
        "## What is only warned of\n\n"
        "A language in which we have no words for what stands around a question (it will be "
        "English), a question that is the same in two languages, and a language that at least one "
        "in twenty of the last people speaks and that has no text."
    ),
}


def _table(told: Sequence[Told], kind: str) -> str:
    rows = ["| field | takes | default | what it is |", "| --- | --- | --- | --- |"]
    for one in told:
        needed = _without(one, kind)
        default = needed or (f"`{one.default}`" if one.default else "")
        rows.append(f"| `{one.path[-1]}` | {one.takes} | {default} | {one.about} |")
    return "\n".join(rows)


def _without(one: Told, kind: str) -> str:
    """What stands for a default where there is none."""
    if len(one.path) == 1:
        return "**needed**" if one.name in NEEDED[kind].split(", ") else ""
    return "**needed**" if one.path[-1] in REQUIRED.get(one.path[:-1], ()) else ""


REQUIRED: Final[dict[tuple[str | int, ...], tuple[str, ...]]] = {
    ("wording", "<locale>"): ("question", "low", "high", "why", "thanks"),
    ("brand",): ("name",),
    ("quota",): ("per", "max"),
}


def _bare(said: str) -> str:
    """Without Markdown."""
    return said.replace("`", "").replace("**", "")


def command(kind: str) -> click.Command:
    """`fields`, for the group of this kind."""

    @click.command("fields", help=f"Every field of the {kind} file: what it takes, what it is.")
    @click.option(
        "--format", "form", type=click.Choice(["text", "markdown", "yaml"]), default="text",
        help="markdown is the page in docs/; yaml a file with every field, to start from.",
    )  # fmt: skip
    def show(form: str) -> None:
        if form == "yaml":
            click.echo(example(kind), nl=False)
        else:
            click.echo(markdown(kind) if form == "markdown" else text(kind), nl=form == "text")

    return show
