"""How people ask to be left alone, in nine languages: words, and phrases with places. Data.

Read by `words.py`, which folds what is here as it folds a text: case, width, accents and
apostrophes do not matter. In a phrase `a|b` is one or the other (`a_b`: two words in the place of
one), `<name>` is one of a group (`stop_groups.py`), `…` stands for up to four words that do not
matter and deny nothing (eight characters in Chinese and Japanese). A phrase that begins with `^`
must begin its sentence, one that ends in `!` must end it: polite and filling words aside.

Sources: Twilio's keywords (https://www.twilio.com/docs/errors/23002), 47 CFR 64.1200(a)(10): any
reasonable manner; 退订, TD and T are the words that Chinese messages must name.
"""

from __future__ import annotations

from typing import Final

# A wish wherever they are a sentence of their own, with polite and filling words around.
WORDS: Final = (
    "stop stopall stopp stoppp stoppen stopping unsubscribe unsuscribe unsubscribed optout "
    "opt-out unsub cease desist stahp stpo sotp 退订 退訂 取消订阅 取消訂閱 拒收 停止发送 "
    "停止發送 停止 別再傳 别再发 别发了 別傳了 退阅 parar pare parem sair descadastrar "
    "descadastre desinscrever basta baja desuscribir desuscribirme desuscribanme parame "
    "parenle arret arrêt arreter arrêter arrêtez arrête stoppez désabonner désabonnement "
    "désinscription désinscrire désabonnez-moi désinscrivez-moi abmelden abbestellen abmeldung "
    "austragen aufhören 回t退订 回t退訂 購読解除 購読停止 受信拒否 配信不要 配信停止 配信解除 "
    "ストップ 登録解除 解除 停止希望 配信停止希望 توقف توقفوا إلغاء إيقاف أوقف أوقفوا قف كفى "
    "كفاية"
)
# A wish only where nothing else is said but thanks, a score or a signature.
ALONE: Final = (
    "cancel end quit revoke remove delete t td r 2 alto cancelar remover fin finir kündigen "
    "ende schluss exit out bajame quitar borrar eliminar cesar 取消 终止 終止 退出 やめて 中止 "
    "終了 انهاء احذف"
).replace(" 2 ", " ")
START: Final = (
    "start unstop resume resubscribe "
    "订阅 訂閱 恢复 恢復 voltar iniciar reprendre anmelden 再開 配信再開 ابدأ اشتراك"
)
HELP: Final = (
    "help info hilfe aide ayuda ajuda ayúdame 帮助 幫助 说明 說明 ヘルプ 助けて مساعدة المساعدة"
)
POLITE: Final = (
    "please pls plz plez kindly thanks thank thx you just ok okay hi hello hey now dear sir "
    "por favor gracias obrigado obrigada hola olá oi ya agora ahora merci bonjour danke bitte "
    "hallo jetzt sofort sil vous te plait plaît s'il svp من فضلك لطفا رجاء شكرا 请 請 谢谢 謝謝 "
    "麻烦 麻煩 了 お願いします ください よろしく です"
)
FILLERS: Final = (
    "me all the this these those any more it to from i want text texts texting message messages "
    "messaging msg msgs sms sending contacting asking us that immediately already at once right "
    "away forever again means said say told im i'm god ffs damn fucking already and then my "
    "number que estos estas esto isso essas esses mensagens mensajes mensaje mensagem mais más "
    "les ces messages alles das mit den diese nachrichten الرسائل رسائل هذه الان الآن فورا 短信 "
    "簡訊 我 吧 啊 我要 我想 立即 马上 馬上 现在 現在 回 を"
)
# A demand may begin behind these, which say who asks whom, and how.
BEFORE: Final = (
    "i id i'd would like wish you yall guys want need to can could will must should ask asked told "
    "said already again for and so then also but or hey ok okay now just please "
    "pls plz kindly how do can i we we're im i'm am not interested no yes thanks thank hi hello "
    "yo quiero deseo puedes puede pueden podrían por favor le les pido y pero que me "
    "eu quero desejo gostaria de pode podem poderiam e mas por "
    "je veux voudrais souhaite pouvez vous merci de et mais svp "
    "ich möchte will bitte können sie könnt ihr und aber doch mal endlich jetzt "
    "请 請 麻烦 麻煩 拜托 拜託 你们 你們 您 我 想 要 能不能 可以 以后 以後 快 立即 马上 马上就 "
    "もう 今後 二度と どうか すぐに "
    "انا أنا اريد أريد من فضلك فضلكم رجاء ارجو أرجو ان أن لو سمحت سمحتم يرجى"
)
# Not one's own demand: what comes behind one of these tells of somebody, or says the opposite.
OTHERS: Final = (
    "not didnt didn't wouldnt wouldn't wont won't doesnt doesn't dont don't never cant can't "
    "couldnt couldn't cannot isnt isn't he she they it him her them driver drivers courier guy "
    "man who which agent staff neighbour neighbor neighbours kids dog if when because why "
    "until لا ما لم لن ولا él ella ellos repartidor conductor ele ela eles motorista "
    "entregador il elle ils livreur chauffeur er fahrer bote kurier nicht nie wenn ne pas não "
    "nunca no nadie"
)
# In Chinese and Japanese: somebody else, and what may stand around a demand there.
HAN_OTHERS: Final = (
    "他 她 司机 司機 快递员 快遞員 师傅 師傅 外卖员 店员 店員 彼 彼女 運転手 配達員 ドライバー"
)
HAN_AROUND: Final = (
    "了 啦 吧 啊 哦 呀 我 给我 給我 给 給 来 來 过来 過來 的 这个 這個 这些 這些 这种 這種 请 "
    "請 好 吗 嗎 谢谢 謝謝 "
    "麻烦 麻煩 短信 信息 消息 简讯 簡訊 訊息 问卷 問卷 调查 調查 我要 我想 想 要 你们 你們 您 "
    "以后 以後 再 到 这号 "
    "拜托 拜託 能不能 可以 可不可以 立即 立刻 马上 馬上 现在 現在 行不行 都 全部 所有 就 也 还 "
    "哈 嘛 東西 东西 垃圾 "
    "で もう 今後 今後は どうか すぐに ください 下さい お願いします お願い です ます ね よ を "
    "は の に て メール SMS お "
    "この アンケート メッセージ お願い致します いたします 至急 直ちに"
)
DEMANDS: Final = (
    "<stop> <writing>", "<stop> <sending> … <texts>", "^<stop> sending!", "<stop> sending me|us!",
    "<stop> sending|asking me|us this|these|stuff|things|anything|shit", "<stop> asking me|us!",
    "<stop> asking!", "^<stop> <those> <texts>", "^<stop> <texts>", "^stop it!", "^stop this!",
    "^stop that!", "^stop please!", "^stop now!", "^cancel <those> <texts>", "^cancel <texts>",
    "^cancel my text|sms", "<dont> text|message|contact|msg|sms|write|spam|bother|txt|survey",
    "<dont> send … <texts>", "<dont> send me|us", "<dont> call|ask me|us|this … again|anymore",
    "<dont> want|need|wish … <texts>", "<dont> want to be texted|contacted|asked|messaged",
    "<dont> want to hear from you", "<dont> want to get|receive … <texts>|these|this",
    "never asked for these|this|your", "not interested in … <texts>|these|this",
    "no longer want|wish … <texts>", "no longer want|wish to receive|get|be contacted",
    "no more <texts>", "no more of these|this|your", "^no more!",
    "^no texts|sms|surveys|messages!", "no texts|sms|surveys|messages please|pls|anymore",
    "^unsubscribe|unsub|optout|un-subscribe!",
    "unsubscribe|unsub|un-subscribe me|us|this|my|all|these|now|please",
    "unsubscribe|unsub|un-subscribe from … <texts>|<list>|this|these|all|everything|it",
    "^opt|opting out!", "opt me|us out",
    "opt|opting out of|from … <texts>|<list>|this|these|all|everything|it", "sign me off",
    "count me out", "leave me|us alone|be|in_peace", "leave me|us out of … <texts>",
    "remove|delete|erase|drop|strike|scrub|unlist me|us!",
    "remove|delete|erase|drop|take me|us from",
    "remove|delete|erase|drop|take|lose|forget|block my|this|the|our number|contact|phone|"
    "phone_number|mobile|mobile_number|details|cell|cell_number|name",
    "remove|delete|erase|drop|take me|us off", "take|get my|this|our number|name off|from|out",
    "get|take me|us off|out of … <list>", "lose|forget|delete my number",
    "keep|kept saying|telling|typing|texting|replying stop", "rather not … <texts>",
    "take me off", "take me|us out", "revoke my consent", "withdraw my consent",
    "i revoke|withdraw … consent", "^go away!", "^quit it!", "^knock it off!", "buzz off",
    "piss off", "fuck off", "bugger off", "^wrong number!",
    "you have|got the wrong number|person", "this is the wrong number|person",
    "this is not|isnt my|the|the_right number|person", "thats|that is|isnt not my|the number",
    "youve|you got|have the wrong number|person", "sorry wrong number!", "^wrong person!",
    "enough with … <texts>", "enough <texts>", "enough of … <texts>", "turn off … <texts>",
    "how do|can|to i unsubscribe|stop this|these!", "how do|can i stop … <texts>|these",
    "how to|do|can stop|unsubscribe|i!", "how do|can i unsubscribe!", "how do|can i opt out!",
    "no me|nos escriban|escribas|escriba|envíen|envíes|envíe|envien|manden|mandes|mande|"
    "molesten|molestes|moleste|contacten|contactes|contacte|llamen|pregunten",
    "no envíen|enviar|envíes|manden|mandar|mandes|escriban|escribir … más|mensajes|encuestas|sms",
    "no quiero|deseo más|recibir|que … <mensajes>|escriban|contacten|manden|envíen",
    "no quiero|deseo recibir|más!", "no quiero … <mensajes>", "no deseo … <mensajes>",
    "no más <mensajes>", "ya no quiero … <mensajes>|recibir", "ya no … escriban|envíen|manden",
    "^ya no más!", "basta de <mensajes>", "basta de … <mensajes>", "^basta ya!", "^ya basta!",
    "dejen|deja|deje|dejar de escribirme|enviarme|mandarme|molestar|molestarme|enviar|mandar|"
    "contactarme|escribir|llamarme|acosarme|spamearme",
    "paren|pare|para de escribirme|enviar|mandar|enviarme|mandarme|molestar",
    "dar|darme|deme|denme|dame|quiero la|mi|de|darme baja",
    "dar|darme|deme|denme|dame|dénme de baja", "quiero darme de baja", "solicito la|mi baja",
    "quiten|quitenme|quítenme|quitar|borren|borrar|borrenme|bórrenme|eliminen|eliminar|"
    "elimíneme|elimínenme|saquen|sáquenme|sacar … número|lista|base|datos",
    "quítenme|bórrenme|sáquenme|elimínenme",
    "eliminarme|borrarme|quitarme|sacarme|bórrame|elimíname|quítame|sácame de",
    "^eliminarme|borrarme|quitarme|sacarme|bórrame|elimíname|quítame|sácame!",
    "^cancelar la|mi|los|suscripción|estos suscripción|mensajes|sms!",
    "^cancelar suscripción|mensajes|sms", "cancelen … <mensajes>",
    "déjenme|déjame|dejenme en paz", "déjenme|dejame tranquilo|tranquila",
    "^número|numero equivocado|ekivocado|errado|incorrecto|erróneo",
    "no es|soy mi|el|la|ese número|persona", "persona equivocada!",
    "equivocó|equivocaron|equivoca|equivocado|equivocas|confundido|confundió de|el número|"
    "numero|persona", "alto a … <mensajes>", "parar los|estos|de <mensajes>",
    "stop a … <mensajes>", "stop <mensajes>",
    "não me|nos mande|mandem|envie|enviem|escrevam|escreva|contacte|contate|contatem|perturbe|"
    "perturbem|incomode|incomodem|liguem|chame",
    "não mande|mandem|envie|enviem|enviar|mandar … mais|mensagens|pesquisas|sms|nada",
    "não quero|desejo mais|receber … <mensajes>", "não quero|desejo mais|receber!",
    "não quero mais receber", "não quero receber mais", "não quero … <mensajes>",
    "não desejo … <mensajes>", "não desejo receber", "chega de … <mensajes>", "^chega!",
    "sem mais <mensajes>",
    "parem|pare|para|parar de enviar|mandar|me|escrever|encher|perturbar|incomodar|contatar|"
    "mensagens", "parem|pare com … <mensajes>|isso",
    "me tira|tire|tirem|remova|remove|remover|removam|retire|retirem|exclua|excluam|exclui|"
    "apague|apaguem|apaga|deleta … lista|número|cadastro|contato|base",
    "me tira|tire|tirem|remova|remove|removam|retire|exclua|exclui da|do|desta|dessa|daqui",
    "tira|tire|tirem|remova|removam|remover|retire|retirem|exclua|excluir|apague|apaguem meu|"
    "o_meu|este|esse|o|nosso número|contato|telefone|cadastro",
    "tirem-me|removam-me|retirem-me|remova-me|retire-me",
    "^cancelar minha|a|inscrição|as inscrição|mensagens|sms!",
    "^cancelar inscrição|mensagens|sms", "cancele|cancelem|cancelar … <mensajes>",
    "descadastre-me|descadastrar", "quero sair", "quero me descadastrar",
    "quero cancelar o|as|os … <mensajes>", "me deixe|deixem|deixa em paz", "deixem-me em paz",
    "^número errado|incorreto", "não é|e meu|o_meu|esse|este número|telefone", "pessoa errada!",
    "enganou-se|engano|errou|erraram|erraste de|no|o número",
    "no vuelvan|vuelvas|vuelva a escribirme|escribir|mandarme|enviarme|molestarme|contactarme|"
    "llamarme", "^no mas <mensajes>", "nunca mais me mande|envie|escreva|mandem|enviem",
    "sair da lista", "quero sair da lista", "ne mécrivez|menvoyez|me|nous … plus",
    "ne m'écrivez|m'envoyez|m'envoie|m'écris plus",
    "ne plus recevoir|envoyer|écrire|contacter|me|m'envoyer|m'écrire|m'embêter",
    "n'envoyez plus|envoyez plus",
    "je ne veux|souhaite|désire plus|pas|aucun … <messages>|recevoir",
    "ne veux|souhaite|désire plus être|etre|qu'on|que",
    "ne plus|pas me|m'|nous|être|etre contacter|contacté|contactée|écrire|déranger|sollicité|"
    "sollicitée|embêter|envoyer",
    "ne me|nous contactez|écrivez|contacte|dérangez|sollicitez|envoyez|textez|embêtez|appelez "
    "plus|pas", "ne m'appelez|m'écris plus|pas", "je veux|souhaite ne plus recevoir",
    "je veux plus … <messages>|recevoir", "veux plus recevoir", "plus de <messages>",
    "plus aucun <messages>", "plus jamais de <messages>", "pas de <messages>!",
    "arrêtez|arrête|arrêter|cessez|cesse|cesser d'écrire|d'envoyer|d'appeler",
    "arrêtez|arrête|arrêter|cessez|cesser|stoppez|stop … <messages>",
    "arrêtez de m'écrire|m'envoyer|me|m'embêter|m'importuner|m'harceler|nous|m'appeler|"
    "m'contacter|contacter|spammer",
    "arrête|cessez|arrêter de m'écrire|m'envoyer|me|nous|m'embêter|m'importuner|m'harceler",
    "laissez-moi|laisse-moi|fichez-moi|foutez-moi tranquille|la_paix|en_paix",
    "retirez|supprimez|enlevez|effacez|retirer|supprimer|enlever|supprime|retire mon|ce|le|"
    "notre numéro|contact|téléphone",
    "retirez-moi|supprimez-moi|enlevez-moi|effacez-moi|rayez-moi|sortez-moi",
    "désabonnez-moi|désinscrivez-moi|désabonner|désinscrire|désinscrivez|désabonnez",
    "je veux|souhaite|voudrais me désabonner|désinscrire", "me désabonner|désinscrire",
    "^mauvais numéro!", "^faux numéro!", "trompez|trompé|trompés|trompe de numéro|personne",
    "vous|tu avez|as le mauvais numéro", "pas le bon numéro", "ce n'est pas|plus mon|le numéro",
    "c'est|est pas|plus mon|le numéro", "numéro erroné|incorrect", "plus rien recevoir",
    "^ça suffit!", "ça suffit … <messages>", "kein|keine|keinerlei <nachrichten> mehr|bitte|an",
    "keine weiteren|solchen|diese <nachrichten>", "ich möchte|will|wünsche keine … <nachrichten>",
    "ich möchte|will nicht mehr … kontaktiert|angeschrieben|befragt|belästigt|angerufen",
    "möchte|will keine … <nachrichten>",
    "schicken|senden|schreiben|schickt|sendet|schreibt|schick|schreib|sende sie|mir|uns … "
    "keine|nicht|nie … mehr|wieder",
    "schicken|schickt|senden|schreibt|sendet mir|uns nichts mehr",
    "schreiben|schreibt|schreib … nicht|nie mehr|wieder", "hören|hört|hör … auf",
    "nicht mehr schreiben|anschreiben|kontaktieren|senden|schicken|texten|stören|belästigen|"
    "anrufen|melden", "nie wieder schreiben|kontaktieren|anschreiben|texten|kontakt",
    "^bitte nicht mehr!", "kontaktieren|belästigen|stören sie|mich … nicht mehr",
    "löschen|lösche|löscht|entfernen|entfernt|streichen|streicht|nehmen|nehmt|nimm … nummer|"
    "liste|verteiler|daten|kontakt|system|datenbank", "löschen|entfernen|streichen sie mich",
    "meine|diese nummer … löschen|entfernen|streichen",
    "nehmen|nehmt|nimm sie|mich … raus|heraus|runter",
    "^melden|meldet|meld|melde sie|mich|mich … ab!",
    "möchte|will|wollen mich|uns abmelden|austragen|abmelden!", "^mich|uns abmelden|austragen!",
    "mich|uns von|aus|vom … <nachrichten>|liste|verteiler abmelden|austragen|nehmen|streichen",
    "bestellen|bestelle|bestell … ab!", "abmelden von|bitte|aus",
    "lassen|lasst|lass … in ruhe|frieden", "mich in ruhe lassen", "^ruhe!", "^falsche nummer!",
    "haben|hast die|eine falsche nummer", "verwählt!", "nicht meine nummer",
    "falscher empfänger!",
    "stoppen|stoppt|stopp|stop sie|die|diese|mit|alle|das|bitte … <nachrichten>",
    "stopp|stop <nachrichten>", "schluss mit", "ich widerrufe … einwilligung",
    "widerrufe … einwilligung|zustimmung",
    "will|möchte|wünsche|wollen … nicht|nichts mehr bekommen|erhalten|kriegen|hören|"
    "empfangen", "^es reicht!", "genug <nachrichten>", "aus dem verteiler",
    "von der liste … streichen|nehmen|entfernen|löschen",
    "不要|别|別|勿|不用|不必|请勿|請勿|停止|禁止 再|继续|繼續|总|總|老|一直 给|給|向|对|對|跟 "
    "我|本人|本号|本號|这个号码|這個號碼 … 发|發|傳|传|寄|推送!",
    "不要|别|別|勿|不用|不必|请勿|請勿|停止|禁止 再|继续|繼續|总|總|老|一直 给|給|向|对|對|跟 "
    "我 … 发|發|傳|传|推送 … <短信>",
    "不要|别|別|勿|不用|不必|停止|禁止 再|继续|繼續|总|總|老|一直 发|發|傳|传|寄|推送|问|問|来|"
    "來|烦|煩!",
    "不要|别|別|勿|不用|不必|停止|禁止 再|继续|繼續|总|總|老|一直 打扰|打擾|骚扰|騷擾|联系|"
    "聯繫|聯絡|来烦|來煩",
    "不要|别|別|勿|不用|请勿|請勿|停止|禁止|不准 给|給|向 我|本人|本号|這個號碼|这个号码 … 发|"
    "發|傳|传|推送!",
    "不要|别|別|勿|请勿|請勿|停止|不用|不准 打扰|打擾|骚扰|騷擾|烦|煩|联系|聯繫|聯絡",
    "^不要|别|別|勿|请勿|請勿|停止|不用|不准 发|發|傳|传!",
    "不要|别|別|勿|停止 … 发|發|傳|传|寄|推送 … <短信>",
    "不要|别|別|勿 再 发|發|傳|传 了|啦|来了|來了",
    "别发了|別發了|別傳了|别吵|別吵|别再来|別再來|别烦|別煩",
    "请勿打扰|請勿打擾|勿扰|勿擾|别打扰|別打擾", "停止 发送|發送|推送|传送|傳送|接收",
    "^停止 … <短信>!", "退订|退訂 … <短信>", "退订|退訂 本|此|你们|你們|贵",
    "我要|想|需要|要求 退订|退訂!", "取消|关闭|關閉|停掉|终止|終止 … <短信>", "取消 订阅|訂閱",
    "拒收|拒绝接收|拒絕接收|拒绝 … <短信>", "^屏蔽!",
    "不想|不愿|不願|不要|不需要|不希望|不再|拒绝|拒絕|无需|無需 再|继续|繼續|接|收 … 收|收到|"
    "接收|接到|看到|短信|信息|消息|簡訊|訊息|問卷|问卷",
    "不想|不愿|不願|不要|不需要|不希望|不再 收|收到|接收|接到|看到|被打扰|被打擾|被骚扰",
    "把我|将我|將我|请把|請把 … 删除|删掉|移除|移出|刪除|刪掉|去掉|拉黑",
    "删除|删掉|移除|刪除|刪掉|去掉 … 号码|號碼|电话|電話|手机|手機|名单|名單|联系方式|聯絡方式|"
    "我",
    "打错|打錯|发错|發錯|传错|傳錯|搞错|搞錯|弄错|弄錯 了|号码|號碼|人|电话|電話|对象 … 号码|"
    "號碼|人|电话|電話|号|號", "打错|打錯|发错|發錯|传错|傳錯|搞错|搞錯 号码|號碼|人|电话|電話",
    "号码|號碼|电话|電話 … 错了|錯了|打错|打錯|不对|不對", "^我不是 … 先生|女士|小姐|本人",
    "^认错|認錯 人", "够了 … <短信>!", "^夠了!", "^够了!", "没完没了 … 发|發",
    "配信|送信|送付|通知|メール|SMS|メッセージ|アンケート|連絡 を|の|は … 停止|止め|やめ|中止|"
    "解除|不要|いらない|いりません|ストップ|拒否|結構",
    "送ら|おくら|送って|連絡し|送信し|メールし|配信し|よこさ … ないで|こないで|くるな|来ないで|"
    "くれるな|やめて",
    "^送らないで|送るな|送ってくるな|送ってこないで|送らないように|連絡しないで|"
    "連絡してこないで|送信しないで|配信しないで", "^やめてください!", "^やめて下さい!",
    "^止めてください!",
    "^停止してください|停止して下さい|停止でお願いします|停止をお願いします|停止お願いします|"
    "停止希望!", "登録 … 解除|削除|抹消",
    "^解除 してください|して下さい|お願いします|希望|をお願いします!",
    "<メッセージ> … いりません|いらない|不要です|不要|必要ありません|やめて|止めて|ほしくない|"
    "欲しくない|迷惑", "受け取り … たくない|たくありません|拒否", "受信 … 拒否|したくない",
    "番号|リスト|名簿 … 削除|消して|外して|抹消", "^削除してください!",
    "ほっといて|ほうっておいて|放っておいて",
    "番号|電話 が|を|の|は … 違い|違います|違う|間違い|間違いです|間違っています|間違ってます|"
    "間違えて|間違えています|間違えてます|まちがい!",
    "番号違い|番号間違|間違い電話|間違い番号|人違い|宛先違い|宛先間違", "^もう結構です!",
    "^しつこい!", "いい加減にして", "二度と … ないで|するな|くるな",
    "لا|ولا ترسل|ترسلوا|ترسلون|تراسلني|تراسلوني|تراسلونا|تبعث|تبعثوا|تبعثولي|تتصلوا|تتصل|"
    "تزعجوني|تزعجني|تكتبوا|تكتب", "لم اعد اريد|أريد|ارغب",
    "لا|ما|مش|لست اريد|أريد|ارغب|أرغب|ابغى|أبغى|ابي|عايز|بدي|اود … <رسائل>|استلام|استقبال|تلقي|"
    "التواصل|ترسلوا|تراسلوني",
    "توقف|توقفوا|اوقف|أوقفوا|اوقفوا|ايقاف|إيقاف|وقف|وقفوا|كفوا|بطلوا عن|هذه|ارسال|إرسال|"
    "مراسلتي|الارسال|الرسائل|رسائل|رسائلكم|هذا|ازعاجي|الاستبيانات",
    "توقف|توقفوا|كفوا … <رسائل>|ارسال|مراسلتي|الارسال|ازعاجي",
    "الغاء|إلغاء|الغوا|ألغوا|الغي|ألغ الاشتراك|اشتراكي|اشتراك|<رسائل>",
    "اريد|أريد|ارغب|أرغب الغاء|إلغاء|ايقاف|إيقاف … <رسائل>|الاشتراك|اشتراكي",
    "احذف|احذفوا|حذف|ازيلوا|أزيلوا|ازل|امسحوا|امسح|شيلوا|شيل رقمي|هذا|الرقم|اسمي|رقم|بياناتي",
    "احذفوني|احذفني|ازيلوني|أزيلوني",
    "اتركوني|اتركني|دعوني|دعني|سيبوني وشأني|وشاني|في|بحالي|لحالي", "بدون رسائل",
    "^رقم|الرقم|نمرة خاطئ|خاطئة|خطأ|غلط|خطا", "هذا رقم|الرقم خاطئ|خطأ|غلط|خطا",
    "^لست صاحب|انا هذا|الرقم", "هذا|هاد|ده ليس|مو|مش|ماهو رقمي|الرقم|رقم|الشخص",
    "اخطات|أخطأت|غلطان في|بالرقم", "كفى|كفاية|يكفي|خلاص <رسائل>|ازعاج|إزعاج",
    "عدم|بعدم ارسال|إرسال … <رسائل>", "عدم|بعدم مراسلتي|ازعاجي|إزعاجي", "مش عايز … <رسائل>",
    "ما ابي … <رسائل>",
)  # fmt: skip
