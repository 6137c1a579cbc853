"""The verb behind PUT /v1/people/{ref}: keeps attributes, consent and contact points of one person.

Called by `web/api/people.py`. The same rules hold as for what events say (`profile.py`), with one
more: a contact point can be withdrawn.
"""

from __future__ import annotations

from collector import clock
from collector.intake import people
from collector.intake.incoming import IncomingPerson
from collector.intake.profile import FROM_API, Profile
from collector.model.base import unit_of_work
from collector.model.transaction import transaction


@transaction
def update(person: IncomingPerson) -> Profile:
    """Create the person or bring them up to date; returns all that is known afterwards."""
    with unit_of_work() as work:
        profile = people.keep(work.session, [(person, clock.now())], FROM_API)[person.ref]
        work.commit()
        return profile
