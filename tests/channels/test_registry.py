"""Channels are built from plain strings, and a slip in them is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.base import SettingError
from channels.registry import CLASSES, build


def test_each_class_answers_to_its_kind() -> None:
    for kind, cls in CLASSES.items():
        if kind != "preview":
            assert cls.kind == kind


def test_a_preview_stands_for_another_channel(tmp_path: Path) -> None:
    assert build("preview", {"kind": "sms", "directory": str(tmp_path)}).kind == "sms"


def test_an_unknown_kind_is_refused_with_those_that_exist() -> None:
    with pytest.raises(SettingError, match="sms, email, inapp, webhook, preview"):
        build("pigeon")


@pytest.mark.parametrize("kind", CLASSES)
def test_an_option_that_nobody_reads_is_refused(kind: str) -> None:
    with pytest.raises(SettingError, match="no such option") as refused:
        build(kind, {"colour": "blue"})
    assert refused.value.setting == "colour"


@pytest.mark.parametrize(
    ("kind", "setting"), [("sms", "account_sid"), ("email", "url"), ("preview", "kind")]
)
def test_a_missing_option_is_named(kind: str, setting: str) -> None:
    with pytest.raises(SettingError, match="missing") as refused:
        build(kind, {})
    assert refused.value.setting == setting
