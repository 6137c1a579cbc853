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

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from collector.rules.conditions import BadCondition, Expression, compile_expression
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
CAPS_ABOUT = {
    "global_days": "Days between two asks of any survey; `0`: no pause.",
    "survey_days": "Days between two asks of this very survey; `0`: no pause.",
}
CONTACT_ABOUT = {
    "changed": "It was changed after the event, so it may be somebody else's by now.",
    "shared": "So many people (`many`) are registered with it.",
    "staff": "It is that of a member of staff (roster, or a person of the kind `employee`).",
    "undeliverable": "The last message to it was lost.",
}
CONTROL_ABOUT = (
    "A group that is never asked, to compare with those who are: `0.05`, or fields of its own."
)


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
    audience = fields.choice(
        "audience", AUDIENCES, default=AUDIENCES[0], about="Whom the rule asks, by `person.kind`."
    )
    caps = fields.inner("caps", about="The pause between two asks of one person.")
    quiet = fields.inner("quiet", about="How to spare somebody who does not answer.")
    contact = fields.inner(
        "contact_integrity",
        about="What to do about a doubtful contact point: `hold` does not use it, `mark` uses it "
        "and tells the checks, `off` does not look.",
    )
    checked: dict[str, Any] = {
        "audience": audience,
        "caps": {
            **{
                name: caps.integer(name, 0, MAX_CAP_DAYS, days, about=CAPS_ABOUT[name])
                for name, days in CAPS.items()
            },
            "on_cap": caps.choice(
                "on_cap",
                (DROP, DELAY),
                default=DROP,
                about="An ask that comes too soon: `drop` it, or `delay` it until the pause is "
                "over, if that is in time.",
            ),
        },
        "quiet": {
            "double_up_to": quiet.integer(
                "double_up_to",
                1,
                64,
                QUIET["double_up_to"],
                about="The pause doubles with each ask ignored in a row, up to so many times its "
                "length; `1` never doubles it.",
            ),
            "light_after": quiet.integer(
                "light_after",
                0,
                100,
                QUIET["light_after"],
                about="After so many asks ignored in a row only the channels of `light` are used; "
                "`0`: never.",
            ),
            "light": quiet.choices(
                "light", channels, default=LIGHT, about="The channels that weigh little."
            ),
        },
        "control": _control(fields),
        "quota": _quota(fields),
        "contact_integrity": {
            **{
                doubt: contact.choice(
                    doubt, (HOLD, MARK, OFF), default=policy, about=CONTACT_ABOUT[doubt]
                )
                for doubt, policy in CONTACT.items()
            },
            "many": contact.integer(
                "many", 2, 1_000, MANY, about="From how many people on a contact point is `shared`."
            ),
        },
    }
    for inner in (caps, quiet, contact):
        inner.done()
    return checked


def compiled(fields: Fields, name: str, compile_it: Callable[[str], Any]) -> None:
    """Complain about the condition or expression in `name`, at its character."""
    try:
        compile_it(str(fields.raw[name]))
    except BadCondition as error:
        fields.problem(name, error.detail, error.code, error.offset)


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
        share = fields.number("control", 0, 0.9, 0, about=CONTROL_ABOUT)
        return {"share": share, "group": EVERYBODY}
    inner = fields.inner("control", about=CONTROL_ABOUT)
    checked = {
        "share": inner.number(
            "share", 0, 0.9, 0, about="The share of people who are held out; `0.05` is one in 20."
        ),
        "group": inner.text(
            "group",
            key=True,
            default=EVERYBODY,
            about="Rules that name the same group hold out the same people.",
        ),
    }
    inner.done()
    return checked


def _quota(fields: Fields) -> dict[str, Any]:
    about = "At most so many invitations a period. Left out, there is no such limit."
    fields.tell("quota", "fields of its own", "", about)
    if not fields.raw.get("quota"):
        return {}
    inner = fields.inner("quota", about=about)
    checked: dict[str, Any] = {
        "per": inner.choice("per", PERIODS, about="The period, by the workspace's clock."),
        "by": inner.text(
            "by",
            most=400,
            default="",
            takes="CEL, at most 400",
            about="Each value of this, such as `context.region`, has a quota of its own. Left out, "
            "all share one.",
        ),
        "max": inner.integer(
            "max", 0, 10_000_000, -1, about="How many invitations a period, for each segment."
        ),
    }
    if checked["by"]:
        compiled(inner, "by", compile_expression)
    inner.done()
    return checked


def _ready_quota(quota: Mapping[str, Any]) -> Quota:
    by = quota.get("by") or ""
    return Quota(quota["per"], quota["max"], compile_expression(by) if by else None)
