"""TAP: writes one tap, whatever it came by. The verb of this stage's intake.

Called by the tap page, the widget, the text replies and the replay, never inside a unit of work.
A tap is evidence: it is checked for sense, never judged here. On PostgreSQL one statement decides
and writes (`tap_statement.py`); where it writes nothing, and on SQLite, a unit of work looks at all
that was tapped before, and either writes or says why not. Both decide the same. What need not be
there at once (the fingerprint of the address that was asked) is added by `fold.py`, which is next.
"""

from __future__ import annotations

import ipaddress
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from collector import clock, keys
from collector.answers import tap_loader, tap_statement
from collector.answers.folding import fold, open_until
from collector.answers.tap_statement import Seen
from collector.answers.taps import CONFIRMED, DECOY, KINDS, WAYS, IncomingTap, Recorded, TapEvidence
from collector.errors import Conflict, Gone, InvalidInput, TooMany
from collector.model.answers import Tap
from collector.model.base import doorbell, is_postgres, unit_of_work
from collector.model.ids import derived_id
from collector.model.invitations import Invitation
from collector.model.sql.bulk import upsert
from collector.model.transaction import transaction
from collector.surveys import catalog
from collector.surveys.catalog import Survey

MAX_COMMENT = 4_000  # characters
MAX_KEY = 80
MAX_AGENT = 400
BYTES = frozenset(map(str, range(256)))
MAX_UNPRESSED = 1_000  # what machines may leave on one invitation; a person's press always fits


def record(tap: IncomingTap) -> Recorded:
    """Write this tap, or give the one that its idempotency key already wrote.

    Raises Gone (`link_gone`, `not_sent`, `expired`, `edit_window_closed`), InvalidInput
    (`score_out_of_range`, `comment_too_long`, …), Conflict (`idempotency_key_reused`, `overtaken`),
    TooMany.
    """
    return record_and_see(tap)[0]


def record_and_see(tap: IncomingTap) -> tuple[Recorded, Seen | None]:
    """The same, with what was seen of the invitation where one statement was enough."""
    _check(tap)
    now = clock.now()
    row = _row(tap, now)
    if not is_postgres():
        return _record(tap, row, now), None
    key, about = ("id", tap.invitation_id) if tap.invitation_id else ("token_id", tap.token_id)
    seen = tap_statement.write(
        key, {**row, "about": about, "most": MAX_UNPRESSED, "made_at": tap.made_at}
    )
    if seen is None:
        return _record(tap, row, now), None
    doorbell()("fold")
    return Recorded(str(row["id"]), seen.invitation_id, tap.kind, tap.score, now), seen


@transaction
def _record(tap: IncomingTap, row: dict[str, object], now: datetime) -> Recorded:
    with unit_of_work() as work:
        session = work.session
        known = _known(session, tap)
        if known is not None:
            return known
        invitation = tap_loader.invitation(
            session, now, token_id=tap.token_id, id=tap.invitation_id, hold=True
        )
        _check_against(session, tap, invitation, now)
        whole = {**row, "invitation_id": invitation.id, "locale": tap.locale or invitation.locale}
        table = Tap.__table__
        statement = upsert(table).values(whole).on_conflict_do_nothing().returning(table.c.id)
        if session.execute(statement).first() is None:
            return _lost_the_race(session, tap)
        work.ring("fold")
        work.commit()
        return Recorded(str(row["id"]), invitation.id, tap.kind, tap.score, now)


def _check(tap: IncomingTap) -> None:
    if tap.kind not in KINDS or tap.via not in WAYS:
        raise InvalidInput("A tap has a known kind and a known way in.", code="unknown_kind")
    if not 0 < len(tap.idempotency_key) <= MAX_KEY:
        raise InvalidInput(
            f"An idempotency key has 1 to {MAX_KEY} characters.",
            code="bad_idempotency_key",
            pointer="/idempotency_key",
        )
    if len(tap.comment or "") > MAX_COMMENT:
        raise InvalidInput(
            f"A comment has at most {MAX_COMMENT} characters.",
            code="comment_too_long",
            pointer="/comment",
        )
    if tap.kind != DECOY and tap.score is None and tap.comment is None:
        raise InvalidInput(
            "A tap says a score, a comment, or both.", code="nothing_said", pointer="/score"
        )


