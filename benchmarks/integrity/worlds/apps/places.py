"""Desks, markets, networks and telephones: where people sit and what they hold."""

from __future__ import annotations

import random
from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True)
class Market:
    code: str
    tz: str
    weight: float
    kindness: float  # how readily people of this market give the top mark
    carrier_share: float  # who is on a mobile carrier when answering
    carrier_nets: int


MARKETS = (
    Market("pt-PT", "Europe/Lisbon", 1.3, -0.05, 0.40, 9),
    Market("pl-PL", "Europe/Warsaw", 1.5, -0.22, 0.36, 11),
    Market("en-GB", "Europe/London", 2.2, 0.0, 0.38, 14),
    Market("en-PH", "Asia/Manila", 1.4, 0.40, 0.72, 5),
    Market("es-CO", "America/Bogota", 1.3, 0.30, 0.62, 5),
    Market("fr-MA", "Africa/Casablanca", 0.7, 0.05, 0.66, 4),
    Market("de-DE", "Europe/Berlin", 1.2, -0.25, 0.34, 12),
)


@dataclass(frozen=True)
class Line:
    """One address as the survey page sees it."""

    net: str
    ip: str


def _net(rng: random.Random) -> str:
    return f"{rng.randint(11, 222)}.{rng.randint(0, 255)}.{rng.randint(0, 255)}"


def line_in(rng: random.Random, net: str) -> Line:
    """Some address of this /24."""
    return Line(net, f"{net}.{rng.randint(1, 254)}")


class Networks:
    """Carriers with few gateways for many strangers, broadband lines, exits of private relays."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._gateways = {
            m.code: [
                line_in(rng, net)
                for net in [_net(rng) for _ in range(m.carrier_nets)]
                for _ in range(rng.randint(3, 14))
            ]
            for m in MARKETS
        }
        self._relays = [
            line_in(rng, net) for net in [_net(rng) for _ in range(7)] for _ in range(9)
        ]
        self._vpn = [line_in(rng, net) for net in [_net(rng) for _ in range(5)] for _ in range(4)]
        self._scanners = [line_in(rng, net) for net in [_net(rng) for _ in range(4)] for _ in "abc"]
        self._blocks = {m.code: [_net(rng) for _ in range(650)] for m in MARKETS}

    def carrier(self, market: Market) -> Line:
        return self._rng.choice(self._gateways[market.code])

    def broadband(self, market: Market) -> Line:
        return line_in(self._rng, self._rng.choice(self._blocks[market.code]))

    def relay(self) -> Line:
        return self._rng.choice(self._relays)

    def vpn(self) -> Line:
        return self._rng.choice(self._vpn)

    def scanner(self) -> Line:
        return self._rng.choice(self._scanners)


IPHONES = ("iPhone13,2", "iPhone14,5", "iPhone14,7", "iPhone15,2", "iPhone15,4", "iPhone16,1")
ANDROIDS = (
    "SM-A156B", "SM-S911B", "SM-A346E", "Redmi Note 12", "M2102J20SG", "CPH2481", "moto g54",
    "Pixel 7a", "Pixel 8", "RMX3870", "vivo V2247", "Infinix X6833B",
)  # fmt: skip
PRODUCTS = ("Tidewell", "Snipbook", "Pawtrack", "Kontoro")


def phone_agent(rng: random.Random, apple: bool) -> str:
    """A telephone with one of the company's apps on it."""
    version = f"{rng.randint(6, 9)}.{rng.randint(0, 19)}.{rng.randint(0, 4)}"
    product = rng.choice(PRODUCTS)
    if apple:
        system = rng.choice(("17.6.1", "18.3.2", "18.5", "18.6", "26.0"))
        return f"{product}/{version} ({rng.choice(IPHONES)}; iOS {system}) CFNetwork/1568"
    return (
        f"{product}/{version} (Android {rng.randint(11, 15)}; {rng.choice(ANDROIDS)}) okhttp/4.12"
    )


def browser_agent(rng: random.Random, desktop: bool) -> str:
    """A browser, as used from a mail or a text message."""
    major = rng.randint(131, 140)
    if desktop:
        host = rng.choice(("Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7"))
        tail = rng.choice(("", "", f" Edg/{major}.0.0.0"))
        return (
            f"Mozilla/5.0 ({host}) AppleWebKit/537.36 (KHTML, like Gecko) "
            f"Chrome/{major}.0.0.0 Safari/537.36{tail}"
        )
    if rng.random() < 0.45:
        return (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_{rng.randint(1, 6)} like Mac OS X) "
            "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
        )
    return (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{major}.0.0.0 Mobile Safari/537.36"
    )


class Hasher:
    """Hashes of addresses, devices and contacts, salted by the seed; ids that tell nothing."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._salt = rng.getrandbits(128).to_bytes(16, "big")

    def of(self, kind: str, plain: str) -> str:
        return blake2b(f"{kind}|{plain}".encode(), key=self._salt, digest_size=12).hexdigest()

    def fresh(self) -> str:
        """A thing never seen before."""
        return f"{self._rng.getrandbits(96):024x}"

    def row(self, prefix: str) -> str:
        return f"{prefix}{self._rng.getrandbits(56):014x}"
