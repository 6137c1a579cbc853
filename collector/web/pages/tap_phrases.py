"""The tap page's own few words, per language: everything on it that is not the survey's. Data.

A missing or empty string is a failing test. Used by `tap_view.py` and the templates; what a page
says that has nothing to ask is in `notice_phrases.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from channels.locales import LANGUAGES, fitting, language

SPOKEN: Final = frozenset(language(one) for one in LANGUAGES)


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
    purpose: str
    only_this: str
    choices: str


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
            "Your answer helps us do better next time.",
            "Please rate this service only.",
            "Your choices",
        ),
        "zh-Hans": TapPhrases(
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
            "您的回答会帮助我们改进。",
            "请只评价本次服务。",
            "您的偏好设置",
        ),
        "zh-Hant": TapPhrases(
            "點一下數字即可送出。",
            "請再點一次您的數字以確認。",
            "您的回答是 {score}。點其他數字可更改。",
            "此頁面開啟時間過長，請再點一次。",
            "未能送出，請再試一次。",
            "{score}（滿分 {high}）",
            "您的回答",
            "還有什麼想補充的嗎？",
            "選填",
            "完成",
            "已儲存。您可以關閉此頁面。",
            "更改我的回答",
            "此回答已無法再更改。",
            "您的回答會幫助我們改進。",
            "請只評價本次服務。",
            "您的偏好設定",
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
            "A sua resposta ajuda-nos a melhorar.",
            "Avalie apenas este serviço, por favor.",
            "As suas escolhas",
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
            "Su respuesta nos ayuda a mejorar.",
            "Valore solo este servicio, por favor.",
            "Sus preferencias",
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
            "Votre réponse nous aide à progresser.",
            "Merci de noter uniquement ce service.",
            "Vos préférences",
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
            "Ihre Antwort hilft uns, besser zu werden.",
            "Bitte bewerten Sie nur diese Leistung.",
            "Ihre Einstellungen",
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
            "ご回答はサービスの改善に役立てます。",
            "今回のサービスについてのみ評価してください。",
            "設定",
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
            "إجابتك تساعدنا على التحسن.",
            "يرجى تقييم هذه الخدمة فقط.",
            "خياراتك",
        ),
    }
)


def phrases(locale: str) -> TapPhrases:
    """The phrases that fit this locale best; English for a language without any."""
    return PHRASES[fitting(locale)]


def spoken(accept_language: str) -> str:
    """The first language of an Accept-Language header that the pages speak, else `en`."""
    for part in accept_language.split(","):
        wanted = part.partition(";")[0].strip()
        if language(wanted) in SPOKEN:
            return fitting(wanted)
    return "en"
