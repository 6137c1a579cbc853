"""What pages say that have nothing to ask: a link that ended, a wrong address.

Data, per language; a missing or empty string is a failing test. Used by `tap.py` and `problem.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from channels.locales import fitting


@dataclass(frozen=True, slots=True)
class Notice:
    """A heading and the sentence below it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class NoticePhrases:
    """`gone`: a link that is unknown, forged or over. `nothing`: the link that no person sees."""

    gone: Notice
    erased: Notice
    nothing: Notice
    missing: Notice
    failed: Notice
    busy: Notice


def _phrases(*texts: str) -> NoticePhrases:
    titles, sentences = texts[::2], texts[1::2]
    return NoticePhrases(*map(Notice, titles, sentences))


PHRASES: Final[Mapping[str, NoticePhrases]] = MappingProxyType(
    {
        "en": _phrases(
            "This link is no longer valid",
            "Links like this one work for a limited time. You can close this page.",
            "Your answer was deleted",
            "Your words are gone, and nothing leads to you any more. You can close this page.",
            "Nothing to do here",
            "You can close this page.",
            "This page is not here",
            "The address may have been cut off. Please open the link in your message once more.",
            "That did not work",
            "It was not your fault. Please try again in a moment.",
            "A little too much at once",
            "Please wait a minute, then try again.",
        ),
        "zh-Hans": _phrases(
            "此链接已失效",
            "此类链接只在一段时间内有效。您可以关闭此页面。",
            "您的回答已删除",
            "您写的内容已删除，不再与您有任何关联。您可以关闭此页面。",
            "这里无需操作",
            "您可以关闭此页面。",
            "找不到此页面",
            "地址可能不完整。请再次打开消息中的链接。",
            "操作未成功",
            "这不是您的问题。请稍后再试。",
            "操作过于频繁",
            "请等一分钟后再试。",
        ),
        "zh-Hant": _phrases(
            "此連結已失效",
            "此類連結只在一段時間內有效。您可以關閉此頁面。",
            "您的回答已刪除",
            "您寫的內容已刪除，不再與您有任何關聯。您可以關閉此頁面。",
            "這裡無需操作",
            "您可以關閉此頁面。",
            "找不到此頁面",
            "網址可能不完整。請再次開啟訊息中的連結。",
            "操作未成功",
            "這不是您的問題。請稍後再試。",
            "操作過於頻繁",
            "請等一分鐘後再試。",
        ),
        "pt": _phrases(
            "Este link já não é válido",
            "Links como este funcionam por tempo limitado. Você pode fechar esta página.",
            "A sua resposta foi apagada",
            "O que você escreveu foi apagado; nada mais leva a você. Pode fechar esta página.",
            "Nada a fazer aqui",
            "Você pode fechar esta página.",
            "Esta página não existe",
            "O endereço pode estar incompleto. Abra de novo o link da sua mensagem.",
            "Não funcionou",
            "A culpa não foi sua. Tente de novo daqui a pouco.",
            "Muita coisa de uma vez",
            "Aguarde um minuto e tente de novo.",
        ),
        "es": _phrases(
            "Este enlace ya no es válido",
            "Los enlaces como este funcionan por tiempo limitado. Puede cerrar esta página.",
            "Su respuesta se ha borrado",
            "Lo que escribió se ha borrado y ya nada conduce a usted. Puede cerrar esta página.",
            "Nada que hacer aquí",
            "Puede cerrar esta página.",
            "Esta página no existe",
            "Puede que la dirección esté incompleta. Abra de nuevo el enlace de su mensaje.",
            "No ha funcionado",
            "No ha sido culpa suya. Inténtelo de nuevo en un momento.",
            "Demasiado a la vez",
            "Espere un minuto e inténtelo de nuevo.",
        ),
        "fr": _phrases(
            "Ce lien n’est plus valable",
            "Les liens de ce type ont une durée limitée. Vous pouvez fermer cette page.",
            "Votre réponse a été supprimée",
            "Votre texte est effacé et plus rien ne mène à vous. Vous pouvez fermer cette page.",
            "Rien à faire ici",
            "Vous pouvez fermer cette page.",
            "Cette page n’existe pas",
            "L’adresse est peut-être incomplète. Rouvrez le lien de votre message.",
            "Cela n’a pas fonctionné",
            "Vous n’y êtes pour rien. Veuillez réessayer dans un instant.",
            "Un peu trop à la fois",
            "Patientez une minute, puis réessayez.",
        ),
        "de": _phrases(
            "Dieser Link gilt nicht mehr",
            "Solche Links gelten nur eine Zeit lang. Sie können diese Seite schließen.",
            "Ihre Antwort wurde gelöscht",
            "Ihr Text ist gelöscht, nichts führt mehr zu Ihnen. Sie können diese Seite schließen.",
            "Hier ist nichts zu tun",
            "Sie können diese Seite schließen.",
            "Diese Seite gibt es nicht",
            "Die Adresse ist vielleicht abgeschnitten. Öffnen Sie den Link Ihrer Nachricht erneut.",
            "Das hat nicht geklappt",
            "Es lag nicht an Ihnen. Bitte versuchen Sie es gleich noch einmal.",
            "Etwas zu viel auf einmal",
            "Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.",
        ),
        "ja": _phrases(
            "このリンクは無効です",
            "リンクには有効期限があります。このページを閉じてかまいません。",
            "ご回答を削除しました",
            "お書きになった内容は削除され、お客様と結びつくものは残っていません。",
            "ここですることはありません",
            "このページを閉じてかまいません。",
            "ページが見つかりません",
            "アドレスが途中で切れている可能性があります。メッセージのリンクをもう一度開いてください。",
            "うまくいきませんでした",
            "お客様のせいではありません。しばらくしてからもう一度お試しください。",
            "アクセスが集中しています",
            "1分ほど待ってから、もう一度お試しください。",
        ),
        "ar": _phrases(
            "لم يعد هذا الرابط صالحاً",
            "تعمل هذه الروابط لفترة محدودة. يمكنك إغلاق هذه الصفحة.",
            "تم حذف إجابتك",
            "حُذف ما كتبته ولم يعد هناك ما يدل عليك. يمكنك إغلاق هذه الصفحة.",
            "لا شيء مطلوب هنا",
            "يمكنك إغلاق هذه الصفحة.",
            "هذه الصفحة غير موجودة",
            "ربما كان العنوان ناقصاً. يرجى فتح الرابط في رسالتك مرة أخرى.",
            "لم ينجح ذلك",
            "لم يكن الخطأ منك. يرجى المحاولة بعد قليل.",
            "محاولات كثيرة دفعة واحدة",
            "يرجى الانتظار دقيقة ثم المحاولة مرة أخرى.",
        ),
    }
)


def phrases(locale: str) -> NoticePhrases:
    """The phrases that fit this locale best; English for a language without any."""
    return PHRASES[fitting(locale)]
