"""Gates at the very value where they open, which no company's figures ever are.

What a check asks of others is put in its place (`patch`), so that the sums come out even.
"""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.checks.contact import contact_reused
from collector.integrity.engine.checks.interaction import phantom_session, score_conflict
from collector.integrity.engine.checks.origin import (
    client_concentration,
    network_concentration,
    rapid_run,
)
from collector.integrity.engine.checks.robots import link_scanner
from collector.integrity.engine.checks.wording import template_text
from collector.integrity.engine.presence import Presence
from collector.integrity.engine.records import Signal
from collector.integrity.engine.score_pattern import ScorePattern
from tests.integrity.engine.conftest import START
from tests.integrity.engine.gates.asking import TODAY, asked, company, origin, usage, weighs
from tests.integrity.engine.gates.test_device import seen
from tests.integrity.engine.gates.test_device_edges import ODD, device


def address(
    *surprises: float, scores: ScorePattern = ODD, beyond: float = 0.0, shared: bool = False,
    present: float = 0.0,
) -> Any:  # fmt: skip
    """An address, and its network, of which so much is surprising."""
    stats = device(12 if shared else 1)
    stats.ips.rows["ip"] = origin(*(usage(n) for n in range(4)))
    stats.nets.rows["net"] = origin(*(usage(n) for n in range(5)))
    found = iter(surprises)
    with (
        patch.object(network_concentration, "concentration", lambda *_: (next(found), 0.1)),
        patch.object(network_concentration, "_beyond", lambda *_: beyond),
        patch.object(Assessment, "scores_from", lambda *_: scores),
        patch.object(Assessment, "presence_at", lambda *_: Presence(present, 0.5, 2, 2)),
    ):
        case = asked(device="phone", ip="ip", net="net" if len(surprises) > 1 else None)
        one = network_concentration.check(Assessment(case, stats, START))
    return None if one is None else f"{one.figures['where']} {one.log_odds:.2f}"


def test_an_address_at_its_edges() -> None:
    assert [address(v) for v in (1.6, 1.7, 1.71, 1.9, 3.5, 9.0)] == [
        None,
        None,
        "address 0.31",
        "address 0.60",
        "address 3.00",
        "address 3.00",
    ]
    assert [address(1.75 - 0.05), address(1.5 + 0.2)] == [None, None]
    assert [address(v, beyond=3.0, shared=True) for v in (0.8, 1.4, 1.5, 1.51, 2.9, 3.1)] == [
        None,
        None,
        None,
        "address 2.25",
        "address 2.25",
        "address 2.25",
    ]
    assert address(2.5, beyond=0.0) == "address 1.50"
    assert address(2.5, beyond=0.0, shared=True) is None
    patterns = [ScorePattern(v, -0.5, 8, 0, 0) for v in (-1.9, -1.0, -0.5, 0.9, 1.1, 2.0)]
    assert [address(3.0, scores=one) for one in patterns] == [
        "address 0.75",
        "address 0.75",
        "address 1.12",
        "address 2.17",
        "address 2.25",
        "address 2.25",
    ]
    assert [address(3.0, present=v) for v in (-2.5, -1.0, 0.0, 1.0)] == [
        "address 0.00",
        "address 1.12",
        "address 2.25",
        "address 2.25",
    ]


def test_the_more_telling_of_an_address_and_its_network() -> None:
    pairs = ((2.5, 2.0), (2.0, 2.5), (2.0, 2.69), (3.0, 9.0), (1.9, 1.8), (1.6, 2.0), (2.5, 2.5))
    assert [address(*pair, scores=ScorePattern(0.0, 0.0, 4, 0, 0)) for pair in pairs] == [
        "address 1.00",
        "network 1.00",
        "network 1.19",
        "address 1.50",
        "address 0.40",
        "network 0.50",
        "address 1.00",
    ]


def test_hardly_any_row_and_hardly_too_many() -> None:
    case, stats = asked(device="phone", ip=None), company()
    stats.recent["phone"] = [seen(case, 1)]
    found = []
    for share in (0.4, 0.6, 0.7, 0.72, 0.8):
        stats.share = lambda *_, share=share: share
        found.append(weighs(rapid_run.check, case, stats))
    assert found == [0.42, 0.28, 0.21, None, None]
    found = []
    for value in (0.05, 0.1, 0.19, 0.2, 0.39, 0.41):
        with (
            patch.object(client_concentration, "cluster", lambda *_, v=value, **k: v),
            patch.object(template_text, "excess", lambda *_, v=value, **k: v),
        ):
            stats = company()
            for profile in (stats.profiles["A0"], stats.company, stats.stores["S"]):
                profile.clients["b"] = [5, TODAY]
            for _ in range(3):
                stats.wording.add((1, 2, 3), 0, "A0")
            row = asked(client="b", bands=(1, 2, 3), device="own")
            found.append((weighs(client_concentration.check, row, stats),
                          weighs(template_text.check, row, stats)))  # fmt: skip
    assert found == [
        (None, None),
        (None, None),
        (None, None),
        (0.2, 0.2),
        (0.39, 0.39),
        (0.41, 0.41),
    ]


