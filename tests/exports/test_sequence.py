"""Concurrent judges, publishers and readers: no number is filled in behind a reader's back.

The writers hold their transactions open for up to 10 ms and commit out of order, which is what
loses rows for readers of `id > cursor`.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

from flask import Flask

from collector.exports import feed, publish
from collector.model.base import db, unit_of_work
from collector.model.verdicts import Verdict
from tests import factories

WRITERS, PUBLISHERS, READERS = 6, 3, 3
RESPONSES, JUDGEMENTS = 12, 6


def run_all(app: Flask, bodies: list[Callable[[], None]]) -> None:
    """Run the bodies at once, each in an app context of its own; raise what any of them raised."""
    failures: list[BaseException] = []

    def run(body: Callable[[], None]) -> None:
        try:
            with app.app_context():
                body()
                db.session.remove()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_readers_that_remember_one_number_miss_nothing_and_see_no_gap(app: Flask) -> None:
    with app.app_context():
        made = [
            [factories.response(db.session, needs_verdict=False).id for _ in range(RESPONSES)]
            for _ in range(WRITERS)
        ]
        db.session.commit()
        db.session.remove()
    written, published = threading.Event(), threading.Event()
    left = threading.Semaphore(0)
    seen: list[list[tuple[int, str, int]]] = [[] for _ in range(READERS)]

    def write(mine: list[str]) -> None:
        chance = random.Random(mine[0])
        for number in range(1, JUDGEMENTS + 1):
            for response_id in mine:
                with unit_of_work() as work:
                    factories.verdict(work.session, response_id, number=number)
                    if chance.random() < 0.3:
                        time.sleep(chance.random() / 100)
                    work.commit()
        left.release()

    def publish_all() -> None:
        while not written.is_set() or publish.backlog():
            publish.run_batch(limit=7)

    def read(into: list[tuple[int, str, int]]) -> None:
        cursor = 0
        while True:
            ended = published.is_set()
            page = feed.page(cursor, 11)
            into += [(row["number"], row["response_id"], row["revision"]) for row in page.rows]
            cursor = page.last
            if ended and not page.more:
                return
            time.sleep(0.002)

    def end() -> None:
        for _ in range(WRITERS):
            left.acquire()
        written.set()
        for publisher in publishers:
            publisher.join()
        published.set()

    publishers = [
        threading.Thread(target=run_all, args=(app, [publish_all])) for _ in range(PUBLISHERS)
    ]
    for publisher in publishers:
        publisher.start()
    run_all(
        app,
        [
            *(lambda mine=mine: write(mine) for mine in made),
            *(lambda into=into: read(into) for into in seen),
            end,
        ],
    )
    with app.app_context():
        last = feed.last_number()
        assert not db.session.query(Verdict).filter_by(published=False).count()
    assert seen[0] == seen[1] == seen[2]
    assert [number for number, _, _ in seen[0]] == list(range(1, last + 1))
    newest: dict[str, int] = {}
    for _, response_id, revision in seen[0]:
        assert revision == newest.get(response_id, 0) + 1
        newest[response_id] = revision
    assert sorted(newest) == sorted(response_id for mine in made for response_id in mine)
