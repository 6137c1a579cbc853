"""How people ask in English to be left alone: phrases with places. Data, read by `demands.py`.

How a phrase is written is said in `stop_phrases.py`.
"""

from __future__ import annotations

from typing import Final

DEMANDS: Final = """
<stop> <writing>
<stop> <sending> … <texts>
^<stop> sending!
<stop> sending me|us!
<stop> sending|asking me|us this|these|stuff|things|anything|shit
<stop> asking me|us!
<stop> asking!
^<stop> <those> <texts>
^<stop> <texts>
^stop it!
^stop this!
^stop that!
^stop please!
^stop now!
^cancel <those> <texts>
^cancel <texts>
^cancel my text|sms
<dont> want|need|wish … <texts>
<dont> want to hear from you
<dont> want to get|receive … <texts>|these|this
never asked for these|this|your
not interested in … <texts>|these|this
no longer want|wish to receive|get|be contacted
no more of these|this|your
=no more
^no texts|sms|surveys|messages!
no texts|sms|surveys|messages please|pls|anymore
^unsubscribe|unsub|optout|un-subscribe!
unsubscribe|unsub|un-subscribe me|us|this|my|all|these|now|please
unsubscribe|unsub|un-subscribe from … <texts>|<list>|this|these|all|everything|it
^opt|opting out!
opt me|us out
opt|opting out of|from … <texts>|<list>|this|these|all|everything|it
sign me off
count me out
leave me|us alone|be|in_peace
leave me|us out of … <texts>
remove|delete|erase|drop|strike|scrub|unlist me|us!
remove|delete|erase|drop|take me|us from
remove|delete|erase|drop|take me|us off
lose|forget|delete my number
keep|kept saying|telling|typing|texting|replying stop
rather not … <texts>
take me off
take me|us out
revoke my consent
withdraw my consent
i revoke|withdraw … consent
^go away!
^quit it!
^knock it off!
buzz off
piss off
fuck off
bugger off
you have|got the wrong number|person
youve|you got|have the wrong number|person
^wrong person!
enough with … <texts>
enough <texts>
enough of … <texts>
turn off … <texts>
how do|can|to i unsubscribe|stop this|these!
how do|can i stop … <texts>|these
how to|do|can stop|unsubscribe|i!
how do|can i unsubscribe!
how do|can i opt out!
~<dont> want to be texted|contacted|asked|messaged
this is the wrong number|person!
this is not|isnt my|the|the_right number|person
thats|that is|isnt not my|the number
no longer want|wish … <texts>
get|take me|us off|out of … list|lists|database|system|mailing|texts|messages|surveys|sms
^sorry wrong number!
^wrong number!
no more <msgs>
~<dont> text|message|msg|sms|txt|contact|write|spam|survey|ping|email <whom>
~<dont> text|message|msg|sms|txt|contact|write|spam|survey|ping|email to <whom>
~<dont> text|message|msg|sms|txt|contact|write|spam|survey|ping!
~<dont> bother|annoy|disturb|harass|pester|bug|hassle me|us
~<dont> reply to me|us
~<dont> send me|us!
~<dont> send me|us … <texts>|<stuff>
~<dont> send … <texts>
~<dont> send anything|any|stuff|more to|here|at_all|anymore
~<dont> send anything else|more to
~<dont> send anything!
~<dont> call|ask me|us|this … again|anymore
~<dont> call|ring me|us|this!
<dont> consent to|for
<dont> have my|our consent|permission
<dont> wish|want|like … surveyed|texted|contacted|messaged|asked|bothered
<dont> want|wish to take|participate … <texts>
rather|prefer not … <texts>
rather|prefer not to be|get|receive contacted|texted|messaged|surveyed|bothered|asked|any
rather|prefer you|that_you … <dont>|didnt|not|stopped text|message|contact|texting|messaging|
  write|call|send
not to be contacted|texted|messaged|surveyed
you|u not text|message|contact|msg|txt|write|send
you|u|yall|people|lot|guys keep|keeps|kept|still|constantly|always texting|txting|txtin|textin|
  messaging|contacting|spamming|bothering|harassing|pestering me|us|the_wrong|my|this
keep|keeps texting|txting|messaging|spamming|harassing the_wrong|the_same|this_number
why do|are|you … keep|kept|still|always texting|txting|messaging|contacting|sending|spamming|
  bothering
why are you|u|yall … texting|messaging|contacting|spamming|bothering me
sent|texted|txted|replied|typed|wrote|said|say|saying|put stop
told|asked|telling|asking|tell|ask you|u|yall|them|you_lot|you_people|you_guys … stop|quit!
told|asked|telling|asking you|u … stop|quit
for the last|final|umpteenth|third|hundredth time … stop|quit!
^wrong num|nr|numb|no|nmbr!
wrong number <polite>!
^wrong number <polite>
^sorry wrong number
^sorry <polite> wrong number
you|u|you_ve|youve|u_ve|yall have|got|hav|gt|texting|texted|messaging|messaged|reached the|a|my
  wrong number|num|person|guy|phone|man|woman|girl|bloke|lady|one
you|u|yall have|got|hav|gt|texting|reached wrong number|num|person|guy|phone
youve|uve|you_ve|ive … the wrong number|num
you|youre|u|ur|keep texting|messaging|contacting the wrong number|person|guy|phone|man|woman
not my|the|this|your|s number|phone|account|customer
=im|i_am not your|ur|a customer
number|phone belongs to … else
number|phone … belongs to someone|somebody|another
take|get it|this|him|her|me off your|ur|the|of list|lists|system|database
<removes> my|this|his|her|our|the number|no|num|nr|phone|mobile|cell|contact|details|name|info|
  data
taken|removed off|from|of … <list>
erase|delete|remove all my|our data|details|information|info
erase|delete|remove my|our data|details|information|info
<removes> from … list|lists|database|system
<removes> number|me|us|no!
<removes> me|us off|from|of|out
^delete it!
=delete it
cease … contact|communication|communications|texts|messages|messaging|texting
<ceases> … <texts>
<ceases> from sending|contacting|texting|messaging
refrain from sending|contacting|texting|messaging|writing|calling
quit it with … <texts>
^discontinue!
if|when i get|receive|see … another|one_more … <texts>|one
if you|u … text|message|contact|send|msg|txt … again|one_more|any_more|me … report|lawyer|sue|
  police|solicitor|block|court|legal
if you|u text|message|contact|msg|txt me again|one_more
next|another|one_more text|message|msg … lawyer|solicitor|police|report|sue|court|attorney
report|reporting|reported you|this|u|them|these to|as … fcc|spam|harassment|police|ico|ofcom|
  authorities|scam|junk
report|reporting|reported you|u|this_number to
reported as spam|scam|junk|harassment
^this|thats|that is harassment|spam|harrassment
^harassment!
^spam!
never|didnt signed|sign|agreed|agree|consented|consent|subscribed|subscribe|opted|opt up|to|for|
  in|into … this|these|<texts>|it|any
never|didnt gave|give|given you|u … my|permission|consent … number|consent|permission|text
on|registered the|with|on_the|with_the do not call
=not interested
=im|i_am|we|were not interested
=no interest
=get lost
=get stuffed
^do one!
^ive|i_have|i|im|ill|gonna blocked|block|blocking you|u|this|your
^ive|i_have|i|im just|already|now blocked|block|blocking you|u|this|your
=blocked
=blocking you
^i|ive … blocked|blocking this|your number
leave me|us the|tf|wtf hell|fuck|f alone
leave me|us tf|alone|be
withdraw|revoke|withdrawn|revoked … consent|permission
^wish you|u stopped|stop|quit texting|messaging|sending
get|take my|this|our|his|her number|name|phone|no off|from|out
stop please im|i|its|this|you
please not text|message|contact|msg|txt|call
stop plz|pls im|i|its|this|you
piss|fuck|bugger|buzz|sod|eff off
no more of this!
^no further <texts>
^no further contact
^unsubscribe|unsub from
wanna|want_to|like_to|need_to unsubscribe|opt_out|unsub
keep|kept texting|txting|txtin|messaging … stop!
passed away|on … text|message|contact|txt … phone|number
this|its is my|a work|business|company|office|kids|childs|sons|daughters phone|number … not|dont
  text|message|contact
^stop it|this now|or|immediately
^stop now|or
=can|could|will|would u|you|ya|yall stop
you|youre|ur|u spamming|harassing|bothering|annoying|pestering me|us
~i|we <dont> want these|this|them|it|any!
i|we didnt|never asked|ask|want|wanted|request|requested|order|ordered for|these|this|any this|
  these|it|<texts>!
didnt ask for this|these|it!
no more of ur|your|these|this|them
no more of … <texts>
get|take me|us off this|that|the|ur|your|whatever thing|shit|crap|nonsense|stuff
^enough already|now|of_this|is_enough!
^enough!
no longer her|his|my|their number|phone
isnt|not|no_longer|aint her|his|their|my number|phone|cell anymore|any_more|now!
theres|there_is|there nobody|noone|no_one|no here|called|named|by|with … here|name|that|called
theres|there_is no … here!
no|nobody|noone|no_one one|by|person … that|this|of_that name
=not me
=its not me
who gave you|u|yall … my number
hate|sick_of|tired_of|fed_up_with|had_enough_of|over these|this|your|ur|all|the|getting|
  these_damn <texts>
hate|sick|tired|fed|bored|had … of|with|getting … <texts>
text|message|contact|msg|txt me|us again|one_more and|or|n … sue|report|lawyer|police|block
^wrong guy|lady|girl|bloke|man|woman|chick!
no longer has|have|owns|uses this|the number|phone
belongs to my son|daughter|wife|husband|mum|mom|dad
stop sendin|givin me|us
=block me
^scam|scammer|scammers!
^f|eff off
receive anything|any further|more|else from you
<dont> want|wish|need to receive|get|hear anything|any|from|more|further|these|this
no|zero <texts> please|pls|plz|thx|thanks|thank
"""
