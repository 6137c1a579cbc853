"""The widget's own few words, in nine languages; the question itself comes from the survey. Data.

Used by `inbox.py`. A missing or empty string is a failing test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from channels.locales import fitting


@dataclass(frozen=True, slots=True)
class Words:
    """Labels of the buttons, what stands after a comment was sent, while the network is away, and
    after a failure."""

    close: str
    send: str
    sent: str
    waiting: str
    failed: str


WORDS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "en": Words(
            "Close", "Send", "Thank you. We read every one of these.",
            "Not saved yet. It will be, as soon as you are back online.",
            "That could not be saved. Please press again.",
        ),
        "zh-Hans": Words(
            "关闭", "发送", "谢谢，每一条我们都会看。",
            "尚未保存，恢复联网后会自动保存。", "没有保存成功，请再点一次。",
        ),
        "zh-Hant": Words(
            "關閉", "送出", "謝謝，每一則我們都會看。",
            "尚未儲存，恢復連線後會自動儲存。", "沒有儲存成功，請再點一次。",
        ),
        "pt": Words(
            "Fechar", "Enviar", "Agradecemos. Lemos todos os comentários.",
            "Ainda não foi guardado. Será assim que a ligação voltar.",
            "Não foi possível guardar. Toque de novo, por favor.",
        ),
        "es": Words(
            "Cerrar", "Enviar", "Gracias. Leemos todos los comentarios.",
            "Aún no se ha guardado. Se guardará en cuanto vuelva la conexión.",
            "No se ha podido guardar. Vuelve a pulsar, por favor.",
        ),
        "fr": Words(
            "Fermer", "Envoyer", "Merci. Nous lisons chaque commentaire.",
            "Pas encore enregistré. Ce sera fait dès le retour de la connexion.",
            "L’enregistrement a échoué. Appuyez à nouveau, s’il vous plaît.",
        ),
        "de": Words(
            "Schließen", "Senden", "Danke. Wir lesen jeden Kommentar.",
            "Noch nicht gespeichert. Das geschieht, sobald die Verbindung wieder da ist.",
            "Das wurde nicht gespeichert. Bitte noch einmal drücken.",
        ),
        "ja": Words(
            "閉じる", "送信", "ありがとうございます。すべて拝見しています。",
            "まだ保存されていません。接続が戻り次第、保存されます。",
            "保存できませんでした。もう一度押してください。",
        ),
        "ar": Words(
            "إغلاق", "إرسال", "شكرًا لك. نقرأ كل تعليق.",
            "لم يُحفظ بعد. سيُحفظ فور عودة الاتصال.", "تعذّر الحفظ. اضغط مرة أخرى من فضلك.",
        ),
    }
)  # fmt: skip


def of(locale: str) -> Words:
    """The words for `pt-BR`, `zh_Hans` or any other locale; English for a language not here."""
    return WORDS[fitting(locale)]
