"""What the preference page says about the answers a person gave. Data, per language.

A missing or empty string fails a test. Used by `preferences.py` and its template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from channels.locales import fitting


@dataclass(frozen=True, slots=True)
class GivenPhrases:
    """`answered` has the place {day}."""

    answers: str
    answers_none: str
    answered: str
    commented: str
    delete: str
    delete_text: str
    sure: str
    deleted: str


PHRASES: Final[Mapping[str, GivenPhrases]] = MappingProxyType(
    {
        "en": GivenPhrases(
            "Your answers",
            "You have not answered anything yet.",
            "answered on {day}",
            "with a comment",
            "Delete",
            "Your words and whatever leads to you will be deleted. The bare number stays "
            "in our average. This cannot be undone.",
            "Yes, delete this answer",
            "Deleted. Only the bare number is left.",
        ),
        "zh-Hans": GivenPhrases(
            "您的回答",
            "您还没有回答过问题。",
            "回答于{day}",
            "附有留言",
            "删除",
            "您写的内容以及与您相关的信息将被删除，仅保留分数用于平均值。此操作无法撤销。",
            "是，删除这条回答",
            "已删除，仅保留分数。",
        ),
        "zh-Hant": GivenPhrases(
            "您的回答",
            "您還沒有回答過問題。",
            "回答於{day}",
            "附有留言",
            "刪除",
            "您寫的內容以及與您相關的資訊將被刪除，僅保留分數用於平均值。此操作無法復原。",
            "是，刪除這則回答",
            "已刪除，僅保留分數。",
        ),
        "pt": GivenPhrases(
            "As suas respostas",
            "Você ainda não respondeu a nada.",
            "respondido em {day}",
            "com comentário",
            "Apagar",
            "O que você escreveu e tudo o que leva a você será apagado. Só o número fica "
            "na nossa média. Não é possível desfazer.",
            "Sim, apagar esta resposta",
            "Apagado. Só o número ficou.",
        ),
        "es": GivenPhrases(
            "Sus respuestas",
            "Todavía no ha respondido a nada.",
            "respondido el {day}",
            "con comentario",
            "Borrar",
            "Se borrará lo que escribió y todo lo que conduce a usted. Solo el número "
            "queda en nuestra media. No se puede deshacer.",
            "Sí, borrar esta respuesta",
            "Borrado. Solo queda el número.",
        ),
        "fr": GivenPhrases(
            "Vos réponses",
            "Vous n’avez encore répondu à rien.",
            "répondu le {day}",
            "avec un commentaire",
            "Supprimer",
            "Votre texte et tout ce qui mène à vous seront effacés. Seul le chiffre reste "
            "dans notre moyenne. C’est définitif.",
            "Oui, supprimer cette réponse",
            "Supprimé. Il ne reste que le chiffre.",
        ),
        "de": GivenPhrases(
            "Ihre Antworten",
            "Sie haben noch nichts beantwortet.",
            "beantwortet am {day}",
            "mit Kommentar",
            "Löschen",
            "Ihr Text und alles, was zu Ihnen führt, wird gelöscht. Nur die bloße Zahl "
            "bleibt in unserem Durchschnitt. Das lässt sich nicht rückgängig machen.",
            "Ja, diese Antwort löschen",
            "Gelöscht. Nur die bloße Zahl ist noch da.",
        ),
        "ja": GivenPhrases(
            "これまでのご回答",
            "まだご回答はありません。",
            "{day}に回答",
            "コメントあり",
            "削除",
            "お書きになった内容とお客様に結びつく情報を削除します。点数だけが平均に残ります。元には戻せません。",
            "はい、この回答を削除します",
            "削除しました。点数だけが残っています。",
        ),
        "ar": GivenPhrases(
            "إجاباتك",
            "لم تجب عن أي شيء بعد.",
            "أجبت في {day}",
            "مع تعليق",
            "حذف",
            "سيُحذف ما كتبته وكل ما يدل عليك. يبقى الرقم وحده في متوسطنا. لا يمكن التراجع عن ذلك.",
            "نعم، احذف هذه الإجابة",
            "تم الحذف. لم يبق سوى الرقم.",
        ),
    }
)


def phrases(locale: str) -> GivenPhrases:
    """The phrases that fit this locale best; English for a language without any."""
    return PHRASES[fitting(locale)]
