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
    "facinho facil "
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
    "for the your same too x xx xxx ta muchly now mate hun hon love bud pal take care have good "
    "great nice "
    "one day evening weekend night million indeed appreciated appreciate worries probs will do "
    "god "
    "bless all best no thats cheerio xo regards kind sir madam guys team again morning enjoy "
    "rest "
    "of night goodnight goodbye later welcome any time anytime pleasure my dear "
    "igualmente buen buena buenos día dia tarde tardes noche noches que tenga tengan saludos a "
    "la "
    "orden ustedes usted con gusto hasta luego pronto dios los le lo bendiga bendiciones "
    "cuídense "
    "cuidense abrazo abrazos porfa feliz fin semana mucho "
    "bom boa bons dias pra pro vocês voces vc vcs tenha tenham um uma abraço abraços abs "
    "disponha "
    "fiquem fique com deus abençoe tudo vale obg vlw imagina noite para também ótimo ótima "
    "bonne journée soirée continuation à vous toi aussi avec plaisir cordialement bises bisous "
    "week-end nuit même également et fin "
    "gleichfalls schönen schönes schöner tag noch wochenende abend feierabend liebe lieben "
    "lieber "
    "grüße gruß grüßle mfg lg vg ihnen euch dir auch bis bald kein keine problem ursache ebenso "
    "ebenfalls einen guten gute nacht alles gute mit freundlichen wünsche ich und "
    "gracias muchas mil vale de nada adiós hola ok obrigado obrigada "
    "muito brigado brigada valeu "
    "tchau olá oi por nada merci beaucoup bien de rien d'accord bonjour salut au revoir danke "
    "vielen dank sehr "
    "schön dankeschön gerne tschüss hallo alles klar okay شكرا جزيلا شكرًا لكم لك عفوا تمام "
    "الله يعطيكم العافية العافيه جزاكم خير خيرا كل الخير مشكورين مشكور تسلم تسلمون تسلموا بارك "
    "فيكم فيك يسلمو يعافيكم العفو ولو وعليكم حياكم يا حياك من عيوني ربي يوفقكم "
    "حسنا مرحبا مع السلامة"
)
HAN_COURTESY: Final = _list(
    "谢谢 謝謝 多谢 多謝 感谢 感謝 谢了 好的 好 收到 嗯 嗯嗯 哦 不客气 不客氣 再见 再見 你好 "
    "辛苦了 辛苦 不用谢 不用謝 不用客气 不用客氣 祝生意兴隆 祝生意興隆 生意兴隆 麻烦了 麻煩了 "
    "没事 沒事 "
    "没关系 沒關係 唔該 唔該晒 多謝晒 感恩 祝順心 祝顺心 祝好 祝 順心 顺心 平安 晚安 早安 拜拜 "
    "好喔 好的呢 嗯好 "
    "您好 哈哈 哈哈哈 了 啦 你 您 你们 你們 们 "
    "ありがとう ありがとうございます ありがとうございました どうも 了解 了解です 了解しました "
    "はい わかりました 承知しました "
    "お世話になりました お疲れ様でした お疲れさまでした こちらこそ 失礼します 失礼いたします "
    "ご丁寧に "
    "どうもありがとう ありがとうね よろしくお願いいたします 宜しくお願いします 感謝します "
    "感謝です おやすみなさい "
    "恐れ入ります 助かります "
    "お疲れ様です お世話になります よろしくお願いします"
)
# Manners too, but only beside one of those: "good" alone judges.
COURTESY_ASIDE: Final = _list(
    "good great nice best all one have no of rest any time the for and you your so very a same "
    "too "
    "again will do now my kind god us god's got it sure "
    "buen buena bueno con que mucho gusto bom boa tudo para vale de la le lo les los un uma um "
    "bon bonne bien même à et au avec schön schöne gut gute guten alles noch einen ich auch sehr "
    "alles klar كل من"
)
COURTESY_WHOLE: Final = (
    "have a good one",
    "all the best",
    "will do",
    "got it",
    "sure",
    "con gusto",
    "de nada",
    "de rien",
    "a la orden",
    "alles klar",
    "you too",
    "same to you",
    "vale",
    "no problem",
)
