"""Gates of what is not known, and of what only says something of two answers."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.checks.interaction import upward_revision
from collector.integrity.engine.checks.origin import known_customer
from collector.integrity.engine.checks.robots import duplicate
from collector.integrity.engine.checks.wording import solicited_text
from collector.integrity.engine.profiles import RecentAnswer
from collector.integrity.engine.records import Case
from collector.integrity.engine.unknown import agree, differ
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import asked, company, origin, usage, weighs

PAIRS = ((None, None), (None, "a"), ("a", None), ("", ""), ("a", "a"), ("a", "b"))


def test_only_what_is_known_of_both_agrees_or_differs() -> None:
    assert [agree(*pair) for pair in PAIRS] == [False, False, False, False, True, False]
    assert [differ(*pair) for pair in PAIRS] == [False, False, False, False, False, True]


def before(case: Case, seconds: float, **given: Any) -> RecentAnswer:
    """An answer to the same invitation so long before."""
    own = {
        "id": "R", "at": case.answered - seconds, "respondent": "C0", "subject": "A0",
        "score": case.score, "position": case.position, "device": case.device, "ip": case.ip,
        "net": case.net, "client": case.client, "sketch": case.sketch,
    }  # fmt: skip
    return RecentAnswer(**{**own, **given})


def revised(seconds: float, low: float = 1.0, score: float = 5.0, **given: Any) -> float | None:
    """What is said of a best score so long after a low one on the scale from 1 to 5."""
    case, stats = asked(score=score), company()
    row = before(case, seconds, score=low, position=(low - 1) / 4, **given)
    stats.by_invitation["I0"] = [before(case, 9 * seconds, position=1.0), row]
    return weighs(upward_revision.check, case, stats)


def test_a_low_score_becomes_the_best_one() -> None:
    assert [revised(s) for s in (15, 20, 21, 30)] == [None, None, 0.5, 0.5]
    assert [revised(3600 * h) for h in (23, 24, 25)] == [0.5, 0.5, 0.3]
    assert [revised(60, low) for low in (1, 3, 4)] == [0.5, 0.5, None]
    assert revised(60, score=4.0) is None
    assert [revised(60, client=c) for c in (None, "another")] == [0.5, None]


def test_the_latest_low_score_says_how_long_it_took() -> None:
    case, stats = asked(), company()
    rows = [before(case, 3600 * h, position=0.0) for h in (30, 2)]
    stats.by_invitation["I0"] = rows
    assert weighs(upward_revision.check, case, stats) == 0.5
    stats.by_invitation["I0"] = rows[:1]
    assert weighs(upward_revision.check, case, stats) == 0.3


def test_only_who_admits_begging_says_so() -> None:
    assert [weighs(solicited_text.check, asked(begs=b), company()) for b in (True, False)] == [
        0.0, None
    ]  # fmt: skip


def known(invitations: int, **given: Any) -> float | None:
    """The same customer over so many invitations on one device."""
    stats = company()
    stats.devices.rows["phone"] = origin(
        usage("C0", invitation="I0"), *(usage("C0", invitation=f"I{n}") for n in range(invitations))
    )
    return weighs(known_customer.check, asked(device="phone", **given), stats)


def test_who_comes_again_on_the_same_device_is_known() -> None:
    assert [known(n) for n in (1, 2, 3)] == [None, -2.5, -2.5]
    assert [known(2, customer=c) for c in (None, "C1")] == [None, None]
    assert weighs(known_customer.check, asked(), company()) is None


def test_who_is_only_known_by_an_invitation_is_not_known_by_the_device() -> None:
    stats = company()
    stats.devices.rows["phone"] = origin(usage("I0", invitation="I0"), usage("I0", invitation="I1"))
    assert weighs(known_customer.check, asked(device="phone", customer=None), stats) is None


def test_nobody_is_known_by_a_device_of_three() -> None:
    stats = company()
    rows = [usage("C0", invitation=f"I{n}") for n in range(2)]
    stats.devices.rows["phone"] = origin(*rows, usage("C1"), usage("C2"))
    assert weighs(known_customer.check, asked(device="phone"), stats) is None


def posted(seconds: float, case: dict[str, Any] | None = None, **given: Any) -> float | None:
    """What is said of an answer so long after another one to the same invitation."""
    this, stats = asked(id="S", **(case or {})), company()
    stats.by_invitation["I0"] = [before(this, seconds, **given)]
    return weighs(duplicate.check, this, stats)


def test_the_same_post_again_within_two_minutes() -> None:
    assert [posted(s, device="other", client=None) for s in (60, 119)] == [None, None]
    assert [posted(s, device=None) for s in (0, 61, 120, 121, 239)] == [9, 9, 9, None, None]
    assert [posted(s, device=None) for s in (-1, -300)] == [None, None]


def test_the_same_post_from_the_queue_of_the_same_device_within_a_day() -> None:
    day = 86_400
    assert [posted(s) for s in (120, 121, day / 2 + 1, day, day + 1)] == [9, 9, 9, 9, None]
    assert posted(121, sketch=(1, 2)) is None
    assert posted(60, sketch=(1, 2)) == 9
    assert posted(121, {"device": None}) is None


def test_of_two_posts_at_the_same_moment_the_second_by_name_is_set_aside() -> None:
    assert [posted(0, id=name) for name in ("R", "S", "T")] == [9, None, None]
    assert [posted(5, id=name) for name in ("R", "S", "T")] == [9, None, 9]


def test_what_is_another_hands_or_another_mind_is_no_double() -> None:
    assert posted(60, score=4.0) is None
    assert posted(60, client="another") is None
    assert posted(60, device="another") is None
    nothing = {"device": None, "client": None}
    assert [posted(60, nothing, ip=ip) for ip in ("ip0", None, "another")] == [9, 9, None]
    assert [posted(60, {"device": None}, ip=ip) for ip in ("ip0", "another")] == [9, 9]
    assert [posted(60, {"client": None}, ip="another")] == [9]


def test_what_supersedes_is_no_double_and_what_was_told_apart_by_the_service_is_one() -> None:
    assert posted(60, {"supersedes": "R"}) is None
    assert weighs(duplicate.check, asked(same_as="R7"), company()) == 9
    assert weighs(duplicate.check, asked(same_as="R7", supersedes="R"), company()) == 9


def test_certain_is_what_is_a_double() -> None:
    from collector.integrity.engine.assessment import Assessment

    case, stats = asked(id="S"), company()
    stats.by_invitation["I0"] = [before(case, 5)]
    for one in (case, asked(same_as="R7")):
        found = duplicate.check(Assessment(one, stats, START))
        assert found is not None
        assert found.certain
