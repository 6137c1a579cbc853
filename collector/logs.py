"""Structured logs to standard error: JSON lines, or readable ones on a terminal.

Imported by `app.py` only; everybody else calls `structlog.get_logger()`. Events hold ids and codes,
never an address, a name, a comment or a token.
"""

from __future__ import annotations

import logging
import sys

import structlog


def configure() -> None:
    """Set structlog up for this process. Safe to call twice."""
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
