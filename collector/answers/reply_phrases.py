"""The few words that go back to somebody who answered by text message, per language. Data.

A new language is one more entry here and in `channels/locales.py`. Used by `sms_replies.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from channels.locales import fitting


@dataclass(frozen=True, slots=True)
class ReplyPhrases:
    """`ask_again` has the places {low} and {high}."""

    ask_again: str
    noted: str
    over: str


PHRASES: Final[Mapping[str, ReplyPhrases]] = MappingProxyType(
    {
        "en": ReplyPhrases(
            "Please reply with one number from {low} to {high}.",
            "Thank you, we have noted that.",
            "Thank you. Your answer can no longer be changed.",
        ),
        "zh-Hans": ReplyPhrases(
            "请回复一个{low}到{high}之间的数字。",
            "谢谢，我们已记录。",
            "谢谢。您的回答已不能再更改。",
        ),
        "zh-Hant": ReplyPhrases(
            "請回覆一個{low}到{high}之間的數字。",
            "謝謝，我們已記下。",
            "謝謝。您的回答已不能再更改。",
        ),
        "pt": ReplyPhrases(
            "Responda com um número de {low} a {high}.",
            "Obrigado, anotamos o seu comentário.",
            "Obrigado. A sua resposta já não pode ser alterada.",
        ),
        "es": ReplyPhrases(
            "Responda con un número del {low} al {high}.",
            "Gracias, lo hemos anotado.",
            "Gracias. Su respuesta ya no se puede cambiar.",
        ),
        "fr": ReplyPhrases(
            "Répondez par un chiffre de {low} à {high}.",
            "Merci, c’est noté.",
            "Merci. Votre réponse ne peut plus être modifiée.",
        ),
        "de": ReplyPhrases(
            "Bitte antworten Sie mit einer Zahl von {low} bis {high}.",
            "Danke, das haben wir notiert.",
            "Danke. Ihre Antwort lässt sich nicht mehr ändern.",
        ),
        "ja": ReplyPhrases(
            "{low}から{high}までの数字を1つ返信してください。",
            "ありがとうございます。承りました。",
            "ありがとうございます。ご回答はもう変更できません。",
        ),
        "ar": ReplyPhrases(
            "يرجى الرد برقم واحد من {low} إلى {high}.",
            "شكراً، تم تسجيل ذلك.",
            "شكراً. لم يعد من الممكن تغيير إجابتك.",
        ),
    }
)


def phrases(locale: str) -> ReplyPhrases:
    """The phrases that fit this locale best; English for a language without any."""
    return PHRASES[fitting(locale)]
