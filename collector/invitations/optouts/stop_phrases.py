"""The words with which people ask to be left alone, in nine languages. Data.

Read by `words.py` and `demands.py`, which fold what is here as they fold a text: case, width,
accents and apostrophes do not matter. The phrases are in `demanding/`, a language a file. There
`a|b` is one or the other (`a_b`: two words in the place of one), `<name>` is one of a group
(`stop_groups.py`), `…` stands for up to four words that do not matter and deny nothing (eight
characters in Chinese and Japanese). A phrase that begins with `^` must begin its sentence, one that
ends in `!` must end it: polite and filling words aside. One with `=` must be all that is said, and
one with `~` must have no subject before it ("I don't text").

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
    "cancel end quit revoke remove delete discontinue stp t td r 2 alto cancelar remover fin "
    "finir kündigen "
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
    "number mate hun hon pal buddy bro dude lol sorry omg seriously for btw thx cheers regards "
    "que estos estas esto isso essas esses mensagens mensajes mensaje mensagem mais más "
    "les ces messages alles das mit den diese nachrichten الرسائل رسائل هذه الان الآن فورا 短信 "
    "簡訊 我 吧 啊 我要 我想 立即 马上 馬上 现在 現在 回 を"
)
# A demand may begin behind these, which say who asks whom, and how.
BEFORE: Final = (
    "i id i'd would like wish you yall guys want need to can could will must should ask asked "
    "told "
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
# Directly before a demand, one word between at most, these deny it or only tell of it.
DENIALS: Final = (
    "not didnt didn't wouldnt wouldn't wont won't doesnt doesn't dont don't never cant can't "
    "couldnt couldn't cannot isnt isn't if when because why until لا ما لم لن ولا nicht nie "
    "niemals wenn ne pas não nunca no nadie jamais"
)
# Said of us, such a denial is a complaint: "you won't stop texting me".
US: Final = "you u yall ya guys people lot vous tu ustedes ihr sie"
# Somebody else: what comes behind one of these is told of them.
OTHERS: Final = (
    "he she they it him her them driver drivers courier guy man which agent staff neighbour "
    "neighbor neighbours kids dog sign él ella ellos repartidor conductor ele ela eles motorista "
    "entregador il elle ils livreur chauffeur er fahrer bote kurier"
)
# Behind one of these it is asked for, whatever came before; and so behind what tells of a death.
IMPERATIVE: Final = (
    "please pls plz kindly now so then and but bitte svp porfa favor died dead passed deceased "
    "moved wrong longer changed verstorben décédé murió faleceu"
)
# "I don't text while driving", "you never text me back" tell; behind "told you" it is a demand.
SUBJECTS: Final = "i we you u they he she who nobody people someone ive je tu nous eu nós yo"
TOLD: Final = "told asked said say saying tell telling again already times"
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
