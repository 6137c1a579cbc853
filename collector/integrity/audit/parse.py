"""One line of a file → the tuple that `scratch.py` keeps, or `Dirty` with the reason. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from collector.integrity.audit.columns import NEEDED, SCALES
from collector.integrity.engine.records import case_of

Row = tuple[Any, ...]
SPREAD = 1e-9


class Dirty(ValueError):
    """The line cannot be used; the message says why, without showing personal data."""


def parse(file: str, raw: Mapping[str, Any]) -> Row:
    """The row of this file's table. Raises Dirty."""
    for name in NEEDED[file]:
        if raw.get(name) in (None, ""):
            raise Dirty(f"no {name}")
    return _PARSERS[file](raw)


def _event(raw: Mapping[str, Any]) -> Row:
    return (
        _text(raw, "event_id"), _time(raw, "occurred_at"), _text(raw, "agent_id"),
        _text(raw, "handled_by"), _text(raw, "team_id"), _text(raw, "store_id"),
        _text(raw, "customer_id"), _text(raw, "contact_on_file"), _text(raw, "reason"),
        _number(raw, "handle_seconds"),
    )  # fmt: skip


def _invitation(raw: Mapping[str, Any]) -> Row:
    suppressed = (_text(raw, "status") or "sent").lower() == "suppressed"
    held = (_text(raw, "suppress_reason") or "unknown") if suppressed else None
    return (
        _text(raw, "invitation_id"), _text(raw, "event_id"), held, _time(raw, "sent_at"),
        _channel(raw), _text(raw, "contact_hash"), _text(raw, "agent_id"), _text(raw, "team_id"),
        _text(raw, "store_id"), _number(raw, "delay_seconds"),
    )  # fmt: skip


def _response(raw: Mapping[str, Any]) -> Row:
    metric = (_text(raw, "metric") or "").upper()
    low, high = _scale(raw, metric)
    if not metric:
        metric = next((key for key, ends in SCALES.items() if ends == (low, high)), "CSAT")
    score = _number(raw, "score")
    if score is None or not low - SPREAD <= score <= high + SPREAD:
        raise Dirty(f"score is not between {low:g} and {high:g}")
    answered = _time(raw, "answered_at")
    if answered is None:
        raise Dirty("answered_at is not a time")
    number = _text(raw, "response_id")
    place, judged = _as_judged(raw)
    return (
        number, _text(raw, "invitation_id") or f"of {number}", _text(raw, "agent_id"),
        _text(raw, "team_id"), _text(raw, "store_id"), metric, low, high, score, _channel(raw),
        _time(raw, "opened_at"), answered, _text(raw, "ip_hash"), _text(raw, "net_hash"),
        _text(raw, "device_hash"), _text(raw, "user_agent"), _text(raw, "comment"),
        _text(raw, "locale"), _text(raw, "supersedes"), place, judged,
    )  # fmt: skip


def _signal(raw: Mapping[str, Any]) -> Row:
    tags = raw.get("tags") or []
    if isinstance(tags, str):
        tags = [tag.strip() for tag in tags.strip("[]").replace('"', "").split(",") if tag.strip()]
    if not isinstance(tags, list):
        raise Dirty("tags is not a list")
    if not (_text(raw, "event_id") or _text(raw, "agent_id")):
        raise Dirty("no event_id")
    at, heard = _time(raw, "at"), _time(raw, "heard_at")
    # A signal can be used from when the service received it, whatever time it speaks of.
    usable = max(at or heard, heard) if heard is not None else at
    return (
        _text(raw, "event_id"), _text(raw, "agent_id"), (_text(raw, "type") or "").lower(),
        _number(raw, "value"), usable, orjson.dumps([str(tag) for tag in tags]).decode(),
        _number(raw, "number"),
    )  # fmt: skip


def _as_judged(raw: Mapping[str, Any]) -> tuple[int | None, str | None]:
    """What a live service knew when it judged, by its own fields; see docs/integrity/live.md."""
    given = raw.get("as_judged")
    if given in (None, ""):
        return None, None
    try:
        case_of(raw["response_id"], raw.get("invitation_id") or "", (), given)
        return int(given["number"]), orjson.dumps(given).decode()
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise Dirty("as_judged is not what a service writes") from error


def _staff(raw: Mapping[str, Any]) -> Row:
    contacts = raw.get("staff_contacts") or []
    if isinstance(contacts, str):
        contacts = [item.strip(' "') for item in contacts.strip("[]").split(",")]
    if not isinstance(contacts, list):
        raise Dirty("staff_contacts is not a list")
    return (
        _text(raw, "agent_id"), _text(raw, "team_id"), _text(raw, "store_id"),
        [str(contact) for contact in contacts if contact],
    )  # fmt: skip


def _text(raw: Mapping[str, Any], name: str) -> str | None:
    value = raw.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, dict | list):
        raise Dirty(f"{name} is not a text")
    return str(value)


def _number(raw: Mapping[str, Any], name: str) -> float | None:
    value = raw.get(name)
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise Dirty(f"{name} is not a number") from error
    if not math.isfinite(number):
        raise Dirty(f"{name} is not a number")
    return number


def _time(raw: Mapping[str, Any], name: str) -> float | None:
    """Seconds since 1970. A time without a zone is taken as UTC."""
    value = raw.get(name)
    if value is None or value == "":
        return None
    try:
        if isinstance(value, int | float):
            return float(value)
        at = datetime.fromisoformat(str(value).strip())
        seconds = (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError) as error:
        raise Dirty(f"{name} is not a time") from error
    if not 0 <= seconds < 4e9:
        raise Dirty(f"{name} lies outside 1970 to 2096")
    return seconds


def _channel(raw: Mapping[str, Any]) -> str | None:
    value = _text(raw, "channel")
    if value is None:
        return None
    value = value.lower().replace("-", "_")
    return "in_app" if value in ("inapp", "app", "widget") else value


def _scale(raw: Mapping[str, Any], metric: str) -> tuple[float, float]:
    scale = raw.get("scale")
    if isinstance(scale, str):
        scale = scale.strip("[]() ").replace("-", ",").replace(";", ",").split(",")
    if scale in (None, [], [""]):
        if metric and metric not in SCALES:
            raise Dirty("neither a known metric nor a scale")
        return SCALES[metric or "CSAT"]
    try:
        low, high = (float(end) for end in scale)
    except (TypeError, ValueError) as error:
        raise Dirty("scale is not [lowest, highest]") from error
    if not (math.isfinite(low) and math.isfinite(high)) or low >= high:
        raise Dirty("scale is not [lowest, highest]")
    return low, high


_PARSERS = {
    "events": _event, "invitations": _invitation, "responses": _response, "signals": _signal,
    "roster": _staff,
}  # fmt: skip
