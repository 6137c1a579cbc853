"""What may stand right behind a score and say why, and what only turns numbers up. Data.

Read by `reply_marks.py`. Behind one of these beginnings a number at the head of a text is a score
("4 they were lovely"), for nothing is counted by it: "4 lads" are four lads. A number before a verb
counts too ("1 was broken"), so verbs are here only with a judgement behind them.
"""

from __future__ import annotations

from typing import Final

# The beginnings of what is said about a score, as patterns over folded text.
FOLLOWERS: Final = (
    r"(?:they|he|she|it|i|we|you|u|ya|everyone|everything|nothing|nobody|no one)(?:['’](?:s|re|"
    r"ve|d|ll))?\b|(?:its|theyre|ive|youre)\b",
    r"(?:the|my|your|ur|our|this|these|their|his|her)\s(?!other|third|second|first|same|usual|"
    r"last)"
    r"\w+\s\w+",
    r"that['’]?s (?!how)",
    r"(?:really|very|absolutely|totally|completely|such|just|only|honestly|literally|simply|def|"
    r"definitely|overall|because|cos|coz|cuz|bc|although|though|but|if|n|nd|and thats?|and that "
    r"is)\b",
    r"(?:would|wouldn'?t|will|won'?t|could|couldn'?t|should|can'?t|dont|don't|do not)\b",
    r"for (?:effort|the|your|you|him|her|them|service|speed|sure|being|trying)\b",
    r"(?:from|off) (?:me|us|my side|our side)(?=\W*$|[,.!;])|in my (?:opinion|book|eyes|view)\b|"
    r"all (?:good|round|day|the way|in all|perfect|fine)\b",
    r"(?:was|is|were|war|fue|estuvo|foi|est|c'est|c'était|ist|está|es) (?:a |an |so |very |"
    r"really |not |"
    r"sehr |muy |muito |très |trop |pas )?(?:good|great|ok|okay|quick|easy|fine|bad|hard|simple|"
    r"perfect|"
    r"excellent|terrible|awful|poor|slow|gut|super|toll|einfach|schlecht|bien|bueno|buena|mal|"
    r"malo|fácil|"
    r"difícil|bom|boa|ótimo|ruim|bon|nul|facile|difficile|sympa)\b",
    r"never again\b|never\W*$|no (?:one|complaints?|notes?|chance|issues?|problems?|way|need|"
    r"thanks)\b|"
    r"not (?:bad|good|great|happy|impressed|recommended|satisfied)\b",
    r"top notch|spot on|bang on|piece of cake|well done|keep it up|without (?:a )?doubt|for sure|"
    r"hands down|any day|easy peasy|thank|thanks|thx|cheers|ta\b|x+\b|lol\b|mate\b|bro\b|rubbish|"
    r"shocking|joke\b|absolute|useless|pathetic|disgusting|disgraceful|appalling|garbage|trash|"
    r"happy\b|lovely staff|yeah|pls|please|tbh|imo|i guess|i reckon|to be (?:fair|honest)",
    r"der \w+ \w+|(?:er|sie|es|ihr|weil|aber|alles (?:gut|super|bestens|ok|okay|perfekt|top|"
    r"prima|toll|gepasst|bestens)|(?:sehr|echt) \w+(?=\W*$|[.,!])|leider|hat alles|immer|passt|"
    r"lg|vg|gerne|"
    r"danke|von mir)\b",
    r"(?:c'était|c'est|(?:le|la) \w+ \w+|très|trop|rien|parce|car|vraiment|franchement|pour "
    r"(?:moi|vous)|"
    r"de ma|nickel|merci|livreur|je|il|elle|ils|on)\b",
    r"(?:(?:el|la) \w+ \w+|lo|todo|muy|porque|pero|me|nos|la verdad|gracias|saludos|de mi parte|"
    r"por el servicio)\b",
    r"(?:o \w+ \w+|tudo|muito|porque|pois|mas|gostei|adorei|amei|da minha|p(?:a)?ra|obrigad[oa]|"
    r"valeu|nota)\b",
    r"(?:والله|بس|لان|لكن|الخدمه|التوصيل|السائق|السواق|ما شاء|من عندي|شكرا|ماشاء|وال\w+|تعبت|"
    r"كل شي|المندوب|الموظف|انتم|انا|هو|هي)(?!\w)",
)
# Not what is said about a score, although it begins so.
NO_FOLLOWERS: Final = (
    r"(?:(?:they|he|she|i|we|you|u) (?:ordered|sent|bought|got|paid|asked|promised|delivered|"
    r"brought|"
    r"wanted|needed)|will do|your info|only (?:left|one)|o da|just (?:one|arrived)|la semana|la "
    r"vez|o andar|para llevar)\b"
)

# Plural-looking words behind a number that count nothing.
NO_PLURALS: Final = (
    r"(?:stars?|points?|thanks|thx|cheers|kudos|regards|always|is|was|has|this|his|its|us|as|"
    r"yes|plus|"
    r"xs|thats|whats|it's|that's|guys|stress|less|pass|across|gracias|pas|mais|les|los|las|des|"
    r"vous|"
    r"nous|dans|très|tres|mas|más|muchas|estrell\w+|estrel\w+|étoiles|puntos|pontos|bless|"
    r"besides|"
    r"sometimes|perhaps|rs|saludos|abraços|besos|depuis|sans|plus|ans|is|des|alles|es|das|was|"
    r"etwas)"
)
PLURALS: Final = (
    rf"(?!{NO_PLURALS}\b)(?:(?!the\b|my\b|our\b|your\b|of\b|out\b|from\b|for\b|de\b|sur\b|muy\b|"
    r"très\b|because\b|they\b|he\b|she\b|it\b|i\b|we\b|very\b|really\b|would\b|stars?\b|"
    r"points?\b)"
    rf"[^\W\d_]{{3,}}\s)?(?!{NO_PLURALS}\b)(?:[^\W\d_]{{2,}}[^\W\d_s]s|people|men|women|children|"
    r"kids|guys|mates|goes|leute|kartons|teile|stück|formulare|versuche|techniker|kollegen|قطع|"
    r"اشخاص)(?!\w)"
)
# Digits that are letters.
SPELT: Final = (
    r"\b(?:gr8|m8|w8\w*|l8\w*|b4|h8\w*|str8|2day|2moro\w*|2nite|4ever|"
    r"any1|some1|every1|no1|4get\w*)\b"
)
# Articles and words that make a number hedged, and yet one number: "about a 3".
ONE_NUMBER: Final = (
    r"\b(?:about|around|roughly|probably|prolly|prob|approximately|i guess|guess|ungefähr|etwa|"
    r"ca\.?|circa|"
    r"wahrscheinlich|wohl|environ|comme|como)\s(?:a|an|un|une|um|uma|eine|ne|ein)\s(?=\d)"
)
# What frames a score in several words, none of which does alone: "going with a 4", "from my side".
FRAMES: Final = (
    r"\b(?:(?:i'?m |i'?ll |i'?d |id |ill |im |i would )?(?:gonna |going to )?(?:go|going|"
    r"went)(?: with| for)?"
    r"(?=\s(?:an?\s)?\d{1,2}\W*$)|from (?:my|our) side\b|(?<=\d )from (?:me|us)\b(?=\W*$|\W* "
    r"dawg|,)|"
    r"have to say\b|be (?=an? \d)|big fat\b|typo before|de mi parte|da minha parte|de ma part|"
    r"pour moi|diría que|acho que|call it\b|high 5 for \w+)"
)
