"""What a tap is: as it comes in, as the fold sees it, and what recording it answered. Pure types.

Anyone above may import these. Next: `record.py` writes taps, `folding.py` adds them up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

PROVISIONAL, CONFIRMED, DECOY = "provisional", "confirmed", "decoy"
KINDS = (PROVISIONAL, CONFIRMED, DECOY)
PAGE, SMS_REPLY, WIDGET, REPLAY = "page", "sms_reply", "widget", "replay"
WAYS = (PAGE, SMS_REPLY, WIDGET, REPLAY)


@dataclass(frozen=True, slots=True)
class IncomingTap:
    """One press, reply or post as it arrives. Give `token_id` (16 hex digits) or `invitation_id`.

    `score` None: only a comment. `remote_addr` and `device` are turned into keyed fingerprints and
    never stored. `idempotency_key` is the sender's: the same key again is the same tap. `made_at`:
    when the person pressed, where it came late; it gives way to what they pressed after that.
    """

    kind: str
    via: str
    channel: str
    idempotency_key: str
    token_id: str = ""
    invitation_id: str = ""
    score: int | None = None
    comment: str | None = field(default=None, repr=False)
    locale: str = ""
    opened_at: datetime | None = None
    remote_addr: str = field(default="", repr=False)
    device: str = field(default="", repr=False)
    user_agent: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """The tap that now stands in the ledger. `repeated`: this key was recorded before."""

    tap_id: str
    invitation_id: str
    kind: str
    score: int | None
    tapped_at: datetime
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class TapEvidence:
    """A recorded tap as the fold and the checks see it.

    `sent_at` is when the message that it answers left on the tap's channel, where that is known;
    `device` the keyed fingerprint of the browser, '' for one that keeps no cookie.
    """

    id: str
    kind: str
    score: int | None
    comment: str | None
    via: str
    channel: str
    tapped_at: datetime
    opened_at: datetime | None = None
    sent_at: datetime | None = None
    user_agent: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the survey says about answers: confirmed only?, settling window, edit window."""

    strict: bool = False
    settle: timedelta = timedelta(minutes=10)
    edit: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class ExcludedTap:
    """A tap that does not count, and why, with the figures behind it."""

    tap_id: str
    reason: str
    figures: dict[str, object]


@dataclass(frozen=True, slots=True)
class Folded:
    """What the taps of one invitation add up to at one moment; see `model.answers.Response`.

    `edit_until`: until when a further press counts; None while nobody has pressed yet.
    `taps` counts the taps that carried a score. `score` is None when `state` is
    `set_aside`, and where a person wrote words and no score.
    """

    state: str
    score: int | None
    comment: str | None
    channel: str
    first_tapped_at: datetime
    answered_at: datetime
    settles_at: datetime | None
    edit_until: datetime | None
    taps: int
    set_aside: tuple[ExcludedTap, ...]

    @property
    def pressed(self) -> bool:
        """Has the person pressed a score, rather than only opened a link with one in it?"""
        return self.score is not None and self.state == CONFIRMED
