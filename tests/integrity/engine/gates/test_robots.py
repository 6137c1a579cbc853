"""Gates of the checks on machines."""

from __future__ import annotations

from typing import Any

from collector.integrity.engine.checks.robots import link_scanner, tap_stream
from collector.integrity.engine.counters import MailAnswers
from collector.integrity.engine.profiles import RecentAnswer
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import asked, company, rate, weighs

ROBOT = "Mozilla/5.0 (compatible; Proofpoint URL Defense)"
NAMES = ("pressed", "decoy_opened", "taps_set_aside", "scores_pressed", "no_browser")


def taps(*shown: str, **given: Any) -> float | None:
    """What these taps behind one answer say."""
    return weighs(tap_stream.check, asked(taps=dict.fromkeys(shown, 3), **given), company())


def test_what_taps_show() -> None:
    assert [taps(name) for name in NAMES] == [-3.0, 2.0, 1.5, 6.0, None]
    assert [taps("pressed", name) for name in NAMES[1:]] == [-2.0, -3.0, 3.0, 5.0]
    assert [taps("decoy_opened", name) for name in NAMES[2:]] == [2.0, 8.0, 2.0]
    assert [taps("pressed", client=c) for c in (ROBOT, "a phone", None)] == [-1.0, -3.0, -3.0]
    assert taps() is None
    assert weighs(tap_stream.check, asked(), company()) is None


def mail(
    after: float | None, *, before: tuple[float, ...] = (), quick: int = 0, slow: int = 0,
    where: str = "ip0", others: tuple[RecentAnswer, ...] = (), instant: tuple[int, int] = (0, 0),
    openings: Any = None, **given: Any,
) -> float | None:  # fmt: skip
    """An answer so long after the mail, in a company whose mail was answered so long after."""
    stats = company()
    for one in before:
        stats.mail_delay.add(one)
    stats.mail_instant = rate(*instant)
    there = stats.mail[where] = MailAnswers()
    for n in range(quick + slow):
        there.add(f"C{n}", 0, quick=n < quick)
    stats.by_invitation["I0"] = list(others)
    for channel, row in (openings or {}).items():
        stats.seen.openings[channel] = row
    own = {
        "channel": "email", "answered": START, "sent": None if after is None else START - after,
        "opened": None, "device": None,
    }  # fmt: skip
    return weighs(link_scanner.check, asked(**{**own, **given}), stats)


def test_a_robots_name() -> None:
    assert [mail(9000.0, channel=c, client=ROBOT) for c in ("sms", "email")] == [5.0, 3.5]
    assert [mail(None, client=c) for c in (ROBOT, "a phone", None)] == [5.0, None, None]


DELAYS = (0.01, 0.1, 1.0, 2.0, 4.9, 5.0, 7.0, 20.0, 60.0, 200.0)


def test_how_soon_after_the_mail() -> None:
    assert [mail(t) for t in DELAYS] == [
        1.079,
        1.079,
        4.5,
        4.5,
        4.5,
        3.854,
        3.883,
        3.466,
        1.899,
        None,
    ]
    assert [mail(t, client=ROBOT) for t in (*DELAYS, 599.0, 600.0, 601.0, 9e3, 9e4, 9e5)] == [
        6.079,
        6.079,
        9.0,
        9.0,
        9.0,
        8.854,
        8.883,
        8.466,
        6.899,
        3.74,
        3.5,
        3.5,
        3.5,
        3.5,
        3.5,
        3.5,
    ]
    assert [mail(t, channel="sms", client=ROBOT) for t in (1.0, 7.0)] == [5.0, 5.0]


def test_how_soon_after_the_mail_where_it_is_known_how_slow_people_are() -> None:
    slow = tuple(600.0 * (1 + n) for n in range(40))
    for few in (slow[:39], slow[:20]):
        assert mail(20.0, before=few) == mail(20.0)
    assert [mail(t, before=slow) for t in (7.0, 20.0, 100.0)] == [3.891, 3.565, 1.799]
    assert mail(20.0, before=(*slow[:39], 60.0, 60.0, 60.0)) == mail(20.0)
    alike = tuple(3000.0 for _ in range(50))
    wide = tuple(130.0 * 1.25**n for n in range(60))
    some = tuple(130.0 * 1.11**n for n in range(60))
    late = tuple(20_000.0 * 1.05**n for n in range(60))
    times = (20.0, 300.0, 2000.0)
    assert [
        [mail(t, before=seen, client=ROBOT) for t in times] for seen in (alike, wide, some, late)
    ] == [[8.565, 4.602, 3.5], [8.549, 4.086, 3.5], [7.467, 3.5, 3.5], [8.565, 4.713, 3.5]]


def test_some_people_are_quick_until_ten_minutes() -> None:
    late = tuple(20_000.0 * 1.05**n for n in range(60))
    times = (290.0, 310.0, 350.0, 590.0, 600.0, 601.0, 700.0, 1190.0, 1210.0)
    assert [mail(t, before=late, client=ROBOT) for t in times] == [
        4.788,
        4.64,
        4.363,
        3.5,
        3.5,
        5.553,
        5.144,
        3.594,
        3.541,
    ]
    assert [mail(t, before=late, client=ROBOT) for t in (2.4, 2.6, 4.9, 5.0, 5.1, 9.9, 11)] == [
        9.0,
        9.0,
        9.0,
        8.858,
        8.862,
        8.856,
        8.831,
    ]