def _known(session: Session, tap: IncomingTap) -> Recorded | None:
    row = session.scalar(select(Tap).where(Tap.idempotency_key == tap.idempotency_key))
    if row is None:
        return None
    same = (row.kind, row.score) == (tap.kind, tap.score)
    if tap.invitation_id and tap.invitation_id != row.invitation_id:
        same = False
    if tap.token_id:
        owner = select(Invitation.token_id).where(Invitation.id == row.invitation_id)
        same = same and session.scalar(owner) == tap.token_id
    if not same:
        raise Conflict(
            "This idempotency key was used for another tap; use a fresh key for each tap.",
            code="idempotency_key_reused",
            pointer="/idempotency_key",
        )
    return Recorded(row.id, row.invitation_id, row.kind, row.score, row.tapped_at, repeated=True)


def _lost_the_race(session: Session, tap: IncomingTap) -> Recorded:
    """The same key was committed by somebody else since we looked."""
    known = _known(session, tap)
    if known is None:  # pragma: no cover - the insert said that the key is there
        raise Conflict("This tap was posted twice at once; post it again.", code="conflict")
    return known


def _check_against(
    session: Session, tap: IncomingTap, invitation: Invitation, now: datetime
) -> None:
    survey = catalog.get(invitation.survey_version_id)
    if tap.score is not None:
        survey.metric.band(tap.score)  # raises where the scale does not hold it
    if tap.kind == DECOY:
        return _check_room(session, invitation)
    taps = tap_loader.evidence(session, [invitation.id])[invitation.id]
    if tap.made_at is not None:
        _check_overtaken(taps, survey, tap.made_at, now)
    closes = open_until(taps, tap_loader.terms_of(survey), tap.kind)
    if closes is not None and now > closes:
        raise Gone(
            "The time for changing this answer is over; the answer stands.",
            code="edit_window_closed",
        )
    if tap.kind != CONFIRMED:
        _check_room(session, invitation)
    return None


def _check_overtaken(
    taps: list[TapEvidence], survey: Survey, made_at: datetime, now: datetime
) -> None:
    """A page without a network keeps a press and sends it when it can; by then the person may have
    answered elsewhere. What they chose last holds."""
    folded = fold(taps, tap_loader.terms_of(survey), now)
    if folded is not None and folded.pressed and folded.answered_at > made_at:
        raise Conflict("A later press than this one was recorded before it.", code="overtaken")


def _check_room(session: Session, invitation: Invitation) -> None:
    count = select(func.count()).where(Tap.invitation_id == invitation.id, Tap.kind != CONFIRMED)
    if (session.scalar(count) or 0) >= MAX_UNPRESSED:
        raise TooMany(
            "This link was opened too often; press a score instead.", code="too_many_taps"
        )


def _row(tap: IncomingTap, now: datetime) -> dict[str, object]:
    """The tap as it is stored, but for what its invitation says. No address, no device."""
    return {
        "id": derived_id("tap", now, tap.idempotency_key),
        "idempotency_key": tap.idempotency_key,
        "kind": tap.kind,
        "score": tap.score,
        "comment": None if tap.comment is None else _storable(tap.comment).strip(),
        "via": tap.via,
        "channel": tap.channel,
        "locale": tap.locale,
        "opened_at": tap.opened_at,
        "tapped_at": now,
        "address_hash": keys.fingerprint("address", tap.remote_addr),
        "network_hash": keys.fingerprint("network", _network(tap.remote_addr)),
        "device_hash": keys.fingerprint("device", tap.device),
        "contact_hash": "",
        "user_agent": _storable(tap.user_agent)[:MAX_AGENT],
        "folded": False,
    }


def _storable(text: str) -> str:
    """Without NUL and lone surrogates, which PostgreSQL cannot store."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _network(address: str) -> str:
    """The /24 of an IPv4 address, the /48 of an IPv6 one (what one household or site holds)."""
    parts = address.split(".")
    if len(parts) == 4 and all(part in BYTES for part in parts):  # as nearly all are: cheaply
        return ".".join(parts[:3]) + ".0/24"
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    width = 24 if ip.version == 4 else 48
    return str(ipaddress.ip_network(f"{ip}/{width}", strict=False))
