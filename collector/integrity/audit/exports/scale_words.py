"""The answers that scales in words offer, worst first, in the languages of common exports. Pure.

Each list is one way to name the same steps; the place in it is where the word stands. A word may
stand in several lists ("good" is best of two and second of five): which list holds is decided by
all the words of a column, in `scales.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordScale:
    """`steps`: score → the words for it. `metric`: what such words measure; empty if they may
    measure several things.
    """

    metric: str
    low: float
    high: float
    steps: Mapping[float, tuple[str, ...]]


def _five(*steps: str, metric: str = "CSAT") -> WordScale:
    """Five steps; words of one step are separated by bars."""
    return WordScale(
        metric, 1, 5, {at: tuple(step.split("|")) for at, step in enumerate(steps, 1) if step}
    )


SCALES: tuple[WordScale, ...] = (
    WordScale("CSAT", 1, 5, {
        1: ("bad", "bad with comment", "badwithcomment", "thumbs down", "thumbsdown", "negative",
            "dislike", "👎", "差", "schlecht", "mauvais", "malo", "mala", "ruim"),
        5: ("good", "good with comment", "goodwithcomment", "thumbs up", "thumbsup", "positive",
            "like", "👍", "好", "gut", "bon", "bueno", "buena", "bom", "boa"),
    }),
    WordScale("CSAT", 1, 5, {
        1: ("差评", "不满", "bad", "unhappy", "sad", "negative", "🙁", "☹️", "😞", "😠",
        "unzufrieden",
            "bad, i'm unsatisfied", "bad, i’m unsatisfied", "not satisfied"),
        3: ("中评", "一般", "ok", "okay", "neutral", "so-so", "😐", "average"),
        5: ("好评", "满意", "good", "happy", "positive", "🙂", "😊", "😀", "zufrieden", "great",
            "good, i'm satisfied", "good, i’m satisfied"),
    }),
    _five("very dissatisfied|very unsatisfied|extremely dissatisfied|extremely unsatisfied|"
          "completely dissatisfied|highly dissatisfied|not at all satisfied",
          "dissatisfied|unsatisfied|somewhat dissatisfied|somewhat unsatisfied|not satisfied|"
          "not so satisfied|slightly dissatisfied",
          "neutral|neither satisfied nor dissatisfied|neither dissatisfied nor satisfied|ok|okay|"
          "somewhat neutral|neither",
          "satisfied|somewhat satisfied|slightly satisfied",
          "very satisfied|extremely satisfied|completely satisfied|highly satisfied"),
    _five("not at all satisfied", "not so satisfied|slightly satisfied",
          "somewhat satisfied|moderately satisfied", "very satisfied", "extremely satisfied"),
    _five("very bad|very poor|terrible|awful|extremely bad|extremely poor|horrible|worst",
          "bad|poor|below average|fair",
          "ok|okay|neutral|average|fair|acceptable|neither good nor bad|so-so|alright|mediocre",
          "good|above average", "very good|excellent|great|amazing|outstanding|perfect|awesome"),
    _five("poor|very poor", "fair", "good", "very good", "excellent"),
    _five("very unhappy|😡|😠|😭|😢", "unhappy|🙁|☹️|☹|😞|😕|😟", "neutral|ok|😐|😑",
          "happy|🙂|😊|😀|☺️", "very happy|😍|😁|🤩|😄|😃|🥰"),
    _five("非常不满意|很不满意|极不满意|十分不满意|完全不满意|非常不滿意|很不滿意",
          "不满意|不太满意|比较不满意|较不满意|不滿意",
          "一般|普通|中立|还可以|尚可|基本满意|一般般", "满意|比较满意|较满意|還算滿意|滿意",
          "非常满意|很满意|十分满意|极其满意|完全满意|非常滿意|很滿意"),
    _five("非常差|很差|极差|非常糟糕|很糟糕", "差|较差|比较差|不好|糟糕",
    "一般|普通|中等|还行|还可以",
          "好|较好|比较好|良好|不错", "非常好|很好|极好|优秀|非常棒|很棒"),
    _five("sehr unzufrieden|äußerst unzufrieden|gar nicht zufrieden",
    "unzufrieden|eher unzufrieden",
          "neutral|"
          "teils teils|teils, teils|teils/teils|weder noch|weder zufrieden noch unzufrieden",
          "zufrieden|eher zufrieden", "sehr zufrieden|äußerst zufrieden"),
    _five("sehr schlecht|ungenügend", "schlecht|mangelhaft", "mittel|befriedigend|mittelmäßig|okay",
          "gut", "sehr gut|ausgezeichnet"),
    _five("très insatisfait|très insatisfaite|pas du tout satisfait|pas du tout satisfaite",
          "insatisfait|insatisfaite|peu satisfait|plutôt insatisfait|pas satisfait",
          "neutre|ni satisfait ni insatisfait|moyennement satisfait|moyen",
          "satisfait|satisfaite|plutôt satisfait|assez satisfait",
          "très satisfait|très satisfaite|extrêmement satisfait|tout à fait satisfait"),
    _five("muy insatisfecho|muy insatisfecha|nada satisfecho|totalmente insatisfecho",
          "insatisfecho|insatisfecha|poco satisfecho|algo insatisfecho",
          "neutral|neutro|ni satisfecho ni insatisfecho|indiferente|regular",
          "satisfecho|satisfecha|algo satisfecho|bastante satisfecho",
          "muy satisfecho|muy satisfecha|totalmente satisfecho"),
    _five("muy malo|muy mala|pésimo", "malo|mala", "regular|normal", "bueno|buena",
          "muy bueno|muy buena|excelente"),
    _five("muito insatisfeito|muito insatisfeita|nada satisfeito", "insatisfeito|insatisfeita",
          "neutro|indiferente|nem satisfeito nem insatisfeito|regular", "satisfeito|satisfeita",
          "muito satisfeito|muito satisfeita"),
    _five("muito ruim|péssimo", "ruim", "regular|médio", "bom|boa", "muito bom|ótimo|excelente"),
    _five("molto insoddisfatto|per niente soddisfatto", "insoddisfatto|poco soddisfatto",
          "neutrale|né soddisfatto né insoddisfatto|abbastanza soddisfatto", "soddisfatto",
          "molto soddisfatto"),
    _five("zeer ontevreden|heel ontevreden", "ontevreden", "neutraal", "tevreden",
          "zeer tevreden|heel tevreden"),
    _five("非常に不満|とても不満|大変不満|大いに不満", "不満|やや不満|不満足",
          "普通|どちらともいえない|どちらでもない|ふつう", "満足|やや満足",
          "非常に満足|とても満足|大変満足|大いに満足"),
    _five("매우 불만족|매우불만족|매우 불만", "불만족|불만", "보통", "만족", "매우 만족|매우만족"),
    _five("очень недоволен|совсем не доволен|очень недовольна", "недоволен|недовольна",
          "нейтрально|затрудняюсь ответить", "доволен|довольна", "очень доволен|очень довольна"),
    _five("very difficult|extremely difficult|very hard", "difficult|somewhat difficult|hard",
          "neutral|neither easy nor difficult|neither|ok", "easy|somewhat easy",
          "very easy|extremely easy", metric="CES"),
    WordScale("CES", 1, 7, {
        1: ("extremely difficult", "extremely hard"), 2: ("very difficult", "very hard"),
        3: ("fairly difficult", "difficult", "somewhat difficult", "slightly difficult"),
        4: ("neither", "neutral", "neither easy nor difficult", "neither difficult nor easy"),
        5: ("fairly easy", "easy", "somewhat easy", "slightly easy"),
        6: ("very easy",), 7: ("extremely easy",),
    }),
    _five("非常困难|很困难|非常不容易", "困难|比较困难|不容易", "一般", "容易|比较容易",
          "非常容易|很容易", metric="CES"),
    _five("strongly disagree|completely disagree", "disagree", "neutral|neither agree nor disagree",
          "agree", "strongly agree|completely agree", metric=""),
    WordScale("", 1, 7, {
        1: ("strongly disagree",), 2: ("disagree",),
        3: ("somewhat disagree", "slightly disagree"),
        4: ("neutral", "neither agree nor disagree", "neither"),
        5: ("somewhat agree", "slightly agree"), 6: ("agree",), 7: ("strongly agree",),
    }),
    WordScale("NPS", 0, 10, {
        3: ("detractor", "detractors", "贬损者", "批评者", "kritiker", "détracteur",
        "detractor(a)"),
        8: ("passive", "passives", "neutral", "被动者", "中立者", "passif", "indifferent"),
        10: ("promoter", "promoters", "推荐者", "promotor", "promoteur"),
    }),
)  # fmt: skip
# No answer, said in a word.
NOTHING = frozenset((
    "", "-", "--", "—", "n/a", "na", "none", "null", "nan", "not applicable", "no answer",
    "no rating",
    "offered", "unoffered", "not offered", "not rated", "unrated", "no response", "skipped",
    "don't know", "i don't know", "未评价", "未回答", "无", "(空)", "(跳过)", "跳过", "未选择",
    "不适用",
    "keine angabe", "k. a.", "k.a.", "sans réponse", "sin respuesta", "sem resposta", "未回答です",
))  # fmt: skip
