"""The manufacturer's survey desk: which channel, who is asked, when the message leaves."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from benchmarks.integrity.worlds.dealers.cases import Case, local, utc
from benchmarks.integrity.worlds.dealers.people import Agent, Store, everybody
from benchmarks.integrity.worlds.dealers.profile import Profile

CAP = timedelta(days=30)


def channels(rng: Random, profile: Profile, cases: list[Case]) -> None:
    for case in cases:
        if not case.channel:
            if case.store.zh:
                case.channel = "wechat" if rng.random() < profile.wechat else "sms"
                if not case.nps and rng.random() < profile.qr:
                    case.channel = "qr"
            else:
                case.channel = "email" if rng.random() < profile.email else "sms"


def _delay(rng: Random, profile: Profile, case: Case) -> timedelta:
    if case.channel == "qr":
        return timedelta(seconds=rng.randint(5, 50))
    if case.channel == "wechat":
        quick = profile.instant or case.trap == "lucky_day" or case.practice == "phone_in_hand"
        return timedelta(minutes=rng.uniform(0.3, 6) if quick else rng.uniform(25, 170))
    if case.channel == "email":
        return timedelta(hours=rng.uniform(17, 29))
    if not case.store.zh:
        return timedelta(minutes=rng.uniform(1, 14 if case.practice == "phone_in_hand" else 90))
    return timedelta(hours=rng.lognormvariate(0.9, 0.8))


def _by_day(rng: Random, case: Case) -> None:
    """Nobody is sent an SMS at night."""
    assert case.sent is not None
    clock = local(case.sent, case.store)
    if case.channel == "sms" and not 9 <= clock.hour < 20:
        morning = clock.replace(hour=9, minute=0, second=0)
        if clock.hour >= 20:
            morning += timedelta(days=1)
        case.sent = utc(morning + timedelta(seconds=rng.randint(0, 2400)), case.store)


def _reason(rng: Random, case: Case, tidy: dict[str, int]) -> str | None:
    week = tidy.get(case.agent.id)
    if week is not None and case.at.isocalendar().week == week and rng.random() < 0.55:
        return rng.choice(("duplicate_case", "duplicate_case", "invalid_contact"))
    fate = rng.random() * (0.8 if case.feel < -1.0 else 1.0)  # the cross say no more often
    for share, reason in (
        (0.009, "customer_declined"), (0.022, "invalid_contact"), (0.028, "duplicate_case"),
        (0.042, "opt_out"), (0.053, "policy_exempt"), (0.055, "legal_hold"), (0.058, "test_record"),
    ):  # fmt: skip
        if fate < share:
            return reason
    return None


def _tidied(rng: Random, profile: Profile, stores: list[Store]) -> dict[str, int]:
    """A new clerk clears the file of some honest people's cases in one week, good and bad."""
    honest: list[Agent] = [a for a in everybody(stores) if not a.practices]
    return {a.id: rng.randint(4, 12) for a in rng.sample(honest, profile.cleaned)}


def send(rng: Random, profile: Profile, cases: list[Case], stores: list[Store]) -> None:
    """`cases` in the order of time."""
    tidy = _tidied(rng, profile, stores)
    for case in cases:
        who = case.who
        case.sent_to = case.sent_to or case.on_file
        if case.suppress is None:
            case.suppress = _reason(rng, case, tidy)
        if case.suppress is not None:
            continue
        if who.last_asked is not None and case.at - who.last_asked < CAP:
            case.suppress = "freq_cap"
            continue
        case.sent = case.at + _delay(rng, profile, case)
        _by_day(rng, case)
        who.last_asked = case.at
        if who.spouse and case.practice is None and not case.trap and rng.random() < 0.8:
            case.sent_to, case.trap = who.spouse[0], "spouse_bound"
