"""Groups of words that mean the same in a demand to stop, by the name that `stop_phrases.py` uses.

Data, read by `demands.py`: `a|b` is one or the other.
"""

from __future__ import annotations

from typing import Final

GROUPS: Final = {
    "dont": "dont|dnt|please not|pls not|not to|do not|dont you|dont ever|do not ever|never|"
    "never ever|can you not|could you not",
    "stop": "stop|quit|cease|stopp|end",
    "writing": "texting|textin|txtin|messagin|txting|messaging|contacting|bothering|spamming|"
    "harassing|emailing|writing|"
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
    "msgs": "text|texts|txt|txts|message|messages|msg|msgs|sms|survey|surveys|questionnaires|"
    "spam|"
    "notifications|emails|polls|mails|contact|communication|communications",
    "stuff": "this|these|those|anything|stuff|crap|shit|junk|things|more|any more|anymore|any",
    "whom": "me|us|this|my phone|my number|my mobile|my cell|her phone|his phone|again|here|"
    "anymore|any more|ever|at all|it",
    "removes": "remove|removing|delete|erase|drop|lose|forget|scrub|wipe|strike|unlist|clear|"
    "deleting|bin",
    "ceases": "discontinue|end|terminate|halt|suspend|cease|desist|refrain",
    "polite": "sorry|mate|hun|hon|love|pal|buddy|bro|dude|man|please|thanks|thx|madam|sir|désolé|"
    "désolée|desole|merci|danke|leider|i think|lol|friend|bud|honey|darling|btw|monsieur|madame",
    "faux": "trompez|trompé|trompés|trompe|trompee",
    "retirez": "retirez|supprimez|enlevez|effacez|retirer|supprimer|enlever|supprime|retire|"
    "efface|"
    "effacer|enlève|rayez|virez",
    "cessez": "arrêtez|arrête|arrêter|cessez|cesse|cesser|stoppez|stop|stopper",
    "tirem": "tira|tire|tirem|remova|removam|remover|retire|retirem|exclua|excluam|excluir|"
    "apague|"
    "apaguem|apagar|apaga|delete|deletem|deleta|elimine|eliminem",
    "list": "list|lists|database|system|records|mailing|contacts|texts|messages|surveys|sms|file",
    "mensajes": "mensaje|mensajes|sms|encuesta|encuestas|mensagem|mensagens|pesquisa|pesquisas|"
    "texto|textos|questionários|spam|notificaciones|notificações|correos|avisos|publicidad|"
    "propaganda|questionário|torpedos|torpedo",
    "messages": "message|messages|sms|enquête|enquêtes|sondage|sondages|texto|textos|"
    "questionnaire|questionnaires|spam|spams|notifications|pub|pubs|mails|sollicitations",
    "nachrichten": "nachricht|nachrichten|sms|umfrage|umfragen|texte|spam|werbung|mails|"
    "meldungen|mitteilungen|anfragen|befragungen|befragung|bewertungsanfragen",
    "短信": "短信|信息|消息|问卷|調查|调查|訊息|簡訊|問卷|讯息|垃圾短信|推送|评价|評價|广告|廣告|"
    "通知|东西|東西|这个|這個|这种|這種|这些|這些",
    "メッセージ": "メッセージ|SMS|ショートメール|メール|アンケート|通知|連絡|配信|これ|この番号",
    "رسائل": "رسائل|الرسائل|رسالة|استبيان|استبيانات|الاستبيانات|رسائلكم|اشعارات|الاشعارات|"
    "استطلاعات|الاستطلاعات|الاستبيان|رساله",
}
