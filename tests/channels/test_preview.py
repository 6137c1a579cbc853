"""Previews are kept whole, shared between processes, listed newest first, and hard to abuse."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.base import ChannelError, SettingError
from channels.preview import Preview
from tests.channels.messages import EMAIL, SMS

HOSTILE = ["", ".", "..", "../msg_1", "a/b", "/etc/passwd", "a\0b", "a.json", "ä", "a" * 101, "a\n"]


def test_a_kept_message_comes_back_as_it_was(tmp_path: Path) -> None:
    message = replace(EMAIL, text="zwölf 😀 \ud800 \0", html="<p>好</p>")
    assert Preview("email", tmp_path).send(message).provider_ref == message.id
    kept = Preview("sms", tmp_path).get(message.id)
    assert kept is not None
    assert kept.message == message
    assert kept.at.tzinfo is not None


def test_the_newest_are_listed_first_of_all_kinds_or_of_one(tmp_path: Path) -> None:
    sms, mail = Preview("sms", tmp_path), Preview("email", tmp_path)
    for at in range(4):
        chosen = (sms, mail)[at % 2]
        chosen.send(replace(SMS, id=f"msg_{at}", channel=chosen.kind))
        os.utime(tmp_path / chosen.kind / f"msg_{at}.json", (at, at))
    assert [one.message.id for one in sms.list(3)] == ["msg_3", "msg_2", "msg_1"]
    assert [one.message.id for one in sms.list(channel="email")] == ["msg_3", "msg_1"]
    assert sms.list(channel="pigeon") == []
    assert sms.list(0) == []


def test_sending_again_replaces_and_leaves_nothing_behind(tmp_path: Path) -> None:
    preview = Preview("sms", tmp_path)
    preview.send(SMS)
    preview.send(replace(SMS, text="Again"))
    assert [one.message.text for one in preview.list()] == ["Again"]
    assert os.listdir(tmp_path / "sms") == [f"{SMS.id}.json"]


def test_many_writers_and_readers_never_see_half_a_message(tmp_path: Path) -> None:
    def write_and_read(at: int) -> int:
        preview = Preview("sms", tmp_path)
        preview.send(replace(SMS, id=f"msg_{at % 5}", text="x" * 20_000))
        return min((len(one.message.text) for one in preview.list()), default=20_000)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(write_and_read, range(200))) == {20_000}
    assert len(Preview("sms", tmp_path).list()) == 5


@pytest.mark.parametrize("id", HOSTILE)
def test_a_hostile_id_is_refused_and_finds_nothing(tmp_path: Path, id: str) -> None:
    preview = Preview("sms", tmp_path / "kept")
    (tmp_path / "msg_1.json").write_text("{}")
    with pytest.raises(ChannelError) as refused:
        preview.send(replace(SMS, id=id))
    assert refused.value.permanent
    assert preview.get(id) is None
    assert preview.list(channel=id or "..") == []
    assert sorted(os.listdir(tmp_path)) == ["msg_1.json"]


@given(st.text(max_size=30))
def test_no_id_ever_escapes_the_folder(id: str) -> None:
    assert Preview("sms", Path("/nonexistent")).get(id) is None


def test_files_are_for_their_owner_only(tmp_path: Path) -> None:
    Preview("sms", tmp_path / "kept").send(SMS)
    path = tmp_path / "kept" / "sms" / f"{SMS.id}.json"
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_message_is_passed_over(tmp_path: Path) -> None:
    preview = Preview("sms", tmp_path)
    preview.send(SMS)
    (tmp_path / "sms" / "broken.json").write_text('{"at": 1}')
    assert [one.message.id for one in preview.list()] == [SMS.id]


def test_a_folder_that_cannot_be_made_is_a_configuration_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    preview = Preview("sms", tmp_path / "file")
    for attempt in (lambda: preview.send(SMS), preview.check):
        with pytest.raises(ChannelError) as refused:
            attempt()
        assert refused.value.configuration
        assert not refused.value.permanent


def test_a_kept_message_is_found_and_another_is_not(tmp_path: Path) -> None:
    preview = Preview("sms", tmp_path)
    now = datetime.now(UTC)
    assert preview.find(SMS, now) is None
    preview.send(SMS)
    assert preview.find(SMS, now) is not None


def test_a_kind_that_is_a_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingError):
        Preview("../sms", tmp_path)
