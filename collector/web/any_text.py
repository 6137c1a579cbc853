"""A part of an address that may hold any text, slashes too: a caller's own name for somebody.

A server hands a `%2F` on as a slash, and werkzeug's own converters end at one, or take two for one:
the wrong person would be found. `/people/<any_text:ref>`, registered by `blueprints.py`.
"""

from __future__ import annotations

from werkzeug.routing import BaseConverter


class AnyText(BaseConverter):
    """One character or more; an address that goes on behind it is looked for first."""

    regex = "(?s:.+?)"
    part_isolating = False
    weight = 300
