"""README can be followed from top to bottom, as printed, by somebody who has only the tree.

The walk is in `readme_walk.py`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from collector.commands.operating import serve
from collector.config import PREFIX
from tests.journeys.readme_walk import PORT, ROOT, Block, Walk, blocks, says

README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = re.compile(rf"<http://127\.0\.0\.1:{PORT}(/[^>]*)>")
SETTING = re.compile(rf"\b({PREFIX}\w+)=")


def test_every_block_does_what_is_printed_below_it(tmp_path: Path) -> None:
    walk = Walk(tmp_path)
    before = {one.name for one in walk.folder.iterdir()}
    demo, *rest = [one for one in blocks(README) if one.runs or one.language in ("json", "html")]
    assert demo.serves
    with walk.serving(demo):
        printed = ""
        for block in rest:
            if block.runs:
                printed = walk.type(block)
            else:
                assert says(printed, block.text), f"{block.text}\nis not in\n{printed}"
            if "order-1018-delivered" in block.text:
                assert '"rule":"large_order","outcome":"invited"' in printed
        pages = ADDRESS.findall(README)
        assert {"/preview", "/sample"} <= set(pages)
        assert [page for page in pages if not walk.answers(page)] == []
    made = ("responses.parquet", "audit/report.html", "my-workspace/rules/large_order.yaml")
    assert [name for name in made if not (walk.folder / name).exists()] == []
    ignored = {one.strip("/") for one in (ROOT / ".gitignore").read_text("utf-8").splitlines()}
    left = {one.name for one in walk.folder.iterdir()} - before - ignored
    assert left == set(), "a clone in which README was followed is not clean"


@pytest.mark.parametrize(
    "broken",
    [
        "collector config apply . --reason x",
        "no-such-command",
        "false | cat",
        """echo '{"type":"about:blank","status":403,"code":"forbidden"}'""",
    ],
)
def test_a_block_that_does_not_work_is_noticed(broken: str, tmp_path: Path) -> None:
    walk = Walk(tmp_path)
    walk.type(Block("sh", "", ". .venv/bin/activate\n"))
    with pytest.raises(AssertionError, match=re.escape(broken)):
        walk.type(Block("sh", "", broken))


def test_collector_is_not_on_the_path_before_readme_puts_it_there(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="not found"):
        Walk(tmp_path).type(Block("sh", "", "collector --version"))


def test_an_output_is_compared_around_what_is_left_out() -> None:
    assert says('{"a":1,"b":[2,3]}', '{"a":1,…3]}')
    assert not says('{"a":1,"b":[2,3]}', '{"a":2,…3]}')


def test_the_printed_port_is_the_usual_one() -> None:
    ports = {option.name: option.default for option in serve.command.params}
    assert str(ports["port"]) == PORT


def test_settings_for_growing_up_exist() -> None:
    known = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    named = SETTING.findall(README)
    assert len(named) >= 8
    assert [name for name in named if f"`{name}`" not in known] == []


def test_only_what_cannot_be_run_twice_or_here_is_not_run() -> None:
    left_out = [one.text.split()[0:2] for one in blocks(README) if one.mark]
    assert left_out == [["make", "test"], ["export", "COLLECTOR_DATABASE_URL=postgresql://…"]]
