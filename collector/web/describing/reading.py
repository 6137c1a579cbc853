"""GET /docs: the API's document to read and try out, in a browser, without asking anybody else.

The page is Swagger UI, whose files come with the package `flask-openapi3-swagger` and are served
from here; of that package nothing runs. The document is the one at /v1/openapi.json. A key that is
typed in stays in the page and is gone with it.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, abort

blueprint = Blueprint("docs", __name__, url_prefix="/docs")
PACKAGE: Final = "flask_openapi3_swagger"
FILES: Final = {
    "swagger-ui.css": ("css/swagger-ui.css", "text/css"),
    "swagger-ui-bundle.js": ("js/swagger-ui-bundle.js", "text/javascript"),
}
# `validatorUrl`: by default it sends the document's address to a service of the makers'.
START: Final = b"""\
SwaggerUIBundle({
  url: '/v1/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null,
  defaultModelsExpandDepth: 0, docExpansion: 'list', displayOperationId: true,
});
"""
PAGE: Final = b"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Collector: the API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<noscript>This page needs scripts. The document itself: <a href="/v1/openapi.json">openapi.json</a>
</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
DAY: Final = "public, max-age=86400"


@blueprint.get("")
def page() -> Response:
    """The page; whoever may reach the service may read what its API takes."""
    answer = Response(PAGE, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = CSP
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/<name>")
def file(name: str) -> Response:
    """One of the page's files."""
    if name == "start.js":
        return Response(START, mimetype="text/javascript", headers={"Cache-Control": DAY})
    if name not in FILES:
        abort(404)
    return Response(_content(name), mimetype=FILES[name][1], headers={"Cache-Control": DAY})


@cache
def _content(name: str) -> bytes:
    found = find_spec(PACKAGE)
    assert found is not None
    assert found.submodule_search_locations
    here = Path(found.submodule_search_locations[0]) / "templates/swagger"
    return (here / FILES[name][0]).read_bytes()
