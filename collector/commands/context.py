"""How a command gets its app: `@with_app` runs it inside one; domain errors become an exit code 2.

Used by every command group. `@with_settings` is for a command that needs the settings alone: it
starts in a fraction of the time, and what goes wrong is told in the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from collector.errors import CollectorError, InvalidInput

if TYPE_CHECKING:
    from flask import Flask

    from collector.config import Settings

Command = TypeVar("Command", bound=Callable[..., Any])
EXIT_INVALID = 2
EXIT_UNAVAILABLE = 3


class Refused(click.ClickException):
    """Something the person can mend. Exit code 2."""

    exit_code = EXIT_INVALID


class NotReachable(click.ClickException):
    """A component does not answer. Exit code 3."""

    exit_code = EXIT_UNAVAILABLE


def create_app() -> Flask:
    """The service, from the environment."""
    from collector import app  # much to load

    return app.create_app()


def read_settings() -> Settings:
    """The settings alone, from the environment."""
    from collector import config

    return config.read()


def with_app(command: Command) -> Command:
    """Run `command` in an application context; say what is wrong instead of showing a traceback."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        with _telling(), create_app().app_context():
            return command(*args, **kwargs)

    return run  # type: ignore[return-value]  # same signature, wrapped


def with_settings(command: Command) -> Command:
    """Run `command` with the settings as its first argument, without the service."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        with _telling():
            return command(read_settings(), *args, **kwargs)

    return run  # type: ignore[return-value]  # one argument less, for click


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except InvalidInput as error:
        lines = [
            f"  {p.pointer + ': ' if p.pointer else ''}{p.detail}"
            for p in error.problems
            if p.pointer or p.detail != error.detail  # else it would be said twice
        ]
        raise Refused("\n".join([error.detail, *lines])) from error
    except CollectorError as error:
        raise Refused(error.detail) from error
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        _tell_of_database(error)
        raise


def _tell_of_database(error: Exception) -> None:
    """Raise what a person can make of it, if the database is at fault; else make it logged well."""
    from collector import logs
    from collector.model.sql import drivers, faults

    logs.configure()  # nothing that a customer owns may be in what Python prints of an error
    told = drivers.wrapped(error)
    if told is None:
        return
    if faults.no_tables(told):
        raise Refused("the database has no tables yet; run `collector migrate`") from error
    if faults.away(told):
        why = "the database does not answer; see `collector doctor`"
        raise NotReachable(why) from error
