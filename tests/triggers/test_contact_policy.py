"""The careful gates one by one: quiet customers, controls, quotas, delays, contact points. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from collector.errors import InvalidInput
from collector.rules.definition import check
from collector.triggers import arbitration, reasons
from collector.triggers.arbitration import RuleOutcome
from collector.triggers.gates.quota import taken
from collector.triggers.gates.sampling import sample_position
from collector.triggers.history import PastInvitation, figures, ignored_in_a_row
from tests.triggers.making import NOON, rule
from tests.triggers.test_gates import seen

DAY = timedelta(days=1)
CAPS = {"global_days": 10, "survey_days": 0}


def ignored(*days: float, survey: str = "x") -> list[PastInvitation]:
    return [PastInvitation(survey, NOON - day * DAY, "csat", sent=True) for day in days]


def ruling(person: dict[str, Any] | None = None, **changes: Any) -> RuleOutcome:
    (one,) = arbitration.decide([seen(person, **changes)])
    return one


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([21], "invited"), ([19], "quiet_too_long"), ([60, 39], "quiet_too_long"),
        ([60, 41], "invited"), ([90, 80, 79], "quiet_too_long"), ([200, 90, 81], "invited"),
        ([900, 800, 700, 600, 500, 81], "no light channel"), ([9], "capped_global"),
    ],
)  # fmt: skip
def test_each_ask_that_is_ignored_doubles_the_pause_up_to_eight_times(
    days: list[float], expected: str
) -> None:
    one = ruling({"asks": ignored(*days)}, rule={"caps": CAPS, "channels": ["sms"]})
    if expected == "no light channel":
        assert one.reason == "quiet_too_long"
        assert "only inapp, email would be light" in reasons.sentence(one.reason, one.facts)
    else:
        assert one.reason == expected


def test_after_four_ignored_asks_only_lighter_channels_are_left() -> None:
    person = {"asks": ignored(400, 300, 200, 100)}
    plan = ruling(person, rule={"caps": CAPS}).plan
    assert plan is not None
    assert plan.channels == ("inapp", "email")
    one = ruling(person, rule={"caps": CAPS, "quiet": {"light_after": 0, "double_up_to": 1}})
    assert one.plan is not None
    assert one.plan.channels == ("inapp", "sms", "email")


def test_an_answer_sets_the_pause_back() -> None:
    asks = [
        *ignored(100, 80),
        PastInvitation("x", NOON - 11 * DAY, "csat", True, None, NOON - 10 * DAY, 4),
    ]
    assert ruling({"asks": asks}, rule={"caps": CAPS}).reason == "invited"
    assert figures(asks, NOON) == {
        "asked_30d": 1, "asked_90d": 2, "asked_365d": 3, "asked_total": 3, "answered_total": 1,
        "ignored_in_a_row": 0, "last_asked_days": 11, "last_answered_days": 10,
        "answered_share": pytest.approx(1 / 3), "last_score.csat": 4,
    }  # fmt: skip


def test_an_ask_is_ignored_after_a_week_or_when_it_lapsed() -> None:
    def row(days: float, **changes: Any) -> int:
        return ignored_in_a_row(
            [PastInvitation("x", NOON - days * DAY, sent=True, **changes)], NOON
        )

    assert (row(6.9), row(7), row(3, closes_at=NOON)) == (0, 1, 1)
    assert ignored_in_a_row([PastInvitation("x", NOON - 30 * DAY)], NOON) == 0  # never went out
    assert ignored_in_a_row([PastInvitation("x", NOON - 30 * DAY, sent=True, own=False)], NOON) == 0


def test_a_control_group_is_stable_and_the_same_for_all_rules_of_the_group() -> None:
    people = [f"c-{n}" for n in range(2_000)]
    held = [
        {ref for ref in people
         if ruling({"ref": ref}, rule={"key": key, "control": control}).reason == "control_group"}
        for key, control in (
            ("a", 0.05), ("b", {"share": 0.05}), ("c", {"share": 0.05, "group": "other"}),
        )
    ]  # fmt: skip
    assert held[0] == held[1] != held[2]
    assert len(held[0]) == pytest.approx(100, abs=35)
    assert all(sample_position("all", ref, "control") < 0.05 for ref in held[0])


def test_on_cap_delay_the_ask_waits_instead() -> None:
    caps = {"global_days": 7, "survey_days": 0, "on_cap": "delay"}
    later = PastInvitation("y", NOON + 10 * DAY)
    one = ruling(
        {"asks": [PastInvitation("x", NOON - 2 * DAY), later]},
        rule={"caps": {**caps, "global_days": 5}},
    )
    assert one.plan is not None
    assert one.plan.ask_at == NOON + 3 * DAY
    assert one.facts["put_off_by"] == ["global_cap"]
    crowded = {"asks": [PastInvitation("x", NOON - 2 * DAY), later]}
    # Seven days from both would be after the time in which this survey is answered.
    assert ruling(crowded, rule={"caps": caps}).reason == "capped_global"


@pytest.mark.parametrize(
    ("per", "expected"),
    [("day", "day:2026-03-02"), ("week", "week:2026-03-02"), ("month", "month:2026-03-01")],
)
def test_a_quota_counts_by_period_and_segment(per: str, expected: str) -> None:
    quota = {"per": per, "by": "context.vip ? 'vip' : context.region", "max": 5}
    situation = seen(rule={"quota": quota}, context={"vip": False, "region": "north"})
    assert taken(situation) == ("delivered", expected, "north")
    assert taken(seen(rule={"quota": quota})) == ("delivered", expected, "")


def test_somebody_else_s_ask_counts_only_where_it_would_ring_the_same_phone() -> None:
    theirs = PastInvitation("x", NOON - DAY, channels=("sms",), own=False)
    person, caps = {"asks": [theirs]}, {"caps": CAPS}
    assert ruling(person, rule={**caps, "channels": ["sms"]}).reason == "capped_global"
    assert ruling(person, rule={**caps, "channels": ["email"]}).reason == "invited"


@pytest.mark.parametrize(
    ("policy", "channels", "marks"),
    [("hold", ("inapp", "email"), ()), ("mark", ("inapp", "sms", "email"), ("staff_contact:sms",)),
     ("off", ("inapp", "sms", "email"), ())],
)  # fmt: skip
def test_a_doubtful_contact_point_is_held_or_marked(
    policy: str, channels: tuple[str, ...], marks: tuple[str, ...]
) -> None:
    person = {"staff": frozenset({"sms"})}
    plan = ruling(person, rule={"contact_integrity": {"staff": policy}}).plan
    assert plan is not None
    assert (plan.channels, plan.marks) == (channels, marks)


@pytest.mark.parametrize(
    ("changes", "ask_at"),
    [
        ({"not_before": "2026-03-04"}, datetime(2026, 3, 4, tzinfo=NOON.tzinfo)),
        ({"quiet_hours": {"inapp": "11:00-15:00"}}, NOON + timedelta(hours=3)),
        ({"channels": ["sms"], "delay": "10h"}, datetime(2026, 3, 3, 8, tzinfo=NOON.tzinfo)),
        ({"channels": ["sms"], "delay": "5d", "not_on": ["weekend"]},
         datetime(2026, 3, 9, 8, tzinfo=NOON.tzinfo)),
    ],
)  # fmt: skip
def test_an_ask_is_put_off_no_longer_than_it_must(changes: Any, ask_at: datetime) -> None:
    plan = ruling(rule=changes).plan
    assert plan is not None
    assert plan.ask_at == ask_at


def test_what_would_go_out_too_late_is_not_asked() -> None:
    assert ruling(rule={"expires_after": "30m"}).reason == "too_late"
    night = {"channels": ["sms"], "delay": "10h", "expires_after": "12h"}
    assert ruling(rule=night).reason == "too_late"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"quiet_hours": {"sms": "21-8"}}, "/quiet_hours/sms"),
        ({"not_before": "2026-03-09", "not_after": "2026-03-08"}, "/not_after"),
        ({"not_on": ["monday"]}, "/not_on/0"),
        ({"cancel_on": "order.returned"}, "/cancel_on"),
        ({"cancel_same": "order.id"}, "/cancel_same"),
        ({"fallback_after": "soon"}, "/fallback_after"),
        ({"control": 1}, "/control"),
        ({"quota": {"per": "hour", "max": 3}}, "/quota/per"),
        ({"quota": {"per": "day", "by": "context.", "max": 3}}, "/quota/by"),
        ({"quota": {"per": "day"}}, "/quota/max"),
        ({"contact_integrity": {"staff": "fire"}}, "/contact_integrity/staff"),
        ({"caps": {"on_cap": "shout"}}, "/caps/on_cap"),
        ({"audience": "robots"}, "/audience"),
    ],
)
def test_what_is_wrong_with_the_care_of_a_rule_is_pointed_at(
    changes: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(rule(**changes))
    assert refused.value.pointer == pointer


def test_a_checked_rule_checks_as_itself() -> None:
    full = rule(
        quota={"per": "day", "max": 3}, control=0.1, not_on=["weekend"], not_before="2026-03-09",
        cancel_on=["order.returned"], fallback_after="24h", reminder_after="3d",
    )  # fmt: skip
    assert check(check(full)) == check(full)
