"""Random conversations, drawn from a grammar: what holds in every one of them.

No text to a number that was stopped, two answers at most for a question, no text lost, and the same
delivery twice changes nothing.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select, update

from collector import clock
from collector.answers.texts import receive
from collector.invitations.optouts import optout
from collector.model.answers import IncomingText, Tap
from collector.model.base import db
from collector.model.invitations import Invitation, Message
from collector.model.people import ContactPoint
from tests import factories
from tests.factories import NOON
from tests.how_much import FULL

CONVERSATIONS = 10_000 if FULL else 60  # on each of the two databases
GRAMMAR = {
    "TEXT": ["<SCORE>", "<SCORE>", "<SCORE>. <WORDS>", "<WORDS>", "<WORDS>", "<STOP>",
             "<SCORE>. <STOP>", "<MANNERS>", "<MACHINE>", "<REACTION>", "<ODD>", "HELP", "START",
             "<SCORE>\nSent from my iPhone", "1. <WORDS>"],
    "SCORE": ["1", "2", "3", "4", "5", "5/5", "five stars", "٥", "五分", "★★★☆☆", "5.0", "8",
              "4 very good", "sorry, I meant 3"],
    "WORDS": ["the box was wet", "please call me", "Fahrer war nett", "等了很久",
              "livreur en retard",
              "the driver did not stop", "order 48213 never came", "遅れました", "السائق لطيف"],
    "STOP": ["STOP", "stop texting me", "退订", "bitte keine SMS mehr", "unsubscribe me", "S.T.O.P",
             "no me escriban más", "配信停止", "توقف", "remove my number"],
    "MANNERS": ["thanks", "👍", "ok", "谢谢", "", "merci !"],
    "MACHINE": ["I'm driving right now", "Auto-reply: out of office", "自動返信"],
    "REACTION": ["Liked “Thank you”", "👍 to “Thank you. What went wrong?”"],
    "ODD": ["?", "6", "100%", "4-5", "<3", "\u200b", "5 or 4", "https://a.example/t/x", "😡"],
}  # fmt: skip
WAYS = ("text", "text", "text", "page", "twilio")


def drawn(symbol: str, chance: random.Random) -> str:
    return re.sub(
        "<([A-Z]+)>", lambda found: drawn(found[1], chance), chance.choice(GRAMMAR[symbol])
    )


def converse(number: str, chance: random.Random) -> None:
    """One conversation: texts, some delivered twice, stops by every way."""
    stopped, about = False, []
    for place in range(chance.randint(1, 12)):
        at = NOON + timedelta(minutes=10 + place * chance.choice((1, 30, 900)))
        body = GRAMMAR["STOP"][0] if chance.random() < 0.03 else drawn("TEXT", chance)
        way, ref = chance.choice(WAYS), f"{number}-{place}"
        with clock.at(at):
            if way == "page" and chance.random() < 0.1:
                optout.stop("sms", number, "preferences")
                stopped = True
            theirs = "stop" if way == "twilio" and chance.random() < 0.05 else ""
            answer = receive(number, body, ref, theirs)
            row = db.session.scalars(
                select(IncomingText).where(IncomingText.reference == ref)
            ).one()
            kind, sent, read = row.kind, row.answer_kind, row.body
            taps = _taps()
            if chance.random() < 0.3:
                again = receive(number, body, ref, theirs)
                assert again == answer, "the same delivery twice"
                assert _taps() == taps
        assert read == body, "kept as it was said"
        if kind == "start":
            stopped = False
        elif stopped:
            assert answer == "", (number, place, body, answer)
        if kind == "stop":
            assert sent in ("", "stopped")
            stopped = True
        elif sent not in ("", "help"):
            about.append(row.invitation_id)
        if kind in ("score", "words"):
            tap = db.session.scalar(select(Tap.id).where(Tap.idempotency_key == f"sms:{ref}"))
            assert (tap is not None) == row.placed, "in an answer, or listed for somebody"
        db.session.rollback()
    assert max(Counter(about).values(), default=0) <= 2, "two answers for a question"


def _taps() -> int:
    return db.session.scalar(select(func.count()).select_from(Tap)) or 0


def test_what_holds_in_every_conversation(ctx: Flask) -> None:
    chance = random.Random(20260302)
    for place in range(CONVERSATIONS):
        number = f"+1415{place:07d}"
        for _ in range(chance.choice((1, 1, 2))):
            person = factories.person(db.session, contact_points={"sms": number})
            row = factories.sent_invitation(db.session, of=person, channels=["sms"])
            db.session.execute(
                update(Message).where(Message.invitation_id == row.id).values(address=number)
            )
            db.session.commit()
        converse(number, chance)
    assert db.session.scalar(select(Invitation.id).limit(1))
    assert db.session.scalar(select(ContactPoint.id).limit(1))
