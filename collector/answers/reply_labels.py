"""What people call the ends of a scale, and how they are polite, in nine languages. Data.

Read by `reply_text.py` (words beside a number that only name it) and `reply_kind.py` (manners that
are no answer), which fold what is here as they fold a reply.
"""

from __future__ import annotations

from typing import Final


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# What the ends of a scale are called: beside a number they say it once more. Those of the lowest
# number under a praising one, and the other way round, are asked about.
INTENSE: Final = _list(
    "very really so pretty fairly rather kinda bit little somewhat just extremely quite totally "
    "most highly super muy mucho realmente sumamente tan "
    "muito bastante realmente très vraiment trop tellement tout fait sehr wirklich total äußerst "
    "ziemlich recht etwas eher relativ bastante un poco um pouco assez plutôt peu ganz echt جدا "
    "للغاية كثيرا تماما not at all likely likely satisfied dissatisfied satisfecho "
    "satisfecha satisfeito satisfeita satisfait satisfaite satisfaits zufrieden unzufrieden راض "
    "راضي likely probable provável probablemente wahrscheinlich experience all everything agree "
    "strongly "
    "todo tudo tout alles"
)
PRAISE: Final = _list(
    "ok okay decent average mediocre meh simple smooth quick fast friendly polite helpful good "
    "great excellent perfect awesome amazing fantastic brilliant wonderful fine nice happy "
    "satisfied love loved lovely best superb outstanding easy recommend bueno buena buenos bien "
    "excelente perfecto perfecta genial fácil satisfecho satisfecha contento encantado bom boa "
    "ótimo "
    "ótima perfeito perfeita fácil satisfeito satisfeita maravilhoso bien bon bonne parfait "
    "parfaite "
    "regular rapide rápido rápida correct correcte super excellent génial facile satisfait "
    "satisfaite gut super schnell freundlich mittel mittelmäßig solala toll perfekt prima "
    "klasse einfach "
    "zufrieden ausgezeichnet hervorragend ممتاز جيد رائع سهل راض راضي مثالي"
)
BLAME: Final = _list(
    "bad terrible awful horrible poor worst useless disappointing dissatisfied unhappy "
    "difficult hard "
    "malo mala mal pésimo pésima terrible horrible difícil insatisfecho péssimo péssima ruim "
    "mau má "
    "horrível terrível difícil insatisfeito mauvais mauvaise nul nulle horrible difficile "
    "insatisfait "
    "décevant schlecht schrecklich furchtbar mies schwer schwierig unzufrieden enttäuschend سيء "
    "سيئ "
    "سيئة صعب رديء فظيع"
)
HAN_PRAISE: Final = _list(
    "非常满意 非常滿意 很满意 很滿意 十分满意 十分滿意 满意 滿意 非常好 很好 太好了 很棒 棒 好 "
    "优秀 優秀 完美 "
    "非常容易 很容易 容易 一定会 一定會 会 會 推荐 推薦 とても良い とても良かった 大変良い "
    "非常に良い 良い 良かった よい "
    "とてもよい 最高 満足 とても満足 大満足 非常に満足 素晴らしい 簡単 とても簡単 はい"
)
HAN_BLAME: Final = _list(
    "非常不满意 非常不滿意 很不满意 很不滿意 不满意 不滿意 非常差 很差 太差了 太差 差 差劲 差勁 "
    "糟糕 很糟 很糟糕 "
    "非常糟糕 不好 很不好 非常困难 很难 很難 困難 困难 不会 不會 とても悪い とても悪かった "
    "大変悪い 非常に悪い 悪い 悪かった "
    "わるい 最悪 不満 とても不満 難しい とても難しい いいえ"
)
# Nouns of what was judged: a number before "great service" is a score, before "drivers" it is none.
JUDGED: Final = _list(
    "service delivery job work servicio entrega serviço atendimento livraison lieferung خدمة "
    "توصيل الخدمة التوصيل"
)
# Nothing but manners, which are no answer.
COURTESY: Final = _list(
    "thanks thank thx thnx tnx ty tks tysm you u so very much lot lots many a ok okay okey k kk "
    "cool np "
    "no problem welcome you're youre bye cheers cu lol haha hahaha hehe hi hello hey sure got "
    "it noted asking "
    "for the your same too gracias muchas mil vale de nada adiós hola ok obrigado obrigada "
    "muito brigado brigada valeu "
    "tchau olá oi por nada merci beaucoup bien de rien d'accord bonjour salut au revoir danke "
    "vielen dank sehr "
    "schön dankeschön gerne tschüss hallo alles klar okay شكرا جزيلا شكرًا لكم لك عفوا تمام "
    "حسنا مرحبا مع السلامة"
)
HAN_COURTESY: Final = _list(
    "谢谢 謝謝 多谢 多謝 感谢 感謝 谢了 好的 好 收到 嗯 嗯嗯 哦 不客气 不客氣 再见 再見 你好 "
    "您好 哈哈 哈哈哈 了 啦 你 您 你们 你們 们 "
    "ありがとう ありがとうございます ありがとうございました どうも 了解 了解です 了解しました "
    "はい わかりました 承知しました "
    "お疲れ様です お世話になります よろしくお願いします"
)
