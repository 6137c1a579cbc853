"""Which taps were a machine's, as far as the taps themselves tell. Pure; used by `folding.py`.

Only what a page posted by itself is doubted, and the presses of a crawler that submits one page's
form once for each of its buttons. Each doubt names its reason and figures. A machine that presses
one button, as a person would, passes here; the integrity checks weigh that later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from collector.answers import user_agents
from collector.answers.taps import (
    CONFIRMED,
    DECOY,
    PAGE,
    PROVISIONAL,
    WIDGET,
    ExcludedTap,
    TapEvidence,
    Terms,
)

# Scanners open all links of a mail within milliseconds to seconds; people need longer to change
# their mind (survey vendors use 1-45 s).
BURST = timedelta(seconds=10)
# But one browser that keeps its cookie and comes back for a second link is a person who corrects
# what they tapped, unless it was faster than a hand: back to the mail, and a number again.
BY_HAND = timedelta(seconds=1)
# A slower scanner, one link after another: three different scores without one press.
MANY = 3
DECOY_REACH = timedelta(seconds=30)
# Nobody has read a message and opened its page two seconds after it left.
READABLE_AFTER = timedelta(seconds=2)
# Nobody presses four different numbers of one page one after the other as fast as this.
SUBMITS, SUBMITTING = 4, timedelta(seconds=5)
CARRIED = ("sms", "email")  # channels whose messages pass through other machines on their way

MANY_SCORES, NEAR_DECOY, SCANNER_AGENT = "many_scores", "decoy", "scanner_agent"
BEFORE_READABLE, UNCONFIRMED = "before_readable", "unconfirmed"
EVERY_BUTTON = "every_button"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Different scores that no person taps one after the other without a press."""

    start: datetime
    end: datetime
    scores: tuple[int, ...]


def excluded_taps(ordered: Sequence[TapEvidence], terms: Terms) -> tuple[ExcludedTap, ...]:
    """The taps of `ordered` (by time) that do not count, each with its reason."""
    scored = [tap for tap in ordered if tap.kind == PROVISIONAL and tap.score is not None]
    decoys = [tap.tapped_at for tap in ordered if tap.kind == DECOY]
    alone = {tap.id: _alone(tap, decoys) for tap in scored}
    # Taps that already are a known machine's do not make a person's tap beside them doubtful.
    unexplained = [tap for tap in scored if alone[tap.id] is None]
    clashes = contradictions(unexplained, terms.settle)
    found = list(_submitted(ordered))
    for tap in scored:
        doubt = alone[tap.id] or _clashing(tap, clashes, terms)
        if doubt is None and terms.strict:
            doubt = ExcludedTap(tap.id, UNCONFIRMED, {"strict": True})
        if doubt is not None:
            found.append(doubt)
    return tuple(found)


def contradictions(ordered: Sequence[TapEvidence], settle: timedelta) -> list[Contradiction]:
    """Two different scores within `BURST` that no hand corrected, or `MANY` within `settle`."""
    found: list[Contradiction] = []
    start = 0
    for end, tap in enumerate(ordered):
        while tap.tapped_at - ordered[start].tapped_at > settle:
            start += 1
        window = {other.score for other in ordered[start : end + 1] if other.score is not None}
        before = ordered[end - 1] if end else tap
        burst = tap.score != before.score and _rushed(before, tap)
        if burst or len(window) >= MANY:
            first = before if len(window) < MANY else ordered[start]
            scores = tuple(sorted(window))
            found.append(Contradiction(first.tapped_at, tap.tapped_at, scores))
    return found


def _rushed(before: TapEvidence, tap: TapEvidence) -> bool:
    """Did two links open sooner after each other than one person opens them in one browser?"""
    gap = tap.tapped_at - before.tapped_at
    corrected = before.device != "" and before.device == tap.device and gap >= BY_HAND
    return gap <= BURST and not corrected


def _submitted(ordered: Sequence[TapEvidence]) -> list[ExcludedTap]:
    """The presses that came from a form which was submitted with every button in a row."""
    pages: dict[datetime, list[TapEvidence]] = {}
    for tap in ordered:
        if tap.via == PAGE and tap.score is not None and tap.opened_at is not None:
            pages.setdefault(tap.opened_at, []).append(tap)
    found = []
    for taps in pages.values():
        run: list[TapEvidence] = []
        for tap, after in zip(taps, [*taps[1:], None], strict=True):
            run.append(tap)
            if after is not None and after.tapped_at - tap.tapped_at <= SUBMITTING:
                continue
            scores = sorted({one.score for one in run if one.score is not None})
            if len(scores) >= SUBMITS:
                figures = {
                    "scores": scores,
                    "within_seconds": _seconds(tap.tapped_at - run[0].tapped_at),
                }
                found += [
                    ExcludedTap(one.id, EVERY_BUTTON, figures)
                    for one in run
                    if one.kind == CONFIRMED
                ]
            run = []
    return found


def _alone(tap: TapEvidence, decoys: Sequence[datetime]) -> ExcludedTap | None:
    """What speaks against this tap whatever the others say."""
    gap = min((abs(tap.tapped_at - decoy) for decoy in decoys), default=None)
    if gap is not None and gap <= DECOY_REACH:
        return ExcludedTap(tap.id, NEAR_DECOY, {"seconds_from_decoy": _seconds(gap)})
    agent = user_agents.scanner(tap.user_agent) if tap.via in (PAGE, WIDGET) else ""
    if agent:
        return ExcludedTap(tap.id, SCANNER_AGENT, {"agent": agent})
    if tap.sent_at is not None and tap.channel in CARRIED:
        after = tap.tapped_at - tap.sent_at
        if after < READABLE_AFTER:
            return ExcludedTap(tap.id, BEFORE_READABLE, {"seconds_after_sending": _seconds(after)})
    return None


def _clashing(
    tap: TapEvidence, clashes: Sequence[Contradiction], terms: Terms
) -> ExcludedTap | None:
    """Is this tap within a settling window of a contradiction? Hours later it stands for itself."""
    for clash in clashes:
        if clash.start - terms.settle <= tap.tapped_at <= clash.end + terms.settle:
            figures: dict[str, object] = {
                "scores": list(clash.scores),
                "within_seconds": _seconds(clash.end - clash.start),
            }
            return ExcludedTap(tap.id, MANY_SCORES, figures)
    return None


def _seconds(gap: timedelta) -> float:
    return round(gap.total_seconds(), 3)
