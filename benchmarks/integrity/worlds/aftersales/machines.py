"""Answers that no hand gave: link checkers, and presses that a weak line sent twice."""

import math
from datetime import timedelta

from .model import TOP, Response, World
from .places import CHROMES

CHECKERS = [
    "okhttp/4.9.3 MsgGuard",
    "Mozilla/5.0 (compatible; SafeLinkCheck/1.4)",
    "Go-http-client/2.0",
]


def checkers(world: World) -> None:
    """The score stands in the link of a text; who follows all links presses one of them."""
    rng = world.rng
    for made in list(world.invitations):
        if made.channel != "sms" or not made.sent or rng.random() > world.co.scanners * 2:
            continue
        top = TOP[made.event.metric]
        plain = f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/{rng.choice(CHROMES)}"
        agent = rng.choice(CHECKERS) if rng.random() < 0.6 else plain + " Safari/537.36"
        opened = made.sent + timedelta(seconds=int(1 + rng.expovariate(1 / 9)))
        scores = rng.choice([[1], [top], [1, top]])
        spot = world.places.rack()
        for index, score in enumerate(scores):
            at = opened + timedelta(seconds=index)
            seen = Response(made, score, at, at, spot, None, agent, None, label="scanner")
            seen.true, seen.changed = made.event.freely, True
            world.responses.append(seen)


def doubles(world: World) -> None:
    rng = world.rng
    for first in list(world.responses):
        if first.label == "scanner" or first.invitation.channel == "phone":
            continue
        if rng.random() > world.co.doubles:
            continue
        later = first.answered + timedelta(seconds=int(rng.lognormvariate(math.log(2), 0.9)))
        again = Response(
            first.invitation,
            first.score,
            first.opened,
            later,
            first.spot,
            first.device,
            first.user_agent,
            first.comment,
            label="duplicate",
            true=first.true,
            evasive=False,
            supersedes=first.supersedes,
        )
        again.practice = None
        world.responses.append(again)
