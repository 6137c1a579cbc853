"""The part of a rule that says how careful to be: caps, quiet customers, controls, quotas. Pure.

`check` reads what somebody wrote, `ready` what is stored. Used by `definition.py`; one gate each
follows it (`gates/`).

    audience: customer                      # or employee
    caps: {global_days: 30, survey_days: 90, on_cap: drop}   # or delay
    quiet: {double_up_to: 8, light_after: 4, light: [inapp, email]}   # who does not answer
    control: {share: 0.05, group: all}      # never asked, to compare with
    quota: {per: week, by: context.region, max: 200}
    contact_integrity: {changed: mark, shared: mark, staff: hold, undeliverable: mark, many: 4}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from collector.errors import InvalidInput
from collector.rules.conditions import Expression, compile_expression
from collector.surveys.fields import Fields

AUDIENCES = ("customer", "employee")
DROP, DELAY = "drop", "delay"
HOLD, MARK, OFF = "hold", "mark", "off"
PERIODS = ("day", "week", "month")
MAX_CAP_DAYS = 730
CAPS = {"global_days": 30, "survey_days": 90}
QUIET = {"double_up_to": 8, "light_after": 4}
LIGHT = ("inapp", "email")
CONTACT = {"changed": MARK, "shared": MARK, "staff": HOLD, "undeliverable": MARK}
MANY = 4
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `most` invitations a period for each segment; `by` gives the segment's name."""

    per: str
    most: int
    by: Expression | None


@dataclass(frozen=True, slots=True)
class ContactPolicy:
    """`doubling`: how many times longer the pause may become; `light_after`: 0 for never;
    `contact` maps a doubt about a contact point to hold, mark or off."""

    audience: str
    global_cap: timedelta
    survey_cap: timedelta
    delays: bool
    doubling: int
    light_after: int
    light: tuple[str, ...]
    control: float
    control_group: str
    quota: Quota | None
    contact: Mapping[str, str]
    many: int


def check(fields: Fields, channels: Sequence[str]) -> dict[str, Any]:
    """The fields about care, complete; problems go to the fields' report."""
    caps, quiet, contact = (fields.inner(name) for name in ("caps", "quiet", "contact_integrity"))
    checked: dict[str, Any] = {
        "audience": fields.choice("audience", AUDIENCES, default=AUDIENCES[0]),
        "caps": {
            **{name: caps.integer(name, 0, MAX_CAP_DAYS, days) for name, days in CAPS.items()},
            "on_cap": caps.choice("on_cap", (DROP, DELAY), default=DROP),
        },
        "quiet": {
            "double_up_to": quiet.integer("double_up_to", 1, 64, QUIET["double_up_to"]),
            "light_after": quiet.integer("light_after", 0, 100, QUIET["light_after"]),
            "light": quiet.choices("light", channels) if quiet.raw.get("light") else list(LIGHT),
        },
        "control": _control(fields),
        "quota": _quota(fields),
        "contact_integrity": {
            **{
                doubt: contact.choice(doubt, (HOLD, MARK, OFF), default=policy)
                for doubt, policy in CONTACT.items()
            },
            "many": contact.integer("many", 2, 1_000, MANY),
        },
    }
    quiet.known.append("light")
    for inner in (caps, quiet, contact):
        inner.done()
    return checked


def ready(stored: Mapping[str, Any]) -> ContactPolicy:
    """The stored fields; those that an older version does not have are as by default."""
    caps = {**CAPS, **(stored.get("caps") or {})}
    quiet = {**QUIET, "light": LIGHT, **(stored.get("quiet") or {})}
    control = stored.get("control") or {}
    quota = stored.get("quota") or {}
    contact = {**CONTACT, "many": MANY, **(stored.get("contact_integrity") or {})}
    return ContactPolicy(
        audience=stored.get("audience") or AUDIENCES[0],
        global_cap=timedelta(days=caps["global_days"]),
        survey_cap=timedelta(days=caps["survey_days"]),
        delays=caps.get("on_cap") == DELAY,
        doubling=quiet["double_up_to"],
        light_after=quiet["light_after"],
        light=tuple(quiet["light"]),
        control=control.get("share", 0),
        control_group=control.get("group", EVERYBODY),
        quota=_ready_quota(quota) if quota else None,
        contact={doubt: str(contact[doubt]) for doubt in CONTACT},
        many=int(contact["many"]),
    )


def _control(fields: Fields) -> dict[str, Any]:
    """`0.05`, or `{share: 0.05, group: name}`: rules of one group spare the same people."""
    if isinstance(fields.raw.get("control"), int | float):
        return {"share": fields.number("control", 0, 0.9, 0), "group": EVERYBODY}
    inner = fields.inner("control")
    checked = {
        "share": inner.number("share", 0, 0.9, 0),
        "group": inner.text("group", key=True, default=EVERYBODY),
    }
    inner.done()
    return checked


def _quota(fields: Fields) -> dict[str, Any]:
    fields.known.append("quota")
    if not fields.raw.get("quota"):
        return {}
    inner = fields.inner("quota")
    checked: dict[str, Any] = {
        "per": inner.choice("per", PERIODS),
        "by": inner.text("by", most=400, default=""),
        "max": inner.integer("max", 0, 10_000_000, -1),
    }
    if checked["by"]:
        try:
            compile_expression(checked["by"])
        except InvalidInput as error:
            inner.problem("by", error.detail, error.code)
    inner.done()
    return checked


def _ready_quota(quota: Mapping[str, Any]) -> Quota:
    by = quota.get("by") or ""
    return Quota(quota["per"], quota["max"], compile_expression(by) if by else None)
