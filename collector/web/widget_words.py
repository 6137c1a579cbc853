"""The widget's own few words, per language; the question itself comes from the survey.

A language that is missing here falls back to English; the survey's wording is not touched by that.
Used by `inbox.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from collector.invitations.phrases import language


@dataclass(frozen=True, slots=True)
class Words:
    """Labels of the buttons, what stands after a comment was sent, and after a failure."""

    close: str
    send: str
    sent: str
    failed: str


WORDS = {
    "en": Words(
        "Close", "Send", "Thank you. We read every one of these.",
        "That could not be saved. Please press again.",
    ),
    "zh": Words(
        "关闭", "发送", "谢谢，每一条我们都会看。", "没有保存成功，请再点一次。",
    ),
    "es": Words(
        "Cerrar", "Enviar", "Gracias. Leemos todos los comentarios.",
        "No se ha podido guardar. Vuelve a pulsar, por favor.",
    ),
    "pt": Words(
        "Fechar", "Enviar", "Obrigado. Lemos todos os comentários.",
        "Não foi possível salvar. Toque de novo, por favor.",
    ),
    "ar": Words(
        "إغلاق", "إرسال", "شكرًا لك. نقرأ كل تعليق.", "تعذّر الحفظ. اضغط مرة أخرى من فضلك.",
    ),
    "fr": Words(
        "Fermer", "Envoyer", "Merci. Nous lisons chaque commentaire.",
        "L’enregistrement a échoué. Appuyez à nouveau, s’il vous plaît.",
    ),
    "de": Words(
        "Schließen", "Senden", "Danke. Wir lesen jeden Kommentar.",
        "Das wurde nicht gespeichert. Bitte noch einmal drücken.",
    ),
}  # fmt: skip


def of(locale: str) -> Words:
    """The words for `pt-BR`, `zh_Hans` or any other locale, by its language."""
    return WORDS.get(language(locale), WORDS["en"])
