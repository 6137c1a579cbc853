"""One line of a file → the tuple that `scratch.py` keeps, or `Dirty` with the reason. Pure.

`Rules` is what is known of the whole file, and a line does not say: `understanding.py` finds it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any

import orjson

from collector.integrity.audit.columns import NEEDED
from collector.integrity.audit.exports import scales, times
from collector.integrity.engine.records import case_of

Row = tuple[Any, ...]
SPREAD = 1e-9


@dataclass(frozen=True, slots=True)
class Rules:
    """`metric` and `scale` (worst, best) hold where a line has none of its own. `scores`: what the
    column's values are worth; None: as they stand. Times without a zone are of `zone`.
    """

    metric: str = ""
    scale: tuple[float, float] | None = None
    scores: Mapping[str, float | None] | None = None
    day_first: bool | None = None
    zone: tzinfo = UTC


class Dirty(ValueError):
    """The line cannot be used. The message is the same for all lines of this kind; `value` is the
    cell that it is about.
    """

    def __init__(self, reason: str, value: object = "") -> None:
        super().__init__(reason)
        self.value = str(value)


class Unanswered(Exception):
    """The line is of somebody who was asked and gave no score; nothing is wrong with it."""


def parse(file: str, raw: Mapping[str, Any], rules: Rules = Rules()) -> Row:
    """The row of this file's table. Raises Dirty, and Unanswered for a response without a score."""
    for name in NEEDED[file]:
        if raw.get(name) in (None, ""):
            if name == "score":
                raise Unanswered
            raise Dirty(f"no {name}")
    return _PARSERS[file](raw, rules)


def _event(raw: Mapping[str, Any], rules: Rules) -> Row:
    return (
        _text(raw, "event_id"), _time(raw, "occurred_at", rules), _text(raw, "agent_id"),
        _text(raw, "handled_by"), _text(raw, "team_id"), _text(raw, "store_id"),
        _text(raw, "customer_id"), _text(raw, "contact_on_file"), _text(raw, "reason"),
        _number(raw, "handle_seconds"),
    )  # fmt: skip


def _invitation(raw: Mapping[str, Any], rules: Rules) -> Row:
    suppressed = (_text(raw, "status") or "sent").lower() == "suppressed"
    held = (_text(raw, "suppress_reason") or "unknown") if suppressed else None
    return (
        _text(raw, "invitation_id"), _text(raw, "event_id"), held, _time(raw, "sent_at", rules),
        _channel(raw), _text(raw, "contact_hash"), _text(raw, "agent_id"), _text(raw, "team_id"),
        _text(raw, "store_id"), _number(raw, "delay_seconds"),
    )  # fmt: skip


def _response(raw: Mapping[str, Any], rules: Rules) -> Row:
    metric = scales.metric(_text(raw, "metric") or "") or rules.metric
    low, high = _scale(raw, metric, rules)
    metric = metric or next((key for key, two in scales.METRICS.items() if two == (low, high)), "")
    if not metric:
        raise Dirty("no metric, and the scale does not say which")
    score = _score(raw, rules)
    if low > high:  # the best comes first
        low, high, score = high, low, low + high - score
    if not low - SPREAD <= score <= high + SPREAD:
        raise Dirty(f"score is not between {low:g} and {high:g}", raw["score"])
    answered = _time(raw, "answered_at", rules)
    if answered is None:
        raise Dirty("answered_at is not a time", raw["answered_at"])
    number = _text(raw, "response_id")
    place, judged = _as_judged(raw)
    return (
        number, _text(raw, "invitation_id") or f"of {number}", _text(raw, "agent_id"),
        _text(raw, "team_id"), _text(raw, "store_id"), metric, low, high, score, _channel(raw),
        _time(raw, "opened_at", rules), answered, _text(raw, "ip_hash"), _text(raw, "net_hash"),
        _text(raw, "device_hash"), _text(raw, "user_agent"), _text(raw, "comment"),
        _text(raw, "locale"), _text(raw, "supersedes"), place, judged,
    )  # fmt: skip


def _signal(raw: Mapping[str, Any], rules: Rules) -> Row:
    tags = raw.get("tags") or []
    if isinstance(tags, str):
        tags = [tag.strip() for tag in tags.strip("[]").replace('"', "").split(",") if tag.strip()]
    if not isinstance(tags, list):
        raise Dirty("tags is not a list")
    if not (_text(raw, "event_id") or _text(raw, "agent_id")):
        raise Dirty("no event_id")
    value, words = _value(raw)
    tags = [*tags, *(word for word in words if word not in tags)]
    at, heard = _time(raw, "at", rules), _time(raw, "heard_at", rules)
    # A signal can be used from when the service received it, whatever time it speaks of.
    usable = max(at or heard, heard) if heard is not None else at
    return (
        _text(raw, "event_id"), _text(raw, "agent_id"), (_text(raw, "type") or "").lower(),
        value, usable, orjson.dumps([str(tag) for tag in tags]).decode(),
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


def _staff(raw: Mapping[str, Any], rules: Rules) -> Row:
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
    if value.__class__ is str:  # of most, and a million answers bring a hundred million of them
        return value or None
    if value is None:
        return None
    if isinstance(value, dict | list):
        raise Dirty(f"{name} is not a text")
    return str(value)


def _score(raw: Mapping[str, Any], rules: Rules) -> float:
    if rules.scores is not None:
        try:
            score = rules.scores[str(raw["score"])]
        except KeyError as error:
            raise Dirty("score is not a number, nor a word of the scale", raw["score"]) from error
        if score is None:
            raise Unanswered
        return score
    number = _number(raw, "score")
    if number is None:
        raise Dirty("score is not a number", raw["score"])
    return number


def _value(raw: Mapping[str, Any]) -> tuple[float | None, list[str]]:
    """A signal's number; or the words that stand in its place, which are topics."""
    value = raw.get("value")
    try:
        return _number(raw, "value"), []
    except Dirty:
        words = value if isinstance(value, list) else [value]
        return None, [word.strip().lower() for word in words if isinstance(word, str) and word]


def _number(raw: Mapping[str, Any], name: str) -> float | None:
    value = raw.get(name)
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError) as error:
        raise Dirty(f"{name} is not a number", value) from error
    if not math.isfinite(number):
        raise Dirty(f"{name} is not a number", value)
    return number


def _time(raw: Mapping[str, Any], name: str, rules: Rules) -> float | None:
    """Seconds since 1970."""
    value = raw.get(name)
    if value is None or value == "":
        return None
    try:
        seconds = times.read(value, rules.day_first, rules.zone)
    except (times.NotATime, ValueError, OverflowError) as error:
        said = str(error) if isinstance(error, times.NotATime) else "not a time"
        raise Dirty(f"{name} is {said}", value) from error
    if not 0 <= seconds < 4e9:
        raise Dirty(f"{name} lies outside 1970 to 2096", value)
    return seconds


def _channel(raw: Mapping[str, Any]) -> str | None:
    value = _text(raw, "channel")
    if value is None:
        return None
    value = value.lower().replace("-", "_")
    return "in_app" if value in ("inapp", "app", "widget") else value


def _scale(raw: Mapping[str, Any], metric: str, rules: Rules) -> tuple[float, float]:
    """The worst and the best score."""
    scale = raw.get("scale")
    if isinstance(scale, str):
        scale = scale.strip("[]() ").replace("-", ",").replace(";", ",").split(",")
    if scale in (None, [], [""]):
        if rules.scale is not None and metric in ("", rules.metric):
            return rules.scale
        if metric not in scales.METRICS:
            raise Dirty("neither a known metric nor a scale")
        return scales.METRICS[metric]
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
