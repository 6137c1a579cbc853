"""What a customer owns is taken out of a log's text; what an operator needs stays."""

from __future__ import annotations

import pytest

from collector import scrub

TOKEN = "Qm9uam91cjE.aB3dE6gH9jK2mN"
ID = "inv_01j9z6k8w4q7r5t3v1x0y2abcd"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("wrote to ana+x@mail.example.co.uk now", "wrote to … now"),
        ("sms to +43 660 1234567 failed", "sms to … failed"),
        ("sms to 6601234567", "sms to …"),
        (f"GET /t/{TOKEN}/5?lang=en", "GET /t/…/5?lang=en"),
        (f"bad link {TOKEN}", "bad link …"),
        ("PUT /v1/people/ana@shop failed", "PUT /v1/people/… failed"),
        ("key ck_kV3xQ9mB7tR2wY5uZ8aC1dE4fG6hJ0k", "key …"),
        ("client 203.0.114.9 left", "client … left"),
        ("(E) DETAIL: Key (address)=(Ana) already exists.", "(E) …"),
        ("x [SQL: UPDATE a SET b=%(b)s]\n[parameters: {'b': 'Ana'}]", "x …\n…"),
        (f"{ID} was sent by collector_backlog", f"{ID} was sent by collector_backlog"),
        ("Worker (pid:1234567) exited at 127.0.0.1:6379", None),
        ("2026-11-28T15:16:00Z ObjectNotExecutableError", None),
    ],
)
def test_texts(words: str, left: str | None) -> None:
    assert scrub.text(words) == (words if left is None else left)


def test_a_formatted_traceback_keeps_where_and_loses_what_was_said() -> None:
    words = (
        "job failed\nTraceback (most recent call last):\n"
        '  File "/srv/collector/work/jobs.py", line 3, in wake\n    tell("Ana Torres")\n'
        "sqlalchemy.exc.DataError: (psycopg.errors.X) bad Ana Torres\nDETAIL:  Ana Torres\n"
    )
    left = scrub.text(words)
    assert "Ana" not in left
    assert 'File "/srv/collector/work/jobs.py", line 3, in wake' in left
    assert "sqlalchemy.exc.DataError" in left


def test_an_exception_keeps_its_names_and_loses_its_values() -> None:
    assert scrub.said(KeyError("Ana Torres")) == "KeyError: '…'"
    assert scrub.said(AttributeError("'X' has no 'score'")) == "AttributeError: 'X' has no 'score'"
    assert scrub.said(ValueError('no "Ana" at ana@example.com')) == 'ValueError: no "…" at …'


def test_the_cause_and_the_place_are_told() -> None:
    try:
        try:
            raise KeyError("Ana")
        except KeyError as inner:
            raise ValueError("outer") from inner
    except ValueError as error:
        found = scrub.described(error)
    assert (found["kind"], found["reason"]) == ("ValueError", "outer")
    assert found["causes"] == ["KeyError: '…'"]
    (where,) = found["trace"]
    assert "tests/test_scrub.py:" in where
    assert where.endswith(":test_the_cause_and_the_place_are_told")


def test_an_exception_that_cannot_say_what_it_is_about_does_no_harm() -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    assert scrub.said(Mute()) == "Mute"
