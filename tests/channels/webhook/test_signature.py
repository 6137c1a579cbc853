"""Standard Webhooks: the spec's own example, and what must not pass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from channels.webhook import signature

# From the reference implementations' tests (standard-webhooks/standard-webhooks).
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID, AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
NOW = datetime.fromtimestamp(AT, UTC)


def valid(**changes: object) -> bool:
    given: dict[str, object] = {
        "keys": [signature.secret(SECRET)], "id": ID, "timestamp": str(AT), "signatures": SIGNED,
        "body": BODY, "now": NOW, **changes,
    }  # fmt: skip
    return signature.valid(**given)  # type: ignore[arg-type]


def test_the_reference_vector() -> None:
    assert signature.sign(signature.secret(SECRET), ID, AT, BODY) == SIGNED
    assert valid()
    assert signature.shown(signature.secret(SECRET)) == SECRET


def test_one_of_several_signatures_is_enough() -> None:
    assert valid(signatures=f"v2,xyz v1,AAAA {SIGNED}")
    assert not valid(signatures=" ".join(["v1,AAAA"] * 10 + [SIGNED])), "there is an end to it"


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "other"}, {"id": None}, {"id": "\ud800"}, {"timestamp": None}, {"timestamp": "x"},
        {"timestamp": str(AT + 1)}, {"timestamp": "９"}, {"timestamp": "1" * 500},
        {"signatures": None},
        {"signatures": ""}, {"signatures": SIGNED[:-2]}, {"signatures": "ü"}, {"body": BODY + b" "},
        {"keys": []}, {"keys": [b"k" * 32]}, {"now": NOW + timedelta(seconds=301)},
        {"now": NOW - timedelta(seconds=301)},
    ],
    ids=range(17),
)  # fmt: skip
def test_anything_else_is_refused(changes: dict[str, object]) -> None:
    assert not valid(**changes)
