"""`collector sites`: what a product engineer gets to paste, and that it works."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from collector.app import create_app
from collector.commands.operating import sites as command
from collector.web.widget import files, identity, sites

ORIGIN = "https://shop.example"


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> Path:
    (tmp_path / "collector.db").write_bytes(sqlite_template.read_bytes())
    return tmp_path


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command.command, arguments, env={"COLLECTOR_HOME": str(home)})


def test_a_new_site_comes_with_its_tag_its_secret_and_what_to_do(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run(home, "create", "shop", "--origin", ORIGIN)
    assert made.exit_code == 0, made.output
    token = run(home, "identity", "c-1").output.strip()
    monkeypatch.setenv("COLLECTOR_HOME", str(home))
    with create_app().app_context():
        site = sites.by_name("shop")
        assert site is not None
        assert site.origins == (ORIGIN,)
        assert f'data-key="{site.public_key}"' in made.output
        assert identity.secret_of(site.public_key) in made.output
        assert run(home, "secret", "shop").output.strip() == identity.secret_of(site.public_key)
        assert identity.verify(token, site.public_key) == "c-1"
    pinned = run(home, "tag", "shop", "--pinned").output
    assert f'widget.{files.current().digest}.js" integrity="sha384-' in pinned


def test_more_origins_can_be_allowed_and_are_listed(home: Path) -> None:
    run(home, "create", "shop", "--origin", ORIGIN)
    assert run(home, "allow", "shop", "https://m.shop.example", ORIGIN).exit_code == 0
    listed = run(home, "list").output
    assert ORIGIN in listed
    assert "https://m.shop.example" in listed


@pytest.mark.parametrize(
    "arguments",
    [
        ("create", "shop", "--origin", ORIGIN),
        ("create", "other", "--origin", "shop.example"),
        ("allow", "nobody", ORIGIN),
        ("tag", "nobody"),
        ("secret", "nobody"),
        ("identity", "c-1", "--site", "nobody"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(home: Path, arguments: tuple[str, ...]) -> None:
    run(home, "create", "shop", "--origin", ORIGIN)
    refused = run(home, *arguments)
    assert refused.exit_code == 2
    assert "Traceback" not in refused.output
    assert refused.output.startswith("Error: ")
