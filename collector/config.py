"""The settings: the only reader of the environment. Typed, checked, and strict about nonsense.

Without `COLLECTOR_DATABASE_URL` the service runs *embedded*: SQLite and keys that it made itself,
all under `COLLECTOR_HOME`. With it, keys and base URL must be given; there are no default secrets.
`app.py` turns these into a running service; anyone above may call `settings()` inside an app.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from flask import current_app

from collector.errors import Misconfigured

PREFIX = "COLLECTOR_"
KNOWN = {
    "DATABASE_URL": "PostgreSQL (postgresql://…) or SQLite (sqlite:///…); unset: embedded SQLite",
    "REDIS_URL": "Redis for the doorbell (redis://…); unset: a thread in the web process",
    "SECRET_KEYS": "comma-separated keys of 32+ characters, oldest first; the last one signs",
    "BASE_URL": "public address of this service, used in links (https://…)",
    "HOME": "folder of the embedded database, keys and previews (default .collector)",
    "TWILIO_ACCOUNT_SID": "Twilio account",
    "TWILIO_AUTH_TOKEN": "Twilio auth token; also checks the signature of Twilio's calls",
    "TWILIO_FROM": "sender number in E.164, or a messaging service SID (MG…)",
    "TWILIO_BASE_URL": "another host in place of Twilio's, for test doubles",
    "SMS_SEGMENTS_PER_DAY": "most SMS segments a day (UTC), the rest waits a day; unset: any",
    "SMS_PER_SECOND": "most texts a second over all workers, such as 1 or 0.5; unset: Twilio paces",
    "SMS_NOT_TO": "prefixes of numbers that get no text, since links do not pass there (+86; none)",
    "WEBHOOK_CHANNEL_URL": "gateway of the channel `webhook` (https://…): WhatsApp, WeChat, LINE",
    "WEBHOOK_CHANNEL_SECRET": "whsec_…: what the gateway checks signatures with",
    "SMTP_URL": "smtp://user:password@host:587/?from=Care+%3Ccare@example.com%3E&starttls=1",
    "TIMEZONE": "IANA zone of whoever tells us none (Europe/Madrid; default UTC)",
    "COUNTRY": "ISO code of their country, for weekends and holidays (ES; default none)",
    "APPEAL_DAYS": "how long a published verdict can be contested (default 14)",
    "CLOCK_FILE": "simulation only: a file that holds the time, followed by every process",
    "SWEEP_SECONDS": "how often a worker looks for forgotten work (default 30)",
}
MIN_KEY_LENGTH = 32
EMBEDDED_BASE_URL = "http://127.0.0.1:8080"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service runs with. `secret_keys` are oldest to newest; secrets stay out of repr."""

    database_url: str = field(repr=False)
    secret_keys: tuple[str, ...] = field(repr=False)
    base_url: str
    home: Path
    embedded: bool
    redis_url: str | None = field(default=None, repr=False)
    smtp_url: str | None = field(default=None, repr=False)
    twilio: Mapping[str, str] = field(default_factory=dict, repr=False)
    sms_segments_per_day: int | None = None
    sms_per_second: float | None = None
    sms_not_to: tuple[str, ...] = ("+86",)
    webhook: Mapping[str, str] = field(default_factory=dict, repr=False)
    timezone: str = "UTC"
    country: str = ""
    appeal_days: int = 14
    clock_file: Path | None = None
    sweep_seconds: int = 30

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment. Raises Misconfigured, naming the setting and the remedy."""
    env = os.environ if environ is None else environ
    values = {k[len(PREFIX) :]: v.strip() for k, v in env.items() if k.startswith(PREFIX)}
    values = {k: v for k, v in values.items() if not k.startswith("TEST_")}
    for name in values:
        if name not in KNOWN:
            raise Misconfigured(
                f"{PREFIX}{name} is not a setting. Known: "
                + ", ".join(PREFIX + known for known in KNOWN),
                pointer=PREFIX + name,
            )
    home = Path(values.get("HOME") or ".collector").absolute()
    embedded = not values.get("DATABASE_URL")
    return Settings(
        database_url=_database_url(values, home),
        secret_keys=_secret_keys(values, home, embedded),
        base_url=_base_url(values, embedded),
        home=home,
        embedded=embedded,
        redis_url=_url(values, "REDIS_URL", ("redis", "rediss", "unix")),
        smtp_url=_url(values, "SMTP_URL", ("smtp", "smtps")),
        twilio=_twilio(values),
        sms_segments_per_day=_whole(values, "SMS_SEGMENTS_PER_DAY"),
        sms_per_second=_rate(values, "SMS_PER_SECOND"),
        sms_not_to=_prefixes(values, "SMS_NOT_TO", "+86"),
        webhook=_webhook(values),
        timezone=_timezone(values),
        country=_country(values),
        appeal_days=_whole(values, "APPEAL_DAYS") or 14,
        clock_file=Path(values["CLOCK_FILE"]) if values.get("CLOCK_FILE") else None,
        sweep_seconds=_seconds(values, "SWEEP_SECONDS", 30),
    )


def settings() -> Settings:
    """The settings of the running app (needs an application context)."""
    return cast(Settings, current_app.extensions["collector.settings"])


def _database_url(values: Mapping[str, str], home: Path) -> str:
    url = _url(values, "DATABASE_URL", ("postgresql", "postgres", "postgresql+psycopg", "sqlite"))
    if url is None:
        return f"sqlite:///{home / 'collector.db'}"
    # Many platforms hand out the short name; SQLAlchemy only knows the long one.
    return "postgresql://" + url[len("postgres://") :] if url.startswith("postgres://") else url


def _secret_keys(values: Mapping[str, str], home: Path, embedded: bool) -> tuple[str, ...]:
    text = values.get("SECRET_KEYS", "")
    if not text and embedded:
        return (_own_key(home),)
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if not keys:
        raise Misconfigured(
            f"{PREFIX}SECRET_KEYS is not set. Make one with "
            "`python -c 'import secrets; print(secrets.token_urlsafe(32))'` and keep it: "
            "links are signed with it.",
            pointer=PREFIX + "SECRET_KEYS",
        )
    if any(len(key) < MIN_KEY_LENGTH for key in keys) or len(set(keys)) != len(keys):
        raise Misconfigured(
            f"{PREFIX}SECRET_KEYS needs different keys of {MIN_KEY_LENGTH} characters or more.",
            pointer=PREFIX + "SECRET_KEYS",
        )
    return keys


def _own_key(home: Path) -> str:
    """The embedded default's key: made once, kept readable to its owner only."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / "secret_key"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as out:
        key = secrets.token_urlsafe(48)
        out.write(key)
    return key


