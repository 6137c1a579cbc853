"""Networks, handsets and the browsers on them: who shares what with whom."""

import hashlib
import random
from dataclasses import dataclass

LOCALE = {
    "CN": "zh-CN",
    "VN": "vi-VN",
    "ID": "id-ID",
    "TH": "th-TH",
    "MY": "ms-MY",
    "PH": "en-PH",
}
ZONE = {
    "CN": ("Asia/Shanghai", 8),
    "VN": ("Asia/Ho_Chi_Minh", 7),
    "ID": ("Asia/Jakarta", 7),
    "TH": ("Asia/Bangkok", 7),
    "MY": ("Asia/Kuala_Lumpur", 8),
    "PH": ("Asia/Manila", 8),
}
ANDROID_CN = [
    ("13", "23049RAD8C", 9),
    ("12", "M2012K11AC", 6),
    ("10", "VOG-AL10", 7),
    ("12", "NOH-AN00", 6),
    ("14", "V2307A", 8),
    ("13", "PJD110", 7),
    ("11", "PEGM00", 4),
    ("14", "24031PN0DC", 3),
]
ANDROID_SEA = [
    ("13", "SM-A145F", 10),
    ("14", "SM-A155F", 7),
    ("11", "CPH2239", 6),
    ("13", "V2204", 6),
    ("12", "RMX3195", 5),
    ("10", "M2006C3LG", 4),
    ("14", "Infinix X6525", 3),
]
CHROMES = ["109.0.5414.118", "116.0.5845.163", "121.0.6167.101", "125.0.6422.72", "128.0.6613.40"]
IOS = ["15_8", "16_6", "17_4_1", "17_6", "18_1"]
WECHATS = ["8.0.42.2428", "8.0.47.2560", "8.0.49.2600", "8.0.50.2701"]
DESK = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/109.0.0.0 Safari/537.36 CRMSeat/6.2"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a request comes from."""

    ip: str
    net: str
    wifi: bool


@dataclass(frozen=True, slots=True)
class Handset:
    device: str
    ios: bool
    system: str
    model: str
    chrome: str
    wechat: str
    number: int

    def agent(self, channel: str, country: str, wifi: bool) -> str:
        language = LOCALE[country]
        if channel == "in_app":
            plat = f"iOS {self.system.replace('_', '.')}" if self.ios else f"Android {self.system}"
            return f"PartsMall/4.1.{self.number % 4} ({plat}; {self.model}; {language})"
        apple = f"Mozilla/5.0 (iPhone; CPU iPhone OS {self.system} like Mac OS X) "
        apple += "AppleWebKit/605.1.15 (KHTML, like Gecko) "
        droid = f"Mozilla/5.0 (Linux; Android {self.system}; {self.model}) "
        droid += "AppleWebKit/537.36 (KHTML, like Gecko) "
        if channel == "wechat" or (channel == "qr" and country == "CN"):
            tail = f"MicroMessenger/{self.wechat} NetType/{'WIFI' if wifi else '4G'} "
            tail += f"Language/{language.replace('-', '_')}"
            if self.ios:
                return apple + "Mobile/15E148 " + tail
            return droid + f"Version/4.0 Chrome/{self.chrome} Mobile Safari/537.36 " + tail
        if self.ios:
            version = self.system.replace("_", ".")
            return apple + f"Version/{version} Mobile/15E148 Safari/604.1"
        return droid + f"Chrome/{self.chrome} Mobile Safari/537.36"


class Places:
    """Makes hashes, lines and handsets; the salt differs in each company."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.salt = f"{rng.getrandbits(96):x}"
        self.count = 0
        self.pool = {c: rng.randint(26, 70) for c in LOCALE}
        self.lines = {c: rng.randint(500, 1400) for c in LOCALE}

    def hashed(self, kind: str, what: str) -> str:
        return hashlib.sha256(f"{self.salt}/{kind}/{what}".encode()).hexdigest()[:24]

    def fresh(self, kind: str) -> str:
        self.count += 1
        return self.hashed(kind, str(self.count))

    def _spot(self, net: str, host: int, wifi: bool) -> Spot:
        return Spot(self.hashed("ip", f"{net}.{host}"), self.hashed("net", net), wifi)

    def mobile(self, country: str) -> Spot:
        """A carrier's gateway: few addresses, thousands of strangers behind each."""
        index = min(int(self.rng.expovariate(1 / 14.0)), self.pool[country] - 1)
        return self._spot(f"carrier-{country}-{index}", self.rng.randint(1, 18), False)

    def line(self, country: str) -> Spot:
        """A home's or an office's own broadband."""
        net = f"line-{country}-{self.rng.randrange(self.lines[country])}"
        return self._spot(net, self.rng.randint(2, 253), True)

    def rack(self) -> Spot:
        return self._spot(f"rack-{self.rng.randrange(5)}", self.rng.randint(2, 200), True)

    def handset(self, country: str) -> Handset:
        rng = self.rng
        ios = rng.random() < (0.24 if country == "CN" else 0.13)
        table = ANDROID_CN if country == "CN" else ANDROID_SEA
        system, model, _ = rng.choices(table, [row[2] for row in table])[0]
        if ios:
            system, model = rng.choice(IOS), "iPhone"
        chrome, wechat = rng.choice(CHROMES), rng.choice(WECHATS)
        number = rng.randrange(1000)
        return Handset(self.fresh("device"), ios, system, model, chrome, wechat, number)
