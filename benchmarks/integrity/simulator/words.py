"""What customers write, what cheats write, and what customers write about being begged."""

# ruff: noqa: E501  # sentences and browsers as they are
from __future__ import annotations

from random import Random

CHIPS = {
    "zh": ("服务态度好", "解决问题快", "专业", "等待时间长", "回复及时", "有耐心", "物流慢"),
    "en": ("Friendly", "Fast", "Solved my problem", "Long wait", "Professional", "Polite"),
}
SHORT = {
    "zh": ("好", "很好", "不错", "满意", "可以", "谢谢", "一般", "还行", "太慢了", "不满意"),
    "en": ("good", "great", "ok", "thanks", "fine", "slow", "bad", "nice", "all good", "meh"),
}
PARTS = {
    "zh": (
        ("昨天", "上周", "这次", "今天早上", "买完之后", "第二次来", "打电话", "收货的时候", ""),
        ("客服", "店员", "师傅", "小姑娘", "那位先生", "你们的人", "经理", "前台"),
        ("帮我查了订单", "把发票改好了", "讲得很清楚", "态度一般", "让我等了半小时", "换了一个新的",
         "没听懂我说什么", "退款处理了", "送货上门", "教我怎么安装", "说会回电但没有"),
        ("，希望继续", "，下次还来", "，有点失望", "，总体满意", "，价格偏高", "，包装破了", "，谢谢", ""),
    ),
    "en": (
        ("Yesterday ", "This time ", "On the phone ", "After two calls ", "In the shop ", "", "Last week "),
        ("the lady ", "your colleague ", "the technician ", "the guy at the desk ", "support ", "he "),
        ("changed my invoice", "explained it well", "kept me waiting", "sorted the refund out",
         "did not understand the issue", "replaced the charger", "found my parcel", "never called back",
         "fixed the router", "was polite but slow", "set everything up"),
        (", thanks", ", a bit pricey though", ", will come again", ", still not working", ".", "",
         ", would recommend", ", not impressed"),
    ),
}  # fmt: skip
CHEAT = {
    "zh": ("服务非常好，很专业，五星好评", "客服态度很好，问题解决得很快，点赞", "非常满意，下次还会再来",
           "小哥服务很热情，讲解很耐心", "很棒的一次体验，强烈推荐这家店", "处理及时，服务周到，必须满分",
           "态度亲切，业务熟练，值得表扬", "一如既往地好，感谢耐心的解答"),
    "en": ("Very good service, very professional, five stars", "Excellent support, problem solved quickly",
           "Very satisfied, will definitely come back", "Super helpful and very patient with me",
           "Amazing experience, highly recommend this store", "Outstanding service from start to end",
           "Kind and competent, deserves praise", "As always great, thank you for the patience"),
}  # fmt: skip
BEGGED = {
    "zh": ("客服让我打满分", "店员说不打十分要扣工资", "送了小礼物让给五星", "他让我当场给好评"),
    "en": ("he asked me for a 10", "She said anything below 9 is a fail", "they gave me a voucher for five stars",
           "was told to give the top score"),
}  # fmt: skip
INSULT = {
    "zh": ("态度极差", "垃圾服务", "再也不来了", "这人什么都不懂", ""),
    "en": ("terrible attitude", "useless person", "never again", "knows nothing", ""),
}


def comment(random: Random, locale: str, chips: tuple[str, ...]) -> str:
    """What an honest customer writes: chips, a word, or a sentence of their own."""
    kind = random.random()
    if kind < 0.35:
        return "，".join(random.sample(chips, random.choice((1, 1, 2))))
    if kind < 0.55:
        return random.choice(SHORT[locale])
    return "".join(random.choice(part) for part in PARTS[locale])


def phrases(random: Random, locale: str) -> tuple[str, ...]:
    """The few sentences that one cheat falls back on."""
    return tuple(random.sample(CHEAT[locale], random.randint(1, 4)))


def varied(random: Random, phrase: str) -> str:
    """A cheat's small changes to a sentence: a sign, a word doubled, an end cut off."""
    turn = random.random()
    if turn < 0.4:
        return phrase
    if turn < 0.6:
        return phrase + random.choice(("!", "！", "。", "~", " 👍"))
    if turn < 0.8:
        return phrase.replace("非常", "特别").replace("很", "真").replace("ery", "ery very", 1)
    return phrase[: int(len(phrase) * 0.75)]
