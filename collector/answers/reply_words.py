"""The words that matter in a text reply, in nine languages and as written by thumbs. Data.

Read by `reply_marks.py` (what stands beside a number) and `reply_text.py` (what it is in), which
fold what is here as they fold a reply. A word too many or too few costs a question asked again;
nothing here makes a score out of what is none.
"""

from __future__ import annotations

from typing import Final


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Number words by language, from zero to ten; several spellings apart by `|`.
NUMBERS: Final = (
    "zero one two three four five six seven eight nine ten",
    "cero uno|un|una dos tres cuatro cinco seis siete ocho nueve diez",
    "zero um|uma dois|duas três quatro cinco seis sete oito nove dez",
    "zéro un|une deux trois quatre cinq six sept huit neuf dix",
    "null eins|ein|eine zwei|zwo drei vier fünf|fuenf sechs sieben acht neun zehn",
    "صفر واحد|واحدة اثنان|اثنين|اثنتان ثلاثة|ثلاث أربعة|أربع|اربعة خمسة|خمس ستة|ست سبعة|سبع "
    "ثمانية|ثماني تسعة|تسع عشرة|عشر",
    "ゼロ いち に さん よん|し ご ろく なな|しち はち きゅう|く じゅう",
)
# These also mean "a" or "nobody": numbers only where they stand alone.
WEAK: Final = frozenset(_list("one un una uno um uma une ein eine eins واحد واحدة ست に し ご く"))
HAN: Final = {
    char: value
    for value, chars in enumerate(
        _list("〇零 一壹 二两兩贰貳 三叁參 四肆 五伍 六陆陸 七柒 八捌 九玖 十拾")
    )
    for char in chars
}

STAR_UNITS: Final = _list(
    "stars star estrellitas estrelinhas estrellas estrella estrelas estrela étoiles étoile "
    "sterne sternen stern "
    "sternchen نجوم نجمة "
    "نجمات 颗星 顆星 個星 个星 星级 星"
)
POINT_UNITS: Final = _list(
    "points point puntos punto pontos ponto punkte punkten punkt نقاط نقطة درجات درجة"
)
OF: Final = (
    "/", "out of", "out off", "outta", "على", "of", "de", "sobre", "sur", "von", "aus", "em",
    "من أصل", "من",
)  # fmt: skip

# Counted things: a number before one of these is a quantity and no score.
QUANTITIES: Final = _list(
    "hours hour hrs hr h minutes minute mins min seconds days day weeks week months month "
    "years year yrs times time calls call people persons friends drivers items item parcels "
    "packages boxes orders emails texts visits attempts phone dollars dollar bucks euros euro "
    "pounds usd eur horas hora minutos días día dias dia semanas semana meses mes mês años año "
    "anos ano veces vez vezes llamadas personas pessoas amigos amigas pedidos artículos itens "
    "reais real pesos heures heure jours jour semaines semaine mois ans an fois appels "
    "personnes amis articles colis stunden stunde std minuten tage tagen tag wochen woche "
    "monate monaten jahre jahren jahr mal anrufe personen freunde artikel pakete uhr am pm km "
    "kg % € $ £ ساعات ساعة دقائق دقيقة أيام يوم أسابيع أسبوع أشهر شهر سنوات سنة مرات مرة ريال "
    "ريالات درهم دولار جنيه أشخاص أصدقاء طلبات"
)
HAN_QUANTITIES: Final = _list(
    "个小时 個小時 小时 小時 时间 時間 分钟 分鐘 分間 秒 个月 個月 ヶ月 か月 天 日 周 週 年 月 "
    "次 回 通电话 通電話 通 人 名 位 件 个 個 块钱 块 塊 元 円 歳 岁 歲 台 箱 本 枚 号 號 楼 "
    "樓 階 層 层 倍 點鐘 点钟 点半 點半 時 时 つ 度 番"
)
# After a number, with or without its full stop: a date, or the how-manieth.
DATED: Final = _list(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept "
    "september oct october nov november dec december enero febrero marzo abril mayo junio "
    "julio agosto septiembre octubre noviembre diciembre janeiro fevereiro março maio junho "
    "julho setembro outubro novembro dezembro janvier février mars avril mai juin juillet août "
    "septembre octobre novembre décembre januar februar märz juni juli oktober dezember mal "
    "tag versuch stock monday tuesday wednesday thursday friday saturday sunday"
)
# Before a number: it names something, or it is a time of the day.
NAMING: Final = _list(
    "order parcel room day iphone ios android galaxy line step gate level page apt unit flat "
    "floor pedido habitación quarto commande colis bestellung zimmer paket طلب رقم at by until "
    "till before after since from las às os vers dès gegen bis seit ab الساعة منذ"
)

