"""The settings: declared once, here, and the only reader of the environment. Strict about nonsense.

Without `COLLECTOR_DATABASE_URL` the service runs *embedded*: SQLite and keys that it made itself,
all under `COLLECTOR_HOME`. With it, keys and base URL must be given; there are no default secrets.
`app.py` turns these into a running service; anyone above may call `settings()` inside an app. What
a setting can be is in `settings/`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Annotated, cast, get_type_hints
from urllib.parse import quote

from collector.errors import Misconfigured
from collector.settings import reading
from collector.settings.addresses import Address, DatabaseAddress, PublicAddress, RedisAddress
from collector.settings.kinds import (
    MAKE_ONE,
    MIN_KEY_LENGTH,
    Country,
    Domain,
    Keys,
    Prefixes,
    Rate,
    Text,
    Whole,
    Zone,
)
from collector.settings.listing import Line
from collector.settings.places import ClockFile, Folder
from collector.settings.reading import Declared, Together, flat, load
from collector.settings.served import served_at

PREFIX = reading.PREFIX
EMBEDDED_BASE_URL = "http://127.0.0.1:8080"
_A_CENTURY = 36_500


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service runs with. Secrets stay out of repr.

    Name, type, default and meaning of every setting are told here and nowhere else; the variable is
    the attribute's name in capitals, where no other is given.
    """

    database_url: Annotated[
        str,
        DatabaseAddress(
            "The database", "postgresql", "postgres", "postgresql+psycopg", "sqlite",
            unset="embedded: SQLite in `COLLECTOR_HOME`",
        ),
    ] = field(repr=False)  # fmt: skip
    secret_keys: Annotated[
        tuple[str, ...],
        Keys(
            f"Keys of {MIN_KEY_LENGTH} characters or more, oldest first; the last one signs links",
            unset="embedded: made on first start; else it does not start",
        ),
    ] = field(repr=False)
    base_url: Annotated[
        str,
        PublicAddress(
            "Public address of this service, used in links: scheme and host, such as "
            "`https://ask.example.com`", "https", "http",
            unset="embedded: where it listens; else it does not start",
        ),
    ]  # fmt: skip
    home: Annotated[
        Path,
        Folder(
            "Folder of the embedded database, of its key and of previews; a worker's snapshot of "
            "the checks is there too, so keep it over restarts",
            unset="`.collector`",
        ),
    ]
    embedded: bool
    redis_url: Annotated[
        str | None,
        RedisAddress(
            "Redis, which wakes the workers", "redis", "rediss", "unix",
            unset="a thread in the web process",
        ),
    ] = field(default=None, repr=False)  # fmt: skip
    smtp_url: Annotated[
        str | None,
        Address(
            "The mail relay: `smtp://user:password@host:587/?from=Care+%3Ccare@example.com%3E`. "
            "After the `?`: `from` (needed), `reply_to`, `starttls` (1 or 0), `helo`, "
            "`connect_timeout` and `read_timeout` in seconds",
            "smtp", "smtps", unset="no email; embedded: kept for preview",
        ),
    ] = field(default=None, repr=False)  # fmt: skip
    bounce_domain: Annotated[
        str,
        Domain(
            "Domain whose mail comes to `collector bounces` or `/callbacks/email/report`: mails "
            "then leave with a signed return path of their own, `bounce+…@` this domain",
            unset="the sender's address",
        ),
    ] = ""
    twilio: Annotated[
        Mapping[str, str],
        Together(
            needed={
                "account_sid": Text(
                    "Twilio's account, `AC…`", name="TWILIO_ACCOUNT_SID",
                    unset="no texts; embedded: kept for preview",
                ),
                "auth_token": Text(
                    "Its auth token, which also checks the signature of Twilio's calls",
                    name="TWILIO_AUTH_TOKEN", unset="as above",
                ),
                "sender": Text(
                    "Who texts: a number such as `+15005550006`, a short code, a name of up to 11 "
                    "letters and digits, or a messaging service, `MG…`", name="TWILIO_FROM",
                    unset="as above",
                ),
            },
            optional={
                "base_url": Address(
                    "Another host in place of Twilio's, for test doubles", "https", "http",
                    name="TWILIO_BASE_URL", unset="Twilio's own",
                ),
            },
        ),
    ] = field(default_factory=dict, repr=False)  # fmt: skip
    sms_segments_per_day: Annotated[
        int | None,
        Whole(
            "Most SMS segments in a day (UTC); the rest waits a day", most=10**9,
            unset="any number",
        ),
    ] = None  # fmt: skip
    sms_per_second: Annotated[
        float | None,
        Rate("Most texts in a second, over all workers", unset="at Twilio's pace"),
    ] = None
    sms_not_to: Annotated[
        tuple[str, ...],
        Prefixes("Numbers that begin so get no text, since links do not pass there", unset="`+86`"),
    ] = ("+86",)
    webhook: Annotated[
        Mapping[str, str],
        Together(
            needed={
                "url": Address(
                    "Gateway of the channel `webhook` (WhatsApp, WeChat, LINE); `http` only on "
                    "this machine", "https", "http", name="WEBHOOK_CHANNEL_URL",
                    unset="no such channel",
                ),
                "secret": Text(
                    "`whsec_…`: what the gateway checks signatures with",
                    name="WEBHOOK_CHANNEL_SECRET", unset="as above",
                ),
            },
            optional={},
        ),
    ] = field(default_factory=dict, repr=False)  # fmt: skip
    timezone: Annotated[
        str, Zone("Time zone of whoever tells us none, such as `Europe/Madrid`")
    ] = "UTC"
    country: Annotated[
        str,
        Country("Their country, for weekends and holidays, such as `ES`", unset="none"),
    ] = ""
    appeal_days: Annotated[
        int, Whole("How many days a published verdict can be contested", most=_A_CENTURY)
    ] = 14
    clock_file: Annotated[
        Path | None,
        ClockFile(
            "Simulation only: a file that holds the time, followed by every process",
            unset="the machine's clock",
        ),
    ] = None
    sweep_seconds: Annotated[
        int, Whole("How often a worker looks for forgotten work, in seconds", most=31_536_000)
    ] = 30

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment. Raises Misconfigured, naming the setting and the remedy."""
    found = load(_declared(), os.environ if environ is None else environ)
    embedded = "database_url" not in found
    home = found.setdefault("home", Path(".collector").absolute())
    if embedded:
        # A folder's name may hold what has a meaning in an address.
        found["database_url"] = f"sqlite:///{quote(str(home / 'collector.db'))}"
        found.setdefault("base_url", served_at(home) or EMBEDDED_BASE_URL)
    elif missing := [_NEEDED[name] for name in _NEEDED if name not in found]:
        raise Misconfigured("\n".join(missing), pointer=missing[0].partition(" ")[0])
    if "secret_keys" not in found:
        found["secret_keys"] = (_own_key(home),)
    if "twilio" in found:
        found["twilio"].setdefault("base_url", "")
    return Settings(embedded=embedded, **found)


def peek() -> Settings:
    """The environment's settings for a look at them: makes no key where there is none."""
    return read({f"{PREFIX}SECRET_KEYS": "x" * 64, **os.environ})


