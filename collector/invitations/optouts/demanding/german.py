"""How people ask in German to be left alone: phrases with places. Data, read by `demands.py`.

How a phrase is written is said in `stop_phrases.py`.
"""

from __future__ import annotations

from typing import Final

DEMANDS: Final = """
kein|keine|keinerlei <nachrichten> mehr|bitte|an
ich möchte|will|wünsche keine … <nachrichten>
ich möchte|will nicht mehr … kontaktiert|angeschrieben|befragt|belästigt|angerufen
möchte|will keine … <nachrichten>
schicken|senden|schreiben|schickt|sendet|schreibt|schick|schreib|sende sie|mir|uns … keine|nicht|
  nie … mehr|wieder
schicken|schickt|senden|schreibt|sendet mir|uns nichts mehr
schreiben|schreibt|schreib … nicht|nie mehr|wieder
hören|hört|hör … auf!
hören|hört|hör … auf mir|uns|zu|mit|damit|mich
nicht mehr schreiben|anschreiben|kontaktieren|senden|schicken|texten|stören|belästigen|anrufen|
  melden
nie wieder schreiben|kontaktieren|anschreiben|texten|kontakt
^bitte nicht mehr!
kontaktieren|belästigen|stören sie|mich … nicht mehr
löschen|lösche|löscht|entfernen|entfernt|streichen|streicht|nehmen|nehmt|nimm … nummer|liste|
  verteiler|daten|kontakt|system|datenbank
löschen|entfernen|streichen sie mich
meine|diese nummer … löschen|entfernen|streichen
nehmen|nehmt|nimm sie|mich … raus|heraus|runter
^melden|meldet|meld|melde sie|mich|mich … ab!
möchte|will|wollen mich|uns abmelden|austragen|abmelden!
^mich|uns abmelden|austragen!
mich|uns von|aus|vom … <nachrichten>|liste|verteiler abmelden|austragen|nehmen|streichen
bestellen|bestelle|bestell … ab!
abmelden von|bitte|aus
lassen|lasst|lass … in ruhe|frieden
mich in ruhe lassen
^ruhe!
^falsche nummer!
haben|hast die|eine falsche nummer
verwählt!
nicht meine nummer
falscher empfänger!
stoppen|stoppt|stopp|stop sie|die|diese|mit|alle|das|bitte … <nachrichten>
stopp|stop <nachrichten>
schluss mit
ich widerrufe … einwilligung
widerrufe … einwilligung|zustimmung
will|möchte|wünsche|wollen … nicht|nichts mehr bekommen|erhalten|kriegen|hören|empfangen
^es reicht!
genug <nachrichten>
aus dem verteiler
von der liste … streichen|nehmen|entfernen|löschen
keine weiteren|solchen|diese <nachrichten>
kein|keine|keinerlei <nachrichten> mehr|an
ich|wir möchte|will|wünsche|mag|wollen das|sowas|so_was|so_etwas nicht!
=kein interesse
=kein interesse mehr
=bin|ich_bin|habe nicht interessiert
kein interesse bitte nicht
nummer|daten|kontakt|kontaktdaten löschen|entfernen|streichen|austragen|raus!
meine|diese|die|meinen nummer|daten|kontakt|kontaktdaten löschen|entfernen|streichen|austragen|
  raus
lösch|lösche|löscht|löschen|entfern|entfernt|streich|streicht ma|mal|mir|sie|bitte|doch|endlich|
  sofort mei|meine|diese|die nummer|daten|kontaktdaten
lösch|lösche|löscht|löschen ma|mal|bitte|sie mei|meine|diese nummer
lösch|löscht|lösche meine|mei|diese nummer|daten
aus|von der|dem|eurer|ihrer|allen liste|verteiler|datenbank|listen streichen|nehmen|entfernen|
  löschen|raus|austragen
warum|wieso|weshalb schreibt|schreiben|schickt|schicken|belästigt|nervt|texten ihr|sie|mich mir|
  mich|ständig|dauernd|immer
warum|wieso schreibst|schreibt|schreiben … mir
^das|dies ist belästigung|stalking|spam|nötigung
=belästigung
verklage|verklagen|anzeigen|anzeige|anwalt|polizei|verbraucherzentrale|bundesnetzagentur … wenn|
  falls|sollte … sms|nachricht|nochmal|schreibt|schreiben|texten
wenn|falls|noch … sms|nachricht|schreibt|schreiben … verklage|anzeige|anwalt|polizei|melde|
  anzeigen
widerspreche … daten|nutzung|kontaktaufnahme|werbung|verarbeitung|zusendung
habe|hab … nie|niemals|nicht zugestimmt|eingewilligt|angemeldet|zustimmung|erlaubt
woher … meine nummer
^löschen!
stoppt|stopp|stoppen|lassen|lasst|lass sie|das|den|es|mist|quatsch|scheiß|sein!
melden|meldet|meld|melde … mich|uns … ab!
bestellen|bestellt … mich … ab!
verpisst|verpiss|haut|hau|zieht|zisch euch|dich|ab|leine!
unterlassen|unterlasst|unterlasse … <nachrichten>|kontaktaufnahme|kontakt|belästigung|es
unterlassen|unterlasst sie|es|das!
haben|hast|habt|hams die|eine|de falsche|falschen nummer|person|kontakt
falsche nummer|person <polite>!
^falsche person!
bei mir falsch
^ich|i will|mag|möchte|mog|wui des|das|de|die|so_was|sowas ned|net|nicht|nimmer!
schreibts|schickts|schreib|schick ma|mir … nix|nimmer|nichts|nicht … mehr|nimmer
schickt|schicken|schick mir|uns keine|keinen|nix|nichts
nicht|nie|nimmer|ned mehr|wieder|nochmal|weiter melden|schreiben|anschreiben|kontaktieren|
  belästigen|anrufen|texten|simsen
keinen kontakt|kontaktversuch mehr!
bitte keine|keinen <nachrichten>!
nerv|nervt|nerven|nervst nicht|mich_nicht|ihr|sie|mich!
keine <nachrichten> bitte|danke|erwünscht
hab|habe|haben genug|die_nase_voll von … <nachrichten>
^ihr|sie nervt|nerven!
"""
