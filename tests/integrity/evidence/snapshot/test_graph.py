"""Whatever a state may consist of comes back as it was; anything else is refused, not left out."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import orjson
import pytest

from collector.integrity.engine.counters import HitRate
from collector.integrity.evidence.engine_cache import EngineCache
from collector.integrity.evidence.snapshot import kinds
from collector.integrity.evidence.snapshot.graph import Graph
from collector.integrity.evidence.snapshot.kinds import NotCarried, NotReadable
from collector.integrity.evidence.snapshot.rebuild import Rebuilding
from tests.integrity.evidence.snapshot.alike import differences, some_of_everything


class Stranger:
    """Not of the engine."""


def carried(root: object) -> Any:
    """The state, taken apart and put together."""
    out = bytearray()
    directory = orjson.loads(orjson.dumps(Graph(out.extend).directory(root)))
    return Rebuilding(memoryview(out), directory).root()


def test_everything_comes_back_to_the_last_bit() -> None:
    state = some_of_everything()
    again = carried(state)
    assert differences(state, again) == []
    assert again["shared"][0] is again["shared"][1] is again["deep"][1]
    assert again["rows"].default_factory is list


def test_what_refers_to_itself_comes_back_so() -> None:
    cache = EngineCache()
    cache.signals["x"] = [cache, cache.signals]  # type: ignore[list-item]  # a circle
    again = carried(cache)
    assert again.signals["x"][0] is again
    assert again.signals["x"][1] is again.signals


def test_a_field_that_is_not_there_yet_stays_away() -> None:
    bare = object.__new__(HitRate)
    bare.hits = 3
    whole = HitRate()
    again = carried([bare, whole])
    assert (again[0].hits, hasattr(again[0], "trials"), again[1].trials) == (3, False, 0)


@pytest.mark.parametrize(
    "held",
    [
        Stranger(), Stranger, lambda: 0, iter([1]), range(3), 1j, defaultdict(lambda: 0),
        {HitRate: 1}, type("Words", (str,), {})("x"), memoryview(b""), object(),
    ],
    ids=lambda held: type(held).__name__,
)  # fmt: skip
def test_what_cannot_be_carried_is_refused(held: object) -> None:
    cache = EngineCache()
    cache.engine.cases_later["one"] = held  # type: ignore[assignment]  # that is the point
    with pytest.raises(NotCarried):
        carried(cache)


@pytest.mark.parametrize(
    "name",
    ["builtins:eval", "os:system", "collector.keys:settings", "collector.integrity.nothing:X",
     "collector.integrity.engine.engine:VERSION", "collector.integrity.engine.engine:replace",
     "collector.integrity.engine.engine:Case"],
)  # fmt: skip
def test_only_the_engines_own_classes_are_found_by_name(name: str) -> None:
    with pytest.raises(NotReadable):
        kinds.class_named(name)


def test_fields_under_other_names_are_not_taken_for_those_of_today() -> None:
    out = bytearray()
    directory = Graph(out.extend).directory(HitRate())
    directory["tables"][0]["fields"] = ["hits", "tries"]
    with pytest.raises(NotReadable):
        Rebuilding(memoryview(out), directory).root()
