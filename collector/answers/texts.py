"""A text message comes in: kept, understood, placed, and answered where that is fitting.

Called by `web/callbacks/twilio.py` once the signature holds. A wish to be left alone comes first,
and what else was said beside it is kept. Twilio confirms its own stop words; a stop that was said
in other words is confirmed by us, once, in the language of the question. Then nothing is sent to
that number any more. The verbs are `text_ledger.py`, `record.py` and
`invitations/optouts/optout.py`.
"""

from __future__ import annotations

from typing import Final

from collector.answers import sms_replies, text_answers, text_ledger
from collector.answers.sms_replies import Taken
from collector.answers.text_answers import Wanted
from collector.answers.text_ledger import Begun
from collector.invitations.optouts import help, optout
from collector.invitations.optouts.words import Wish, wish
from collector.invitations.stops import everything
from collector.model.ids import new_id

SOURCE: Final = "sms_reply"
# To a message that is exactly one of these Twilio answers by itself, and blocks the number.
THEIRS: Final = frozenset(
    {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"}
)
WORTH_KEEPING: Final = 3  # words beside a stop; fewer are a part of it


def receive(number: str, body: str, reference: str, theirs: str = "") -> str:
    """Take this text from that number (E.164); returns what to send back, '' for nothing.

    `theirs` is Twilio's own reading: stop, start, help or ''. The same `reference` again changes
    nothing and gets the same answer, unless the number was stopped meanwhile.
    """
    begun = text_ledger.begin(number, body, reference or new_id("ref"))
    if begun.settled:
        kept = not begun.barred or begun.answer_kind == text_answers.STOPPED
        return begun.answer if kept else ""
    meant = _meant(body, theirs)
    if meant.intent == "stop":
        return _stop(begun, number, body, meant.rest, theirs)
    if meant.intent == "start":
        optout.start("sms", number, SOURCE)
        return text_ledger.settle(begun, number, "start", Wanted(), None, True)
    if meant.intent == "help":
        # Where Twilio reads HELP itself (Advanced Opt-Out), it has answered it too.
        answer = Wanted() if theirs == "help" else Wanted(text_answers.HELP, help.answer(number))
        return text_ledger.settle(begun, number, "help", answer, None, True)
    taken = sms_replies.take(number, body, begun.reference, repeats=begun.repeats)
    return _settled(begun, number, taken)


def _meant(body: str, theirs: str) -> Wish:
    read = wish(body)
    if theirs in ("stop", "start", "help"):
        return Wish(theirs, read.rest if theirs == "stop" else "")  # type: ignore[arg-type]
    return read


def _stop(begun: Begun, number: str, body: str, rest: str, theirs: str) -> str:
    optout.stop("sms", number, SOURCE)
    taken = Taken("stop", placed=True)
    if rest:
        taken = sms_replies.take(
            number, rest, begun.reference, whole=body, least_words=WORTH_KEEPING
        )
    by_twilio = theirs == "stop" or body.strip().casefold() in THEIRS
    once = not (by_twilio or begun.barred)
    confirmed = Wanted(text_answers.STOPPED, help.stopped(number)) if once else Wanted()
    placed = taken.placed or taken.kind not in ("score", "words")
    return text_ledger.settle(begun, number, "stop", confirmed, taken.invitation_id, placed)


def _settled(begun: Begun, number: str, taken: Taken) -> str:
    # While everything is paused what was said is kept, and nothing is said back.
    wanted = Wanted() if everything.state() else taken.wanted
    return text_ledger.settle(begun, number, taken.kind, wanted, taken.invitation_id, taken.placed)
