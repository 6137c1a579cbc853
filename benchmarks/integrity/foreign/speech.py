"""What is written into the comment box, honestly and otherwise. No line is shared with the engine."""

# ruff: noqa: E501  # sentences as they are
from __future__ import annotations

from random import Random

TAGS = {
    "zh": (
        "热情",
        "高效",
        "讲解清晰",
        "等太久",
        "没解决",
        "环境好",
        "价格合理",
        "回访及时",
        "响应快",
    ),
    "en": ("helpful", "quick reply", "clear", "too slow", "unresolved", "good value", "kind staff"),
}
ONE_WORD = {
    "zh": (
        "满意",
        "还可以",
        "赞",
        "很满意",
        "谢谢",
        "差",
        "无",
        "一般般",
        "👍",
        "都挺好的",
        "没意见",
    ),
    "en": (
        "Good",
        "ok",
        "Great service",
        "thx",
        "n/a",
        "none",
        "Excellent",
        "poor",
        "👍",
        "Very good",
    ),
}
OPEN = {
    "zh": (
        "快递",
        "宽带",
        "空调",
        "手机屏幕",
        "会员卡",
        "发票",
        "洗衣机",
        "套餐",
        "账单",
        "安装",
        "预约",
        "退货",
    ),
    "en": (
        "delivery",
        "router",
        "screen",
        "invoice",
        "contract",
        "washing machine",
        "booking",
        "refund",
        "upgrade",
        "meter",
    ),
}
GOOD = {
    "zh": (
        "的问题一次就弄好了",
        "换得很快",
        "讲了两遍我终于懂了",
        "处理完还打电话确认",
        "那位同事很细心",
        "比我想的顺利",
        "当天就搞定",
    ),
    "en": (
        " got fixed on the first visit",
        " arrived a day early",
        " was explained in plain words",
        " swapped without fuss",
        " sorted while I waited",
        " done, and they called to check",
    ),
}
BAD = {
    "zh": (
        "拖了三天没人管",
        "来回折腾了好几次",
        "说好的时间没来",
        "还是老样子",
        "没人能说清楚",
        "多扣了钱",
        "态度冷淡",
    ),
    "en": (
        " is still broken",
        " took four calls",
        " came on the wrong day",
        " cost more than promised",
        " nobody could explain",
        " was cold and rushed",
    ),
}
TAIL = {
    "zh": (
        "",
        "",
        "。",
        "，辛苦了",
        "，希望改进",
        "，给个建议：早点通知",
        "，不过价格贵",
        "，家里老人也说好",
    ),
    "en": (
        "",
        "",
        ".",
        " - cheers",
        ", please improve",
        ", but pricey",
        ", my mother agrees",
        ", second time now",
    ),
}
MADE_UP = {
    "zh": (
        "服务周到，态度好",
        "工作人员非常负责，给满分",
        "体验很好，值得信赖",
        "效率高，解决了我的问题",
        "服务一流",
        "很专业的讲解，受益匪浅",
        "全程耐心，好评",
        "特别满意这次服务",
    ),
    "en": (
        "Great customer service as usual",
        "Staff went above and beyond",
        "Professional and efficient",
        "Top service, will recommend to friends",
        "Really happy with the help today",
        "Best service ever",
        "Solved everything perfectly",
    ),
}
TOLD = {
    "zh": (
        "工作人员叫我给10分",
        "说不给五星要罚款的",
        "店里送优惠券换好评",
        "要求我当面评价",
        "一直盯着我打分",
    ),
    "en": (
        "Was asked to give 10",
        "rep told me anything less than 9 counts as a fail",
        "got a gift card for a 5 star rating",
        "she wanted me to put top marks while she watched",
    ),
}
HATE = {
    "zh": ("差评！！", "骗子", "滚", "什么玩意", "最差的一个", ""),
    "en": ("worst ever", "liar", "avoid", "zero help", "rude", ""),
}


def own(r: Random, tongue: str, glad: bool, tags: tuple[str, ...]) -> str:
    """What a customer writes: tags that are offered, a word, or a sentence."""
    kind = r.random()
    if kind < 0.45:
        return ",".join(r.sample(tags, r.choice((1, 1, 2, 3))))
    if kind < 0.7:
        return r.choice(ONE_WORD[tongue])
    middle = GOOD if glad else BAD
    return r.choice(OPEN[tongue]) + r.choice(middle[tongue]) + r.choice(TAIL[tongue])


def tweak(r: Random, text: str) -> str:
    """The same sentence once more, a little changed."""
    turn = r.randrange(4)
    if turn == 0 or len(text) < 4:
        return text
    if turn == 1:
        return text + r.choice("!。~.")
    if turn == 2:
        return r.choice(("真的", "确实", "So ", "")) + text
    cut = r.randrange(1, len(text))
    return text[:cut] + text[cut + 1 :]
