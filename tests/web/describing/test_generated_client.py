"""A client made from the document by somebody else's generator calls every route with success.

An operation that `a_call_each.py` does not have fails the test: whoever adds a route adds its call.
"""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, get_args, get_type_hints

import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient

from collector import clock
from collector.web import auth, scopes
from tests.web.describing.a_call_each import CALLS, NOW, world

# Where an operation takes several types of body, one of them with a list in it, the generator
# writes an `isinstance(body, list[…])` that cannot run. It is not told of CloudEvents, then.
CLOUD_EVENTS = ("application/cloudevents+json", "application/cloudevents-batch+json")
# The generator knows no NDJSON; the answer of this one is left to `test_rehearse.py`.
UNREAD = {"post_rehearsal"}


@pytest.fixture
def made(client: FlaskClient, tmp_path: Path) -> Iterator[Mapping[str, ModuleType]]:
    """The client's module of each operation, by the operation's name."""
    document, folder = tmp_path / "openapi.json", tmp_path / "made_client"
    told_of = client.get("/v1/openapi.json").get_json()
    for kind in CLOUD_EVENTS:
        del told_of["paths"]["/v1/events"]["post"]["requestBody"]["content"][kind]
    document.write_text(json.dumps(told_of))
    generator = Path(sys.executable).with_name("openapi-python-client")
    (tmp_path / "config.yml").write_text("post_hooks: []\n")
    told = subprocess.run(
        [generator, "generate", "--path", document, "--output-path", folder, "--meta", "none",
         "--config", tmp_path / "config.yml"],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    warned = re.findall(r"WARNING parsing \w+ (\S+)", told.stdout + told.stderr)
    assert warned == ["/v1/rules/{key}/rehearse"], told.stderr
    sys.path.insert(0, str(tmp_path))
    try:
        yield {
            file.stem: importlib.import_module(f"made_client.api.{file.parent.name}.{file.stem}")
            for file in folder.glob("api/*/*.py")
            if file.stem != "__init__"
        }
    finally:
        sys.path.remove(str(tmp_path))
        for name in [name for name in sys.modules if name.split(".")[0] == "made_client"]:
            del sys.modules[name]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_calls_every_route(app: Flask, made: Mapping[str, ModuleType]) -> None:
    assert made.keys() == CALLS.keys()
    made_client = importlib.import_module("made_client")
    with app.app_context(), clock.at(NOW):
        token = auth.issue("all", scopes.SCOPES)
        known = world()
    client = made_client.AuthenticatedClient(
        base_url="http://collector.test",
        token=token,
        httpx_args={"transport": httpx.WSGITransport(app)},
    )
    for name, call in CALLS.items():
        filled = _filled(call, known)
        with clock.at(NOW):
            answer = _send(made[name], client, filled)
        assert 200 <= answer.status_code < 300, (name, answer.status_code, answer.content)
        assert name in UNREAD or answer.parsed is not None or answer.status_code == 204, name
        if name in ("post_events", "post_appeal"):
            known[name] = getattr(answer.parsed, "id", "") or answer.parsed.results[0].id


def _filled(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, str) and value[:1] == "{":
        return known[value[1:-1]]
    if isinstance(value, dict):
        return {name: _filled(one, known) for name, one in value.items()}
    return [_filled(one, known) for one in value] if isinstance(value, list) else value


def _send(module: ModuleType, client: Any, call: dict[str, Any]) -> Any:
    given = {name: value for name, value in call.items() if name not in ("path", "body")}
    if "body" in call:
        given["body"] = _body(module, call["body"])
    path = call.get("path", ())
    if module.__name__.rpartition(".")[2] in UNREAD:
        return client.get_httpx_client().request(**module._get_kwargs(*path, **given))
    return module.sync_detailed(*path, client=client, **given)


def _body(module: ModuleType, value: Any) -> Any:
    """What is given, as the client's own model of it."""
    kinds = get_type_hints(module.sync_detailed)["body"]
    kinds = (
        get_args(kinds) if type(kinds).__name__ in ("UnionType", "_UnionGenericAlias") else (kinds,)
    )
    for kind in kinds:
        (inner,) = get_args(kind) or (kind,)
        if isinstance(value, list) is bool(get_args(kind)) and hasattr(inner, "from_dict"):
            made = [inner.from_dict(one) for one in (value if isinstance(value, list) else [value])]
            return made if isinstance(value, list) else made[0]
    raise AssertionError(f"no model for {value}")
