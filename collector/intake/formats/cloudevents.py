"""CloudEvents 1.0 (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md). Pure.

Used by `web/api/intake/incoming.py`, which tells the three HTTP modes apart. How the parts map:

    source, id, type   the same; together `source` and `id` are the key, as the standard wants it
    time               occurred_at; without it the moment at which the call came in
    data.person        the person, as in native events; `subject` is their ref where it says none
    data.subjects      the same as in native events
    data.context       the context; everything else that `data` holds joins it
    subject            the person's ref, or `context.subject` where data.person.ref names the person

Extension attributes and `dataschema` are not kept: a sender that tries again may change them.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from collector import clock
from collector.errors import Problem
from collector.intake.formats import native
from collector.intake.incoming import IncomingEvent
from collector.intake.outcomes import Refused

VERSION = "1.0"
JSON_TYPE = re.compile(r"application/(?:[\w.+-]+\+)?json|text/json")
# Where the parts of a native event stand in a CloudEvent.
PLACES = {"/occurred_at": "/time", "/person": "/data/person", "/subjects": "/data/subjects",
          "/context": "/data"}  # fmt: skip


def read_event(raw: Any, pointer: str, now: datetime) -> IncomingEvent | Refused:
    """One event in its JSON form, or what is wrong with it; for `intake.read_batch`."""
    if not isinstance(raw, dict):
        return Refused((Problem("not_an_object", "This must be an object.", pointer),))
    wrong: list[Problem] = []
    if raw.get("specversion") != VERSION:
        wrong.append(
            Problem(
                "unsupported_version", "Only CloudEvents 1.0 is taken.", f"{pointer}/specversion"
            )
        )
    data = _data(raw, pointer, wrong)
    timed = raw.get("time") is not None
    read = native.read_event(
        {
            "source": raw.get("source"),
            "id": raw.get("id"),
            "type": raw.get("type"),
            "occurred_at": raw["time"] if timed else clock.iso(now),
            **_parts(data, raw.get("subject")),
        },
        pointer,
        now,
    )
    if isinstance(read, Refused):
        wrong += [_moved(problem, pointer) for problem in read.problems]
        return Refused(tuple(wrong), *read.key)
    if wrong:
        return Refused(tuple(wrong), *read.key)
    at = f"{pointer}/data/person"
    read = replace(read, person_at=at, attributes_at=f"{at}/attributes")
    return read if timed else replace(read, stamp="")


def from_headers(headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """The JSON form of an event that came in binary mode: attributes in `ce-*` headers, data as
    the body. Values are percent-encoded UTF-8 (HTTP binding, 3.1.3.2)."""
    event: dict[str, Any] = {
        name.lower()[3:]: unquote(_unquoted(value), errors="replace")
        for name, value in headers.items()
        if name.lower().startswith("ce-")
    }
    event["datacontenttype"] = headers.get("Content-Type") or "application/json"
    if body:
        event["data_base64"] = base64.b64encode(body).decode()
    return event


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1])
    return value


def _data(raw: Mapping[str, Any], pointer: str, wrong: list[Problem]) -> dict[str, Any]:
    """The event's data as an object; {} where there is none."""
    kind = raw.get("datacontenttype") or "application/json"
    if not isinstance(kind, str) or not JSON_TYPE.fullmatch(kind.partition(";")[0].strip().lower()):
        wrong.append(
            Problem(
                "unsupported_data", "Only data in JSON can be used.", f"{pointer}/datacontenttype"
            )
        )
        return {}
    data, place = raw.get("data"), f"{pointer}/data"
    if "data_base64" in raw:
        place = f"{pointer}/data_base64"
        try:
            data = json.loads(base64.b64decode(raw["data_base64"], validate=True))
        except (TypeError, ValueError, binascii.Error, RecursionError):
            wrong.append(Problem("malformed_json", "The data is not usable JSON in UTF-8.", place))
            return {}
    if data is None or isinstance(data, dict):
        return data or {}
    wrong.append(Problem("not_an_object", "The data must be an object.", place))
    return {}


def _parts(data: dict[str, Any], subject: Any) -> dict[str, Any]:
    person, context = data.get("person"), data.get("context")
    other = {name: data[name] for name in data if name not in ("person", "context", "subjects")}
    if subject is not None and (person is None or (isinstance(person, dict) and _nameless(person))):
        person = {**(person or {}), "ref": subject}
    elif subject is not None:
        other.setdefault("subject", subject)
    return {
        "person": person,
        "subjects": data.get("subjects"),
        "context": {**other, **context} if isinstance(context, dict) else context or other,
    }


def _nameless(person: dict[str, Any]) -> bool:
    return person.get("ref") in (None, "")


def _moved(problem: Problem, pointer: str) -> Problem:
    """The problem with its pointer into the CloudEvent instead of the native event."""
    rest = problem.pointer.removeprefix(pointer)
    for before, after in PLACES.items():
        if rest == before or rest.startswith(before + "/"):
            return replace(problem, pointer=pointer + after + rest.removeprefix(before))
    return problem
