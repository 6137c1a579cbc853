"""Links cannot be forged, swapped between purposes or channels, nor spelt in a second way."""

from __future__ import annotations

import random
import string
from dataclasses import replace

import pytest
from flask import Flask

from collector.errors import Gone
from collector.invitations import links
from tests.conftest import KEYS

ALPHABET = string.ascii_letters + string.digits + "-_."
CHANNELS = ("sms", "email", "inapp")


def use_keys(app: Flask, *keys: str) -> None:
    settings = app.extensions["collector.settings"]
    app.extensions["collector.settings"] = replace(settings, secret_keys=keys)


def test_a_link_says_which_invitation_and_by_which_channel(ctx: Flask) -> None:
    for channel in CHANNELS:
        token_id = links.mint()
        token = links.token(token_id, channel)
        assert len(token) == 26
        assert links.read(token) == links.Link(token_id, channel)


def test_addresses_come_from_the_configured_base_url(ctx: Flask) -> None:
    token = links.token(links.mint(), "email")
    assert links.url(token) == f"http://collector.test/t/{token}"
    assert links.url(token, 0) == f"http://collector.test/t/{token}/0"
    assert links.decoy_url(token) == f"http://collector.test/t/{token}/x"
    assert links.unsubscribe_url(token) == f"http://collector.test/u/{token}"


def test_a_token_never_ends_in_a_character_that_phones_leave_out_of_a_link(ctx: Flask) -> None:
    ends = {links.token(links.mint(), "sms")[-1] for _ in range(300)}
    assert ends <= set("AQgw")


def test_a_link_for_one_purpose_is_worth_nothing_for_the_other(ctx: Flask) -> None:
    token_id = links.mint()
    for channel in CHANNELS:
        with pytest.raises(Gone):
            links.read_unsubscribe(links.token(token_id, channel))
        with pytest.raises(Gone):
            links.read(links.unsubscribe_token(token_id, channel))
    made = {sign(token_id, c) for sign in (links.token, links.unsubscribe_token) for c in CHANNELS}
    assert len(made) == 6


def test_no_flipped_character_is_accepted(ctx: Flask) -> None:
    token = links.token(links.mint(), "sms")
    for at in range(len(token)):
        for char in ALPHABET:
            changed = token[:at] + char + token[at + 1 :]
            if changed != token:
                with pytest.raises(Gone):
                    links.read(changed)


def test_no_guess_and_no_garbage_is_accepted(ctx: Flask) -> None:
    chance = random.Random(1)
    guesses = [
        "".join(chance.choices(ALPHABET[:-1], k=11)) + "." + "".join(chance.choices(ALPHABET, k=14))
        for _ in range(2000)
    ]
    token = links.token(links.mint(), "sms")
    odd = [
        "",
        ".",
        "é" * 26,
        "\0" * 26,
        token + "\n",
        " " + token,
        token + "=",
        token * 2,
        "a" * 9999,
    ]
    for text in (*guesses, *odd):
        with pytest.raises(Gone) as caught:
            links.read(text)
        assert caught.value.code == "link_gone"


def test_keys_rotate_without_breaking_links_that_are_out(ctx: Flask) -> None:
    old, new = KEYS
    token_id = links.mint()
    use_keys(ctx, old)
    early = links.token(token_id, "sms")
    use_keys(ctx, old, new)
    assert links.read(early).token_id == token_id
    late = links.token(token_id, "sms")
    use_keys(ctx, new)
    assert links.read(late).token_id == token_id
    with pytest.raises(Gone):
        links.read(early)


@pytest.mark.parametrize(
    ("token_id", "channel"), [("zz", "sms"), ("0" * 16, "pigeon"), ("", "sms")]
)
def test_nonsense_is_not_signed(ctx: Flask, token_id: str, channel: str) -> None:
    with pytest.raises(ValueError, match="16 hex digits"):
        links.token(token_id, channel)