def test_hardly_soon_after_the_mail() -> None:
    case, found = asked(channel="email", sent=START, opened=None), []
    for value in (0.14, 0.16, 0.29, 0.3, 0.31, 0.59, 0.61):
        with patch.object(link_scanner, "_soon", lambda *_, v=value: v):
            found.append(weighs(link_scanner.check, case, company()))
    assert found == [None, None, None, None, 0.31, 0.59, 0.61]


def made_up(delay: float, work: float, looks: float = 2.0, **given: Any) -> Any:
    stats = company()
    stats.profiles["A0"].phantom.hits, stats.profiles["A0"].phantom.trials = 8, 40
    with (
        patch.object(phantom_session, "ranks", lambda _: (delay, work)),
        patch.object(phantom_session, "looks", lambda *_: looks),
    ):
        return weighs(phantom_session.check, asked(**given), stats)


def test_a_session_at_its_edges() -> None:
    values = (0.14, 0.16, 0.29, 0.3, 0.31, 0.59, 0.61)
    assert [made_up(v, 0.1) for v in values] == [2.948, 2.948, 2.948, 2.948, 2.0, 2.0, 2.0]
    assert [made_up(0.1, v) for v in values] == [2.948, 2.948, 2.948, 2.948, 2.0, 2.0, 2.0]
    assert [made_up(0.9, 0.9, v) for v in (0.14, 0.16, 0.3, 0.31, 0.59, 0.61)] == [
        None,
        None,
        None,
        0.31,
        0.59,
        0.61,
    ]


def test_what_is_hardly_ever_usual() -> None:
    found = []
    for usual in (0.0001, 0.002, 0.003):
        stats = company()
        stats.usual_phantom = usual
        stats.profiles["A0"].phantom.hits, stats.profiles["A0"].phantom.trials = 5, 300
        with (
            patch.object(phantom_session, "ranks", lambda _: (0.1, 0.1)),
            patch.object(phantom_session, "looks", lambda *_: 1.0),
        ):
            found.append(weighs(phantom_session.check, asked(), stats))
    assert found == [2.992, 2.992, 2.078]


def test_trouble_is_named_that_came_in_by_now() -> None:
    signals = tuple(
        Signal(kind, 9.0, START + hours)
        for kind, hours in (("refund", 1), ("complaint", 2), ("qa", 1), ("delay", 3))
    )
    found = []
    for now in (START + 0.5, START + 1, START + 2, START + 9):
        one = score_conflict.check(Assessment(asked(signals=signals), company(), now))
        found.append(None if one is None else one.figures["trouble"])
    assert found == [None, ["refund"], ["complaint", "refund"], ["complaint", "delay", "refund"]]


def test_a_call_as_poor_as_that() -> None:
    found = []
    for value in (66.9, 67.0, 67.1):
        stats = company()
        for _ in range(32):
            stats.call_scores.add(80.0)
        stats.call_scores.squares = 3200.0
        signals = (Signal("qa", value, START),)
        found.append(weighs(score_conflict.check, asked(signals=signals), stats, START + 9))
    assert found == [0.4, None, None]


def test_a_number_that_is_in_place_of_half_the_files() -> None:
    found = []
    for changed in (3, 4, 5):
        stats = company()
        stats.contacts.rows["number"] = origin(*(
            usage(n, f"A{n % 2}", changed=n < changed, device="one", day=TODAY + n,
                  kind=0 if n else 1, store="SQ"[n % 2])
            for n in range(8)
        ))  # fmt: skip
        case = asked(contact="number", on_file="number", customer="new")
        with (
            patch.object(contact_reused, "few_subjects", lambda *_: 2.0),
            patch.object(contact_reused, "concentration", lambda *_: (0.0, 0.1)),
        ):
            found.append(weighs(contact_reused.check, case, stats))
    assert found == [3.667, 2.75, 2.75]
