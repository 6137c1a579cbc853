"""One person who is asked for many customers: a landlord, a clerk, a keeper of cars. Pure.

Their number is on file for all of them, so that they look like somebody who writes the own number
into files. What parts the two is how the answers come. Who speaks for many sits down now and then
and answers all that waits, and is asked again for the same customers, who go on coming. Each answer
from such a number is then no further witness, whatever the score. An answer after each case, each
for another customer, remains what it looks like; so does a number that also took the place of
those on file.
"""

from __future__ import annotations

from collector.integrity.engine.usage_index import Origin

# From this part on that took the place of the number on file, it is nobody's who speaks for others.
SUBSTITUTED_MOST = 0.25
# Four answers at three occasions are nothing; five at two are what one does who sits down to it.
PLAIN_FROM, PLAIN_TO = 0.25, 0.6
# A driver who is given a meal rates a coach's rooms at one sitting, too: a phone or an address that
# would be beyond doubt stays suspect, which is told and weighed, and is not rejected for it.
PLAIN_MOST = 0.55


def spokesperson(number: Origin) -> float:
    """How far a number's answers are those of one person who is asked for many: 0 to 1."""
    occasions = min(number.occasions / number.customer_count, 1.0)
    again = number.customer_count / number.answers
    given = max(1 - number.substituted / number.customer_count / SUBSTITUTED_MOST, 0.0)
    plain = 1 - occasions * again
    return min(max((plain - PLAIN_FROM) / (PLAIN_TO - PLAIN_FROM), 0.0), 1.0) * given
