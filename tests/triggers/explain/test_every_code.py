"""Every reason code that real events can reach is shown by the explanation, then and in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from collector import clock
from collector.intake.receive import receive
from collector.triggers import decide, reasons
from collector.triggers.explain import gate_report, sentences
from collector.triggers.explain.event import explain_event
from collector.triggers.withhold import REASONS as BY_PEOPLE
from collector.triggers.withhold import Withheld, withhold
from tests.triggers.conftest import PutToUse
from tests.triggers.making import NOON, event, read, rule
from tests.triggers.test_reason_codes import SCENES, send_in


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.mark.parametrize("code", SCENES)
def test_a_code_is_explained(in_use: PutToUse, code: str) -> None:
    wanted, scene = SCENES[code]
    in_use(wanted)
    (one,) = explain_event(send_in(*scene())[-1])["rules"]
    then = one["then"]
    assert then["reason"] == code
    assert then["sentence"]
    if code == "invited":
        return
    failed = [line for line in then["gates"] if line["result"] == "fail"]
    shown = {line["reason"] for line in failed} | {one["reason"] for one in then["overtaken_by"]}
    assert code in shown
    assert then["remedy"] == reasons.REASONS[code].remedy


@pytest.mark.parametrize("code", BY_PEOPLE)
@pytest.mark.parametrize("decided", [True, False])
def test_what_a_person_withheld_is_explained_without_their_note(
    in_use: PutToUse, code: str, decided: bool
) -> None:
    in_use(rule())
    kept = receive([read(event())])[0].id
    if decided:
        decide.decide_events([kept])
    withhold(kept, Withheld(code, "agent-7", "Ana said so"))
    told = explain_event(kept)
    assert told["rules"][0]["then"]["reason"] == code
    assert "Withheld by agent-7." in str(told)
    assert "Ana" not in str(told)


def test_every_gate_has_words_of_its_own() -> None:
    assert set(gate_report.ORDER) == set(sentences.WORDS)


@pytest.mark.parametrize("code", sorted(reasons.REASONS))
def test_a_code_is_put_into_words_even_without_its_figures(code: str) -> None:
    assert sentences.failed(code, {})
    assert sentences.remedy(code)