HEDGES: Final = (
    *_list(
    "maybe perhaps probably about around almost nearly roughly approximately approx under over "
    "between minus casi quizás quizá talvez aproximadamente entre quase presque environ "
    "peut-être fast vielleicht ungefähr etwa circa ca zwischen ربما تقريبا حوالي بين 大概 大约 "
    "大約 可能 差不多 也许 也許 约 約 接近 快 负 負 マイナス たぶん 多分 およそ"
    ),
    "less than", "more than", "at least", "at most", "up to", "tal vez", "más de", "menos de",
    "mais de", "plus de", "moins de", "mehr als", "weniger als", "أكثر من", "أقل من",
)  # fmt: skip
AFTER_HEDGES: Final = (
    "くらい", "ぐらい", "ほど", "左右", "上下", "ish", "or so", "o así", "más o menos",
    "mais ou menos",
    "and a half", "y medio", "e meio", "et demi", "einhalb", "半", "ونصف", "تقريبا",
)  # fmt: skip
# Between two numbers: one of them, or all between them.
OR: Final = (
    "-", "~", "to", "or", "a", "o", "u", "ou", "à", "bis", "oder", "até", "hasta", "إلى", "أو",
    "到", "至", "或", "或者", "か", "から", "、",
)  # fmt: skip

NOT: Final = ("not", "instead of", "rather than", "pas", "nicht", "não", "وليس", "ليس", "不是")
NOT_AFTER: Final = ("ではなく", "じゃなくて", "でなく", "不对", "不對")

# Around a score, in its own part of the sentence, without adding to what is said.
FRAME: Final = _list(
    "i id i'd i'll ill i’d i’ll would will say give gave rate rated rating score scored answer "
    "vote my mine is its it's it’s it a an you make change changed to for me now then please "
    "pls overall general total insgesamt généralement sorry oops meant mean actually correction "
    "no yes yep yeah ok okay hi hello hey thanks "
    "thank thx ty cheers definitely solid absolutely easily number so well just clear strong "
    "le les doy daría pongo puse un una mi nota puntuación calificación es sería perdón perdon "
    "quise decir corrección sí si no gracias hola ahora dou daria eu minha voto avaliação é "
    "seria desculpa desculpe quis dizer sim não obrigado obrigada oi olá agora meu je mets "
    "donne donnerais ma note mon avis est c'est ce désolé désolée pardon voulais voulait dire "
    "oui non merci bonjour une alors plutôt ich gebe gab würde eine einen ein meine bewertung "
    "note ist sorry entschuldigung meinte meine korrektur ja nein doch danke bitte hallo jetzt "
    "also أعطي أعطيكم أعطيه تقييمي تقييم الدرجة هو هي آسف عفوا قصدت أقصد نعم لا شكرا مرحبا "
    "us them him her u ya gonna guess reckon i'm im lets let's that's thats "
    "hmm mate bro dude dawg pal hun lol x xx xxx tbh imo only big fat honest think "
    "ill rather perfect strong ne nen glatte gute solide sagen sag mal würd "
    "gerne also euch ihnen mir von dirais disons vous petit bon allez franchement "
    "yo diría diria pues compadre amigo acho vocês vcs pra pros baby "
    "عندي من والله اعطيه اعطيها "
    "الآن أنا great good excellent perfect awesome amazing fantastic terrible awful bad "
    "horrible fine nice excelente perfecto perfecta genial bien mal ótimo ótima perfeito bom "
    "parfait super toll gut perfekt prima schlecht ممتاز جيد سيء"
)
HAN_FRAME: Final = _list(
    "我想说的是 我想說的是 我想说 我想說 我给 我給 我打 我选 我選 应该是 應該是 打错了 打錯了 "
    "不好意思 谢谢 謝謝 抱歉 评分 評分 分数 分數 给 給 打 是 选 選 我 的 了 吧 啊 哦 就 "
    "打个 打個 かな ですね ですよ をつけます つけます 俾 個 啦 吧 "
    "でお願いします お願いします ありがとうございます ありがとう すみません 間違えました 訂正 "
    "評価は 点数は 評価 点数 です でした かな。 に は を"
)
CORRECTIONS: Final = _list(
    "sorry oops meant mean actually correction no perdón perdon quise corrección desculpa "
    "desculpe quis não désolé désolée pardon voulais non meinte korrektur nein آسف عفوا قصدت "
    "أقصد لا 抱歉 不好意思 打错了 打錯了 すみません 間違えました 訂正"
)
# A score may stand before one of these, and what follows says why.
BREAKS: Final = _list(
    "but because though although however cuz bc cos coz cus as pero porque aunque embora pois "
    "parce aber weil "
    "obwohl لأن لكن 但是 但 可是 不过 不過 因为 因為 だけど けど でも ですが"
)
# The same, where the language is known: "mais" is "but" in French and "more" in Portuguese.
BREAKS_OF: Final = {"fr": ("mais", "car"), "pt": ("mas",)}
FRAME_OF: Final = {"pt": ("um", "uma")}  # "at" in German

# Full marks without a number.
FULL_MARKS: Final = (
    "满分",
    "滿分",
    "満点",
    "满分！",
    "full marks",
    "top marks",
    "volle punktzahl",
    "nota máxima",
    "puntuación máxima",
    "note maximale",
    "العلامة الكاملة",
    "الدرجة الكاملة",
)
GLAD: Final = "👍👏🙌😀😃😄😁🙂😊😍🥰😘🤩🎉❤💯🔥💪😎"
SAD: Final = "👎😡😠🤬😢😭😞😒🙁☹😤💩😖😣🤮"
