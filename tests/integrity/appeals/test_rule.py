"""Ruling: once, by somebody who is not involved, and exactly what it does to the export."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from collector import clock
from collector.errors import CollectorError, Conflict, Forbidden, InvalidInput, NotFound
from collector.exports import feed
from collector.exports.kpis import kpis
from collector.integrity import rulings
from collector.integrity.appeals import findings
from collector.integrity.appeals.open import against_finding, against_response
from collector.integrity.appeals.rule import rule
from collector.integrity.appeals.terms import Decision
from collector.integrity.appeals.withdraw import withdraw
from collector.integrity.judgement import Judgement
from collector.model.answers import Response
from collector.model.appeals import Appeal, Ruling
from collector.model.base import db
from collector.model.integrity import Finding
from collector.model.verdicts import Verdict
from collector.surveys import history
from tests import factories
from tests.integrity.appeals.cases import (
    LATER,
    REJECTED,
    dismissed,
    finding,
    newest,
    opening,
    published,
    revisions,
    send,
    staff,
    upheld,
)


@pytest.fixture(autouse=True)
def _next_day(ctx: Flask) -> object:
    with clock.at(LATER):
        yield


def contested(score: int = 1, **verdict: Any) -> tuple[str, str]:
    """A published answer and the open appeal about it, published as well."""
    id = published(score, **verdict)
    appeal = against_response(id, opening())
    send()
    return id, appeal


def verdicts(response_id: str) -> list[Verdict]:
    db.session.rollback()
    wanted = select(Verdict).where(Verdict.response_id == response_id)
    return list(db.session.scalars(wanted.order_by(Verdict.number)))


def headline() -> list[tuple[float | None, float | None, int]]:
    return [(kpi.weighted_headline, kpi.weighted_mean, kpi.answers) for kpi in kpis(feed.stream())]


def test_an_upheld_appeal_appends_a_verdict_that_leaves_as_a_revision(ctx: Flask) -> None:
    id, appeal = contested()
    rule(appeal, upheld("company_only"))
    send()
    row = newest(id)
    assert (row["verdict"], row["weight"], row["counts_for"]) == ("clean", 1.0, "company")
    assert (row["appeal"], row["reasons"]) == ("upheld", ["RULING/company_only"])
    assert row["checks_version"] == revisions(id)[0]["checks_version"]
    first, second = verdicts(id)
    ruling = db.session.scalars(select(Ruling)).one()
    assert (first.verdict, first.weight, first.judged_by) == ("clean", 1.0, "checks")
    assert second.judged_by == f"ruling {ruling.id}"
    told = second.evidence["RULING/company_only"]
    assert (told["ruling"], told["appeal"]) == (ruling.id, appeal)
    assert told["reason"] == "The photo shows it."


def test_an_answer_rejected_and_restored_leaves_the_kpi_exactly_as_it_was(ctx: Flask) -> None:
    for score in (2, 4, 5):
        published(score)
    id = published(5)
    before = headline()
    factories.verdict(db.session, id, number=2, created_at=LATER, **REJECTED)
    db.session.commit()
    send()
    assert headline() != before
    appeal = against_response(id, opening(ground="genuine"))
    send()
    rule(appeal, upheld("counts"))
    send()
    assert headline() == before
    assert (newest(id)["weight"], newest(id)["counts_for"]) == (1.0, "all")


def test_a_dismissed_appeal_leaves_the_verdict_and_says_so(ctx: Flask) -> None:
    id, appeal = contested(5, **REJECTED)
    rule(appeal, dismissed())
    send()
    assert len(verdicts(id)) == 1
    row = newest(id)
    assert (row["appeal"], row["verdict"], row["reasons"]) == (
        "dismissed", "rejected", ["DEVICE_SHARED"],
    )  # fmt: skip


def test_set_aside_takes_an_attack_out_of_every_figure(ctx: Flask) -> None:
    id, appeal = contested(1)
    rule(appeal, upheld("set_aside"))
    send()
    assert (newest(id)["verdict"], newest(id)["weight"]) == ("rejected", 0.0)


INVOLVED = [
        ("a1", "opened this appeal"), ("A1 ", "opened this appeal"), ("ａ１", "opened"),
        ("a2", "is whom this is about"), ("t1", "is whom"), ("lead", "supervises"),
        ("chief", "supervises"),
    ]  # fmt: skip


def test_who_is_involved_may_not_rule(ctx: Flask) -> None:
    staff(
        {"agent_id": "a1", "team_id": "t1", "store_id": "s1"},
        {"agent_id": "lead", "team_id": "t1", "role": "supervisor"},
        {"agent_id": "chief", "store_id": "s1", "role": "supervisor"},
        {"agent_id": "elsewhere", "team_id": "t2", "role": "supervisor"},
    )
    id, appeal = contested()
    for by, why in INVOLVED:
        with pytest.raises(Forbidden) as caught:
            rule(appeal, upheld(by=by))
        assert (caught.value.code, why in caught.value.detail) == ("reviewer_involved", True)
    assert len(verdicts(id)) == 1
    rule(appeal, upheld(by="elsewhere"))


def test_two_reviewers_at_once_one_wins_and_the_other_is_told(app: Flask) -> None:
    id, appeal = contested()
    codes: list[str] = []

    def decide(n: int) -> None:
        with app.app_context(), clock.at(LATER + timedelta(minutes=n)):
            try:
                rule(appeal, upheld(by=f"rita-{n}") if n % 2 else dismissed(by=f"rita-{n}"))
                codes.append("ruled")
            except CollectorError as error:
                codes.append(error.code)
            db.session.remove()

    threads = [threading.Thread(target=decide, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["not_open"] * 3 + ["ruled"]
    assert db.session.scalar(select(func.count()).select_from(Ruling)) == 1
    assert len(verdicts(id)) <= 2


def test_the_same_idempotency_key_is_the_same_ruling(ctx: Flask) -> None:
    _, appeal = contested()
    first = rule(appeal, upheld(key="k1"))
    assert rule(appeal, upheld(key="k1")) == first
    for other in (upheld("counts", key="k1"), upheld(by="rosa", key="k1"), dismissed(key="k1")):
        with pytest.raises(Conflict) as caught:
            rule(appeal, other)
        assert caught.value.code == "idempotency_key_reused"
    with pytest.raises(Conflict, match="upheld"):
        rule(appeal, upheld())


SENSELESS = [
    (Decision("rita", "upheld", "company_only", " "), "/reason"),
    (Decision("rita", "upheld", "", "x"), "/outcome"),
    (Decision("rita", "upheld", "cleared", "x"), "/outcome"),
    (Decision("rita", "upheld", "stands", "x"), "/outcome"),
    (Decision("rita", "dismissed", "counts", "x"), "/outcome"),
    (Decision("rita", "maybe", "counts", "x"), "/decision"),
    (Decision("", "dismissed", "", "x"), "/by"),
    (Decision("rita", "dismissed", "", "x" * 501), "/reason"),
    (Decision("rita", "dismissed", "", "x\x00"), "/reason"),
]


def test_a_ruling_without_reasons_or_sense_is_refused(ctx: Flask) -> None:
    _, appeal = contested()
    for said, pointer in SENSELESS:
        with pytest.raises(InvalidInput) as caught:
            rule(appeal, said)
        assert caught.value.pointer == pointer
    assert db.session.scalars(select(Ruling)).all() == []


def test_an_outcome_that_changes_nothing_is_no_outcome(ctx: Flask) -> None:
    _, appeal = contested()
    with pytest.raises(Conflict) as caught:
        rule(appeal, upheld("counts"))
    assert caught.value.code == "nothing_changes"
    with pytest.raises(NotFound):
        rule("apl_nothing", upheld())


def test_a_score_that_the_customer_changed_meanwhile_is_not_ruled_on(ctx: Flask) -> None:
    id, appeal = contested()
    row = db.session.get_one(Response, id)
    row.score, row.version = 5, 2
    factories.verdict(db.session, id, number=2, response_version=2, created_at=LATER)
    db.session.commit()
    send()
    with pytest.raises(Conflict) as caught:
        rule(appeal, upheld())
    assert caught.value.code == "answer_changed"
    rule(appeal, dismissed())


def test_a_ruling_holds_against_later_judgements_until_the_customer_changes_the_score(
    ctx: Flask,
) -> None:
    id, appeal = contested(5, **REJECTED)
    rule(appeal, upheld("counts"))
    db.session.rollback()
    standing = rulings.in_force(db.session, [id, "rsp_other"])
    assert list(standing) == [id]
    again = Judgement("rejected", 0.0, ("RAPID_RUN",), {"RAPID_RUN": {"n": 3}}, "9")
    held = rulings.overruled(again, standing[id])
    assert (held.verdict, held.weight, held.reasons) == ("clean", 1.0, ("RULING/counts",))
    assert held.evidence["RULING/counts"]["checks"]["reasons"] == ["RAPID_RUN"]
    assert held.checks_version == "9"
    db.session.get_one(Response, id).score = 4
    db.session.commit()
    assert rulings.in_force(db.session, [id]) == {}


def test_only_who_appealed_withdraws_and_that_leaves_too(ctx: Flask) -> None:
    id, appeal = contested()
    with pytest.raises(Forbidden) as caught:
        withdraw(appeal, "a2")
    assert caught.value.code == "not_the_appellant"
    withdraw(appeal, "a1", "settled with the customer")
    withdraw(appeal, "a1")
    send()
    assert newest(id)["appeal"] == "withdrawn"
    with pytest.raises(Conflict, match="withdrawn"):
        rule(appeal, upheld())
    actions = [entry.action for entry in history.page("appeal", appeal)]
    assert actions == ["withdrawn", "opened"]


def test_every_step_is_in_the_log_with_who_and_why(ctx: Flask) -> None:
    id, appeal = contested()
    ruling = rule(appeal, upheld(via="console"))
    newer, older = history.page("appeal", appeal)
    assert (older.action, older.by, older.number) == ("opened", "a1", 1)
    assert (newer.action, newer.by, newer.reason) == ("upheld", "rita", "The photo shows it.")
    assert newer.details == {
        "ruling": ruling, "outcome": "company_only", "via": "console", "response": id,
    }  # fmt: skip


def test_who_confirmed_a_finding_does_not_rule_on_the_appeal_against_it(ctx: Flask) -> None:
    id = finding()
    findings.rule(id, "rita", "confirmed", "Ten were asked again.")
    appeal = against_finding(id, opening(ground="wrong_data"))
    with pytest.raises(Forbidden, match="made the ruling that is contested"):
        rule(appeal, upheld("cleared", by="Rita"))
    rule(appeal, upheld("cleared", by="rosa"))
    assert (findings.get(id).state, findings.get(id).ruling.by) == ("cleared", "rosa")


def test_a_finding_is_cleared_by_an_appeal_or_ruled_on_by_itself(ctx: Flask) -> None:
    first, second = finding(), finding(subject="a8")
    appeal = against_finding(first, opening(ground="wrong_data"))
    with pytest.raises(Conflict) as caught:
        findings.rule(first, "rita", "confirmed", "x")
    assert caught.value.code == "appeal_open"
    rule(appeal, upheld("", reason="The ledger was wrong."))
    assert (findings.get(first).state, findings.get(first).appeal) == ("cleared", "upheld")
    with pytest.raises(Forbidden):
        findings.rule(second, "a8", "cleared", "It was not me.")
    with pytest.raises(InvalidInput):
        findings.rule(second, "rita", "guilty", "x")
    id = findings.rule(second, "rita", "confirmed", "Ten were asked again.", key="k")
    assert findings.rule(second, "rita", "confirmed", "Ten were asked again.", key="k") == id
    with pytest.raises(Conflict, match="confirmed"):
        findings.rule(second, "rosa", "cleared", "x")
    assert history.page("finding", second)[0].by == "rita"
    assert [one.id for one in findings.page("confirmed")] == [second]
    assert db.session.get_one(Finding, second).state == "confirmed"
    assert db.session.scalar(select(func.count()).select_from(Appeal)) == 1
