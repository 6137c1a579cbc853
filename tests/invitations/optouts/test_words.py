"""Whoever says in any reasonable way that they want to be left alone is understood."""

from __future__ import annotations

import pytest

from channels.locales import LANGUAGES
from channels.sms.frame import STOP as STOP_WORDS
from collector.invitations.optouts.words import intent


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


def test_a_long_text_is_a_comment_whatever_it_holds() -> None:
    assert intent("stop " * 200) == ""


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
