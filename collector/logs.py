"""Structured logs to standard error: JSON lines, or readable ones on a terminal.

Events hold ids and codes, never an address, a name, a comment or a token. `failure()` logs an
exception in full and still keeps to that; whatever other libraries log goes through `scrub.py`.
`configure()` sets both up for the process; everybody else calls `structlog.get_logger()`.
"""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType
from typing import Any

import structlog

from collector import scrub

log = structlog.get_logger()


def configure() -> None:
    """Set the logs of this process up, those of all libraries too. Safe to call twice."""
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _scrubbed,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    # At the source, because every library brings handlers and formatters of its own.
    logging.setLogRecordFactory(ScrubbedRecord)
    # Not where somebody else (a debugger, a test runner) has taken them already.
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _uncaught
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = _uncaught_in_thread


def failure(event: str, error: BaseException, **facts: Any) -> None:
    """Log an exception in full, without anything that a customer owns.

    Its class, what it says (without quoted values, parameters, addresses and tokens), the SQLSTATE
    where there is one, what caused it, and where: file, line and function, without local values.
    """
    log.error(event, **{**scrub.described(error), **facts})


class ScrubbedRecord(logging.LogRecord):
    """A record of any library's logger, scrubbed before any handler sees it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        try:
            if isinstance(self.args, tuple):
                self.args = tuple(
                    scrub.said(one) if isinstance(one, BaseException) else one for one in self.args
                )
            if isinstance(self.msg, BaseException):
                self.msg = scrub.said(self.msg)
            message = self.getMessage()
        except Exception:  # else the logging module itself would print the arguments
            message = "a message that could not be put together"
        self.msg, self.args = scrub.text(message), None
        if self.exc_info and self.exc_info[1] is not None:
            self.exc_text = scrub.told(self.exc_info[1])
        self.exc_info = None


def _scrubbed(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    exc_info = event.pop("exc_info", None)
    if exc_info is True:
        exc_info = sys.exc_info()
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    facts = scrub.described(error) if isinstance(error, BaseException) else {}
    return {**facts, **{name: scrub.value(value) for name, value in event.items()}}


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if isinstance(error, Exception):
        failure("uncaught", error)
    else:
        sys.__excepthook__(kind, error, trace)


def _uncaught_in_thread(caught: threading.ExceptHookArgs) -> None:
    if isinstance(caught.exc_value, Exception):
        failure("uncaught", caught.exc_value, thread=caught.thread.name if caught.thread else "")
