"""Groups of words that mean the same in a demand to stop, by the name that `stop_phrases.py` uses.

Data, read by `demands.py`: `a|b` is one or the other.
"""

from __future__ import annotations

from typing import Final

GROUPS: Final = {
    "dont": "dont|do not|dont you|dont ever|do not ever|never|never ever|can you not|could you not",
    "stop": "stop|quit|cease|stopp|end",
    "writing": "texting|txting|messaging|contacting|bothering|spamming|harassing|emailing|writing|"
    "pestering|annoying|calling|bugging|smsing|surveying|pinging|disturbing|hassling",
    "sending": "sending|asking|send|giving|getting|receiving|blowing up",
    "those": "all|all these|all the|all of your|the|your|these|those|this|any|with|with the|"
    "with your|with these|"
    "the damn|these damn|these stupid|these annoying|those annoying|these constant|the constant|"
    "the annoying",
    "texts": "text|texts|txt|txts|message|messages|msg|msgs|sms|smses|survey|surveys|"
    "questionnaire|questionnaires|question|questions|spam|notifications|notification|alerts|"
    "reminders|mails|email|emails|crap|feedback|polls|poll|contact|communications|communication|"
    "subscription to this|ratings|marketing|promotions",
    "me": "me|us|my|this|here|anymore|any more|again|ever",
    "list": "list|lists|database|system|records|mailing|contacts|texts|messages|surveys|sms|file",
    "mensajes": "mensaje|mensajes|sms|encuesta|encuestas|mensagem|mensagens|pesquisa|pesquisas|"
    "texto|textos|questionários|spam|notificaciones|notificações|correos|avisos|publicidad|"
    "propaganda|questionário|torpedos|torpedo",
    "messages": "message|messages|sms|enquête|enquêtes|sondage|sondages|texto|textos|"
    "questionnaire|questionnaires|spam|spams|notifications|pub|pubs|mails|sollicitations",
    "nachrichten": "nachricht|nachrichten|sms|umfrage|umfragen|texte|fragen|spam|werbung|mails|"
    "meldungen|mitteilungen|anfragen|befragungen|befragung|bewertungsanfragen",
    "短信": "短信|信息|消息|问卷|調查|调查|訊息|簡訊|問卷|讯息|垃圾短信|推送|评价|評價|广告|廣告|"
    "通知|东西|東西|这个|這個|这种|這種|这些|這些",
    "メッセージ": "メッセージ|SMS|ショートメール|メール|アンケート|通知|連絡|配信|これ|この番号",
    "رسائل": "رسائل|الرسائل|رسالة|استبيان|استبيانات|الاستبيانات|رسائلكم|اشعارات|الاشعارات|"
    "استطلاعات|الاستطلاعات|الاستبيان|رساله",
}
