"""The tap page's own few words, per language: everything on it that is not the survey's. Data.

English stands in for a language that is missing. Used by `tap_view.py` and the templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from collector.invitations.phrases import language


@dataclass(frozen=True, slots=True)
class TapPhrases:
    """Sentences of the page. `kept` has the place {score}, `score_of` has {score} and {high}."""

    press: str
    confirm: str
    kept: str
    stale: str
    failed: str
    score_of: str
    your_answer: str
    add: str
    optional: str
    done: str
    saved: str
    change: str
    closed: str
    gone_title: str
    gone: str
    nothing_title: str
    nothing: str


PHRASES: Final[Mapping[str, TapPhrases]] = MappingProxyType(
    {
        "en": TapPhrases(
            "Tap your number to send it.",
            "Please tap your number once more to confirm it.",
            "Your answer is {score}. Tap another number to change it.",
            "This page was open for a long time. Please tap once more.",
            "That did not go through. Please try again.",
            "{score} out of {high}",
            "Your answer",
            "Anything you would like to add?",
            "optional",
            "Done",
            "Saved. You can close this page.",
            "Change my answer",
            "This answer can no longer be changed.",
            "This link is no longer valid",
            "Links like this one work for a limited time. You can close this page.",
            "Nothing to do here",
            "You can close this page.",
        ),
        "zh": TapPhrases(
            "点一下数字即可提交。",
            "请再点一次您的数字以确认。",
            "您的回答是 {score}。点其他数字可更改。",
            "此页面打开时间过长，请再点一次。",
            "未能提交，请重试。",
            "{score}（满分 {high}）",
            "您的回答",
            "还有什么想补充的吗？",
            "选填",
            "完成",
            "已保存。您可以关闭此页面。",
            "更改我的回答",
            "此回答已不能再更改。",
            "此链接已失效",
            "此类链接只在一段时间内有效。您可以关闭此页面。",
            "这里无需操作",
            "您可以关闭此页面。",
        ),
        "pt": TapPhrases(
            "Toque no seu número para enviar.",
            "Toque mais uma vez no seu número para confirmar.",
            "A sua resposta é {score}. Toque em outro número para mudar.",
            "Esta página ficou aberta muito tempo. Toque mais uma vez.",
            "Não foi enviado. Tente de novo.",
            "{score} de {high}",
            "A sua resposta",
            "Quer acrescentar algo?",
            "opcional",
            "Pronto",
            "Salvo. Você pode fechar esta página.",
            "Mudar a minha resposta",
            "Esta resposta já não pode ser mudada.",
            "Este link já não é válido",
            "Links como este funcionam por tempo limitado. Você pode fechar esta página.",
            "Nada a fazer aqui",
            "Você pode fechar esta página.",
        ),
        "es": TapPhrases(
            "Toque su número para enviarlo.",
            "Toque su número una vez más para confirmarlo.",
            "Su respuesta es {score}. Toque otro número para cambiarla.",
            "Esta página estuvo abierta mucho tiempo. Toque una vez más.",
            "No se ha enviado. Inténtelo de nuevo.",
            "{score} de {high}",
            "Su respuesta",
            "¿Quiere añadir algo?",
            "opcional",
            "Listo",
            "Guardado. Puede cerrar esta página.",
            "Cambiar mi respuesta",
            "Esta respuesta ya no se puede cambiar.",
            "Este enlace ya no es válido",
            "Los enlaces como este funcionan por tiempo limitado. Puede cerrar esta página.",
            "Nada que hacer aquí",
            "Puede cerrar esta página.",
        ),
        "fr": TapPhrases(
            "Touchez votre chiffre pour l’envoyer.",
            "Touchez encore une fois votre chiffre pour confirmer.",
            "Votre réponse est {score}. Touchez un autre chiffre pour la changer.",
            "Cette page est restée ouverte longtemps. Touchez encore une fois.",
            "L’envoi a échoué. Veuillez réessayer.",
            "{score} sur {high}",
            "Votre réponse",
            "Souhaitez-vous ajouter quelque chose ?",
            "facultatif",
            "Terminer",
            "C’est enregistré. Vous pouvez fermer cette page.",
            "Changer ma réponse",
            "Cette réponse ne peut plus être changée.",
            "Ce lien n’est plus valable",
            "Les liens de ce type ont une durée limitée. Vous pouvez fermer cette page.",
            "Rien à faire ici",
            "Vous pouvez fermer cette page.",
        ),
        "de": TapPhrases(
            "Tippen Sie auf Ihre Zahl, um sie zu senden.",
            "Bitte tippen Sie zur Bestätigung noch einmal auf Ihre Zahl.",
            "Ihre Antwort ist {score}. Tippen Sie auf eine andere Zahl, um sie zu ändern.",
            "Diese Seite war lange offen. Bitte tippen Sie noch einmal.",
            "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.",
            "{score} von {high}",
            "Ihre Antwort",
            "Möchten Sie etwas hinzufügen?",
            "freiwillig",
            "Fertig",
            "Gespeichert. Sie können diese Seite schließen.",
            "Meine Antwort ändern",
            "Diese Antwort lässt sich nicht mehr ändern.",
            "Dieser Link gilt nicht mehr",
            "Solche Links gelten nur eine Zeit lang. Sie können diese Seite schließen.",
            "Hier ist nichts zu tun",
            "Sie können diese Seite schließen.",
        ),
        "ja": TapPhrases(
            "数字をタップして送信してください。",
            "確認のため、もう一度数字をタップしてください。",
            "ご回答は {score} です。別の数字をタップすると変更できます。",
            "ページを開いてから時間がたちました。もう一度タップしてください。",
            "送信できませんでした。もう一度お試しください。",
            "{high}点中{score}点",
            "ご回答",
            "ほかにお伝えになりたいことはありますか？",
            "任意",
            "完了",
            "保存しました。このページを閉じてかまいません。",
            "回答を変更する",
            "この回答はもう変更できません。",
            "このリンクは無効です",
            "リンクには有効期限があります。このページを閉じてかまいません。",
            "ここですることはありません",
            "このページを閉じてかまいません。",
        ),
        "ar": TapPhrases(
            "المس رقمك لإرساله.",
            "يرجى لمس رقمك مرة أخرى للتأكيد.",
            "إجابتك هي {score}. المس رقماً آخر لتغييرها.",
            "بقيت هذه الصفحة مفتوحة وقتاً طويلاً. يرجى اللمس مرة أخرى.",
            "لم يتم الإرسال. يرجى المحاولة مرة أخرى.",
            "{score} من {high}",
            "إجابتك",
            "هل تود إضافة شيء؟",
            "اختياري",
            "تم",
            "تم الحفظ. يمكنك إغلاق هذه الصفحة.",
            "تغيير إجابتي",
            "لم يعد من الممكن تغيير هذه الإجابة.",
            "لم يعد هذا الرابط صالحاً",
            "تعمل هذه الروابط لفترة محدودة. يمكنك إغلاق هذه الصفحة.",
            "لا شيء مطلوب هنا",
            "يمكنك إغلاق هذه الصفحة.",
        ),
    }
)


def phrases(locale: str) -> TapPhrases:
    """The phrases of this locale's language, else English."""
    return PHRASES.get(language(locale), PHRASES["en"])


def spoken(accept_language: str) -> str:
    """The first language of an Accept-Language header that the page speaks, else `en`."""
    for part in accept_language.split(","):
        wanted = language(part.partition(";")[0])
        if wanted in PHRASES:
            return wanted
    return "en"
