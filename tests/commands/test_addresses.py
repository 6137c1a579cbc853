"""Commands name the address that the service really has, after `serve --port` too."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from collector import config
from collector.commands.operating import serve
from collector.settings.served import remember_served, served_at


def read(home: Path, **more: str) -> config.Settings:
    return config.read({"COLLECTOR_HOME": str(home), **more})


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("127.0.0.1", 8099, "http://127.0.0.1:8099"),
        ("0.0.0.0", 8099, "http://127.0.0.1:8099"),
        ("::1", 81, "http://[::1]:81"),
        ("127.0.0.1", 8080, "http://127.0.0.1:8080"),
    ],
)
def test_what_is_served_is_what_every_command_names(
    tmp_path: Path, host: str, port: int, address: str
) -> None:
    assert serve.reached_at(read(tmp_path), host, port).base_url == address
    assert read(tmp_path).base_url == address
    assert serve.reached_at(read(tmp_path), "127.0.0.1", 9000).base_url == "http://127.0.0.1:9000"
    assert read(tmp_path).base_url == "http://127.0.0.1:9000"


def test_a_public_address_that_is_set_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECTOR_BASE_URL", "https://ask.example.com")
    settings = replace(read(tmp_path), base_url="https://ask.example.com")
    assert serve.reached_at(settings, "127.0.0.1", 8099) == settings
    assert served_at(tmp_path) == ""


@pytest.mark.parametrize("said", ["", "nonsense", "https://elsewhere", "http://a b", "\xff"])
def test_a_damaged_note_is_as_good_as_none(tmp_path: Path, said: str) -> None:
    remember_served(tmp_path, "http://127.0.0.1:1")
    (tmp_path / "served_at").write_text(said, encoding="latin-1")
    assert read(tmp_path).base_url == config.EMBEDDED_BASE_URL


def test_the_tag_of_a_site_has_the_port_that_is_served(tmp_path: Path) -> None:
    remember_served(tmp_path, "http://127.0.0.1:8099")
    env = {"COLLECTOR_HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    run = [sys.executable, "-c", "from collector.commands.main import main; main()"]
    for arguments in (["migrate"], ["sites", "create", "shop", "--origin", "http://localhost:3000"],
                      ["sites", "tag", "shop"]):  # fmt: skip
        done = subprocess.run([*run, *arguments], env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert 'src="http://127.0.0.1:8099/w/v1/widget.js"' in done.stdout
