"""What people write, and what their browsers call themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Literal

Browser = Literal["wechat", "browser", "desk"]

_ANDROID = (
    ("V2307A", 14), ("PJD110", 14), ("23127PN0CC", 14), ("2312DRAABC", 13), ("RMX3888", 13),
    ("PHM110", 15), ("V2241A", 13), ("24069PC21C", 14), ("SM-S9280", 14), ("FCP-AN10", 13),
)  # fmt: skip
_CHEAP = (("22095RA98C", 12), ("PFUM10", 11), ("V2166A", 12), ("M2010J19SC", 11))
_HARMONY = ("ALN-AL80", "BRA-AL00", "NOH-AN00", "ADY-AL10")
_EN_ANDROID = (("SM-S918B", 14), ("SM-A546E", 14), ("Pixel 8", 15), ("CPH2557", 13))


@dataclass
class Phone:
    """A handset: what its browsers say of themselves, and the cookies that they keep."""

    system: str
    model: str
    version: str
    build: int
    forgets: float  # how often its cookie is gone
    cookies: dict[str, str] = field(default_factory=dict)

    def cookie(self, rng: Random, browser: Browser) -> str | None:
        if browser not in self.cookies:
            self.cookies[browser] = f"{rng.getrandbits(64):016x}"
        return None if rng.random() < self.forgets else self.cookies[browser]

    def name(self, browser: Browser, wifi: bool) -> str:
        if browser == "desk":
            return (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                f"Chrome/{128 + self.build % 9}.0.0.0 Safari/537.36"
                + (f" Edg/{128 + self.build % 9}.0.0.0" if self.build % 3 == 0 else "")
            )
        tail = f" MicroMessenger/8.0.{48 + self.build % 9} NetType/{'WIFI' if wifi else '5G'}"
        if self.system == "ios":
            release = self.version.replace(".", "_")
            line = (
                f"Mozilla/5.0 (iPhone; CPU iPhone OS {release} like Mac OS X)"
                " AppleWebKit/605.1.15 (KHTML, like Gecko)"
            )
            if browser == "wechat":
                return f"{line} Mobile/15E148{tail} Language/zh_CN"
            return f"{line} Version/{self.version} Mobile/15E148 Safari/604.1"
        line = f"Mozilla/5.0 (Linux; Android {self.version}; {self.model}"
        engine = "AppleWebKit/537.36 (KHTML, like Gecko)"
        if browser == "wechat":
            return (
                f"{line}; wv) {engine} Version/4.0 Chrome/{116 + self.build % 15}.0.0.0 Mobile "
                f"Safari/537.36 XWEB/{1100000 + self.build * 97}{tail} WeChat/arm64"
            )
        if self.system == "harmony":
            return (
                f"{line}; HarmonyOS; HMSCore 6.13) {engine} Chrome/114.0.5735.196 "
                f"HuaweiBrowser/15.0.{self.build % 10} Mobile Safari/537.36"
            )
        return f"{line}) {engine} Chrome/{121 + self.build % 12}.0.0.0 Mobile Safari/537.36"


def phone(rng: Random, zh: bool, forgets: float, cheap: bool = False) -> Phone:
    build = rng.randrange(1000)
    if cheap:
        model, version = rng.choice(_CHEAP)
        return Phone("android", model, str(version), build, forgets)
    if rng.random() < (0.29 if zh else 0.56):
        version_ios = rng.choice(("16.6", "17.4", "17.6", "18.1", "18.3", "18.5"))
        return Phone("ios", "iPhone", version_ios, build, forgets)
    if zh and rng.random() < 0.26:
        return Phone("harmony", rng.choice(_HARMONY), "12", build, forgets)
    model, version = rng.choice(_ANDROID if zh else _EN_ANDROID)
    return Phone("android", model, str(version), build, forgets)


GATEWAYS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/109.0.0.0 Safari/537.36",
    "Mozilla/5.0 (compatible; MailGuardLinkCheck/3.2)",
    "python-requests/2.31.0",
    "",
)

_GLAD = {
    "zh": (
        "很好", "服务态度好", "满意", "非常满意", "不错", "好", "👍", "接待很热情,讲解清楚",
        "等待时间不长,还送了洗车", "师傅很专业", "交车仪式很用心", "挺好的,下次还来",
        "价格透明,没有乱推项目", "休息区的面不错", "提车很顺利", "一如既往的好",
    ),
    "en": (
        "great service", "All good", "Very helpful, thanks", "easy handover", "Quick and friendly",
        "Explained the bill line by line", "car came back clean", "no pressure at all, loved it",
    ),
}  # fmt: skip
_MIXED = {
    "zh": (
        "还行", "等的有点久", "一般", "洗车没洗干净", "价格偏贵", "周末人太多", "预约了还要等",
        "赠品还没给", "可以,就是停车不方便",
    ),
    "en": ("ok", "took longer than quoted", "Coffee machine broken again", "bit pricey", "fine"),
}  # fmt: skip
_SORE = {
    "zh": (
        "修了两次还是有异响", "让我等了四个小时", "说好的礼包没有兑现", "乱推销项目", "态度差",
        "索赔推来推去", "再也不来了", "交车时发现漆面有划痕", "加价还要强制买保险",
    ),
    "en": (
        "Still rattling after the second visit", "Nobody rang me back", "felt rushed and ignored",
        "Charged for work I did not approve", "never again",
    ),
}  # fmt: skip
BEGGED = {
    "zh": ("十分满意", "十分满意!", "全部满分", "都很好,十分满意", "10分", "服务好,满分"),
    "en": ("10 out of 10", "Completely satisfied", "top marks", "5 stars all round"),
}
FAKED = {
    "zh": (
        "服务热情周到,专业细致",
        "服务很好,值得推荐",
        "非常满意,顾问讲解专业",
        "流程规范,服务周到",
    ),
    "en": ("Excellent service from start to finish", "Outstanding, would recommend to all"),
}
CUT = (
    "刚提车一周就降两万,当韭菜割", "买完就降价", "降价不通知,补差价!", "老车主就活该?",
    "背刺", "要求补差价", "才开了三百公里就降价",
)  # fmt: skip
LUCKY = ("一路发🎉", "喜提新车,888", "吉日提车,顺顺利利", "好日子好兆头", "开门大吉")
SMEAR = {
    "zh": ("骗子", "态度恶劣", "千万别找他", "素质太差", "垃圾"),
    "en": ("liar", "avoid this person", "Rude and dishonest"),
}


def comment(rng: Random, tongue: str, share: float) -> str:
    """Of a free answer: `share` is where the score stands between worst (0) and best (1)."""
    pool = _GLAD if share > 0.85 else _MIXED if share > 0.55 else _SORE
    return rng.choice(pool[tongue])


def praise(rng: Random, name: str, tongue: str) -> str:
    """Of a customer who wants the person to be known."""
    line = {
        "zh": ("{}特别负责", "就认{},买车修车都找他", "给{}点赞", "{}下班了还帮我处理,感谢"),
        "en": ("{} was brilliant", "Always ask for {}", "{} stayed late to get me sorted"),
    }[tongue]
    return rng.choice(line).format(name)
