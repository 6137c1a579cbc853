"""How people ask in Spanish to be left alone: phrases with places. Data, read by `demands.py`.

How a phrase is written is said in `stop_phrases.py`.
"""

from __future__ import annotations

from typing import Final

DEMANDS: Final = """
no envíen|enviar|envíes|manden|mandar|mandes|escriban|escribir … más|mensajes|encuestas|sms
no quiero|deseo más|recibir|que … <mensajes>|escriban|contacten|manden|envíen
no quiero|deseo recibir|más!
no quiero … <mensajes>
no deseo … <mensajes>
no más <mensajes>
ya no quiero … <mensajes>|recibir
ya no … escriban|envíen|manden
^ya no más!
basta de <mensajes>
basta de … <mensajes>
^basta ya!
^ya basta!
dejen|deja|deje|dejar de escribirme|enviarme|mandarme|molestar|molestarme|enviar|mandar|
  contactarme|escribir|llamarme|acosarme|spamearme
paren|pare|para de escribirme|enviar|mandar|enviarme|mandarme|molestar
solicito la|mi baja
quiten|quitenme|quítenme|quitar|borren|borrar|borrenme|bórrenme|eliminen|eliminar|elimíneme|
  elimínenme|saquen|sáquenme|sacar … número|lista|base|datos
quítenme|bórrenme|sáquenme|elimínenme
eliminarme|borrarme|quitarme|sacarme|bórrame|elimíname|quítame|sácame de
^eliminarme|borrarme|quitarme|sacarme|bórrame|elimíname|quítame|sácame!
^cancelar la|mi|los|suscripción|estos suscripción|mensajes|sms!
^cancelar suscripción|mensajes|sms
cancelen … <mensajes>
déjenme|déjame|dejenme en paz
déjenme|dejame tranquilo|tranquila
^número|numero equivocado|ekivocado|errado|incorrecto|erróneo
no es|soy mi|el|la|ese número|persona
persona equivocada!
equivocó|equivocaron|equivoca|equivocado|equivocas|confundido|confundió de|el número|numero|
  persona
alto a … <mensajes>
parar los|estos|de <mensajes>
stop a … <mensajes>
stop <mensajes>
no vuelvan|vuelvas|vuelva a escribirme|escribir|mandarme|enviarme|molestarme|contactarme|llamarme
^no mas <mensajes>
dar|darme|deme|denme|dame|dénme|quiero la|mi|de|darme baja!
dar|darme|deme|denme|dame|dénme de baja!
dar|darme|deme|denme|dame|dénme de baja de|en … <mensajes>|lista|esto|esta|estos|este
^quiero darme de baja!
no me|nos escriban|escribas|escriba|molesten|molestes|moleste|contacten|contactes|contacte|llamen|
  pregunten
no me|nos envíen|envíes|envíe|envien|manden|mandes|mande!
no me|nos envíen|envíes|envíe|envien|manden|mandes|mande … más|mas|<mensajes>|nada|esto|estas|
  estos
=no_me|no_nos interesa
=no estoy|soy interesado|interesada
no molesten|molestes|moleste|molestar|fastidien|jodan!
no molesten|molesten_más|molestar más|mas|por
ya|ya_no no|me me|nos estén|esten|esté|sigan|anden|vuelvan|estar mandando|enviando|escribiendo|
  molestando|mandar|enviar|escribir
no me|nos sigan|estén|esten|anden|sigas escribiendo|mandando|enviando|molestando|llamando
dejen|deja|deje|dejar|dejad|paren de joder|fastidiar|chingar|molestar|mandar|enviar|escribir|
  spamear
denunciar|denuncio|demandar|denunciaré|abogado|policía|reportar|reporto|profeco|facua … siguen|
  sigan|vuelven|escriben|mandan|escribiendo
si me|vuelven|siguen … escriben|mandan|escribirme|mandarme|escribiendo|mandando
^esto|eso es acoso|spam|hostigamiento
^acoso!
por|porque qué|me me|siguen siguen|escribiendo|mandando|escriben|mandan|envían
por que|qué me escriben|mandan|envían|contactan|siguen
no|nunca autorizo|autoricé|autorice|di|acepté|consiento|doy … <mensajes>|contacten|escriban|
  permiso|consentimiento|número|esto
nunca|no me suscribí|registré|apunté|inscribí|suscribi
nunca|jamás me|nos escriban|manden|contacten|envíen
me quiero|quisiera dar de baja!
me quiero|quisiera dar|borrar|salir de baja|la|esta|lista
borren|borra|borre|eliminen|elimina|elimine|quiten|quita|quite|saquen|saca|suprima|supriman mi|
  mis|este|el|nuestro|ese número|numero|datos|contacto|teléfono|cel|celular|móvil|nombre
quiten|saquen|borren|eliminen me|nos!
sáquenme|sáqueme|quítenme|quítame|bórrenme|bórrame|sácame de|ya|por
quiero que dejen|paren|deje
no quiero que me|nos … escriban|manden|contacten|llamen|envíen|molesten
^parar|paren mensajes|sms|esto
^ya párenle|parenle|párale|paren!
=paren
ya no me … manden|escriban|envíen|molesten
dame|denme|dar|darme|deme de baja porfa|por|ya|gracias|please|pls|urgente
no me|nos llamen|pregunten más|mas|nunca!
equivocado|equivocaron|equivocó|equivocaste de|el número|numero|persona
tiene|tienen|tienes|tenes el|un número|numero equivocado|incorrecto
no me|nos busquen|contacten|hablen|spameen más|mas|mas_por|nunca
ya párenle|parenle|párale con … <mensajes>
harto|harta|cansado|cansada|hartos de|con|por … <mensajes>
me|nos tienen|tiene harto|cansado|harta|cansada … <mensajes>
=no soy yo
"""
