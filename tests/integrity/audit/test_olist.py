"""Real answers, read by hand: the cases of docs/integrity/olist.md have the verdicts it says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import orjson
import pytest

from benchmarks.integrity import olist as benchmark

PAGE = Path(__file__).resolve().parents[3] / "docs" / "integrity" / "olist.md"


@pytest.fixture(scope="module")
def audited(olist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("olist")
    benchmark.run(olist, out)
    return out


def test_the_ten_cases_have_the_verdicts_that_the_page_judges(audited: Path) -> None:
    rows = benchmark.cases(audited)
    found = [(row["response_id"], row["verdict"], tuple(row["reasons"])) for row in rows]
    assert found == list(benchmark.CASES)


def test_the_page_has_every_case(audited: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert len(benchmark.CASES) == 10
    for number, _, _ in benchmark.CASES:
        review, _, order = number.partition("/")
        assert f"{review[:8]}/{order}" in text


def test_nobody_is_accused_and_only_repetitions_are_set_aside(audited: Path) -> None:
    """No seller has a finding: nothing in this data could show one."""
    with (audited / "audit" / "verdicts.ndjson").open("rb") as lines:
        rows = list(map(orjson.loads, lines))
    with (audited / "audit" / "agents.ndjson").open("rb") as lines:
        assert not any(orjson.loads(line)["flagged"] for line in lines)
    assert Counter(row["verdict"] for row in rows) == {"clean": 8178, "rejected": 47}
    assert {code for row in rows for code in row["reasons"]} == {"DUPLICATE"}


def test_the_page_quotes_the_account(audited: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, count in benchmark.account(audited).items():
        assert f"{name} {count}\n" in text


def test_orders_with_an_answer_in_common_were_asked_about_once() -> None:
    rows = [("r1", "b"), ("r1", "a"), ("r2", "b"), ("r3", "c"), ("r4", "d"), ("r4", "c")]
    found = benchmark.asks([{"review_id": review, "order_id": order} for review, order in rows])
    assert found == {"a": "a", "b": "a", "c": "c", "d": "c"}
