"""How people ask in Portuguese to be left alone: phrases with places. Data, read by `demands.py`.

How a phrase is written is said in `stop_phrases.py`.
"""

from __future__ import annotations

from typing import Final

DEMANDS: Final = """
não me|nos mande|mandem|envie|enviem|escrevam|escreva|contacte|contate|contatem|perturbe|
  perturbem|incomode|incomodem|liguem|chame
não mande|mandem|envie|enviem|enviar|mandar … mais|mensagens|pesquisas|sms|nada
não quero|desejo mais|receber … <mensajes>
não quero|desejo mais|receber!
não quero mais receber
não quero receber mais
não quero … <mensajes>
não desejo … <mensajes>
não desejo receber
chega de … <mensajes>
^chega!
sem mais <mensajes>
parem|pare|para|parar de enviar|mandar|me|escrever|encher|perturbar|incomodar|contatar|mensagens
parem|pare com … <mensajes>|isso
me tira|tire|tirem|remova|remove|remover|removam|retire|retirem|exclua|excluam|exclui|apague|
  apaguem|apaga|deleta … lista|número|cadastro|contato|base
me tira|tire|tirem|remova|remove|removam|retire|exclua|exclui da|do|desta|dessa|daqui
tira|tire|tirem|remova|removam|remover|retire|retirem|exclua|excluir|apague|apaguem meu|o_meu|
  este|esse|o|nosso número|contato|telefone|cadastro
tirem-me|removam-me|retirem-me|remova-me|retire-me
^cancelar minha|a|inscrição|as inscrição|mensagens|sms!
^cancelar inscrição|mensagens|sms
cancele|cancelem|cancelar … <mensajes>
descadastre-me|descadastrar
quero sair
quero me descadastrar
quero cancelar o|as|os … <mensajes>
me deixe|deixem|deixa em paz
deixem-me em paz
^número errado|incorreto
não é|e meu|o_meu|esse|este número|telefone
pessoa errada!
enganou-se|engano|errou|erraram|erraste de|no|o número
nunca mais me mande|envie|escreva|mandem|enviem
sair da lista
quero sair da lista
=não tenho|temos interesse
=sem interesse
=não me interessa
=não estou interessado|interessada
=é engano
=engano
=foi engano
não quero|desejo|gostaria|queria ser|de_ser contactado|contatado|contactada|contatada|incomodado|
  incomodada
tem|têm|estão|está|ligou|mandou|mandaram … o|com_o|para_o|pro número|numero|contato errado|
  incorreto
<tirem> meu|meus|o_meu|os_meus|esse|este|nosso|esses número|numero|contato|dados|telefone|
  cadastro|nome|celular
<tirem> me|da|dessa|desta|do lista|cadastro|sistema|base
me <tirem> da|do|dessa|desta|daqui|das
^chega|basta disso|disto
chega|basta de|com isso|essas|<mensajes>
vou|vamos processar|denunciar|bloquear|reportar vocês|vcs|voce|você|isso|esse|este|procon
^isso|isto é assédio|spam|abuso
^assédio!
por|porque|pq que|vocês|vcs … ficam|continuam|fica|me … mandando|enviando|mandar|escrevendo|
  enviar|mandam|enviam
não|nunca autorizo|autorizei|concordei|consinto|aceitei|cadastrei|inscrevi|dei … <mensajes>|isso|
  isto|envio|número|contato|consentimento
deixem|deixe|deixa|parem|pare|para|quero_que_parem de|com … mandar|enviar|incomodar|escrever|
  perturbar|encher|chatear|contatar|contactar|mandarem|ligar
não|nunca me|nos contactem|contatem|enviem|mandem|escrevam|escreva|incomodem|chateiem mais
~não me|nos liguem|ligue|chamem|chame mais|nunca!
pare|parem com|por isso|isto|essas|favor!
não é|e o|meu|o_meu|esse número|telefone
se me|vocês mandarem|mandar|enviarem|continuarem … processo|denuncio|bloqueio|procon
não|nao aguento|aguentamos mais … <mensajes>
cansei|cansado|cansada|farto|farta de|dessas|desses|destas|com … <mensajes>
cansei|farto|farta dessas|desses|destas <mensajes>
=não sou eu
"""
