"""How a command gets its app: `@with_app` runs it inside one; domain errors become an exit code 2.

Used by every command group.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click
from sqlalchemy.exc import SQLAlchemyError

from collector.app import create_app
from collector.errors import CollectorError, InvalidInput
from collector.model.sql import faults

Command = TypeVar("Command", bound=Callable[..., Any])
EXIT_INVALID = 2
EXIT_UNAVAILABLE = 3


class Refused(click.ClickException):
    """Something the person can mend. Exit code 2."""

    exit_code = EXIT_INVALID


class NotReachable(click.ClickException):
    """A component does not answer. Exit code 3."""

    exit_code = EXIT_UNAVAILABLE


def with_app(command: Command) -> Command:
    """Run `command` in an application context; say what is wrong instead of showing a traceback."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            with create_app().app_context():
                return command(*args, **kwargs)
        except InvalidInput as error:
            lines = [
                f"  {p.pointer + ': ' if p.pointer else ''}{p.detail}"
                for p in error.problems
                if p.pointer or p.detail != error.detail  # else it would be said twice
            ]
            raise Refused("\n".join([error.detail, *lines])) from error
        except CollectorError as error:
            raise Refused(error.detail) from error
        except SQLAlchemyError as error:
            if faults.no_tables(error):
                raise Refused("the database has no tables yet; run `collector migrate`") from error
            if faults.away(error):
                why = "the database does not answer; see `collector doctor`"
                raise NotReachable(why) from error
            raise

    return run  # type: ignore[return-value]  # same signature, wrapped
