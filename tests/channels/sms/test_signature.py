"""Only what Twilio signed, exactly as it was sent, is believed."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from channels.sms.signature import valid

TOKEN = "a-token-for-tests"
URL = "https://ask.example/callbacks/twilio/status"
QUERY = "b=1+2&a=%C3%A9"
PAIRS = [("MessageSid", "SM1"), ("MessageStatus", "sent"), ("Tag", "x"), ("Tag", "y")]


def sign(url: str, pairs: list[tuple[str, str]]) -> str:
    return str(RequestValidator(TOKEN).compute_signature(url, MultiDict(pairs)))


SIGNED = sign(f"{URL}?{QUERY}", PAIRS)


def test_a_true_callback_is_believed_with_its_repeated_names() -> None:
    assert valid(TOKEN, URL, QUERY, PAIRS, SIGNED)
    assert valid(TOKEN, URL, QUERY.encode(), reversed(PAIRS), SIGNED)
    assert valid(TOKEN, URL, "", PAIRS, sign(URL, PAIRS))


@pytest.mark.parametrize("missing", [None, ""])
def test_a_missing_header_is_simply_not_valid(missing: str | None) -> None:
    assert valid(TOKEN, URL, QUERY, PAIRS, missing) is False


def test_without_a_token_nothing_is_valid() -> None:
    unsigned = RequestValidator("").compute_signature(URL, MultiDict(PAIRS))
    assert valid("", URL, "", PAIRS, unsigned) is False


@pytest.mark.parametrize(
    ("url", "query"),
    [
        (URL.replace("https", "http"), QUERY),
        (URL, "a=%C3%A9&b=1+2"),
        (URL, QUERY.replace("+", "%20")),
        (URL, QUERY.replace("%C3%A9", "%c3%a9")),
        (URL, ""),
        (URL + "/", QUERY),
        ("https://ask.example:notaport/", QUERY),
        ("https://[ask.example/", QUERY),
        (URL, b"\xff"),
    ],
)
def test_another_address_is_not_valid(url: str, query: str | bytes) -> None:
    assert valid(TOKEN, url, query, PAIRS, SIGNED) is False


def test_ten_thousand_mutations_are_all_refused() -> None:
    dice = random.Random(8)

    def letter(text: str) -> str:
        at = dice.randrange(len(text))
        return (
            text[:at] + chr((ord(text[at]) + dice.randrange(1, 90)) % 0x250 or 1) + text[at + 1 :]
        )

    def value(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        at = dice.randrange(len(pairs))
        name, old = pairs[at]
        return [*pairs[:at], (name, letter(old)), *pairs[at + 1 :]]

    mutations: list[Callable[[], bool]] = [
        lambda: valid(TOKEN, URL, QUERY, PAIRS, letter(SIGNED)),
        lambda: valid(TOKEN, URL, letter(QUERY), PAIRS, SIGNED),
        lambda: valid(TOKEN, URL, QUERY, value(PAIRS), SIGNED),
        lambda: valid(TOKEN, URL, QUERY, [*PAIRS, ("Extra", letter("new"))], SIGNED),
        lambda: valid(TOKEN, URL, QUERY, dice.sample(PAIRS, 3), SIGNED),
        lambda: valid(letter(TOKEN), URL, QUERY, PAIRS, SIGNED),
    ]
    assert not any(mutations[at % len(mutations)]() for at in range(10_000))


@given(st.text(), st.text(), st.lists(st.tuples(st.text(), st.text())), st.text())
def test_nonsense_is_refused_without_an_error(
    url: str, query: str, pairs: list[tuple[str, str]], signature: str
) -> None:
    assert valid(TOKEN, url, query, pairs, signature) is False


def test_text_that_cannot_be_encoded_is_refused() -> None:
    assert valid(TOKEN, URL, QUERY, [("Body", "\ud800")], SIGNED) is False
