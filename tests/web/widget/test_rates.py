"""How often a page may call: one person's flood stops that person, nobody else."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.web.widget import rates
from collector.web.widget.rates import PERSON, Bucket, Buckets, Limit
from tests.factories import NOON
from tests.web.widget.asking import ORIGIN, Asked, asked_inapp, post


@pytest.fixture
def asked(ctx: Flask) -> Iterator[Asked]:
    with clock.at(NOON):
        yield asked_inapp()


def test_a_flood_is_told_when_to_come_back_and_may_then(asked: Asked, client: FlaskClient) -> None:
    seen = [post(client, "next", asked.body()).status_code for _ in range(int(PERSON.burst) + 2)]
    assert seen == [200] * int(PERSON.burst) + [429] * 2
    refused = post(client, "next", asked.body())
    assert refused.mimetype == "application/problem+json"
    assert refused.headers["Retry-After"] == "1"
    assert "Retry-After" in refused.headers["Access-Control-Expose-Headers"]
    assert refused.headers["Access-Control-Allow-Origin"] == ORIGIN
    with clock.at(NOON + timedelta(seconds=2)):
        assert post(client, "next", asked.body()).status_code == 200


def test_a_whole_office_behind_one_address_is_not_punished(
    asked: Asked, client: FlaskClient
) -> None:
    for _ in range(int(PERSON.burst) + 1):
        post(client, "next", asked.body())
    assert post(client, "next", asked.body()).status_code == 429
    colleagues = [asked_inapp() for _ in range(20)]  # the same address: the test client's
    assert {post(client, "next", one.body()).status_code for one in colleagues} == {200}


def test_who_has_no_identity_uses_up_nobodys_allowance(asked: Asked, client: FlaskClient) -> None:
    for _ in range(int(PERSON.burst) + 5):
        assert post(client, "next", asked.body() | {"identity": "forged"}).status_code == 401
    assert post(client, "next", asked.body()).status_code == 200


def test_a_site_has_a_limit_of_its_own(
    asked: Asked, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "SITE", Limit(3, 0.1))
    people = [asked_inapp() for _ in range(4)]
    replies = [post(client, "next", one.body()) for one in people]
    assert [one.status_code for one in replies] == [200, 200, 200, 429]
    assert replies[-1].headers["Retry-After"] == "10"


def test_a_bucket_refills_with_time_and_never_beyond_its_burst() -> None:
    buckets, limit = Buckets(), Limit(2, 0.5)
    assert [buckets.take(b"a", limit, 0) for _ in range(3)] == [0, 0, 2]
    assert buckets.take(b"a", limit, 2) == 0
    assert buckets.take(b"a", limit, 2) == 2
    assert [buckets.take(b"a", limit, 900) for _ in range(3)] == [0, 0, 2]
    assert buckets.take(b"a", limit, 100) == 2  # the clock was set back: nothing is refilled


def test_the_memory_for_buckets_is_bounded() -> None:
    buckets, limit = Buckets(most=3), Limit(1, 0.001)
    for name in (b"a", b"b", b"c"):
        assert buckets.take(name, limit, 0) == 0
    buckets.take(b"a", limit, 0)  # in use, so it stays
    assert buckets.take(b"d", limit, 0) == 0
    assert buckets.take(b"a", limit, 0) > 0
    assert buckets.take(b"b", limit, 0) == 0  # was forgotten


class Crowded(OrderedDict[bytes, Bucket]):
    """Between looking a bucket up and using it, there is time for everybody else."""

    def __init__(self) -> None:
        super().__init__()
        self.looked, self.others_done = threading.Event(), threading.Event()

    def get(self, name: bytes, default: Any = None) -> Any:
        found = super().get(name, default)
        if name == b"one" and found is not None:
            self.looked.set()
            self.others_done.wait(0.2)
        return found


def test_a_bucket_that_is_in_use_is_not_taken_away_by_another_thread() -> None:
    buckets, kept, failed = Buckets(most=1), Crowded(), []
    buckets._kept = kept
    buckets.take(b"one", Limit(3, 1), 0.0)

    def call() -> None:
        try:
            buckets.take(b"one", Limit(3, 1), 0.0)
        except KeyError as error:
            failed.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    kept.looked.wait()
    buckets.take(b"two", Limit(3, 1), 0.0)  # needs the only place there is
    kept.others_done.set()
    thread.join()
    assert failed == []


def test_eight_threads_are_given_what_there_is_and_no_call_more() -> None:
    shared, given, start = Buckets(), [], threading.Barrier(8)

    def call() -> None:
        start.wait()
        for _ in range(1_000):
            given.append(shared.take(b"one", Limit(1_000, 1), 0.0))

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given.count(0.0) == 1_000
