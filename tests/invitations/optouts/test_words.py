"""Whoever says in any reasonable way that they want to be left alone is understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.locales import LANGUAGES
from channels.sms.frame import STOP as STOP_WORDS
from collector.answers.reply_text import read
from collector.invitations.optouts.words import Wish, intent, wish


def listed(text: str) -> list[str]:
    return text.strip("\n").replace("\n", "|").split("|")


STOP = listed("""
STOP|stop|Stop.|STOP!!!|ＳＴＯＰ|STOPALL|stop all|UNSUBSCRIBE|Cancel|END|quit|revoke
opt out|opt-out|Please stop|please STOP.|stop please|pls stop|Stop texting me
please stop texting me now|stop messaging me please
please stop sending me these messages|no more texts|Don't text me|don’t text me again
do not contact me|leave me alone|remove me|Unsubscribe me please|stop 🙏|🛑 stop|退订
退訂|T|t|TD|td|TD。|请退订|我要退订|取消订阅|PARAR|parar por favor|SAIR|Sair.
não enviar mais|ALTO|BAJA|Baja, por favor|dar de baja|ARRET|ARRÊT|arrêt svp|STOPP
stopp bitte|ABMELDEN|keine SMS mehr|停止|配信停止|توقف|إلغاء|الغاء|إلغاء الاشتراك
توقف من فضلك
""")
ANSWERS = listed("""
5|five|5 stars|great|The driver did not stop|don't stop
please stop leaving it in the rain|the end was fine|cancel my order|I want to stop by
非常好|不错|muito bom|bastante|top|no|yes|5 T-shirts|it never stops
end of story: good|YES||   |🙂|t-shirt was nice|the alto voice
""")


@pytest.mark.parametrize("text", STOP)
def test_a_wish_to_be_left_alone_is_understood(text: str) -> None:
    assert intent(text) == "stop"


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_is_not_taken_for_one(text: str) -> None:
    assert intent(text) == ""


@pytest.mark.parametrize("text", ["START", "start", "Unstop", "please start"])
def test_it_can_be_taken_back(text: str) -> None:
    assert intent(text) == "start"


def test_a_long_text_may_tell_of_stopping_and_may_end_with_the_wish() -> None:
    told = "The driver did not stop at the door and the parcel was left at the bus stop. " * 5
    assert intent(told) == ""
    assert intent(f"{told} Now stop texting me, please!") == "stop"


@pytest.mark.parametrize(
    "text", ["HELP", "info", "Help please", "帮助", "說明", "ヘルプ", "?", "مساعدة"]
)
def test_help_is_asked_for_in_any_language(text: str) -> None:
    assert intent(text) == "help"


def test_the_word_that_each_language_is_told_to_send_is_understood() -> None:
    words = {
        "en": "STOP", "zh-Hans": "T", "zh-Hant": "T", "pt": "SAIR", "es": "BAJA",
        "fr": "STOP", "de": "STOPP", "ja": "停止", "ar": "توقف",
    }  # fmt: skip
    assert set(words) == set(STOP_WORDS) == set(LANGUAGES)
    for language, told in STOP_WORDS.items():
        assert words[language] in told
        assert intent(words[language]) == "stop"


TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "stops.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_the_table_of_a_stranger_is_read_as_they_expect() -> None:
    wrong = []
    for text, language, expected in TABLE:
        found = wish(text.replace("\\n", "\n"))
        said = "stop" if found.intent == "stop" else "not_stop"
        scores = [read(found.rest, low, high, language).score for low, high in ((1, 5), (0, 10))]
        if said == "stop" and scores != [None, None]:
            said = f"score_and_stop:{next(one for one in scores if one is not None)}"
        if said != expected:
            wrong.append((text, language, expected, said))
    assert len(TABLE) > 150
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "rest"),
    [("5. STOP texting me", "5"), ("5 stop", "5"), ("Terrible. Stop.", "Terrible"), ("STOP", ""),
     ("STOP\nSent from my iPhone", ""), ("4, bitte keine SMS mehr", "4")],
)  # fmt: skip
def test_what_else_was_said_is_handed_back(text: str, rest: str) -> None:
    assert wish(text) == Wish("stop", rest)


@pytest.mark.parametrize(
    "text",
    ["Anmeldung", "ich möchte das Produkt nicht mehr haben", "بسبب عدم إرسال الفاتورة",
     "The driver did not stop", "Cancel my order", "The bus stop was moved", "stop and go traffic",
     "he would not stop texting me", "How do I opt out of paper billing?", "不要再发错货了",
     "バス停が遠い", "الغاء الطلب", "Der Bus hielt nicht", "打错了，是4"],
)  # fmt: skip
def test_what_tells_of_stopping_is_no_stop(text: str) -> None:
    assert intent(text) == ""
