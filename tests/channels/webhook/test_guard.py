"""Forty ways into the inside, and none is called."""

from __future__ import annotations

import pytest

from channels.webhook import guard

TEXT = """
127.0.0.1 127.1.2.3 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.254 192.168.0.1
192.168.255.255 169.254.169.254 169.254.0.1 100.64.0.1 100.127.255.255 192.0.0.1 192.0.0.8
192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1
255.255.255.255 ::1 :: ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 fe80::1 fe80::1%eth0
fc00::1 fd12:3456::1 ff02::1 2001:db8::1 64:ff9b::7f00:1 64:ff9b::a00:1 2002:7f00:1:: 2002:a00:1::
fec0::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 ::7f00:1 100::1 not-an-address 1.2.3 127.1
"""
INSIDE = TEXT.split()
OUTSIDE = ["93.184.216.34", "1.1.1.1", "8.8.8.8", "2606:2800:220:1::1", "2002:5db8:d822::1"]


@pytest.mark.parametrize("address", INSIDE)
def test_an_inside_address_is_not_public(address: str) -> None:
    assert not guard.public(address)


def test_there_are_forty() -> None:
    assert len(INSIDE) >= 40


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_outside_address_is(address: str) -> None:
    assert guard.public(address)


def test_one_inside_address_among_others_is_enough_to_refuse() -> None:
    with pytest.raises(guard.Forbidden):
        guard.vetted("x", 443, loopback=False, resolve=lambda host, port: ["1.1.1.1", "10.0.0.1"])


def test_what_was_looked_at_is_what_is_called() -> None:
    """A name server that answers differently the second time is not asked a second time."""
    answers = iter([["1.1.1.1"], ["10.0.0.1"]])
    address = guard.vetted("x", 443, loopback=False, resolve=lambda host, port: next(answers))
    made = guard.connection("x", 443, address, tls=True, timeout=1)
    assert made.address == "1.1.1.1"  # type: ignore[attr-defined]
    assert made.host == "x"


def test_a_stand_in_must_be_on_this_machine() -> None:
    with pytest.raises(guard.Forbidden):
        guard.vetted("localhost", 80, loopback=True, resolve=lambda host, port: ["10.0.0.1"])
    assert guard.vetted("127.0.0.1", 80, loopback=True) == "127.0.0.1"