def post(seconds: float, score: float = 4.0, **given: Any) -> RecentAnswer:
    """Another answer to the same invitation, so long after."""
    own = {
        "id": f"R{seconds}", "at": START + seconds, "respondent": "C0", "subject": "A0",
        "score": score, "position": (score - 1) / 4, "device": None, "ip": "ip0", "net": "net0",
        "client": "browser 0",
    }  # fmt: skip
    return RecentAnswer(**{**own, **given})


def test_several_scores_within_seconds() -> None:
    this = post(0, 5.0)
    assert [mail(60.0, others=(this, post(s))) for s in (-16, -15, 7, 14, 15, 16, 29)] == [
        1.899,
        6.899,
        6.899,
        6.899,
        6.899,
        1.899,
        1.899,
    ]
    assert [mail(t, others=(this, post(3))) for t in (150.0, 299.0, 300.0, 301.0, 599.0)] == [
        4.591,
        3.5,
        None,
        None,
        None,
    ]
    assert [mail(t, others=(this, post(3), post(5, 3.0))) for t in (301.0, None)] == [3.5, 5.0]
    assert mail(60.0, others=(this, post(3, 5.0))) == mail(60.0)
    assert mail(60.0, others=(this,)) == mail(60.0)
    assert mail(60.0, channel="sms", others=(this, post(3))) is None
    assert mail(None, others=(this, post(3))) is None


def test_a_person_who_answers_later_from_elsewhere() -> None:
    elsewhere = {"ip": "home", "client": "a phone"}
    assert [mail(20.0, others=(post(s, **elsewhere),)) for s in (30, 59, 60, 61, 119, 121)] == [
        3.466,
        3.466,
        3.466,
        4.966,
        4.966,
        4.966,
    ]
    assert [mail(20.0, others=(post(90, **{k: v}),)) for k, v in elsewhere.items()] == [
        4.966,
        4.966,
    ]
    assert mail(20.0, others=(post(90),)) == mail(20.0)
    found = [
        mail(t, client=ROBOT, others=(post(90, **elsewhere),)) for t in (150.0, 299.0, 300.0, 599.0)
    ]
    assert found == [6.091, 5.0, 3.5, 3.5]
    assert mail(None, client=ROBOT, others=(post(90, **elsewhere),)) == 5.0
    assert mail(250.0, others=(post(90, **elsewhere),)) is None


def test_an_address_from_which_mail_is_answered_at_once() -> None:
    assert [mail(200.0, quick=n) for n in (1, 2, 3, 4, 8, 16)] == [
        None,
        1.74,
        2.032,
        2.24,
        2.74,
        3.24,
    ]
    assert [mail(200.0, quick=n, where="net0") for n in (1, 2, 4, 16)] == [None, 0.24, 0.49, 0.99]
    assert [mail(200.0, quick=n, slow=2) for n in (2, 3, 4, 5)] == [None, None, None, 2.401]
    assert [mail(t, quick=4) for t in (599.0, 600.0, 601.0, None)] == [2.0, 2.0, None, None]
    assert mail(200.0, quick=4, channel="sms") is None
    assert mail(200.0, quick=4, ip=None) is None
    assert mail(200.0, quick=4, where="net0", net=None) is None


def test_opened_and_answered_in_the_same_moment() -> None:
    at_once = {"opened": START - 0.2}
    assert [mail(20.0, instant=i, **at_once) for i in ((0, 0), (4, 40), (40, 40), (0, 9999))] == [
        5.076,
        5.076,
        3.466,
        6.466,
    ]
    assert [mail(20.0, instant=(20, 40), opened=START - s) for s in (0.0, 0.3, 0.4, 5.0)] == [
        3.977,
        3.977,
        3.466,
        3.466,
    ]
    assert mail(20.0, channel="sms", client=ROBOT, **at_once) == 5.0
    assert mail(9000.0, **at_once) is None


def test_a_typed_comment_does_not_come_from_a_gateway() -> None:
    assert [mail(20.0, comment=c) for c in (None, "thank you")] == [3.466, -0.534]
    assert mail(20.0, client=ROBOT, quick=4, comment="thank you") == 7.966


def test_no_more_than_so_much() -> None:
    others = (post(0, 5.0), post(3))
    assert mail(7.0, client=ROBOT, quick=8, others=others) == 9.0
    assert mail(7.0, quick=3, others=others[:1]) == 7.175


class Fast:
    """A channel on which so much speaks for a machine."""

    def __init__(self, odds: float) -> None:
        self.found = odds, 7, 1.0
        self.asked: list[tuple[float, float | None]] = []

    def odds(self, seconds: float, since_sent: float | None) -> tuple[float, int, float]:
        self.asked.append((round(seconds, 2), since_sent))
        return self.found


def fast(odds: float, **given: Any) -> float | None:
    channel = given.get("channel", "sms")
    own = {"channel": channel, "opened": START - 1, "openings": {channel or "": Fast(odds)}}
    return mail(given.pop("after", 9000.0), **{**own, **given})


def test_faster_than_people_and_without_a_device() -> None:
    assert [fast(v) for v in (-1.0, 0.0, 0.1, 1.0, 3.0, 4.0, 9.0)] == [
        None,
        None,
        3.044,
        3.944,
        5.944,
        6.5,
        6.5,
    ]
    assert [fast(1.0, channel=c) for c in ("email", None, "chat")] == [3.944, 3.944, 3.944]
    assert fast(1.0, device="phone") is None
    assert fast(1.0, opened=None) is None
    assert [fast(v, channel="email", after=20.0) for v in (0.1, 9.0)] == [3.466, 6.5]
    others = (post(0, 5.0), post(3), post(5, 3.0))
    assert [fast(v, others=others) for v in (0.0, 1.0)] == [None, 5.0]
