"""The widget's files: small, immutable once released, and built from the source that is here."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import orjson
import pytest
from flask.testing import FlaskClient

from collector.translations.catalogue import translator
from collector.web.widget import files
from collector.web.widget.files import MODULE, SCRIPT, current, released

FOLDER = Path(__file__).resolve().parents[3] / "channels" / "inapp"
HOW_TO = "npm ci --prefix channels/inapp && npm run build --prefix channels/inapp"
MOST_PACKED = 4_525  # with the question's JSON this stays under 5 kB: benchmarks/widget_size.py
SINKS = (
    "innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "Function(", "cookie",
    "localStorage", "indexedDB", ".style.", "setAttribute(\"style", "javascript:", "src=",
)  # fmt: skip


def test_what_is_served_was_built_from_the_source_that_is_here() -> None:
    source = hashlib.sha256()
    for path in sorted((FOLDER / "source").iterdir()):
        source.update(path.read_bytes())
    source.update((FOLDER / "collector.mjs").read_bytes())
    made = orjson.loads((FOLDER / "released" / "source.json").read_bytes())
    assert made["source"] == source.hexdigest(), f"the source changed; run: {HOW_TO}"
    assert made["version"] == orjson.loads((FOLDER / "package.json").read_bytes())["version"]


def test_building_again_gives_the_very_same_files(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules" / "esbuild").is_dir():
        pytest.skip(f"no Node.js or no esbuild; {HOW_TO}")
    subprocess.run([node, "build.mjs", f"{tmp_path}/"], cwd=FOLDER, check=True, capture_output=True)
    for path in tmp_path.iterdir():
        if path.suffix != ".br":  # brotli's own version decides on those bytes
            assert path.read_bytes() == (FOLDER / "released" / path.name).read_bytes(), HOW_TO


@pytest.mark.parametrize(("kind", "latest"), [(SCRIPT, "widget.js"), (MODULE, "collector.mjs")])
def test_each_is_served_small_twice_and_for_ever(
    client: FlaskClient, kind: str, latest: str
) -> None:
    built = current(kind)
    packed = client.get(f"/w/v1/{latest}", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert len(packed.data) <= MOST_PACKED
    zipped = client.get(f"/w/v1/{latest}", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.data) == built.plain
    assert "max-age=300" in zipped.headers["Cache-Control"]
    pinned = client.get(f"/w/v1/{built.name}")
    assert pinned.data == built.plain
    assert pinned.mimetype == "text/javascript"
    assert "immutable" in pinned.headers["Cache-Control"]
    assert pinned.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(f"/w/v1/{latest}", headers={"If-None-Match": packed.headers["ETag"],
                                                   "Accept-Encoding": "gzip, br"})  # fmt: skip
    assert again.status_code == 304


def test_every_released_version_keeps_its_address(client: FlaskClient) -> None:
    assert len(released()) >= 2
    for name, built in released().items():
        assert client.get(f"/w/v1/{name}").data == built.plain
    assert client.get("/w/v1/widget.0000000000000000.js").status_code == 404
    assert client.get("/w/v1/collector.0000000000000000.mjs").status_code == 404


def test_the_pinned_tag_names_the_hash_of_the_very_file(client: FlaskClient) -> None:
    with client.application.app_context():
        tag = files.tag("pk_x", pinned=True)
    address, digest = re.findall(r'src="[^"]*(/w/v1/[^"]+)" integrity="sha384-([^"]+)"', tag)[0]
    body = client.get(address).data
    assert base64.b64decode(digest) == hashlib.sha384(body).digest()


def test_the_types_are_served_beside_the_module(client: FlaskClient) -> None:
    assert (
        b"export function start(options: Options): Collector"
        in client.get("/w/v1/collector.d.ts").data
    )


@pytest.mark.parametrize("sink", SINKS)
def test_the_script_uses_nothing_that_a_strict_page_forbids(sink: str) -> None:
    code = current(SCRIPT).plain.decode().replace('script[data-key][src*="/w/v1/widget"]', "")
    assert sink not in code


def test_a_database_of_storage_is_touched_only_where_the_page_allows_it() -> None:
    source = (FOLDER / "source" / "outbox.js").read_text(encoding="utf-8")
    lines = [line for line in source.splitlines() if "sessionStorage[" in line]
    assert len(lines) == 2
    assert all("if (site.storage)" in line for line in lines)


@pytest.mark.parametrize(
    ("locale", "close"),
    [("zh-TW", "關閉"), ("zh_CN", "关闭"), ("pt-BR", "Fechar"), ("xx", "Close")],
)
def test_words_are_found_along_the_locale(locale: str, close: str) -> None:
    assert translator(locale)("widget.close") == close
