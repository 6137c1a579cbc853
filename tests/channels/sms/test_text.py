"""What a text costs is known before it is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.sms.text import GSM7_BASIC, GSM7_EXTENDED, cost, is_gsm7, normalise


def test_the_alphabet_is_complete() -> None:
    # 128 places, less the escape; the extension as in 3GPP TS 23.038, table 6.2.1.1.
    assert len(GSM7_BASIC) == 127
    assert len(GSM7_EXTENDED) == 10


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "GSM-7", 0, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        # 153 is odd: an escaped character does not start in a segment's last place.
        ("€" * 153, "GSM-7", 306, 3),
        ("a" * 152 + "€" + "a" * 10, "GSM-7", 164, 2),
        ("好" * 70, "UCS-2", 70, 1),
        ("好" * 71, "UCS-2", 71, 2),
        ("好" * 134, "UCS-2", 134, 2),
        ("好" * 135, "UCS-2", 135, 3),
        ("😀" * 35, "UCS-2", 70, 1),
        ("😀" * 67, "UCS-2", 134, 3),
        ("a" * 69 + "ç", "UCS-2", 70, 1),
    ],
)
def test_segments_are_counted(text: str, encoding: str, units: int, segments: int) -> None:
    counted = cost(text)
    assert (counted.encoding, counted.units, counted.segments) == (encoding, units, segments)


def test_the_characters_that_make_it_dear_are_named() -> None:
    assert cost("Olá, tudo bem? Não há, não").culprits == "áã"
    assert cost("plain").culprits == ""


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Ça va\u00a0?", "Ça va ?"),
        ("It\u2019s \u201cfine\u201d \u2013 really\u2026", 'It\'s "fine" - really...'),
        ("cafe\u0301", "café"),
        ("a\u200bb\ufeff", "ab"),
        ("  a\r\nb ", "a\nb"),
        # Quotes cost nothing more in a text that is UCS-2 anyway.
        ("他说\u201c好\u201d", "他说\u201c好\u201d"),
        ("N\u00e3o\u2026", "N\u00e3o\u2026"),
    ],
)
def test_look_alikes_become_cheap_only_where_that_helps(written: str, sent: str) -> None:
    assert normalise(written) == sent


@given(st.text(max_size=400))
def test_normalising_twice_changes_nothing_and_never_costs_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    if not is_gsm7(once):
        assert cost(once).culprits


@given(st.text(max_size=700))
def test_segments_hold_all_units_and_none_is_wasted(text: str) -> None:
    counted = cost(text)
    room = 153 if counted.encoding == "GSM-7" else 67
    assert counted.units <= max(counted.segments * room, 160 if room == 153 else 70)
    if counted.segments > 1:
        # At most one unit is left over at the end of each segment but the last.
        assert counted.units > (counted.segments - 1) * (room - 1)
