"""Lines that are no customer's: previews, tests and what the tool itself calls spam. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from collector.integrity.audit.exports.presets import plain

FLAGS = frozenset((
    "test", "istest", "testresponse", "testmode", "istestresponse", "preview", "ispreview",
    "previewresponse", "sandbox", "isspam", "spam", "测试", "是否测试",
))  # fmt: skip
STATES = frozenset((
    "status", "responsestatus", "responsetype", "mode", "recordtype", "collectormode", "channel",
    "distributionchannel", "collectortype", "source", "surveystatus", "environment", "状态", "来源",
))  # fmt: skip
YES = frozenset(
    ("true", "1", "yes", "y", "x", "t", "test", "preview", "spam", "是", "ja", "oui", "sí")
)
_WORDS = {
    "preview": "preview", "surveypreview": "preview", "previewresponse": "preview",
    "test": "test", "surveytest": "test", "testresponse": "test", "testdata": "test",
    "sandbox": "test", "测试": "test", "预览": "preview", "spam": "spam", "possiblespam": "spam",
    "previewspam": "spam", "importedspam": "spam", "gltest": "test", "offlinesurveypreview":
    "preview", "offlinepreview": "preview", "测试数据": "test", "pruebas": "test",
}  # fmt: skip
# Qualtrics writes its states as numbers too.
_NUMBERS = {"1": "preview", "2": "test", "8": "spam", "9": "spam", "12": "spam", "17": "preview"}


def columns(header: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """The columns that can say so, and whether each is a flag."""
    found = []
    for name in header:
        key = plain(name)
        if key in FLAGS or key in STATES:
            found.append((name, key in FLAGS))
    return tuple(found)


def why(raw: Mapping[str, Any], looked: Iterable[tuple[str, bool]], *, numbered: bool) -> str:
    """Why this line is left out: "preview", "test" or "spam"; empty for a customer's."""
    for name, flag in looked:
        value = plain(raw.get(name, ""))
        if flag:
            if value in YES:
                return _WORDS.get(plain(name).removeprefix("is"), "test")
            continue
        if found := _WORDS.get(value):
            return found
        if numbered and plain(name) == "status" and (found := _NUMBERS.get(value)):
            return found
    return ""
