"""The Segment HTTP tracking API (https://segment.com/docs/connections/sources/catalog/libraries/
server/http-api/) in terms of events. Pure; used by `web/api/intake/segment.py`.

Every call becomes an event of the source `segment`, with its `messageId` as the id:

    track               type: the event's name in lower case with dots, "Order Completed" is
                        `order.completed`; properties are the context
    page, screen        type `segment.page`, `segment.screen`; context: properties, name, category
    identify            type `segment.identify`; the traits go to the person, not to the context
    group               type `segment.group`; context: the group's traits; the person's attribute
                        `group_id`
    alias               type `segment.alias`; context: previous_id. Two people are not made one.

`userId` is the person's ref; without it `anonymous:` and the `anonymousId`. `context.subjects` has
the native form. Of `context`, nothing else is kept: no network addresses, no devices.
Who the person is: `segment_person.py`. When it happened: `segment_time.py`. What does not fit is
cut and noted (`fitting.py`); refused is only a message that names nobody, no call or no event.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson

from collector.errors import Problem
from collector.intake.formats import fitting, native
from collector.intake.formats.segment_person import read_traits
from collector.intake.formats.segment_time import read_time
from collector.intake.incoming import IncomingEvent
from collector.intake.outcomes import Refused
from collector.rules.values import Problems, escape

SOURCE = "segment"
CALLS = ("track", "page", "screen", "identify", "group", "alias")
MAX_BATCH = 2_500  # as at Segment
MAX_ID, MAX_TYPE = 200, 100  # as in `native.py`
PLACES = (
    ("/occurred_at", "/timestamp"), ("/id", "/messageId"), ("/person/ref", "/userId"),
    ("/subjects", "/context/subjects"), ("/context", "/properties"), ("/type", "/event"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """What one message says. `notes` are values that were left out, the rest being usable."""

    item: IncomingEvent | Refused
    notes: tuple[Problem, ...] = ()


def read_message(
    raw: Any, pointer: str, now: datetime, *, call: str = "", sent_at: Any = None,
    shared: Any = None, fresh_id: Callable[[], str],
) -> Read:  # fmt: skip
    """One message. `call` is the one that the address named (in a batch, the message's `type`),
    `sent_at` and `shared` the batch's `sentAt` and `context`; `fresh_id` makes an id."""
    if not isinstance(raw, dict):
        return Read(Refused((Problem("not_an_object", "This must be an object.", pointer),)))
    call = call or (raw["type"] if isinstance(raw.get("type"), str) else "")
    notes = Problems()
    context = {**_object(shared), **_object(raw.get("context"))}
    if not isinstance(raw.get("context") or {}, dict):
        notes.add(f"{pointer}/context", "not_an_object", "This must be an object; it was left out.")
    when = read_time(raw, pointer, now, sent_at, notes)
    who = read_traits(raw, context, call, pointer, notes)
    read = native.read_event(
        {
            "source": SOURCE,
            "id": fitting.message_id(raw.get("messageId"), f"{pointer}/messageId", MAX_ID, notes)
            or _made_id(raw, when.stamp, fresh_id),
            "type": _type(call, raw.get("event"), pointer, notes),
            "occurred_at": when.text,
            "person": who,
            "context": _context(call, raw, pointer, notes),
            "subjects": _subjects(context.get("subjects"), f"{pointer}/context/subjects", notes),
        },
        pointer,
        now,
    )
    found = tuple(notes.found)
    if isinstance(read, IncomingEvent):
        traits = f"{pointer}{_traits(call)}"
        placed = replace(read, stamp=when.stamp, person_at=traits, attributes_at=traits)
        return Read(placed, found)
    problems = tuple(_told(problem, pointer, call) for problem in read.problems)
    return Read(replace(read, problems=problems), found)


def type_of(name: str) -> str:
    """The type under which a rule hears a tracked event: "Order Completed" → order.completed."""
    plain = unicodedata.normalize("NFKC", name).lower()
    return re.sub(r"\W+", ".", plain).strip("._")


def _type(call: str, name: Any, pointer: str, notes: Problems) -> str:
    if call != "track":
        return f"segment.{call}" if call in CALLS else ""
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    kind = type_of(name) if isinstance(name, str) else ""
    if len(kind) <= MAX_TYPE:
        return kind
    notes.add(
        f"{pointer}/event", "too_long", f"Only the first {MAX_TYPE} characters of it were kept."
    )
    return kind[:MAX_TYPE].strip("._")


def _context(call: str, raw: Mapping[str, Any], pointer: str, notes: Problems) -> dict[str, Any]:
    if call == "identify":
        return {}
    if call == "alias":
        said = raw.get("previousId")
        return fitting.bag({"previous_id": said}, pointer, notes) if said is not None else {}
    name = "traits" if call == "group" else "properties"
    given = fitting.bag(raw.get(name), f"{pointer}/{name}", notes)
    if call not in ("page", "screen"):
        return given
    named = {part: raw[part] for part in ("name", "category") if raw.get(part)}
    return {**fitting.bag(named, pointer, notes), **given}


def _subjects(raw: Any, pointer: str, notes: Problems) -> dict[str, Any]:
    """The subjects that can be used; one that cannot is noted and left out."""
    if not isinstance(raw, dict):
        if raw not in (None, []):
            notes.add(pointer, "not_an_object", "This must be an object; it was left out.")
        return {}
    usable: dict[str, Any] = {}
    for role, said in raw.items():
        found = Problems()
        at = f"{pointer}/{escape(role)}"
        if isinstance(said, dict):
            said = {part: fitting.line(value, at, notes) for part, value in said.items()}
        else:
            said = fitting.line(said, at, notes)
        native.read_subjects({**usable, role: said}, pointer, found)
        if not found.found:
            usable[role] = said
        notes.found += found.found
    return usable


def _made_id(raw: Mapping[str, Any], stamp: str, fresh_id: Callable[[], str]) -> str:
    """The same message with the same time is the same event; without either, each is a new one."""
    if not stamp:
        return fresh_id()
    said = {name: raw[name] for name in raw if name not in ("sentAt", "writeKey")}
    try:
        whole = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:  # a lone surrogate, which is refused where it stands
        return fresh_id()
    return "made-" + hashlib.sha256(whole).hexdigest()[:32]


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _traits(call: str) -> str:
    return "/traits" if call == "identify" else "/context/traits"


def _told(problem: Problem, pointer: str, call: str) -> Problem:
    """The problem in the words of the message instead of the native event."""
    rest = problem.pointer.removeprefix(pointer)
    if rest == "/type" and call not in CALLS:
        return Problem(
            "unknown_call",
            f"The type of a message is one of: {', '.join(CALLS)}.",
            f"{pointer}/type",
        )
    if rest == "/person/ref" and problem.code == "missing":
        return Problem("missing", "Give userId or anonymousId.", f"{pointer}/userId")
    if rest == "/type" and problem.code == "missing":
        return Problem("missing", "Give the event's name.", f"{pointer}/event")
    for before, after in (*PLACES, ("/person/attributes", _traits(call))):
        if rest == before or rest.startswith(before + "/"):
            return replace(problem, pointer=pointer + after + rest.removeprefix(before))
    return problem
