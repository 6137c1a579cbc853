"""Settings that make sense are read as the page says; whatever else is given is refused by name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from collector import config
from collector.app import create_app
from collector.commands.main import main
from collector.errors import Misconfigured
from collector.invitations import transports
from collector.model.base import db
from tests.settings.nonsense import GATEWAY, GROWN_UP, TWILIO

PREFIX = "COLLECTOR_"
NAMES = [one.name for one in config.declared()]
ROOT = Path(__file__).resolve().parents[2]


def read(folder: Path, **values: str) -> config.Settings:
    given = {"HOME": str(folder / "home")} | values
    return config.read({PREFIX + name: text for name, text in given.items()})


def grown_up(folder: Path, **values: str) -> config.Settings:
    filled = {name: text.replace("{folder}", str(folder)) for name, text in GROWN_UP.items()}
    return read(folder, **(filled | values))


def test_without_any_it_is_embedded_and_keeps_the_key_that_it_made(tmp_path: Path) -> None:
    first, again = read(tmp_path), read(tmp_path)
    assert first == again
    assert first.embedded
    assert first.database_url == f"sqlite:///{tmp_path}/home/collector.db"
    assert (first.base_url, first.timezone, first.country) == ("http://127.0.0.1:8080", "UTC", "")
    assert (first.appeal_days, first.sweep_seconds, first.sms_not_to) == (14, 30, ("+86",))
    assert (first.sms_segments_per_day, first.sms_per_second) == (None, None)
    assert (first.redis_url, first.smtp_url, first.clock_file) == (None, None, None)
    assert (dict(first.twilio), dict(first.webhook)) == ({}, {})
    assert (tmp_path / "home" / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_one_is_as_good_as_none(tmp_path: Path, name: str) -> None:
    given = {f"{PREFIX}HOME": str(tmp_path / "home"), name: ""}
    if name == f"{PREFIX}HOME":
        given[f"{PREFIX}SECRET_KEYS"] = "k" * 40  # so that no key is made where the tests run
    assert config.read(given).embedded


@pytest.mark.parametrize(
    ("name", "text", "attribute", "value"),
    [
        ("DATABASE_URL", "postgres://u:p@h:5433/d", "database_url", "postgresql://u:p@h:5433/d"),
        ("DATABASE_URL", "postgresql+psycopg://h/d?sslmode=require&connect_timeout=5",
         "database_url", "postgresql+psycopg://h/d?sslmode=require&connect_timeout=5"),
        ("DATABASE_URL", "postgresql:///d?host=/run/postgresql", "database_url",
         "postgresql:///d?host=/run/postgresql"),
        ("DATABASE_URL", "postgresql://u:p%40%2F@h/d", "database_url",
         "postgresql://u:p%40%2F@h/d"),
        ("DATABASE_URL", "sqlite:///none-such.db?timeout=5", "database_url",
         "sqlite:///none-such.db?timeout=5"),
        ("REDIS_URL", "redis://localhost", "redis_url", "redis://localhost"),
        ("REDIS_URL", "rediss://:p@h:6380/1?socket_timeout=2", "redis_url",
         "rediss://:p@h:6380/1?socket_timeout=2"),
        ("REDIS_URL", "unix:///run/redis.sock?db=1", "redis_url", "unix:///run/redis.sock?db=1"),
        ("SECRET_KEYS", f" {'a' * 32} , {'b' * 32} ", "secret_keys", ("a" * 32, "b" * 32)),
        ("BASE_URL", "https://ask.example.com/", "base_url", "https://ask.example.com"),
        ("BASE_URL", "http://[::1]:8080", "base_url", "http://[::1]:8080"),
        ("BASE_URL", "https://bücher.example", "base_url", "https://bücher.example"),
        ("BASE_URL", "http://ask_me.internal:80", "base_url", "http://ask_me.internal:80"),
        ("SMS_SEGMENTS_PER_DAY", "500", "sms_segments_per_day", 500),
        ("SMS_PER_SECOND", ".5", "sms_per_second", 0.5),
        ("SMS_PER_SECOND", "1e-1", "sms_per_second", 0.1),
        ("SMS_NOT_TO", "+86, +7", "sms_not_to", ("+86", "+7")),
        ("SMS_NOT_TO", "None", "sms_not_to", ()),
        ("TIMEZONE", "Asia/Shanghai\n", "timezone", "Asia/Shanghai"),
        ("COUNTRY", "es", "country", "ES"),
        ("APPEAL_DAYS", "030", "appeal_days", 30),
        ("SWEEP_SECONDS", "1000000", "sweep_seconds", 1_000_000),
        ("HOME", "/nowhere/yet", "home", Path("/nowhere/yet")),
    ],
)  # fmt: skip
def test_what_makes_sense_is_read(
    tmp_path: Path, name: str, text: str, attribute: str, value: object
) -> None:
    assert getattr(grown_up(tmp_path, **{name: text}), attribute) == value


def test_a_clock_file_is_followed(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text("2026-03-01T10:00:00+00:00")
    assert read(tmp_path, CLOCK_FILE=str(file)).clock_file == file


def test_providers_are_read_whole_and_shown_to_nobody(tmp_path: Path) -> None:
    mail = "smtp://u:s3cr3t@relay.example/?from=a@b.example"
    settings = read(tmp_path, SMTP_URL=mail, **TWILIO, **GATEWAY)
    assert dict(settings.twilio) == {
        "account_sid": TWILIO["TWILIO_ACCOUNT_SID"],
        "auth_token": TWILIO["TWILIO_AUTH_TOKEN"],
        "sender": TWILIO["TWILIO_FROM"],
        "base_url": "",
    }
    assert dict(settings.webhook) == {
        "url": GATEWAY["WEBHOOK_CHANNEL_URL"],
        "secret": GATEWAY["WEBHOOK_CHANNEL_SECRET"],
    }
    assert set(transports.build(settings)) == {"inapp", "sms", "email", "webhook"}
    for hidden in (TWILIO["TWILIO_AUTH_TOKEN"], "s3cr3t", GATEWAY["WEBHOOK_CHANNEL_SECRET"]):
        assert hidden not in repr(settings)


def test_a_folder_may_be_named_as_an_address_never_could(tmp_path: Path) -> None:
    home = tmp_path / "50% off? #1"
    app = create_app(read(tmp_path, HOME=str(home)), bell=lambda name: None)
    with app.app_context(), db.engine.connect():
        assert (home / "collector.db").is_file()
        db.engine.dispose()


def test_every_option_of_a_channel_is_held_by_a_setting_that_there_is() -> None:
    held = {name for options in transports.SETTINGS.values() for name in options.values()}
    assert {PREFIX + name for name in held} <= set(NAMES)


@pytest.mark.parametrize("host", ["a" * 64 + ".example", "no such host", "a\x00b", "999.1.1.1"])
def test_a_host_to_listen_on_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setenv("COLLECTOR_HOME", str(tmp_path))
    result = CliRunner().invoke(main, ["serve", "--host", host])
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 2
    assert "--host" in result.output or "cannot listen on" in result.output


@pytest.mark.parametrize("flag", ["--port", "--processes"])
@pytest.mark.parametrize("value", ["notaport", "0", "-1", "²", "1.5", "70000", "", " "])
def test_a_number_of_serve_that_is_none_is_refused_by_name(flag: str, value: str) -> None:
    result = CliRunner().invoke(main, ["serve", flag, value])
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 2
    assert f"Invalid value for '{flag}'" in result.output


def test_gunicorn_alone_says_it_in_a_sentence_and_gives_up(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "wsgi:app"],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        env={"COLLECTOR_HOME": str(tmp_path), "COLLECTOR_APPEAL_DAYS": "²"},
    )  # fmt: skip
    assert done.returncode != 0
    assert "\nCOLLECTOR_APPEAL_DAYS must be" in f"\n{done.stderr}"
    assert "Traceback" not in done.stderr


@effort(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.sampled_from(NAMES), text=st.text(st.characters(), max_size=60), data=st.data())
def test_any_text_is_either_read_or_refused_by_name(
    tmp_path: Path, name: str, text: str, data: st.DataObject
) -> None:
    begin = data.draw(
        st.sampled_from(
            ["", "https://", "redis://", "rediss://h/?", "unix://", "postgresql://", "sqlite:///",
             "postgresql://h/d?", "smtp://", "smtp://r.example/?", "whsec_", "+", "AC", "/"]
        )
    )  # fmt: skip
    given = {f"{PREFIX}HOME": str(tmp_path / "home"), f"{PREFIX}SECRET_KEYS": "k" * 40}
    given[f"{PREFIX}BASE_URL"] = "https://ask.example.com"
    of = {PREFIX + key: value for one in (TWILIO, GATEWAY) for key, value in one.items()}
    refused = None
    try:
        transports.build(config.read(given | of | {name: begin + text}))
    except Misconfigured as error:
        refused = error
    if refused is not None:
        assert refused.pointer == name
        assert refused.detail.startswith(f"{name} ")
        assert refused.detail.isprintable()
