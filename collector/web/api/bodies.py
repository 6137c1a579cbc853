"""Request bodies: unpacked within bounds, read as JSON. Used by the API's views.

A packed body may not unpack to more than a plain one may hold (`MAX_CONTENT_LENGTH`): a few
kilobytes of gzip can hold gigabytes.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

import orjson
from flask import current_app, request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from collector.errors import InvalidInput

GZIP = 16 + zlib.MAX_WBITS


def read_body() -> bytes:
    """The body of the request at hand, unpacked if it is gzip.

    Raises RequestEntityTooLarge, UnsupportedMediaType (another packing), InvalidInput
    (`malformed_gzip`).
    """
    data = request.get_data()
    packing = request.headers.get("Content-Encoding", "identity").strip().lower()
    if packing in ("", "identity"):
        return data
    if packing not in ("gzip", "x-gzip"):
        raise UnsupportedMediaType("A body may be plain or packed with gzip.")
    return _unpacked(data, int(current_app.config["MAX_CONTENT_LENGTH"]))


def read_json(data: bytes) -> Any:
    """The body as JSON. Raises InvalidInput (`malformed_json`).

    orjson refuses lone surrogates, NaN and huge numbers for the whole body; the standard library
    lets them pass, so that only the item that holds them is refused, with a pointer.
    """
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(data)
    except json.JSONDecodeError as error:
        why = f"line {error.lineno}, column {error.colno}: {error.msg.lower()}"
    except UnicodeDecodeError as error:
        why = f"byte {error.start + 1} is not UTF-8"
    except RecursionError:
        why = "it is nested too deeply"
    except ValueError:
        why = "it holds a number with too many digits"
    hint = _hint(data)
    raise InvalidInput(
        f"The body is not usable JSON in UTF-8 ({why}).{hint}", code="malformed_json"
    ) from None


def _hint(data: bytes) -> str:
    """What was probably sent instead."""
    start = data[:200].strip()
    if not start:
        return " The body is empty."
    if request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return " It was sent as a form; send JSON with `Content-Type: application/json`."
    if start.startswith(b"\x1f\x8b"):
        return " It is packed with gzip; say so with `Content-Encoding: gzip`."
    if start.startswith((b"{'", b"[{'", b"['")):
        return " JSON takes double quotes."
    if start.startswith(b"@"):
        return " With curl, `-d @file` sends a file; was it in quotes or not found?"
    return ""


def _unpacked(data: bytes, most: int) -> bytes:
    """One gzip member (RFC 1952), never holding more than `most` bytes."""
    member = zlib.decompressobj(GZIP)
    try:
        plain = member.decompress(data, most + 1)
    except zlib.error:
        plain = b""
    if len(plain) > most:
        raise RequestEntityTooLarge(
            f"The body unpacks to more than {most:,} bytes; send less at once."
        )
    if not member.eof or member.unused_data:
        raise InvalidInput("The body is not one whole gzip stream.", code="malformed_gzip")
    return plain
