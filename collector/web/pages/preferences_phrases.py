"""The words of the preference page, per language. Data; a missing or empty string fails a test.

Used by `preferences.py` and its template; the part about answers is in `given_phrases.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from channels.locales import fitting


@dataclass(frozen=True, slots=True)
class PreferencesPhrases:
    """`planned` and `paused` have the place {day}, `pause_for` has {days} (30, 90)."""

    title: str
    intro: str
    upcoming: str
    upcoming_none: str
    planned: str
    ways: str
    sms: str
    email: str
    inapp: str
    save: str
    saved: str
    pause: str
    pause_text: str
    pause_for: str
    paused: str
    resume: str
    stop: str
    stop_text: str
    stop_all: str
    stopped: str


PHRASES: Final[Mapping[str, PreferencesPhrases]] = MappingProxyType(
    {
        "en": PreferencesPhrases(
            "Your choices",
            "What we ask you, how, and what you said.",
            "What you will be asked",
            "Nothing is waiting for you right now.",
            "planned for {day}",
            "How we may ask you",
            "Text message",
            "Email",
            "In the app or on the website",
            "Save",
            "Saved.",
            "Take a break",
            "No questions at all for a while.",
            "Pause for {days} days",
            "You are taking a break until {day}.",
            "End the break",
            "No more questions",
            "We will not ask you anything any more, in any way.",
            "Stop all questions",
            "You will not be asked any more. Choose a way below to change that.",
        ),
        "zh-Hans": PreferencesPhrases(
            "您的偏好设置",
            "我们会问什么、怎么问，以及您的回答。",
            "即将向您提出的问题",
            "目前没有待回答的问题。",
            "计划于{day}",
            "我们可以怎样向您提问",
            "短信",
            "电子邮件",
            "在应用或网站内",
            "保存",
            "已保存。",
            "暂停一段时间",
            "暂时不再向您提问。",
            "暂停 {days} 天",
            "已暂停至{day}。",
            "结束暂停",
            "不再提问",
            "我们不会再以任何方式向您提问。",
            "停止所有提问",
            "我们不会再向您提问。如需更改，请在下方选择方式。",
        ),
        "zh-Hant": PreferencesPhrases(
            "您的偏好設定",
            "我們會問什麼、怎麼問，以及您的回答。",
            "即將向您提出的問題",
            "目前沒有待回答的問題。",
            "預定於{day}",
            "我們可以怎樣向您提問",
            "簡訊",
            "電子郵件",
            "在應用程式或網站內",
            "儲存",
            "已儲存。",
            "暫停一段時間",
            "暫時不再向您提問。",
            "暫停 {days} 天",
            "已暫停至{day}。",
            "結束暫停",
            "不再提問",
            "我們不會再以任何方式向您提問。",
            "停止所有提問",
            "我們不會再向您提問。如需更改，請在下方選擇方式。",
        ),
        "pt": PreferencesPhrases(
            "As suas escolhas",
            "O que perguntamos, como, e o que você respondeu.",
            "O que vamos perguntar",
            "Não há nada à sua espera agora.",
            "previsto para {day}",
            "Como podemos perguntar",
            "Mensagem de texto",
            "E-mail",
            "No aplicativo ou no site",
            "Salvar",
            "Salvo.",
            "Fazer uma pausa",
            "Nenhuma pergunta por um tempo.",
            "Pausar por {days} dias",
            "Você está em pausa até {day}.",
            "Terminar a pausa",
            "Sem mais perguntas",
            "Não perguntaremos mais nada, de forma nenhuma.",
            "Parar todas as perguntas",
            "Não perguntaremos mais. Escolha abaixo uma forma para mudar isso.",
        ),
        "es": PreferencesPhrases(
            "Sus preferencias",
            "Qué le preguntamos, cómo, y qué respondió.",
            "Lo que le preguntaremos",
            "Ahora mismo no hay nada pendiente.",
            "previsto para el {day}",
            "Cómo podemos preguntarle",
            "Mensaje de texto",
            "Correo electrónico",
            "En la aplicación o en la web",
            "Guardar",
            "Guardado.",
            "Hacer una pausa",
            "Ninguna pregunta durante un tiempo.",
            "Pausar {days} días",
            "Está en pausa hasta el {day}.",
            "Terminar la pausa",
            "Sin más preguntas",
            "No volveremos a preguntarle nada, de ninguna forma.",
            "Detener todas las preguntas",
            "No le preguntaremos más. Elija abajo una forma para cambiarlo.",
        ),
        "fr": PreferencesPhrases(
            "Vos préférences",
            "Ce que nous demandons, comment, et ce que vous avez répondu.",
            "Ce que nous allons vous demander",
            "Rien ne vous attend pour le moment.",
            "prévu le {day}",
            "Comment nous pouvons vous interroger",
            "SMS",
            "E-mail",
            "Dans l’application ou sur le site",
            "Enregistrer",
            "C’est enregistré.",
            "Faire une pause",
            "Aucune question pendant un temps.",
            "Pause de {days} jours",
            "Vous êtes en pause jusqu’au {day}.",
            "Terminer la pause",
            "Plus de questions",
            "Nous ne vous demanderons plus rien, d’aucune façon.",
            "Arrêter toutes les questions",
            "Nous ne vous demanderons plus rien. Choisissez un moyen ci-dessous pour changer cela.",
        ),
        "de": PreferencesPhrases(
            "Ihre Einstellungen",
            "Was wir Sie fragen, auf welchem Weg, und was Sie geantwortet haben.",
            "Was wir Sie fragen werden",
            "Im Moment wartet nichts auf Sie.",
            "geplant für den {day}",
            "Wie wir Sie fragen dürfen",
            "SMS",
            "E-Mail",
            "In der App oder auf der Website",
            "Speichern",
            "Gespeichert.",
            "Pause machen",
            "Eine Zeit lang gar keine Fragen.",
            "{days} Tage Pause",
            "Sie haben Pause bis zum {day}.",
            "Pause beenden",
            "Keine Fragen mehr",
            "Wir fragen Sie nichts mehr, auf keinem Weg.",
            "Alle Fragen beenden",
            "Wir fragen Sie nicht mehr. Wählen Sie unten einen Weg, um das zu ändern.",
        ),
        "ja": PreferencesPhrases(
            "設定",
            "お伺いする内容と方法、これまでのご回答をご確認いただけます。",
            "これからお伺いすること",
            "現在お伺いすることはありません。",
            "{day}予定",
            "お伺いする方法",
            "SMS",
            "メール",
            "アプリ内・サイト内",
            "保存",
            "保存しました。",
            "しばらく休む",
            "しばらくの間、何もお伺いしません。",
            "{days}日間休む",
            "{day}までお休み中です。",
            "休みを終える",
            "今後お伺いしない",
            "今後、どの方法でもお伺いしません。",
            "すべて停止する",
            "今後お伺いしません。変更するには、下で方法を選んでください。",
        ),
        "ar": PreferencesPhrases(
            "خياراتك",
            "ما نسألك عنه وكيف، وما أجبت به.",
            "ما سنسألك عنه",
            "لا شيء في انتظارك الآن.",
            "مقرر في {day}",
            "كيف يمكننا أن نسألك",
            "رسالة نصية",
            "البريد الإلكتروني",
            "في التطبيق أو على الموقع",
            "حفظ",
            "تم الحفظ.",
            "استراحة",
            "لا أسئلة إطلاقاً لفترة.",
            "إيقاف لمدة {days} يوماً",
            "أنت في استراحة حتى {day}.",
            "إنهاء الاستراحة",
            "لا مزيد من الأسئلة",
            "لن نسألك عن أي شيء بعد الآن، بأي طريقة.",
            "إيقاف كل الأسئلة",
            "لن نسألك بعد الآن. اختر طريقة أدناه لتغيير ذلك.",
        ),
    }
)


def phrases(locale: str) -> PreferencesPhrases:
    """The phrases that fit this locale best; English for a language without any."""
    return PHRASES[fitting(locale)]
