"""A text that has to be given, where the verb behind says so in its own words.

marshmallow's own `required` would answer with its one sentence before the verb could name the
remedy. `web/describing/finish.py` lists such a field as required in the document.
"""

from __future__ import annotations

from typing import Any, Final

from marshmallow import fields

MARK: Final = "x-obligatory"


def obligatory(**metadata: Any) -> fields.String:
    """The field; `metadata` as the document is to have it. Left out it is `''` to the view."""
    return fields.String(load_default="", metadata={**metadata, MARK: True})
