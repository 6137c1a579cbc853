"""How people ask in French to be left alone: phrases with places. Data, read by `demands.py`.

How a phrase is written is said in `stop_phrases.py`.
"""

from __future__ import annotations

from typing import Final

DEMANDS: Final = """
ne plus recevoir|envoyer|écrire|contacter|me|m'envoyer|m'écrire|m'embêter
n'envoyez plus|envoyez plus
je ne veux|souhaite|désire plus|pas|aucun … <messages>|recevoir
ne veux|souhaite|désire plus être|etre|qu'on|que
ne plus|pas me|m'|nous|être|etre contacter|contacté|contactée|écrire|déranger|sollicité|
  sollicitée|embêter|envoyer
ne me|nous contactez|écrivez|contacte|dérangez|sollicitez|envoyez|textez|embêtez|appelez plus|pas
ne m'appelez|m'écris plus|pas
je veux|souhaite ne plus recevoir
je veux plus … <messages>|recevoir
veux plus recevoir
plus de <messages>
plus aucun <messages>
plus jamais de <messages>
pas de <messages>!
arrêtez|arrête|arrêter|cessez|cesse|cesser d'écrire|d'envoyer|d'appeler
arrêtez|arrête|arrêter|cessez|cesser|stoppez|stop … <messages>
arrêtez de m'écrire|m'envoyer|me|m'embêter|m'importuner|m'harceler|nous|m'appeler|m'contacter|
  contacter|spammer
arrête|cessez|arrêter de m'écrire|m'envoyer|me|nous|m'embêter|m'importuner|m'harceler
laissez-moi|laisse-moi|fichez-moi|foutez-moi tranquille|la_paix|en_paix
retirez|supprimez|enlevez|effacez|retirer|supprimer|enlever|supprime|retire mon|ce|le|notre
  numéro|contact|téléphone
retirez-moi|supprimez-moi|enlevez-moi|effacez-moi|rayez-moi|sortez-moi
désabonnez-moi|désinscrivez-moi|désabonner|désinscrire|désinscrivez|désabonnez
je veux|souhaite|voudrais me désabonner|désinscrire
me désabonner|désinscrire
^faux numéro!
trompez|trompé|trompés|trompe de numéro|personne
vous|tu avez|as le mauvais numéro
pas le bon numéro
ce n'est pas|plus mon|le numéro
c'est|est pas|plus mon|le numéro
numéro erroné|incorrect
plus rien recevoir
^ça suffit!
ça suffit … <messages>
^mauvais numéro!
ne m'envoie|m'écris|mécris|m'envoies plus
ne m'écrivez|mécrivez|m'écrivez plus
ne veux|souhaite|désire|voulons plus|pas|aucun … <messages>|recevoir
<faux> de|le|du numéro|num|no|personne!
vous|tu|z faites|faite|fait|avez|fais … erreur de numéro|personne|num
^erreur de numéro|destinataire|personne!
^vous faites erreur!
vous faites erreur ce
mauvais|faux num|numéro|numero|no|destinataire <polite>!
^mauvais|faux numéro désolé|sorry|je|merci|madame|monsieur
ne me|nous recontactez|recontacte|rappelez|relancez|textez plus|pas
=pas intéressé
=pas intéressée
=ça|ca_ne|ne_m'|m' m'intéresse|intéresse pas
=je_ne|je suis|suis_pas pas|plus intéressé|intéressée
=pas intéressés
<retirez> mon|ce|le|notre|mes|ces|tout numéro|num|contact|téléphone|coordonnées|données|portable
<retirez> moi|me|nous de|du|des
me|m' retirer|supprimer|enlever|effacer|rayer|désinscrire|sortir de|du|des|svp|merci
veuillez me|m' retirer|supprimer|enlever|effacer|rayer|désinscrire|désabonner
lâchez|lachez|lâche|lache moi|nous
foutez|fichez|foutez_moi|laissez|laisse moi|nous tranquille|la_paix|en_paix
^c'est|cest du harcèlement|spam|démarchage
^harcèlement!
plainte|cnil|avocat|police|33700 … si vous|tu continuez|continue|m'écrivez|m'envoyez|recommencez
porter|porte|dépose|déposer plainte si|pour_harcèlement
je vous signale|bloque
pourquoi vous|tu … m'envoyez|m'écrivez|m'envoies|me_textez|me_contactez|m'envoyer
<cessez> tout|toute|tous|de|vos|ces … envoi|envois|contact|<messages>|contacter|communication
jamais|pas donné … accord|consentement|numéro|autorisation
je me désabonne|désinscris
veuillez cesser|arrêter
<cessez> svp|s'il|merci|please!
=arrêtez
<cessez> vos|les|ces|tous|avec_vos|avec_ces|avec_les|ça <messages>
<cessez> de menvoyer|mécrire|memmerder|mappeler
ne mappelez|mécrivez|menvoyez|m'envoyez|m'écrivez plus|pas rien|de|jamais|ces|vos|aucun
~ne m'envoyez|menvoyez plus!
ne m'envoyez|menvoyez plus rien|jamais|de|aucun
plus de textos|sms|messages|message|msg|mess
c'est|cest pas|plus mon|le|moi|le_bon numéro|num|tel
=c'est|cest pas moi
marre|assez|ras|fatigué|saoulé|stop de|le|par … vos|tes|ces|les <messages>
ras le|de bol de … <messages>
marre|ras_le_bol|assez de … <messages>
vous|tu me harcelez|saoulez|spammez|harcèles
"""
