"""LINK_SCANNER: did a machine that opens links answer, rather than the person? Pure.

The fold already set aside what was plainly a machine's. This weighs what is left: how soon after
sending an unpressed answer came, what else visited the same link, and presses that no hand makes.

Why these sizes (nats; 4.6 in all makes it even odds, see `judgement.py`):
- Soon after sending: scanners act from milliseconds to about a minute after delivery, which is why
  survey vendors wait 5-45 s. People who tap within 5 s exist, but are about a twentieth of those
  who answer.
- Other taps of the invitation were set aside: a scanner reads this mailbox, so it may be this one.
- A scanner's agent pressed: agents are copied, so strong but alone only just even odds.
- Three scores pressed within 10 s: hands do not; a script that presses every button does.
"""

from __future__ import annotations

from datetime import timedelta

from collector.answers import agents
from collector.answers.doubts import BURST, CARRIED, MANY
from collector.answers.taps import CONFIRMED, DECOY, PAGE, WIDGET, TapEvidence
from collector.integrity.evidence import Case, Finding

CODE = "link_scanner"
VERSION = 1

SOON = ((timedelta(seconds=5), 3.0), (timedelta(seconds=20), 2.0), (timedelta(seconds=60), 1.0))
VISITED = 1.5
DECOY_PRESSED = 1.0
DECOY_UNPRESSED = 2.0
SCANNER_PRESSED = 5.0
PRESSED_MANY = 6.0


def check(case: Case) -> Finding | None:
    """The sum of what speaks for a machine, with its figures; None where nothing does."""
    answering = case.answering
    if answering is None:
        return None
    pressed = case.state == CONFIRMED
    figures: dict[str, object] = {}
    nats = 0.0 if pressed else _soon(answering, figures) + _visited(case, figures)
    if any(tap.kind == DECOY for tap in case.taps):
        figures["decoy_opened"] = True
        nats += DECOY_PRESSED if pressed else DECOY_UNPRESSED
    if pressed:
        nats += _scanner_pressed(answering, figures) + _pressed_many(case, figures)
    return Finding(CODE, nats, figures) if nats else None


def _soon(tap: TapEvidence, figures: dict[str, object]) -> float:
    if tap.sent_at is None or tap.channel not in CARRIED:
        return 0.0
    after = tap.tapped_at - tap.sent_at
    for limit, nats in SOON:
        if after < limit:
            figures["seconds_after_sending"] = round(after.total_seconds(), 3)
            return nats
    return 0.0


def _visited(case: Case, figures: dict[str, object]) -> float:
    machine = [item for item in case.set_aside if item.get("reason") != "unconfirmed"]
    if not machine:
        return 0.0
    figures["taps_set_aside"] = len(machine)
    return VISITED


def _scanner_pressed(tap: TapEvidence, figures: dict[str, object]) -> float:
    name = agents.scanner(tap.user_agent) if tap.via in (PAGE, WIDGET) else ""
    if not name:
        return 0.0
    figures["pressed_by_agent"] = name
    return SCANNER_PRESSED


def _pressed_many(case: Case, figures: dict[str, object]) -> float:
    presses = [tap for tap in case.taps if tap.kind == CONFIRMED and tap.score is not None]
    for index, first in enumerate(presses):
        near = [tap for tap in presses[index:] if tap.tapped_at - first.tapped_at <= BURST]
        scores = sorted({tap.score for tap in near if tap.score is not None})
        if len(scores) >= MANY:
            figures["scores_pressed"] = scores
            spread = near[-1].tapped_at - first.tapped_at
            figures["within_seconds"] = round(spread.total_seconds(), 3)
            return PRESSED_MANY
    return 0.0
