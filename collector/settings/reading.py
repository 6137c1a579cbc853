"""All settings read at once: what is wrong with any of them is said in one go, a sentence each.

`Together` groups settings that are of use only together. Nothing here knows which settings there
are; `../config.py` declares them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, cast

from marshmallow import EXCLUDE, Schema, ValidationError, fields

from collector.errors import Misconfigured
from collector.settings.kinds import Setting

PREFIX = "COLLECTOR_"
TESTS = "TEST_"  # names that begin so are the tests' own
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Together:
    """Settings of one attribute: all of `needed` are given or none of any."""

    needed: Mapping[str, Setting[str]]
    optional: Mapping[str, Setting[str]]

    @property
    def members(self) -> dict[str, Setting[str]]:
        return {**self.needed, **self.optional}


Declared = Mapping[str, "Setting[Any] | Together"]


def name_of(attribute: str, setting: Setting[Any]) -> str:
    """The variable of the environment that holds this setting."""
    return PREFIX + (setting.data_key or attribute.upper())


def flat(declared: Declared) -> Iterator[tuple[str, str, Setting[Any]]]:
    """Every setting as (path of its value, name of its variable, setting)."""
    for attribute, one in declared.items():
        if isinstance(one, Together):
            for key, member in one.members.items():
                yield f"{attribute}.{key}", name_of(key, member), member
        else:
            yield attribute, name_of(attribute, one), one


def load(declared: Declared, environ: Mapping[str, str]) -> dict[str, Any]:
    """What is given, by attribute; an empty text is as good as none.

    Raises Misconfigured with a sentence for each setting that cannot be, and for each name that is
    none.
    """
    given = {
        name: text
        for name, text in environ.items()
        if name.startswith(PREFIX) and not name.startswith(PREFIX + TESTS)
    }
    names = {path: name for path, name, _ in flat(declared)}
    problems = {name: _unknown(name, names.values()) for name in given.keys() - names.values()}
    set_ones = {name: text for name, text in given.items() if text}
    try:
        found = cast("dict[str, Any]", _schema(declared).load(set_ones))
    except ValidationError as error:
        # marshmallow keeps what was read beside what was refused, so that all of it can be said.
        found = cast("dict[str, Any]", error.valid_data)
        refused = cast("dict[str, list[str]]", error.messages)
        problems |= {name: f"{name} {sentences[0]}." for name, sentences in refused.items()}
    problems |= _incomplete(declared, found, problems)
    if problems:
        raise Misconfigured(
            "\n".join(problems[name] for name in sorted(problems)), pointer=min(problems)
        )
    return found


class _Environment(Schema):
    """Reads variables by their full names; a path such as `twilio.base_url` makes a mapping."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.data_key = name_of(field_name, cast("Setting[Any]", field_obj))


def _schema(declared: Declared) -> Schema:
    made: dict[str, fields.Field[Any]] = {path: setting for path, _, setting in flat(declared)}
    return _Environment.from_dict(made)(unknown=EXCLUDE)


def _incomplete(
    declared: Declared, found: Mapping[str, Any], bad: Collection[str]
) -> dict[str, str]:
    """What is missing beside what is given; a value that was refused is not missing."""
    problems = {}
    for attribute, group in declared.items():
        if not isinstance(group, Together):
            continue
        needed = {key: name_of(key, member) for key, member in group.needed.items()}
        there = set(found.get(attribute, {}))
        refused = {key for key, member in group.members.items() if name_of(key, member) in bad}
        missing = [name for key, name in needed.items() if key not in there | refused]
        if there | refused and missing:
            problems[missing[0]] = (
                f"{missing[0]} is missing; all of these are needed together: "
                f"{', '.join(needed.values())}."
            )
    return problems


def _unknown(name: str, known: Collection[str]) -> str:
    """The name as far as it can be shown, and the nearest that is one; never its value."""
    bare = name.removeprefix(PREFIX)
    shown = "".join(char if char.isprintable() else "?" for char in bare[:_LONGEST_NAME])
    shown += "…" if len(bare) > _LONGEST_NAME else ""
    names = [one.removeprefix(PREFIX) for one in known]
    near = get_close_matches(bare[:_LONGEST_NAME].upper(), names, n=1, cutoff=0.7)
    remedy = (
        f"did you mean {PREFIX}{near[0]}?"
        if near
        else "`collector doctor --settings` lists what there is."
    )
    return f"{PREFIX}{shown} is not a setting; {remedy}"
