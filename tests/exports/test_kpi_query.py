"""The clean KPIs out of the database: equal to what anybody computes from the exported file."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from collector import clock
from collector.errors import InvalidInput
from collector.exports import feed, files, publish
from collector.exports.kpi_figures import Figures
from collector.exports.kpi_parameters import wanted
from collector.exports.kpi_query import table
from collector.model.answers import Response
from collector.model.base import db
from tests import factories
from tests.exports.kpi_world import LATER, World
from tests.factories import NOON

PAGE = Path(__file__).resolve().parents[2] / "docs/integrity/kpis.md"
NEXT_DAY = NOON + timedelta(days=1)


@pytest.fixture
def world(ctx: Flask) -> World:
    """Two stores: north answers well and often, south badly and seldom; some are held back."""
    world = World()
    for score, verdict, weight in (
        (5, "clean", 1.0), (5, "clean", 2.5), (4, "suspect", 0.3), (5, "rejected", 0.0),
        (1, "clean", 1.0), (5, "clean", 1.0), (3, "suspect", 0.45),
    ):  # fmt: skip
        world.answer(score, verdict=verdict, weight=weight)
    for score in (1, 2, 5, 1, 1):
        world.answer(score, "south", "a2")
    world.answer(None, verdict="rejected", weight=0.0)
    for _ in range(4):
        world.asked("south", "a2")
    for reason in ("capped_global", "customer_declined", "condition_false"):
        world.held(reason, "south", "a2")
    world.publish()
    return world


def one(world: World, **more: str) -> Figures:
    (row,) = table(wanted(world.key, **more))
    return row


def exported() -> list[dict[str, str]]:
    out = io.BytesIO()
    files.write(feed.stream(), "csv", out)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode())))


def store_of(row: dict[str, str]) -> str | None:
    return next((one["id"] for one in json.loads(row["subjects"]) if one["role"] == "store"), None)


def by_hand(rows: list[dict[str, str]]) -> tuple[float, ...]:
    """Raw, cleaned, both bounds, n, effective n: the page's formulas, nothing of the service."""
    newest: dict[str, dict[str, str]] = {}
    for row in rows:
        if row["kind"] == "answer":
            newest[row["response_id"]] = row
    scored = [row for row in newest.values() if row["score"]]
    good = [(int(row["score"]) >= 4, float(row["weight"]), row["verdict"]) for row in scored]

    def mean(pairs: list[tuple[bool, float]]) -> float:
        return 100 * sum(w for hit, w in pairs if hit) / sum(w for _, w in pairs)

    weights = [w for _, w, _ in good if w]
    return (
        mean([(hit, 1.0) for hit, _, _ in good]),
        mean([(hit, w) for hit, w, _ in good]),
        mean([(hit, 1.0 if v == "suspect" else w) for hit, w, v in good]),
        mean([(hit, 0.0 if v == "suspect" else w) for hit, w, v in good]),
        len(weights),
        sum(weights) ** 2 / sum(w * w for w in weights),
    )


def values(row: Figures) -> tuple[float | None, ...]:
    return (
        row.raw, row.cleaned, row.if_suspect_counts, row.if_suspect_does_not, row.n,
        row.effective_n,
    )  # fmt: skip


def test_it_equals_what_anybody_computes_from_the_exported_file(world: World) -> None:
    assert values(one(world)) == pytest.approx(by_hand(exported()))


def test_so_does_every_store(world: World) -> None:
    for row in table(wanted(world.key, by="store")):
        lines = [r for r in exported() if store_of(r) == row.group]
        assert values(row) == pytest.approx(by_hand(lines))


def test_denominators_come_from_the_ledger_of_who_was_asked(world: World) -> None:
    row = one(world)
    # Seven and five answers, one of a machine, four silent, two held back; the rule is not about
    # the event whose condition is false.
    assert (row.eligible, row.invited, row.delivered, row.answered) == (19, 17, 17, 12)
    north, south = table(wanted(world.key, by="store"))
    assert (north.eligible, north.answered) == (8, 7)
    assert (south.eligible, south.invited, south.answered) == (11, 9, 5)
    assert south.coverage == pytest.approx(5 / 11)


