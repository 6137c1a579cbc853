"""The verb behind PUT /v1/people/{ref}: keeps attributes, consent and contact points of one person.

Called by `web/api/people.py`. The same rules hold as for what events say (`profile.py`), with one
more: what is said here is said now, and is never older than what is known.
"""

from __future__ import annotations

from collector import clock
from collector.errors import InvalidInput
from collector.intake import in_hand, people
from collector.intake.incoming import IncomingPerson
from collector.intake.profile import FROM_API, Profile
from collector.model.base import unit_of_work
from collector.model.transaction import transaction

DENIED = "denied"


def update(person: IncomingPerson) -> Profile:
    """Create the person or bring them up to date; returns all that is known afterwards.

    After a denial nothing goes out to them on that channel, from the moment at which this returns.
    Raises InvalidInput (`too_many_attributes`, `attributes_too_large`), and then keeps nothing.
    """
    profile = _update(person)
    if DENIED in person.consent.values():
        in_hand.let_pass_to({person.ref})
    return profile


@transaction
def _update(person: IncomingPerson) -> Profile:
    with unit_of_work() as work:
        kept = people.keep(work.session, [people.Said(person, clock.now())], FROM_API)
        (notes,) = kept.notes
        if notes:
            first = notes[0]
            raise InvalidInput(first.detail, code=first.code, pointer=first.pointer, problems=notes)
        work.commit()
        return kept.profiles[person.ref]
