"""The few words around a question that are not the survey's own, in nine languages. Data.

Read by compose, the unsubscribe page and the answer to HELP; the words to stop by SMS are in
`channels/sms/frame.py`. A new language is one more entry here, there and in `channels/locales.py`;
a missing or empty string is a failing test.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from channels.locales import direction as direction
from channels.locales import fitting
from channels.locales import language as language


@dataclass(frozen=True, slots=True)
class Phrases:
    """How to answer (`preheader`, `hint`), why one is asked (`because`), what HELP gets, and
    the unsubscribe page.

    `help_sms` names where to find out more as `{host}`, and stays within one segment with a host of
    up to 30 characters.
    """

    preheader: str
    hint: str
    because: str
    help_sms: str
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
            "You get this one question because you dealt with us recently.",
            "One question about your order or contact with us. "
            "Reply with a number, or STOP to end. {host}",
            "Unsubscribe",
            "Stop these questions?",
            "We will not ask you on this channel again.",
            "Unsubscribe",
            "You are unsubscribed",
            "We will not ask you here again. You may close this page.",
        ),
        "zh-Hans": Phrases(
            "只需轻点一下。",
            "点一个数字即可完成回答。",
            "您收到这个问题，是因为您最近使用过我们的服务。",
            "关于您近期的订单或服务，仅一个问题。回复数字作答，回T退订。{host}",
            "退订",
            "不再接收这类提问？",
            "我们将不再通过此方式向您提问。",
            "退订",
            "已退订",
            "我们不会再通过此方式打扰您。您可以关闭本页。",
        ),
        "zh-Hant": Phrases(
            "只需輕點一下。",
            "點一個數字即可完成回答。",
            "您收到這個問題，是因為您最近使用過我們的服務。",
            "關於您近期的訂單或服務，僅一個問題。回覆數字作答，回T退訂。{host}",
            "取消訂閱",
            "不再接收這類提問？",
            "我們將不再透過此方式向您提問。",
            "取消訂閱",
            "已取消訂閱",
            "我們不會再透過此方式打擾您。您可以關閉本頁。",
        ),
        "pt": Phrases(
            "Basta um toque.",
            "Toque em um número. Um toque é a sua resposta.",
            "Você recebe esta única pergunta porque usou nosso serviço há pouco.",
            "Uma pergunta sobre o seu pedido ou contato conosco. "
            "Responda com um numero, ou SAIR para parar. {host}",
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
            "Recibe esta única pregunta porque hace poco usó nuestro servicio.",
            "Una pregunta sobre su pedido o su contacto con nosotros. "
            "Responda con un numero, o BAJA para cancelar. {host}",
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
            "Vous recevez cette seule question car vous avez eu affaire à nous récemment.",
            "Une question sur votre commande ou votre contact avec nous. "
            "Répondez par un chiffre, ou STOP pour se désinscrire. {host}",
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
            "Sie erhalten diese eine Frage, weil Sie kürzlich mit uns zu tun hatten.",
            "Eine Frage zu Ihrer Bestellung oder Ihrem Kontakt mit uns. "
            "Antworten Sie mit einer Zahl, oder STOPP zum Abmelden. {host}",
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
            "最近ご利用いただいたお客様に、一度だけお伺いしています。",
            "ご注文やお問い合わせに関する質問です。数字で返信、停止と返信で解除。{host}",
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
            "يصلك هذا السؤال الوحيد لأنك تعاملت معنا مؤخراً.",
            "سؤال واحد عن طلبك. أجب برقم، للإلغاء: توقف. {host}",
            "إلغاء الاشتراك",
            "إيقاف هذه الأسئلة؟",
            "لن نسألك عبر هذه القناة مرة أخرى.",
            "إلغاء الاشتراك",
            "تم إلغاء اشتراكك",
            "لن نسألك هنا مرة أخرى. يمكنك إغلاق هذه الصفحة.",
        ),
    }
)


def phrases(locale: str) -> Phrases:
    """The phrases that fit this locale best; English for a language without any."""
    return PHRASES[fitting(locale)]
