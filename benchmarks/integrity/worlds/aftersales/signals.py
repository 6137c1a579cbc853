"""What else the company knows of a case: complaints, refunds, listened calls, second calls."""

from datetime import timedelta

from .model import TOP, Event, Signal, World

TOPICS = ["not_fixed", "overcharged", "late_visit", "leak", "noise", "rude", "parts_wait"]
HEARD = {"coached_call": 0.6, "gift_screenshot": 0.45, "mend_call": 0.3}


def _low(case: Event) -> float:
    """From 0, all was well, to 1, nothing was."""
    return (TOP[case.metric] - case.true) / (TOP[case.metric] - 1)


def _listen(world: World, case: Event) -> None:
    """Quality staff hear the recording of the visit's app and of the call before it."""
    rng = world.rng
    mark = 88 + 5 * case.handler.skill - 14 * _low(case) + rng.gauss(0, 5)
    tags = []
    if rng.random() < HEARD.get(case.fate, 0.004):
        tags.append("survey_solicitation")
    elif rng.random() < 0.09:
        tags.append("survey_mentioned")
    at = case.at + timedelta(days=rng.uniform(0.5, 9))
    world.signals.append(Signal(case, "qa", round(min(100.0, max(30.0, mark)), 1), at, tags))


def record(world: World) -> None:
    """Trouble follows how the visit went, whatever was pressed for it."""
    rng = world.rng
    revised = {a.invitation.event for a in world.responses if a.trap == "honest_revision"}
    share = rng.uniform(0.015, 0.04)
    for case in world.events:
        low = _low(case)
        if case.counted:
            if rng.random() < 0.004 + 0.16 * low**2:
                at = case.at + timedelta(hours=rng.expovariate(1 / 30))
                topic = rng.choice(TOPICS)
                world.signals.append(Signal(case, "complaint", topic, at, []))
            if rng.random() < 0.002 + 0.05 * low**2:
                at = case.at + timedelta(days=rng.uniform(0.3, 12))
                amount = round(rng.lognormvariate(4.4, 0.7), 2)
                world.signals.append(Signal(case, "refund", amount, at, []))
            if case in revised or rng.random() < 0.02 + 0.24 * low:
                at = case.at + timedelta(days=rng.uniform(0.2, 2 if case in revised else 13))
                times = 1 + (rng.random() < 0.2)
                world.signals.append(Signal(case, "repeat_contact", times, at, []))
        if rng.random() < share and case.reason != "parts_order":
            _listen(world, case)
