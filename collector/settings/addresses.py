"""Settings that are addresses: of the database, of Redis, of this service, of a provider.

Whether somebody answers there is asked later (`collector doctor`); here an address is taken apart
by those who will use it, so that what they would stumble over is said on start. Their own sentences
quote what they stumbled over, often half a password, so none of them is passed on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from marshmallow import ValidationError

from channels.options import split
from collector.settings.kinds import Setting

UNREADABLE = "cannot be read; percent-encode user and password (: / ? # @ %), and see to the port"
_SSL_MODES = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
_SQLITE_OPTIONS = frozenset(
    {"timeout", "isolation_level", "detect_types", "check_same_thread", "cached_statements", "uri"}
)
_SQLITE_FILE = b"SQLite format 3\x00"
# Addresses with nothing in them that could be read in two ways, as most are: they are sound as they
# stand, and the libraries that would look at them are much to load for a command that starts.
_USER = r"(?:[A-Za-z0-9_.~-]{1,60}(?::[A-Za-z0-9_.~-]{1,200})?@)?"
_PLAIN_POSTGRES = re.compile(
    rf"postgresql(?:\+psycopg)?://{_USER}[A-Za-z0-9.-]{{1,250}}(?::([1-9][0-9]{{0,4}}))?/[A-Za-z0-9_]{{1,60}}",
)
_PLAIN_REDIS = re.compile(
    r"rediss?://(?::[A-Za-z0-9_.~-]{1,200}@)?[A-Za-z0-9.-]{1,250}(?::([1-9][0-9]{0,4}))?(?:/[0-9]{1,5})?"
)


class Address(Setting[str]):
    """An address of certain schemes; the rest is looked at by the channel that it is for."""

    kind = "address"

    def __init__(
        self, meaning: str, *schemes: str, unset: str = "", name: str | None = None
    ) -> None:
        super().__init__(meaning, unset=unset, name=name)
        self.schemes = tuple(f"{scheme}://" for scheme in schemes)

    @property
    def form(self) -> str:
        return " or ".join(f"`{scheme}…`" for scheme in self.schemes)

    def read(self, text: str) -> str:
        if not text.lower().startswith(self.schemes):
            raise ValidationError(f"must start with {' or '.join(self.schemes)}")
        return self.check(text)

    def check(self, text: str) -> str:
        """The address as it is used. Raises ValidationError."""
        return text


class PublicAddress(Address):
    """Where people reach this service: scheme and host, for links are short."""

    def check(self, text: str) -> str:
        try:
            parts = split(text)
        except ValueError:
            raise ValidationError(
                "cannot be read as an address such as https://ask.example.com"
            ) from None
        if parts.username is not None or parts.password is not None:
            raise ValidationError("must hold no user and no password: everybody gets to see it")
        if parts.path not in {"", "/"} or "?" in text or "#" in text:
            raise ValidationError("must end after the host, such as https://ask.example.com")
        return text.rstrip("/")


class RedisAddress(Address):
    """Redis, as redis-py reads it."""

    def check(self, text: str) -> str:
        if _plain(_PLAIN_REDIS, text):
            return text

        from redis import Redis  # much to load: only where one is given
        from redis.exceptions import RedisError

        try:
            if text.lower().startswith("unix://"):
                if not text.partition("://")[2].partition("?")[0].rpartition("@")[2]:
                    raise ValidationError("names no socket, such as unix:///run/redis.sock")
            else:
                number = split(text).path.removeprefix("/")
                if number and not (number.isascii() and number.isdigit() and len(number) < 6):
                    raise ValidationError("must end in the number of a database, such as /0")
            # The names and values of its query are looked at where a connection is made.
            Redis.from_url(text).connection_pool.make_connection()
        except (ValueError, TypeError, RedisError) as error:
            if isinstance(error, ValidationError):
                raise
            raise ValidationError(UNREADABLE) from None
        return text


class DatabaseAddress(Address):
    """PostgreSQL or SQLite, as SQLAlchemy and libpq read it."""

    def check(self, text: str) -> str:
        # Many platforms hand out the short name; SQLAlchemy only knows the long one.
        scheme, _, rest = text.partition("://")
        text = f"{'postgresql' if scheme.lower() == 'postgres' else scheme.lower()}://{rest}"
        if _plain(_PLAIN_POSTGRES, text):
            return text

        from sqlalchemy.engine import make_url  # much to load: only where one is given
        from sqlalchemy.exc import ArgumentError

        try:
            url = make_url(text)
            if url.get_backend_name() == "sqlite":
                _only(url.query, _SQLITE_OPTIONS)
            _, options = url.get_dialect()().create_connect_args(url)
        except (ArgumentError, ValueError, TypeError) as error:
            if isinstance(error, ValidationError):
                raise
            raise ValidationError(UNREADABLE) from None
        if url.get_backend_name() == "sqlite":
            if "uri" not in url.query and url.database not in {None, "", ":memory:"}:
                _file_of_sqlite(Path(url.database or ""))
        else:
            _options_of_postgres(options)
            if url.port is not None and not 1 <= url.port <= 65535:
                raise ValidationError("must have a port from 1 to 65535")
        return text


def _plain(form: re.Pattern[str], text: str) -> bool:
    found = form.fullmatch(text)
    return found is not None and int(found[1] or 1) <= 65535


def _only(query: Mapping[str, Any], known: frozenset[str]) -> None:
    # With `uri` SQLite itself takes any name.
    if "uri" not in query and not known.issuperset(query):
        raise ValidationError(f"has an unknown option; there are {', '.join(sorted(known))}")


def _file_of_sqlite(path: Path) -> None:
    try:
        if path.is_dir():
            raise ValidationError("is a folder; name a file in it")
        with path.open("rb") as there:
            begins = there.read(len(_SQLITE_FILE))
    except FileNotFoundError:
        return  # it is made by `collector migrate`
    except OSError as error:
        raise ValidationError(f"names a file that cannot be opened ({error.strerror})") from None
    if begins and begins != _SQLITE_FILE:
        raise ValidationError("names a file that is no SQLite database; name another")


def _options_of_postgres(options: Mapping[str, Any]) -> None:
    from psycopg import Error
    from psycopg.conninfo import make_conninfo

    try:
        make_conninfo("", **options)
    except Error:
        raise ValidationError(
            "has an option that PostgreSQL does not know, after its `?`"
        ) from None
    wait = str(options.get("connect_timeout", "0"))
    if options.get("sslmode", "prefer") not in _SSL_MODES:
        raise ValidationError(f"must have as sslmode one of {', '.join(sorted(_SSL_MODES))}")
    if not (wait.isascii() and wait.isdigit() and len(wait) < 6):
        raise ValidationError("must have as connect_timeout a number of seconds")
