"""Which replies mean "leave me alone", and which take it back. Pure; read by the Twilio callback.

A reply counts only when the whole of it says so: "please stop texting me" does, "the driver did not
stop" does not, for it is an answer. Polite and filling words are taken away first.

Sources: Twilio's keywords (https://www.twilio.com/docs/errors/23002), 47 CFR 64.1200(a)(10): any
reasonable manner; 退订, TD and T are the words that Chinese messages must name.
"""

from __future__ import annotations

import unicodedata
from typing import Final, Literal

Intent = Literal["stop", "start", ""]
MAX_LENGTH: Final = 120  # longer than any wish to be left alone: it is a comment


def _plain(text: str) -> str:
    """Lower case without width, accents, vowel signs, punctuation or emoji; single spaces."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    kept = (
        "'" if char in "'’‘" else char if unicodedata.category(char)[0] in "LN" else " "
        for char in folded
        if unicodedata.category(char) not in ("Mn", "Cf")
    )
    return unicodedata.normalize("NFC", " ".join("".join(kept).replace("'", "").split()))


def _words(text: str) -> frozenset[str]:
    return frozenset(_plain(word) for word in text.split())


def _phrases(*texts: str) -> frozenset[str]:
    return frozenset(_plain(text) for text in texts)


_STOP: Final = _words(
    "stop stopall stopp unsubscribe unsuscribe cancel end quit revoke optout stoppen "  # en
    "退订 退訂 td t 取消订阅 拒收 "
    "parar pare sair cancelar descadastrar "  # pt
    "alto baja basta "  # es
    "arret arrêt arreter arrêtez désabonner désinscription "  # fr
    "abmelden abbestellen austragen "  # de
    "停止 配信停止 解除 "
    "توقف إلغاء الغاء إيقاف"
)
_START: Final = _words("start unstop resume")
_FILLERS: Final = _words(
    "please pls plz thanks thank you me now all the this these those any more it to from i want "
    "text texts texting message messages messaging msg msgs sms sending contacting asking us "
    "por favor gracias obrigado obrigada merci danke bitte sil vous plait svp لطفا من فضلك"
)
_STOP_PHRASES: Final = _phrases(
    "opt out", "opt me out", "remove me", "remove me from your list", "take me off your list",
    "no more", "no more texts", "no more messages", "no more sms", "leave me alone",
    "do not text me", "don't text me", "do not text me again", "don't text me again",
    "do not contact me", "don't contact me", "do not message me", "don't message me",
    "never text me again", "stop all",
    "请退订", "請退訂", "我要退订", "回T退订", "不要再发", "不要再发了", "别再发了", "请不要再发",
    "não enviar mais", "não quero mais receber", "no enviar más", "dar de baja", "darme de baja",
    "ne plus recevoir", "ne plus envoyer", "keine sms mehr", "keine nachrichten mehr",
    "配信停止希望", "配信を停止してください", "停止してください", "إلغاء الاشتراك",
)  # fmt: skip


def intent(text: str) -> Intent:
    """`stop`, `start`, or an empty string for a reply that means neither."""
    if len(text) > MAX_LENGTH:
        return ""
    plain = _plain(text)
    if plain in _STOP_PHRASES:
        return "stop"
    meant = [word for word in plain.split() if word not in _FILLERS]
    if meant and all(word in _STOP for word in meant):
        return "stop"
    if " ".join(meant) in _STOP_PHRASES:
        return "stop"
    return "start" if meant and all(word in _START for word in meant) else ""
