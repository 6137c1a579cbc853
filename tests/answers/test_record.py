"""Writing one tap: what is accepted, what is refused, and what is never kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from collector import clock
from collector.answers import fold
from collector.answers.record import record
from collector.answers.taps import IncomingTap, Recorded
from collector.errors import CollectorError, Conflict, Gone, InvalidInput
from collector.model.answers import Tap
from collector.model.base import db
from collector.model.invitations import Invitation
from tests import factories
from tests.answers.taps import PHONE
from tests.factories import NOON


def asked(**changes: Any) -> Invitation:
    row = factories.sent_invitation(db.session, **changes)
    db.session.commit()
    return row


def press(invitation: Invitation, score: int | None, key: str = "k1", **changes: Any) -> Recorded:
    values: dict[str, Any] = {
        "kind": "confirmed", "via": "page", "channel": "sms", "score": score,
        "invitation_id": invitation.id, "idempotency_key": key, "user_agent": PHONE, **changes,
    }  # fmt: skip
    return record(IncomingTap(**values))


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Tap)) or 0


def later(**delta: float) -> Any:
    return clock.at(NOON + timedelta(**delta))


def test_a_tap_is_written_and_the_fold_is_woken(ctx: Flask) -> None:
    with later(minutes=1):
        recorded = press(asked(), 4)
    row = db.session.get(Tap, recorded.tap_id)
    assert row is not None
    assert (row.score, row.kind, row.folded) == (4, "confirmed", False)
    assert row.tapped_at == NOON + timedelta(minutes=1)
    assert ctx.extensions["collector.rung"] == ["fold"]


def test_the_same_key_twice_is_one_tap(ctx: Flask) -> None:
    invitation = asked()
    with later(minutes=1):
        first = press(invitation, 4)
    with later(minutes=2):
        again = press(invitation, 4)
    assert (again.tap_id, again.repeated, first.repeated) == (first.tap_id, True, False)
    assert count() == 1


def test_the_same_key_is_honoured_after_the_edit_window_too(ctx: Flask) -> None:
    invitation = asked()
    with later(minutes=1):
        press(invitation, 4)
    with later(hours=30):
        assert press(invitation, 4).repeated


def test_the_same_key_for_another_score_is_a_conflict(ctx: Flask) -> None:
    invitation = asked()
    with later(minutes=1):
        press(invitation, 4)
        with pytest.raises(Conflict) as error:
            press(invitation, 5)
    assert error.value.code == "idempotency_key_reused"


def test_a_key_of_another_link_gives_nothing_away(ctx: Flask) -> None:
    one, other = asked(), asked()
    with later(minutes=1):
        press(one, 4)
        with pytest.raises(Conflict):
            press(other, 4)
        with pytest.raises(Conflict):
            press(other, 4, invitation_id="", token_id=other.token_id)


@pytest.mark.parametrize("score", [-1, 0, 6, 100])
def test_a_score_off_the_scale_is_refused(ctx: Flask, score: int) -> None:
    with later(minutes=1), pytest.raises(InvalidInput) as error:
        press(asked(), score)
    assert (error.value.code, error.value.pointer) == ("score_out_of_range", "/score")
    assert count() == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"score": None}, "nothing_said"),
        ({"comment": "x" * 4001}, "comment_too_long"),
        ({"kind": "certain"}, "unknown_kind"),
        ({"via": "telex"}, "unknown_kind"),
        ({"key": ""}, "bad_idempotency_key"),
        ({"key": "k" * 81}, "bad_idempotency_key"),
    ],
)
def test_nonsense_is_refused_with_a_code(ctx: Flask, changes: dict[str, Any], code: str) -> None:
    with later(minutes=1), pytest.raises(InvalidInput) as error:
        press(asked(), **{"score": 4, **changes})
    assert error.value.code == code


def test_an_answer_can_be_changed_until_the_edit_window_closes(ctx: Flask) -> None:
    invitation = asked()
    with later(minutes=1):
        press(invitation, 2)
    with later(hours=24):
        press(invitation, 5, "k2")
    with later(hours=24, minutes=2), pytest.raises(Gone) as error:
        press(invitation, 1, "k3")
    assert (error.value.code, count()) == ("edit_window_closed", 2)


def test_a_machine_that_tapped_first_does_not_lock_the_person_out(ctx: Flask) -> None:
    invitation = asked()
    with later(minutes=1):
        press(invitation, 1, kind="provisional")
    with later(hours=30):
        with pytest.raises(Gone):
            press(invitation, 2, "k2", kind="provisional")
        press(invitation, 5, "k3")


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"status": "waiting"}, "not_sent"), ({"lapses_at": NOON}, "expired")],
)
def test_what_cannot_be_answered_is_gone(ctx: Flask, changes: dict[str, Any], code: str) -> None:
    make = factories.invitation if code == "not_sent" else factories.sent_invitation
    invitation = make(db.session, **changes)
    db.session.commit()
    with later(minutes=1), pytest.raises(Gone) as error:
        press(invitation, 4)
    assert error.value.code == code


def test_an_unknown_link_is_gone(ctx: Flask) -> None:
    tap = IncomingTap("confirmed", "page", "sms", "k", token_id="0" * 16, score=1)
    with pytest.raises(CollectorError) as error:
        record(tap)
    assert error.value.code == "link_gone"


def test_addresses_and_devices_are_kept_as_fingerprints_only(ctx: Flask) -> None:
    with later(minutes=1):
        one = press(asked(), 4, "a", remote_addr="198.51.100.7", device="device-1")
        two = press(asked(), 4, "b", remote_addr="198.51.100.9", device="device-1")
        assert fold.run_batch() == 2
    db.session.rollback()
    first, second = db.session.get_one(Tap, one.tap_id), db.session.get_one(Tap, two.tap_id)
    assert first.device_hash == second.device_hash
    assert first.network_hash == second.network_hash
    assert first.address_hash != second.address_hash
    assert first.contact_hash == second.contact_hash != ""
    kept = " ".join(str(value) for value in vars(first).values())
    assert "198.51" not in kept
    assert "device-1" not in kept
    assert "+1415" not in kept


def test_text_that_a_database_cannot_hold_is_made_fit(ctx: Flask) -> None:
    with later(minutes=1):
        recorded = press(asked(), 4, comment=" so\x00 good \ud800!", user_agent="A\x00" * 900)
    row = db.session.get_one(Tap, recorded.tap_id)
    assert row.comment == "so good ?!"
    assert row.user_agent == "A" * 400


def test_a_mailbox_that_opens_a_link_for_ever_is_stopped_and_its_person_is_not(
    ctx: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collector.answers.record.MAX_UNPRESSED", 2)
    invitation = asked()
    with later(minutes=1):
        press(invitation, 1, "a", kind="provisional")
        press(invitation, None, "b", kind="decoy")
        for kind, score in (("provisional", 3), ("decoy", None)):
            with pytest.raises(CollectorError) as error:
                press(invitation, score, f"c-{kind}", kind=kind)
            assert error.value.code == "too_many_taps"
        press(invitation, 5, "d")