def names_its_address() -> bool:
    """Does the environment say under which public address the service is reached?"""
    return bool(os.environ.get(f"{PREFIX}BASE_URL"))


def settings() -> Settings:
    """The settings of the running app (needs an application context)."""
    from flask import current_app  # much to load for a command that only reads settings

    return cast(Settings, current_app.extensions["collector.settings"])


def declared() -> tuple[Line, ...]:
    """Every setting there is, for people to read about."""
    attributes = {one.name: one for one in fields(Settings)}
    lines = []
    for path, name, setting in flat(_declared()):
        one = attributes[path.partition(".")[0]]
        default = "" if one.default in {MISSING, None} else f"`{one.default}`"
        secret = not one.repr
        lines.append(Line(name, setting.form, setting.unset or default, setting.meaning, secret))
    return tuple(lines)


def _declared() -> Declared:
    hints = get_type_hints(Settings, include_extras=True)
    return {
        name: hint.__metadata__[0] for name, hint in hints.items() if hasattr(hint, "__metadata__")
    }


_NEEDED = {
    "base_url": f"{PREFIX}BASE_URL is not set; links in messages need the public address of this "
    "service, such as https://ask.example.com.",
    "secret_keys": f"{PREFIX}SECRET_KEYS is not set; make one with `{MAKE_ONE}` and keep it: links "
    "are signed with it.",
}


def _own_key(home: Path) -> str:
    """The embedded default's key: made once, kept readable to its owner only."""
    path = home / "secret_key"
    try:
        home.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return _sound(path.read_bytes())
        with os.fdopen(handle, "w") as out:
            key = secrets.token_urlsafe(48)
            out.write(key)
        return key
    except OSError as error:
        raise Misconfigured(
            f"{PREFIX}HOME is no folder that can be used ({error.strerror}); name another.",
            pointer=PREFIX + "HOME",
        ) from None


def _sound(raw: bytes) -> str:
    key = raw.strip()
    if len(key) < MIN_KEY_LENGTH or not (key.isascii() and key.decode("ascii").isprintable()):
        raise Misconfigured(
            f"{PREFIX}HOME holds a file secret_key that is damaged; put back the one that links "
            "were signed with, or remove it and they end.",
            pointer=PREFIX + "HOME",
        )
    return key.decode("ascii")