def _base_url(values: Mapping[str, str], embedded: bool) -> str:
    url = _url(values, "BASE_URL", ("http", "https"))
    if url is None and not embedded:
        raise Misconfigured(
            f"{PREFIX}BASE_URL is not set; links in messages need the public address "
            "of this service, such as https://ask.example.com.",
            pointer=PREFIX + "BASE_URL",
        )
    return (url or EMBEDDED_BASE_URL).rstrip("/")


def _url(values: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str | None:
    text = values.get(name, "")
    if not text:
        return None
    if urlsplit(text).scheme not in schemes:
        raise Misconfigured(
            f"{PREFIX}{name} must start with one of: {', '.join(s + '://' for s in schemes)}.",
            pointer=PREFIX + name,
        )
    return text


def _twilio(values: Mapping[str, str]) -> dict[str, str]:
    names = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM")
    given = [name for name in names if values.get(name)]
    if not given:
        return {}
    if missing := [name for name in names if name not in given]:
        raise Misconfigured(
            f"{PREFIX}{missing[0]} is missing; Twilio needs all of "
            + ", ".join(PREFIX + name for name in names),
            pointer=PREFIX + missing[0],
        )
    return {
        "account_sid": values["TWILIO_ACCOUNT_SID"],
        "auth_token": values["TWILIO_AUTH_TOKEN"],
        "sender": values["TWILIO_FROM"],
        "base_url": values.get("TWILIO_BASE_URL", ""),
    }


def _webhook(values: Mapping[str, str]) -> dict[str, str]:
    names = ("WEBHOOK_CHANNEL_URL", "WEBHOOK_CHANNEL_SECRET")
    missing = [name for name in names if not values.get(name)]
    if len(missing) == len(names):
        return {}
    if missing:
        raise Misconfigured(
            f"{PREFIX}{missing[0]} is missing; the webhook channel needs both "
            + " and ".join(PREFIX + name for name in names),
            pointer=PREFIX + missing[0],
        )
    return {"url": values[names[0]], "secret": values[names[1]]}


def _prefixes(values: Mapping[str, str], name: str, default: str) -> tuple[str, ...]:
    text = values.get(name) or default
    if text.lower() == "none":
        return ()
    prefixes = tuple(part.strip() for part in text.split(","))
    if not all(part[:1] == "+" and part[1:].isascii() and part[1:].isdigit() for part in prefixes):
        raise Misconfigured(
            f"{PREFIX}{name} must be prefixes such as +86 with commas between, or none.",
            pointer=PREFIX + name,
        )
    return prefixes


def _timezone(values: Mapping[str, str]) -> str:
    name = values.get("TIMEZONE") or "UTC"
    if name not in available_timezones():
        raise Misconfigured(
            f"{PREFIX}TIMEZONE must be an IANA zone such as Asia/Shanghai.",
            pointer=PREFIX + "TIMEZONE",
        )
    return name


def _country(values: Mapping[str, str]) -> str:
    code = values.get("COUNTRY", "").upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise Misconfigured(
            f"{PREFIX}COUNTRY must be an ISO code of two letters such as CN.",
            pointer=PREFIX + "COUNTRY",
        )
    return code


def _whole(values: Mapping[str, str], name: str) -> int | None:
    text = values.get(name, "")
    if text and not (text.isascii() and text.isdigit() and int(text) > 0):
        raise Misconfigured(
            f"{PREFIX}{name} must be a whole number above 0.", pointer=PREFIX + name
        )
    return int(text) if text else None


def _rate(values: Mapping[str, str], name: str) -> float | None:
    text = values.get(name, "")
    try:
        rate = float(text) if text else None
    except ValueError:
        rate = 0.0
    if rate is not None and not 0 < rate <= 10_000:
        raise Misconfigured(
            f"{PREFIX}{name} must be a number above 0, such as 1 or 0.5.", pointer=PREFIX + name
        )
    return rate


def _seconds(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name, "")
    if text and not (text.isdigit() and int(text) > 0):
        raise Misconfigured(f"{PREFIX}{name} must be a whole number of seconds above 0.")
    return int(text) if text else default