def test_the_silent_store_counts_as_much_as_it_has_customers(world: World) -> None:
    row = one(world)
    north, south = table(wanted(world.key, by="store"))
    assert north.cleaned is not None
    assert south.cleaned is not None
    assert row.represented == pytest.approx((8 * north.cleaned + 11 * south.cleaned) / 19)
    assert row.cleaned is not None
    assert row.represented is not None
    assert row.represented < row.cleaned
    assert one(world, segment="event_type").represented == pytest.approx(row.cleaned)


def test_a_field_of_the_context_can_be_the_segment(ctx: Flask) -> None:
    world = World()
    for reason, score, times in (("complaint", 1, 5), ("question", 5, 15)):
        for _ in range(times):
            world.answer(score, event={"context": {"reason": reason}})
    for _ in range(20):
        world.asked(context={"reason": "complaint"})
    world.publish()
    row = one(world, segment="context.reason")
    assert (row.cleaned, row.represented) == (75.0, pytest.approx(100 * 15 / 40))


def test_an_edit_and_a_new_verdict_count_once_and_as_they_stand_now(ctx: Flask) -> None:
    world = World()
    number = world.answer(1)
    world.publish()
    made = db.session.get_one(Response, number)
    made.score, made.version = 5, 2
    factories.verdict(
        db.session, number, number=2, response_version=2, created_at=NOON, verdict="suspect",
        weight=0.5, reasons=["DEVICE_SHARED"],
    )  # fmt: skip
    db.session.commit()
    with clock.at(LATER):
        publish.run_batch()
    row = one(world)
    assert (row.answered, row.raw, row.suspect) == (1, 100.0, 1)


def test_a_period_is_about_when_it_happened_and_leaves_its_end_out(ctx: Flask) -> None:
    world = World()
    world.answer(5)
    world.answer(1, event={"occurred_at": NEXT_DAY})
    world.publish()
    assert one(world, start="2026-03-02", end="2026-03-03").raw == 100.0
    assert one(world, start="2026-03-03").raw == 0.0
    assert one(world, end="2026-03-02T12:00:00Z").eligible == 0
    assert one(world, start="2026-03-02T20:00:00+08:00").eligible == 2


def test_a_survey_that_nobody_answered_has_its_line(ctx: Flask) -> None:
    world = World()
    world.publish()
    row = one(world)
    assert (row.raw, row.cleaned, row.eligible, row.withheld) == (None, None, 0, "")


def test_without_surveys_there_is_nothing(ctx: Flask) -> None:
    assert table(wanted()) == []
    assert table(wanted(by="agent")) == []


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"survey": "no\0such"}, "/survey"), ({"by": "person"}, "/by"),
        ({"segment": "person"}, "/segment"), ({"segment": "context."}, "/segment"),
        ({"segment": "context.a b"}, "/segment"), ({"start": "yesterday"}, "/from"),
        ({"end": "2026-13-01"}, "/to"), ({"end": "0001-01-01T00:00:00+14:00"}, "/to"),
        ({"start": "2026-03-02", "end": "2026-03-02"}, "/to"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_by_name(
    ctx: Flask, given: dict[str, str], pointer: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        wanted(**given)
    assert caught.value.pointer == pointer


def test_the_query_on_the_page_gives_the_same(world: World, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with (tmp_path / "responses.csv").open("wb") as out:
        files.write(feed.stream(), "csv", out)
    query = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    query = query.replace("responses.csv", str(tmp_path / "responses.csv"))
    with duckdb.connect() as engine:
        found = engine.execute(query.replace("after-delivery", world.key)).fetchone()
    row = one(world)
    assert found == pytest.approx((row.raw, row.cleaned, row.effective_n))


def test_what_counts_for_the_company_alone_is_left_out_of_figures_of_agents(world: World) -> None:
    before = one(world, by="team"), one(world)
    id = world.answer(1)
    factories.verdict(
        db.session, id, number=2, reasons=["RULING/company_only"], judged_by="ruling rlg_1"
    )
    world.publish()
    of_team, of_all = one(world, by="team"), one(world)
    assert (of_team.cleaned, of_team.answered) == (before[0].cleaned, before[0].answered + 1)
    assert of_all.cleaned != before[1].cleaned
