"""TAP_STREAM: what the taps behind one answer show of machines, and of a hand. Page:
docs/integrity/tap_stream.md

Only a service that recorded every tap can know this; an export's rows say nothing here. Sizes:
a hidden link that no person sees was opened, 2 (1 where somebody also pressed); a page that posted
the answer by itself while other taps on the link were a machine's, 1.5, not added to the former;
three or more scores pressed within 10 s, 6; a press from no browser at all, 5. A press speaks for a
person, -3: of the gateways that open links about one in twenty also submits forms. From a browser
that is named as a robot's a press says less, -1: some phones are called so by mistake.
"""

from __future__ import annotations

from collector.answers import user_agents
from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.finding import ROBOT, Finding

CODE = "TAP_STREAM"
DECOY, DECOY_PRESSED, VISITED, PRESSED_MANY, NO_BROWSER = 2.0, 1.0, 1.5, 6.0, 5.0
PRESSED, PRESSED_BY_ROBOT = -3.0, -1.0


def check(assessment: Assessment) -> Finding | None:
    """The sum of what the taps say. `taps`: see `evidence/tap_stream.py`."""
    taps = assessment.case.taps
    if not taps:
        return None
    pressed = bool(taps.get("pressed"))
    # One gateway leaves both traces, so they do not add up.
    log_odds = 0.0
    if taps.get("decoy_opened"):
        log_odds = DECOY_PRESSED if pressed else DECOY
    elif taps.get("taps_set_aside") and not pressed:
        log_odds = VISITED
    if taps.get("scores_pressed"):
        log_odds += PRESSED_MANY
    if pressed and taps.get("no_browser"):
        log_odds += NO_BROWSER
    elif pressed:
        client = assessment.case.client
        named = bool(client and user_agents.scanner(client))
        log_odds += PRESSED_BY_ROBOT if named else PRESSED
    return Finding(CODE, ROBOT, log_odds, dict(taps)) if log_odds else None


CHECK = Check(CODE, version=1, cost="arrival", check=check)
