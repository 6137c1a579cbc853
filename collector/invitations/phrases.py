"""The few words around a question that are not the survey's own, in eight languages. Data.

Read by compose and the unsubscribe page. The words to stop by SMS are ones that `optout_words`
knows, and stay inside GSM-7 where the language can. A new language is one more entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True, slots=True)
class Phrases:
    """How to answer (`preheader`, `hint`), how to stop (`stop_sms`), and the unsubscribe page."""

    preheader: str
    hint: str
    stop_sms: str
    unsubscribe: str
    title: str
    ask: str
    button: str
    done_title: str
    done: str


PHRASES: Final[Mapping[str, Phrases]] = MappingProxyType(
    {
        "en": Phrases(
            "One tap is all it takes.",
            "Tap a number. One tap is your answer.",
            "STOP to end.",
            "Unsubscribe",
            "Stop these questions?",
            "We will not ask you on this channel again.",
            "Unsubscribe",
            "You are unsubscribed",
            "We will not ask you here again. You may close this page.",
        ),
        "zh": Phrases(
            "只需轻点一下。",
            "点一个数字即可完成回答。",
            "回复TD退订。",
            "退订",
            "不再接收这类提问？",
            "我们将不再通过此方式向您提问。",
            "退订",
            "已退订",
            "我们不会再通过此方式打扰您。您可以关闭本页。",
        ),
        "pt": Phrases(
            "Basta um toque.",
            "Toque em um número. Um toque é a sua resposta.",
            "SAIR para parar.",
            "Cancelar inscrição",
            "Parar de receber estas perguntas?",
            "Não perguntaremos mais por este canal.",
            "Cancelar inscrição",
            "Inscrição cancelada",
            "Não perguntaremos mais por aqui. Você pode fechar esta página.",
        ),
        "es": Phrases(
            "Basta con un toque.",
            "Toque un número. Un toque es su respuesta.",
            "BAJA para cancelar.",
            "Darse de baja",
            "¿No recibir más estas preguntas?",
            "No volveremos a preguntarle por este canal.",
            "Darme de baja",
            "Baja confirmada",
            "No volveremos a preguntarle por aquí. Puede cerrar esta página.",
        ),
        "fr": Phrases(
            "Un seul geste suffit.",
            "Touchez un chiffre : c’est votre réponse.",
            "STOP pour se désinscrire.",
            "Se désinscrire",
            "Ne plus recevoir ces questions ?",
            "Nous ne vous interrogerons plus par ce canal.",
            "Me désinscrire",
            "Vous êtes désinscrit",
            "Nous ne vous interrogerons plus ici. Vous pouvez fermer cette page.",
        ),
        "de": Phrases(
            "Ein Tipp genügt.",
            "Tippen Sie auf eine Zahl. Das ist schon Ihre Antwort.",
            "STOPP zum Abmelden.",
            "Abmelden",
            "Keine Fragen mehr erhalten?",
            "Wir fragen Sie auf diesem Weg nicht mehr.",
            "Abmelden",
            "Sie sind abgemeldet",
            "Wir fragen Sie hier nicht mehr. Sie können diese Seite schließen.",
        ),
        "ja": Phrases(
            "ワンタップで回答できます。",
            "数字をタップするだけで回答になります。",
            "配信停止は「停止」と返信。",
            "配信停止",
            "配信を停止しますか？",
            "今後この方法でお伺いすることはありません。",
            "配信を停止する",
            "配信を停止しました",
            "今後こちらでお伺いすることはありません。このページを閉じてかまいません。",
        ),
        "ar": Phrases(
            "تكفي لمسة واحدة.",
            "المس رقماً، ولمسة واحدة هي إجابتك.",
            "أرسل توقف للإلغاء.",
            "إلغاء الاشتراك",
            "إيقاف هذه الأسئلة؟",
            "لن نسألك عبر هذه القناة مرة أخرى.",
            "إلغاء الاشتراك",
            "تم إلغاء اشتراكك",
            "لن نسألك هنا مرة أخرى. يمكنك إغلاق هذه الصفحة.",
        ),
    }
)


def language(locale: str) -> str:
    """`pt-BR` → `pt`, lower case; an empty string for an empty locale."""
    return locale.strip().replace("_", "-").split("-")[0].lower()


def phrases(locale: str) -> Phrases:
    """The phrases of this locale's language, else English."""
    return PHRASES.get(language(locale), PHRASES["en"])


def direction(locale: str) -> str:
    """`rtl` or `ltr`, as HTML's dir attribute wants it."""
    return "rtl" if language(locale) in RIGHT_TO_LEFT else "ltr"
