"""The widget's files and their addresses: the present version, and every released one for ever.

`channels/inapp/released/` holds what `channels/inapp/build.mjs` made, one script and one module per
version of the service; what was released is never changed or removed, since pages pin a version by
its content hash and Subresource Integrity. Hangs on `calls.py`'s blueprint; used by the commands.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import orjson
from flask import Blueprint, Response, request

from collector.config import settings
from collector.errors import NotFound

blueprint = Blueprint("widget_files", __name__)

FOLDER: Final = files("channels.inapp")
SCRIPT, MODULE = "widget", "collector"
ENDINGS: Final = {SCRIPT: "js", MODULE: "mjs"}
FRESH: Final = "public, max-age=300"
FOREVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Built:
    """One built file and how it travels. `packed` maps a content coding to bytes."""

    kind: str
    version: str
    plain: bytes
    packed: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """The content hash in the immutable address: 16 hex digits."""
        return hashlib.sha256(self.plain).hexdigest()[:16]

    @property
    def integrity(self) -> str:
        """The `integrity` attribute (W3C Subresource Integrity)."""
        return "sha384-" + base64.b64encode(hashlib.sha384(self.plain).digest()).decode()

    @property
    def name(self) -> str:
        """The immutable address' last part."""
        return f"{self.kind}.{self.digest}.{ENDINGS[self.kind]}"


@cache
def released() -> Mapping[str, Built]:
    """Every file that was ever released, by the last part of its immutable address."""
    found = {}
    for path in FOLDER.joinpath("released").iterdir():
        kind, _, rest = path.name.partition("-")
        version, _, ending = rest.rpartition(".")
        if ENDINGS.get(kind) == ending:
            plain = path.read_bytes()
            brotli = FOLDER.joinpath("released", path.name + ".br").read_bytes()
            packed = {"br": brotli, "gzip": gzip.compress(plain, 9, mtime=0)}
            built = Built(kind, version, plain, packed)
            found[built.name] = built
    return found


@cache
def current(kind: str = SCRIPT) -> Built:
    """The present version's file."""
    made = orjson.loads(FOLDER.joinpath("released", "source.json").read_bytes())
    return next(
        built
        for built in released().values()
        if (built.kind, built.version) == (kind, made["version"])
    )


@blueprint.get("/widget.js")
def script() -> Response:
    """The present script, asked for again every five minutes at most."""
    return _reply(current(SCRIPT), FRESH)


@blueprint.get("/collector.mjs")
def module() -> Response:
    """The same as an ES module."""
    return _reply(current(MODULE), FRESH)


@blueprint.get("/collector.d.ts")
def types() -> Response:
    """The module's types, for editors and compilers."""
    text = FOLDER.joinpath("collector.d.ts").read_bytes()
    return _public(Response(text, mimetype="text/plain"), FRESH)


@blueprint.get("/widget.<digest>.js")
def pinned_script(digest: str) -> Response:
    """The script with this content hash, for ever. Raises NotFound for one never released."""
    return _pinned(f"{SCRIPT}.{digest}.js")


@blueprint.get("/collector.<digest>.mjs")
def pinned_module(digest: str) -> Response:
    """The module with this content hash, for ever. Raises NotFound for one never released."""
    return _pinned(f"{MODULE}.{digest}.mjs")


def tag(public_key: str, *, pinned: bool = False) -> str:
    """The one line that a product puts into its pages; `pinned` to this very file, with SRI."""
    built = current(SCRIPT)
    name, extra = "widget.js", ""
    if pinned:
        name = built.name
        extra = f' integrity="{built.integrity}" crossorigin="anonymous"'
    return (
        f'<script async src="{settings().base_url}/w/v1/{name}"{extra} '
        f'data-key="{public_key}" data-identity="JWT"></script>'
    )


def _pinned(name: str) -> Response:
    built = released().get(name)
    if built is None:
        raise NotFound("there is no widget of this version; see `collector sites tag --pinned`")
    return _reply(built, FOREVER)


def _reply(built: Built, caching: str) -> Response:
    accepted = request.accept_encodings
    coding = next((one for one in built.packed if accepted.quality(one) > 0), "")
    body = built.packed[coding] if coding else built.plain
    response = Response(body, mimetype="text/javascript")
    if coding:
        response.content_encoding = coding
    response.vary.add("Accept-Encoding")
    response.set_etag(f"{built.digest}-{coding}" if coding else built.digest)
    response.make_conditional(request)
    return _public(response, caching)


def _public(response: Response, caching: str) -> Response:
    response.headers["Cache-Control"] = caching
    # A public file; `integrity` on a script from elsewhere needs it to be readable, and a host with
    # Cross-Origin-Embedder-Policy needs it to say so.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
