"""A database that has been in use for long: questions that were sent, answered, judged, published.

Rows are copies of one that the tests' factories make, put in by `generate_series`: each of a
person, contact points, an event, a decision, an invitation, a message, and of an answer a tap, a
response, a verdict and a revision. Used by `growth.py`; foreign keys are not checked while they are
put in.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import psycopg
from flask import Flask

from collector import clock
from collector.exports import publish
from collector.model.base import db
from tests import factories

# What of a copy is its own: g is its number. Whatever is not named here is as in the first one.
PERSON, EVENT, DECISION, INVITATION, RESPONSE = (
    f"'{of}_n' || g" for of in ("per", "evt", "dec", "inv", "rsp")
)
ASKED: Final[dict[str, dict[str, str]]] = {
    "people": {"id": PERSON, "ref": "'ref-' || g"},
    "contact_points": {
        "id": "'con_' || channel || g",
        "person_id": PERSON,
        "address": "CASE channel WHEN 'sms' THEN '+1415' || (20000000 + g) "
        "ELSE 'p' || g || '@example.org' END",
    },
    "consents": {"id": "'cns_' || channel || g", "person_id": PERSON},
    "events": {
        "id": EVENT, "event_id": "'ord-' || g", "person_id": PERSON, "digest": "md5('e' || g)",
        "occurred_at": "one.occurred_at - g * interval '1 s'",
    },
    "decisions": {"id": DECISION, "event_id": EVENT, "person_id": PERSON},
    "invitations": {
        "id": INVITATION, "decision_id": DECISION, "event_id": EVENT, "person_id": PERSON,
        "token_id": "substr(md5(g::text), 1, 16)",
    },
    "messages": {
        "id": "'msg_n' || g", "invitation_id": INVITATION,
        "address": "'p' || g || '@example.org'", "provider_ref": "'ref-' || g",
    },
}  # fmt: skip
ANSWERED: Final[dict[str, dict[str, str]]] = {
    "taps": {
        "id": "'tap_n' || g", "idempotency_key": "'page:' || md5('old' || g)",
        "invitation_id": INVITATION, "address_hash": "md5('a' || g)",
        "network_hash": "md5('n' || g)", "device_hash": "md5('d' || g)",
        "contact_hash": "md5('c' || g)",
    },
    "responses": {"id": RESPONSE, "invitation_id": INVITATION, "person_id": PERSON},
    "verdicts": {"id": "'vrd_n' || g", "response_id": RESPONSE},
    "revisions": {
        "response_id": RESPONSE, "invitation_id": INVITATION,
        "person_id": PERSON, "event_id": "'ord-' || g",
    },
}  # fmt: skip
FRESH: Final = 100_000_000  # questions without an answer are numbered from here
CHUNK: Final = 100_000


def first(app: Flask) -> None:
    """The one row of each table that the others are copies of, answered an hour ago."""
    with app.app_context():
        now = clock.now()
        survey = factories.survey_version(db.session)
        person = factories.person(db.session, ref="first")
        asked = factories.sent_invitation(
            db.session, of=person, survey=survey, channels=["email"],
            sent_at=now - timedelta(hours=1), lapses_at=now + timedelta(days=30),
        )  # fmt: skip
        factories.tap(db.session, asked.id, 5, folded=True, device_hash="d" * 32)
        answer = factories.response(db.session, asked, needs_verdict=False)
        factories.verdict(db.session, answer.id)
        db.session.commit()
        assert publish.run_batch() == 1
        db.session.remove()


class Copies:
    """Puts rows in, straight into the tables, as copies of what is there when it is made."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url)
        self.connection.execute("SET session_replication_role = replica")
        self.connection.execute("CREATE SCHEMA first")
        for table in (*ASKED, *ANSWERED):
            self.connection.execute(f"CREATE TABLE first.{table} AS TABLE public.{table}")
        self.connection.commit()
        self.answered, self._fresh = 1, FRESH

    def grow(self, count: int) -> None:
        """A chunk more of answered questions, `count` at most."""
        begin, many = self.answered, min(count, CHUNK)
        last = self.last_number()
        numbered = {**ANSWERED["revisions"], "number": f"{last - begin + 1} + g"}
        self._copy({**ASKED, **ANSWERED, "revisions": numbered}, begin, many)
        self.connection.execute(
            "UPDATE feed_head SET last_number = %s WHERE id = 1", (last + many,)
        )
        self.connection.commit()
        self.answered += many

    def last_number(self) -> int:
        """The newest of the feed."""
        row = self.connection.execute("SELECT last_number FROM feed_head WHERE id = 1").fetchone()
        self.connection.commit()
        assert row is not None
        return int(row[0])

    def ask(self, count: int) -> list[str]:
        """So many questions that were sent and wait for their answer: their ids."""
        begin = self._fresh
        self._fresh += count
        self._copy(ASKED, begin, count)
        self.connection.commit()
        return [f"inv_n{number}" for number in range(begin, begin + count)]

    def refs(self, ids: list[str]) -> list[str]:
        """The references of the people who were asked."""
        return [f"ref-{one.removeprefix('inv_n')}" for one in ids]

    def unsent(self, ids: list[str]) -> None:
        """Let these wait for their sending again, in the product's own inbox."""
        self.connection.execute("DELETE FROM messages WHERE invitation_id = ANY(%s)", (ids,))
        self.connection.execute(
            "UPDATE invitations SET status = 'waiting', sent_at = NULL, due_at = now(), "
            "claimed_at = NULL, next_at = NULL, step = 0, channels = '[\"inapp\"]' "
            "WHERE id = ANY(%s)",
            (ids,),
        )
        self.connection.commit()

    def tidy(self) -> None:
        """What was put in is not to be tidied while something is measured."""
        self.connection.autocommit = True
        self.connection.execute("VACUUM ANALYZE")
        self.connection.execute("CHECKPOINT")
        self.connection.autocommit = False

    def _copy(self, tables: dict[str, dict[str, str]], begin: int, count: int) -> None:
        for table, own in tables.items():
            names = [row[0] for row in self.connection.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
                "AND table_schema = 'public' AND is_generated = 'NEVER'", (table,)
            )]  # fmt: skip
            values = ", ".join(own.get(name, f"one.{name}") for name in names)
            statement: Any = (
                f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} "
                f"FROM first.{table} one, generate_series({begin:d}, {begin + count - 1:d}) g"
            )
            self.connection.execute(statement)
