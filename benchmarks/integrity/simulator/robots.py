"""What happens to an answer on its way: scanners that click, double posts, second thoughts."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from benchmarks.integrity.simulator.cases import DAY, HOUR, MINUTE, SCALES, Case, Given
from benchmarks.integrity.simulator.people import Device

TOKENS = (
    "Mozilla/5.0 (compatible; MailScan/3.2)",
    "python-requests/2.31.0",
    "BarracudaLinkProtect",
)
PLAIN = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/122.0 Safari/537.36"


def scan(random: Random, case: Case, clicks_all: float) -> None:
    """The firm's mail gateway opens the links before the customer does."""
    place = case.customer.mail_scanner
    if place is None or case.channel != "email" or case.held is not None:
        return
    if random.random() > 0.6:
        return
    low, high = SCALES[case.metric]
    client = random.choice(TOKENS) if random.random() < 0.4 else PLAIN
    at = case.sent + random.expovariate(1 / 6) + 0.5
    several = random.random() < clicks_all
    values = sorted(random.sample(range(low, high + 1), min(high - low + 1, random.randint(2, 6))))
    for value in values if several else [random.randint(low, high)]:
        at += random.uniform(0.05, 0.6)
        device = Device(None, client)
        case.answers.insert(0, Given(value, at, at, device, place, "", "scanner", True))
    if random.random() < 0.15:  # "you have already answered"
        case.answers = [given for given in case.answers if given.label == "scanner"]


def post_twice(random: Random, case: Case, share: float) -> None:
    """A slow network, an impatient thumb."""
    for given in list(case.answers):
        if given.label != "scanner" and random.random() < share:
            at = given.at + random.expovariate(1 / 3) + 0.2
            case.answers.append(replace(given, at=at, label="duplicate", changed=False))


def think_again(random: Random, case: Case, corrections: float, recovery: float) -> None:
    """A slip of the thumb put right, or a bad experience made good by a call."""
    own = [given for given in case.answers if given.label == "honest"]
    if not own:
        return
    given, (low, high) = own[0], SCALES[case.metric]
    if random.random() < corrections:
        wait, value = random.expovariate(1 / (20 * MINUTE)) + 40, given.score
        value += random.choice((-2, -1, 1, 2, high - value))
        trap = "correction"
    elif given.score <= low + (high - low) // 2 and random.random() < recovery:
        wait, value = random.uniform(2 * HOUR, 4 * DAY), random.randint(high - 1, high)
        trap = "recovery"
    else:
        return
    value = min(max(value, low), high)
    if value == given.score:
        return
    at = given.at + wait
    said = random.random() < 0.7
    later = replace(
        given, score=value, at=at, opened=at - 6, supersedes=given, said_as_superseding=said,
        trap=trap,
    )  # fmt: skip
    case.answers.append(later)
    if case.honest is not None:
        case.honest.score = value


def overrule(random: Random, case: Case) -> None:
    """A gaming agent calls the unhappy customer until the score goes up; some do it themselves."""
    own = [given for given in case.answers if given.label == "honest"]
    low, high = SCALES[case.metric]
    if not own or own[0].score > low + (high - low) // 2:
        return
    given = own[0]
    at = given.at + random.uniform(10 * MINUTE, 20 * HOUR)
    later = replace(
        given, score=high, at=at, opened=at - 4, supersedes=given, label="solicited", changed=True
    )
    case.answers.append(later)
