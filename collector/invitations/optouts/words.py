"""Which replies mean "leave me alone", take it back or ask for help. Pure; read by the callback.

A reply counts only when the whole of it says so: "please stop texting me" does, "the driver did not
stop" does not, for it is an answer. Polite and filling words are taken away first.

Sources: Twilio's keywords (https://www.twilio.com/docs/errors/23002), 47 CFR 64.1200(a)(10): any
reasonable manner; 退订, TD and T are the words that Chinese messages must name.
"""

from __future__ import annotations

import unicodedata
from typing import Final, Literal

Intent = Literal["stop", "start", "help", ""]
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


# Words that are a wish wherever they stand alone or among fillers.
_STOP: Final = _words(
    "stop stopall stopp unsubscribe unsuscribe cancel end quit revoke optout stoppen "  # en
    "退订 退訂 td t r 取消订阅 取消訂閱 拒收 停止发送 停止發送 別再傳 别再发 "  # zh
    "parar pare sair cancelar descadastrar remover "  # pt
    "alto baja basta desuscribir "  # es
    "arret arrêt arreter arrêter arrêtez désabonner désabonnement désinscription désinscrire "  # fr
    "abmelden abbestellen austragen aufhören kündigen "  # de
    "停止 配信停止 解除 配信解除 ストップ 登録解除 "  # ja
    "توقف إلغاء الغاء إيقاف ايقاف أوقف اوقف قف"  # ar
)
_START: Final = _words(
    "start unstop resume "
    "订阅 訂閱 恢复 恢復 voltar iniciar reprendre anmelden 再開 配信再開 ابدأ اشتراك"
)
_HELP: Final = _words(
    "help info hilfe aide ayuda ajuda ayúdame 帮助 幫助 说明 說明 ヘルプ 助けて مساعدة المساعدة "
)
_POLITE: Final = _words(
    "please pls plz kindly thanks thank you just ok hi hello now "
    "por favor gracias obrigado obrigada merci danke bitte sil vous plait svp من فضلك لطفا رجاء"
)
_FILLERS: Final = _POLITE | _words(
    "me all the this these those any more it to from i want text texts texting message messages "
    "messaging msg msgs sms sending contacting asking us que الرسائل رسائل"
)
_STOP_PHRASES: Final = _phrases(
    "opt out", "opt me out", "remove me", "remove me from your list", "take me off your list",
    "take me off", "no more", "no more texts", "no more messages", "no more sms",
    "leave me alone", "do not text me", "don't text me", "do not text me again",
    "don't text me again", "do not contact me", "don't contact me", "do not message me",
    "don't message me", "never text me again", "stop all", "dont send me this", "go away",
    "i do not want these messages", "i don't want these messages", "wrong number stop",
    "请退订", "請退訂", "我要退订", "我要退訂", "回T退订", "不要再发", "不要再发了", "别再发了",
    "请不要再发", "请不要再发了", "不要再發", "不要再傳了", "請不要再傳", "別再傳了", "请停止发送",
    "não enviar mais", "não envie mais", "não quero mais receber", "não quero receber mais",
    "quero sair", "parem de enviar", "pare de enviar", "me tira da lista",
    "no enviar más", "no envíen más", "no me envíen más", "no quiero más mensajes",
    "no quiero recibir más", "dar de baja", "darme de baja", "dame de baja", "dejen de escribirme",
    "ne plus recevoir", "ne plus envoyer", "ne m'envoyez plus rien", "plus de messages",
    "je ne veux plus recevoir", "arrêtez de m'écrire", "laissez-moi tranquille",
    "keine sms mehr", "keine nachrichten mehr", "nicht mehr schreiben", "bitte aufhören",
    "bitte nicht mehr schreiben", "hör auf", "hören sie auf", "lassen sie mich in ruhe",
    "配信停止希望", "配信を停止してください", "停止してください", "配信を止めてください",
    "もう送らないでください", "送らないでください", "やめてください",
    "إلغاء الاشتراك", "الغاء الاشتراك", "لا ترسل", "لا ترسلوا لي", "لا أريد رسائل",
    "توقفوا عن الإرسال", "أوقفوا الرسائل", "لا تراسلني",
)  # fmt: skip


def intent(text: str) -> Intent:
    """`stop`, `start`, `help`, or an empty string for a reply that means none of them."""
    if len(text) > MAX_LENGTH:
        return ""
    plain = _plain(text)
    frank = " ".join(word for word in plain.split() if word not in _POLITE)
    if plain in _STOP_PHRASES or frank in _STOP_PHRASES:
        return "stop"
    meant = [word for word in plain.split() if word not in _FILLERS]
    if meant and all(word in _STOP for word in meant):
        return "stop"
    if " ".join(meant) in _STOP_PHRASES:
        return "stop"
    if meant and all(word in _START for word in meant):
        return "start"
    asks = meant and all(word in _HELP for word in meant)
    return "help" if asks or text.strip() in ("?", "？") else ""
