"""Pairs that look alike and are told apart: a firm and a cheat, a tablet and a phone, a gateway."""

from __future__ import annotations

from collector.integrity.engine.combine import CLEAN, REJECTED, SUSPECT, combine
from collector.integrity.engine.finding import CONTACT, ORIGIN, Finding
from collector.integrity.engine.records import Case
from tests.integrity.engine.conftest import HOUR, START, answer, judge

HONEST = [answer(number) for number in range(400)]


def test_what_is_known_of_a_number_adds_up_and_what_is_known_of_a_device_does_not() -> None:
    number = [Finding("CONTACT_CHANGED", CONTACT, 3.7), Finding("CONTACT_REUSED", CONTACT, 1.5)]
    assert combine(number).verdict == REJECTED
    device = [Finding("DEVICE_SHARED", ORIGIN, 3.8), Finding("RAPID_RUN", ORIGIN, 1.6)]
    assert combine(device).verdict == SUSPECT


def office(ip: str) -> list[Case]:
    """Six people with equal machines, all served by one agent and content."""
    return [
        answer(1000 + n, agent="A3", score=5.0, client="Firm's browser", ip=ip.format(n),
               net=ip.format(n), answered=START + (30 + 20 * n) * HOUR)
        for n in range(6)
    ]  # fmt: skip


def test_a_firm_that_buys_equal_machines_is_one_cause_and_not_two_witnesses() -> None:
    verdicts = judge([*HONEST, *office("the firm")])
    mine = [verdicts[c.id] for c in office("the firm")]
    assert all(v.verdict != REJECTED for v in mine)
    assert all("CLIENT_CONCENTRATION" not in v.reasons for v in mine)
    spread = judge([*HONEST, *office("place {}")])
    assert any("CLIENT_CONCENTRATION" in spread[c.id].evidence for c in office("place {}"))


def shared(networks: int) -> list[Case]:
    return [
        answer(1000 + n, agent="A3", score=5.0, device="one device", ip=f"at {n % networks}",
               net=f"net {n % networks}", answered=START + (30 + 20 * n) * HOUR)
        for n in range(12)
    ]  # fmt: skip


def test_a_phone_that_leaves_the_shop_weighs_more_than_a_tablet_that_stays() -> None:
    stays, leaves = (
        judge([*HONEST, *shared(networks)])["R001011"].evidence["DEVICE_SHARED"]
        for networks in (1, 3)
    )
    assert float(str(leaves["nats"])) > float(str(stays["nats"]))
    assert (stays["networks"], leaves["networks"]) == (1, 3)


def test_a_gateway_that_waits_two_minutes_is_known_by_its_address() -> None:
    people = [
        answer(n, channel="email", sent=START + n * HOUR - 5000 - 37 * (n % 50)) for n in range(200)
    ]
    clicks = [
        answer(1000 + n, channel="email", agent=f"A{n % 10}", answered=START + n * 5 * HOUR,
               sent=START + n * 5 * HOUR - 20 - 13 * (n % 7), ip="gateway", net="gateways",
               opened=START + n * 5 * HOUR, device=None, client="Chrome on Windows")
        for n in range(12)
    ]  # fmt: skip
    verdicts = judge([*people, *clicks])
    assert all(verdicts[c.id].verdict == REJECTED for c in clicks)
    assert {verdicts[c.id].verdict for c in people} == {CLEAN}
