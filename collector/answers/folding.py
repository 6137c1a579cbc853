"""The fold: what the taps of one invitation add up to. Pure; time is handed in.

The last press of a person inside the edit window wins. Without a press, what the page posted by
itself counts as long as nothing speaks for a machine (`bot_rules.py`). Nothing is ever dropped:
taps that do not count are listed with the reason. Words of a person without a score that counts
are a response too, with no score: a score that comes later completes it. Next: `fold.py`, which
writes this down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from collector.answers.bot_rules import excluded_taps
from collector.answers.taps import (
    CONFIRMED,
    DECOY,
    PROVISIONAL,
    SMS_REPLY,
    ExcludedTap,
    Folded,
    TapEvidence,
    Terms,
)


def fold(taps: Sequence[TapEvidence], terms: Terms, at: datetime) -> Folded | None:
    """The response that these taps make at the moment `at`; None while nothing was said."""
    sorted_out = _sort(taps, terms)
    scored, pressed = sorted_out.scored, sorted_out.pressed
    if not scored:
        return _words_alone(sorted_out)
    closes = _closes(sorted_out, terms)
    counted = [tap for tap in pressed or sorted_out.standing if closes and tap.tapped_at <= closes]
    chosen = _chosen(counted, sorted_out.standing)
    if chosen is None:
        return _words_alone(sorted_out) or _nothing_counts(sorted_out)
    written = [tap for tap in sorted_out.confirmed if closes and tap.tapped_at <= closes]
    settles_at = None if pressed else chosen.tapped_at + terms.settle
    return Folded(
        state=_state(settles_at, at),
        score=chosen.score,
        comment=_comment(written),
        channel=chosen.channel,
        first_tapped_at=_first(sorted_out),
        answered_at=chosen.tapped_at,
        settles_at=settles_at,
        edit_until=closes if pressed else None,
        taps=len(scored),
        set_aside=sorted_out.aside,
    )


def open_until(taps: Sequence[TapEvidence], terms: Terms, kind: str) -> datetime | None:
    """Until when a tap of `kind` still counts; None: nothing closes the window.

    A press may be changed for `terms.edit` after the first press. As long as nobody has pressed,
    the first press is always welcome: a machine that tapped first must not lock a person out.
    """
    sorted_out = _sort(taps, terms)
    if kind == CONFIRMED and not sorted_out.pressed:
        return None
    return _closes(sorted_out, terms)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The taps by time: those with a score, what persons sent, of that the presses that say a
    score, the provisional ones in good standing."""

    scored: list[TapEvidence]
    confirmed: list[TapEvidence]
    pressed: list[TapEvidence]
    standing: list[TapEvidence]
    aside: tuple[ExcludedTap, ...]


def _sort(taps: Sequence[TapEvidence], terms: Terms) -> _Sorted:
    ordered = sorted(taps, key=lambda tap: (tap.tapped_at, tap.id))
    aside = excluded_taps(ordered, terms)
    doubted = {item.tap_id for item in aside}
    standing = [
        tap
        for tap in ordered
        if tap.kind == PROVISIONAL and tap.score is not None and tap.id not in doubted
    ]
    confirmed = [tap for tap in ordered if tap.kind == CONFIRMED and tap.id not in doubted]
    scored = [tap for tap in ordered if tap.kind != DECOY and tap.score is not None]
    return _Sorted(scored, confirmed, _pressed(confirmed, standing), standing, aside)


def _pressed(confirmed: list[TapEvidence], standing: Sequence[TapEvidence]) -> list[TapEvidence]:
    """The presses, if they say a score: one of their own, or by confirming the one on the page."""
    if any(tap.score is not None for tap in confirmed):
        return confirmed
    if confirmed and standing and standing[0].tapped_at <= confirmed[-1].tapped_at:
        return confirmed
    return []


def _closes(sorted_out: _Sorted, terms: Terms) -> datetime | None:
    """The end of the edit window: it opens with the first tap that says which score counts."""
    standing = sorted_out.standing
    for tap in sorted_out.pressed or standing:
        if tap.score is not None or (standing and standing[0].tapped_at <= tap.tapped_at):
            return tap.tapped_at + terms.edit
    return None


def _chosen(counted: Sequence[TapEvidence], standing: Sequence[TapEvidence]) -> TapEvidence | None:
    """The tap whose score holds: the last one counted, else the one that a comment confirmed."""
    for tap in reversed(counted):
        if tap.score is not None:
            return tap
    shown = [tap for tap in standing if counted and tap.tapped_at <= counted[-1].tapped_at]
    return shown[-1] if shown else None


def _comment(counted: Sequence[TapEvidence]) -> str | None:
    """What was written. A page shows what stands, so its box replaces it; text messages add up."""
    written = ""
    for tap in counted:
        if tap.comment is not None:
            added = tap.via == SMS_REPLY and written
            written = f"{written}\n{tap.comment}" if added else tap.comment
    return written or None


def _first(sorted_out: _Sorted) -> datetime:
    """When something was said first, be it words: the response is called after this moment."""
    said = [tap for tap in sorted_out.confirmed if tap.comment]
    return min(tap.tapped_at for tap in (*sorted_out.scored, *said))


def _words_alone(sorted_out: _Sorted) -> Folded | None:
    """What a person wrote without a score that counts; None where nobody wrote anything."""
    said = [tap for tap in sorted_out.confirmed if tap.comment]
    words = _comment(sorted_out.confirmed)
    if not said or not words:  # nothing written, or taken out of the box again
        return None
    return Folded(
        state="confirmed",
        score=None,
        comment=words,
        channel=said[-1].channel,
        first_tapped_at=_first(sorted_out),
        answered_at=said[-1].tapped_at,
        settles_at=None,
        edit_until=None,
        taps=len(sorted_out.scored),
        set_aside=sorted_out.aside,
    )


def _state(settles_at: datetime | None, at: datetime) -> str:
    if settles_at is None:
        return "confirmed"
    return "settled" if settles_at <= at else "provisional"


def _nothing_counts(sorted_out: _Sorted) -> Folded:
    scored = sorted_out.scored
    return Folded(
        state="set_aside",
        score=None,
        comment=None,
        channel=scored[0].channel,
        first_tapped_at=scored[0].tapped_at,
        answered_at=scored[-1].tapped_at,
        settles_at=None,
        edit_until=None,
        taps=len(scored),
        set_aside=sorted_out.aside,
    )
