"""LINK_SCANNER: a machine that checks links opened them. Page: docs/integrity/link_scanner.md

Why these sizes: the time after sending is compared with this company's own mail answers (a
log-normal fitted to those that took longer than a gateway would, plus 3 % quick people); gateways
act within seconds to minutes. Several scores within seconds, or a robot's name, leave hardly
another explanation (5). An address from which mail answers of two or more people come at once is a
gateway's: 3, half a nat more for each doubling of the people, at most 4.5 (its network half), if
this one was no slower than a gateway that waits. A person answering the same invitation later from
elsewhere fits (1.5). Opened and answered in the same moment: as rare as it is among this company's
slow answers, at most 3. On any channel, sooner after opening than people are (`seen/openings.py`),
at most 6.5. A typed comment does not come from a gateway (-4).
"""

from __future__ import annotations

import math

from collector.answers import user_agents
from collector.integrity.engine.assessment import Assessment
from collector.integrity.engine.check import Check
from collector.integrity.engine.combine import PRIOR_MACHINE
from collector.integrity.engine.finding import ROBOT, Finding
from collector.integrity.engine.records import Case
from collector.integrity.engine.running_statistics import QUICK_MAIL, RunningStatistics
from collector.integrity.engine.unknown import differ

CODE = "LINK_SCANNER"
SEVERAL_WITHIN = 15.0
NO_HAND_CAP = 6.5
GATEWAY, GATEWAY_CAP, INSTANT_CAP = 3.0, 4.5, 3.0
_ROOT = math.sqrt(2 * math.pi)


def check(assessment: Assessment) -> Finding | None:
    """The sum of what speaks for a machine; None where nothing does."""
    case, stats = assessment.case, assessment.stats
    figures: dict[str, object] = {}
    log_odds = 0.0
    named = user_agents.scanner(case.client) if case.client else ""
    if named:
        figures["robot"], log_odds = named, log_odds + 5.0
    delay = case.since_sent
    if delay is not None and case.channel == "email":
        soon = _soon(max(delay, 0.1), stats)
        if soon > 0.3:
            figures["seconds_after_sending"] = round(delay, 1)
        log_odds += soon
    no_hand = _no_hand(case, stats, figures)
    # A thumb's slip is put right within seconds too, where nothing else speaks for a machine.
    scores = _several(case, stats) if case.channel == "email" or no_hand > 0 else []
    if scores:
        figures["scores_within_seconds"] = scores
        log_odds += 5.0
    if case.channel == "email":
        log_odds += _address(case, stats, delay, figures)
    log_odds = max(log_odds, no_hand)
    if figures and delay is not None and delay < 300.0 and _person_later(case, stats):
        figures["person_answered_later"] = True
        log_odds += 1.5
    if not figures:
        return None
    if case.wrote:
        log_odds -= 4.0
    if case.at_once and case.channel == "email":
        figures["opened_and_answered_at_once"] = True
        seen = stats.mail_instant
        log_odds += min(max(math.log(0.5 * (seen.trials + 40) / (seen.hits + 4)), 0.0), INSTANT_CAP)
    return Finding(CODE, ROBOT, min(log_odds, 9.0), figures)


def _no_hand(case: Case, stats: RunningStatistics, figures: dict[str, object]) -> float:
    """Faster than people, without a device, and more of those than people explain. The odds are of
    these answers, among which machines are no longer rare: the prior is taken back.
    """
    if case.device or case.opened is None:
        return 0.0
    seconds = case.answered - case.opened
    odds, seen, expected = stats.seen.openings[case.channel or ""].odds(seconds, case.since_sent)
    if odds <= 0:
        return 0.0
    figures["seconds_from_opening"] = round(seconds, 2)
    figures["as_fast_without_a_device"], figures["expected"] = seen, round(expected, 1)
    return min(odds - PRIOR_MACHINE, NO_HAND_CAP)


def _soon(delay: float, stats: RunningStatistics) -> float:
    """ln of how much likelier so short a delay is for a gateway than for this company's people."""
    x = math.log(delay)
    machine = _density(x, math.log(7.0), 1.3)
    middle, width = 8.5, 1.6
    # The quick ones are left out because in some companies most of them are machines'.
    if stats.mail_delay.above(QUICK_MAIL) >= 40:
        slow = stats.mail_delay.quantiles((0.5, 0.85), above=QUICK_MAIL)
        middle, upper = math.log(slow[0]), math.log(slow[1])
        width = min(max((upper - middle) / 1.036, 0.7), 2.2)
    quick = 0.03 / math.log(120) if 5 <= delay <= 600 else 0.0005
    person = 0.97 * _density(x, middle, width) + quick
    return min(max(math.log(machine / person), -1.5), 4.5)


def _density(x: float, middle: float, width: float) -> float:
    return math.exp(-0.5 * ((x - middle) / width) ** 2) / (width * _ROOT) + 1e-12


def _several(case: Case, stats: RunningStatistics) -> list[float]:
    answers = stats.by_invitation.get(case.invitation, ())
    near = {other.score for other in answers if abs(other.at - case.answered) <= SEVERAL_WITHIN}
    # One change of mind within seconds happens to thumbs; at once after sending it is a machine.
    quick = case.since_sent is not None and case.since_sent < 300.0
    return sorted(near) if len(near) > (1 if quick else 2) else []


def _address(
    case: Case, stats: RunningStatistics, delay: float | None, figures: dict[str, object]
) -> float:
    if delay is None or delay > 5 * QUICK_MAIL:
        return 0.0
    for key, part in ((case.ip, 1.0), (case.net, 0.5)):
        mail = stats.mail.get(key) if key else None
        quick, slow = (len(mail.quick), len(mail.slow)) if mail else (0, 0)
        if quick >= 2 and quick > 2 * slow:
            figures["people_answered_at_once_from_there"] = quick
            return part * min(GATEWAY + 0.5 * math.log2(quick / 2), GATEWAY_CAP)
    return 0.0


def _person_later(case: Case, stats: RunningStatistics) -> bool:
    return any(
        other.at > case.answered + 60
        and (differ(other.ip, case.ip) or differ(other.client, case.client))
        for other in stats.by_invitation.get(case.invitation, ())
    )


CHECK = Check(CODE, version=4, cost="arrival", check=check)
