"""The verb that takes survey definitions into use: all of them in one transaction, or none.

Called by the console and the API; `rules/apply.py` applies surveys and rules together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from collector.errors import Conflict
from collector.model.audit import SERVICE, Author
from collector.model.base import unit_of_work
from collector.model.transaction import transaction
from collector.surveys import definitions as survey_definitions
from collector.surveys.versions import Change, write


@transaction
def apply(definitions: Iterable[Mapping[str, Any]], who: Author = SERVICE) -> list[Change]:
    """Check and write the definitions; a new version only where one changed.

    Raises InvalidInput with every problem of the first definition that has any, or without a reason
    for a survey that is asked right now (`reason_required`), and Conflict (`configuration_changed`)
    if somebody else applied the same survey at the same moment.
    """
    checked = [survey_definitions.check(definition) for definition in definitions]
    try:
        with unit_of_work() as work:
            changes = write(work.session, checked, who)
            work.commit()
    except IntegrityError:
        raise Conflict(
            "Somebody else applied the same survey at this moment; look at it and apply again.",
            code="configuration_changed",
        ) from None
    return changes
