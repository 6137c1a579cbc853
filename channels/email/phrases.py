"""What mail systems say in words when they refuse a mail: patterns, and the cause of each. Pure.

Read by `causes.py` alone, where the codes say too little; words that blame us are in
`own_faults.py`. Words are compared in lower case, without the codes that are repeated in each line
of a long reply.

Sources: the texts of Postfix, Exim, Sendmail, qmail, Exchange and Microsoft 365, Gmail, Yahoo,
Cisco, Proofpoint, Mimecast, Barracuda, Tencent and NetEase, as their manuals print them
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

Table = tuple[tuple[str, re.Pattern[str]], ...]
_NO_SUCH: Final = (
    r"(?:user|mailbox|recipient|account|address|person|customer|addressee|inbox|mail ?box)"
)
_GONE: Final = (
    r"(?:unknown|not (?:be )?found|not exist(?:ing|s)?|invalid|no longer (?:exists|valid|active|"
    r"available|in use|on server|employed)|unavailable|not available|inactive|disabled|"
    r"discontinued|deactivated|suspended|closed|expired|deleted|terminated|not known|"
    r"not recogni[sz]ed|not listed|undefined|nonexistent|non-existent|not active|not valid|"
    r"not a valid (?:user|mailbox|recipient|address)|has moved|not our customer)"
)


def table(*rows: tuple[str, Sequence[str]]) -> Table:
    """Rows of (cause, patterns); the first that fits tells."""
    return tuple(
        (cause, re.compile("|".join(f"(?:{one})" for one in words))) for cause, words in rows
    )


# Asked next: it is about the mailbox or the host, and passes.
PASSING: Final = table(
    ("full", (
        r"(?:mail ?box|inbox|account|user|recipient|storage|quota|disk)(?:'s)?(?: \S+)? (?:is |"
        r"are |has |was |storage |quota |size |disk |limit |mailbox )*(?:full|over|exceed|out of|"
        r"reached)",
        r"over ?quota|overquota|quota (?:exceed|violat|full|limit|is)|exceed\w* (?:\w+ )*(?:quota|"
        r"storage|mailbox|allocation|space)|insufficient (?:\w+ )?(?:storage|space)|out of "
        r"(?:storage|space|disk|quota)|(?:storage|disk|mailbox) (?:space |size )?(?:limit|full|"
        r"allocation|is full)|mailfolder is full|too (?:much|many) (?:mail|messages) (?:in|stored)"
        r"|not enough (?:\w+ )?(?:storage|space)|no (?:storage )?space left|postfach (?:ist "
        r")?(?:voll|überfüllt)|bo[iî]te (?:\S+ ){0,6}(?:pleine|satur)|(?:buz[oó]n|cuenta|bandeja) "
        r"(?:\S+ ){0,6}llen[oa]|casella (?:\S+ ){0,3}piena|caixa (?:\S+ ){0,4}(?:cheia|lotada)|"
        r"postf\w+ (?:\S+ ){0,8}(?:voll|[uü]ber\w*)|(?:kontingent|speicherplatz|quota) (?:\S+ "
        r"){0,4}(?:[uü]bersch\w+|excedid\w*|d[eé]pass\w*|superat\w*)|переполнен|превышен|pełna|"
        r"przepełnion|postvak (?:\S+ ){0,3}vol\b|已满|空间不足|容量|いっぱい|満杯",
    )),
    ("busy", (
        r"gr[ae]y-?list|try (?:\w+ )?(?:again )?later|try again|temporar\w+|deferr|defer(?:s|"
        r"ring)?\b|come back|retry|rate[- ]?limit|too (?:many|fast|quickly|much)|throttl|"
        r"receiving (?:mail|e-?mail|messages)? ?(?:too quickly|at a rate)|at a rate that|rate "
        r"that prevents|congest|\bbusy\b|overload|out of (?:memory|resources)|insufficient "
        r"(?:system )?resources|resources (?:temporarily|unavailable)|slow down|please wait|"
        r"excessive|exceed\w* (?:\w+ )?(?:rate|connection|concurren)|(?:rate|connection|"
        r"concurrency|frequency) (?:\w+ )?(?:limit|exceed)|over(?:ly)? (?:active|rate)|service "
        r"(?:is )?(?:not available|unavailable|shutting)|unusual rate|mailbox (?:is )?(?:busy|"
        r"locked)|domain frequency|频率|(?:local )?(?:error|problem) (?:in processing|occurred)|"
        r"internal (?:server )?error|queue (?:file )?(?:write )?error|unverified address|could "
        r"not (?:be )?verif|address verification (?:in progress|failed)",
    )),
    ("no_domain", (
        r"(?:host|domain)(?: name)?(?: \S+)?(?: or domain name)? (?:is |was |could |does |can ?|"
        r"did )*(?:not (?:be )?(?:found|exist|resolve|valid)|unknown|n't exist|invalid|"
        r"non-?existent)",
        r"\bnxdomain\b|unknown (?:host|domain)|name server: |no (?:such|valid) (?:host|domain)|"
        r"non-?existent (?:host|domain)|invalid (?:host|domain)|(?:dns|mx) (?:\w+ )?(?:lookup|"
        r"query|record|error|failure|problem|resolution)|no mx|mx (?:lookup|record)|"
        r"unrout(?:e)?able|all relevant mx records|unresolvable|cannot (?:resolve|find a mail "
        r"exchanger)|couldn't find any host|unable to (?:route|resolve)|name (?:or )?service "
        r"(?:error|not known)|domain does not (?:exist|have)|domain doesn't (?:exist|have)|bad "
        r"destination (?:host|system)|no mail hosts|domain isn't|notfounddomain|"
        r"dnsdomaindoesnotexist|infodomainnonexistent",
    )),
    ("unreachable", (
        r"connect(?:ion|ing|ed)?(?: \S+){0,6} (?:timed? ?out|refused|reset|lost|failed|dropped|"
        r"closed|broken|died)|(?:could|can|did|was|were)(?: ?not|n't) (?:be )?(?:able to "
        r")?(?:connect|reach|contact|establish|complete|respond|answer)|unable to (?:connect|"
        r"contact|establish|reach|complete)|no (?:answer|route|response)|not respond|(?:operation|"
        r"conversation|session|network|delivery|host) (?:\S+ ){0,5}(?:timed? ?out|unreachable)|"
        r"lost connection|unreachable|timed? ?out|time-?out|(?:message|delivery|retry|queue)(?: "
        r"\w+)? (?:time )?(?:expired|exceeded)|retry time not reached|too long in the queue|"
        r"(?:expired|been in the queue)|maximum retr|host is down|wasn't able to establish an "
        r"smtp|tls (?:\w+ )*(?:fail|handshake|error|not available)|delivery (?:attempt\w* "
        r")?failed after|could not be delivered (?:for|within)|giving up|undelivered for",
    )),
)  # fmt: skip

# Asked last: the mailbox is no more, or never was.
GONE: Final = table(
    ("no_mail_there", (
        r"null ?mx|does(?: not|n't) accept (?:any )?(?:e-?)?mail|never accepts? mail|no "
        r"mail(?:s)? accepted|host does not accept|domain does not (?:receive|accept)|doesn't "
        r"(?:receive|accept) (?:any )?(?:e-?)?mail|no smtp service here",
    )),
    ("no_mailbox", (
        rf"(?:no|not|isn't|wasn't|unknown|invalid|bad|illegal|non-?existent|incorrect|wrong) "
        rf"(?:such |a |an |any |known |valid |local |our |existing |here |of our |the |e-?mail |"
        rf"destination |final |final delivery )*{_NO_SUCH}(?:s)?\b(?! (?:is )?(?:full|over))(?!-)",
        rf"{_NO_SUCH}s?(?: address| mailbox| account| name| id)?(?: \S+){{0,3}} (?:is |was |are |"
        rf"has |have |does |do |did |could |can |been |be |you |that |currently |permanently |an? "
        rf")*{_GONE}",
        rf"(?:doesn't|does not|do not|don't|didn't|did not) (?:have|know|host|exist|recogni[sz]e|"
        rf"list)(?: (?:a|an|any|this|that|such|the|here|in|on|at|\S+@\S+))*(?: {_NO_SUCH})?",
        rf"(?:couldn't|could not|cannot|can't|unable to) (?:be )?(?:find|found|locate|located|"
        rf"resolve|match|verify) (?:the |a |any |this |that )?(?:\w+ )?{_NO_SUCH}?",
        r"nosuchuser|recipientnotfound|recipnotfound|recipient ?not ?found|user_?unknown|"
        r"adr\.\w*not|unknown (?:or illegal )?(?:alias|local[- ]part|login)|not listed in "
        r"(?:domino|the) |no mailbox (?:here )?by that name|mailbox (?:name )?(?:not (?:allowed|"
        r"available)|unavailable|disabled|inactive)|user (?:is )?(?:not local|no longer|has left)|"
        r"no longer (?:works|with|employed|at this|uses|using|in use|valid|active|on)|addressee "
        r"unknown|delivery to the following recipients? failed permanently: no|account (?:that "
        r"you tried to reach )?(?:is |has been )?(?:disabled|inactive|closed|deleted|over)|"
        r"unknown to address|undeliverable address|undeliverable: (?:unknown|no)|not (?:a )?known "
        r"here|no account|left the (?:company|organi[sz]ation)|retired|deceased|bad destination "
        r"(?:mailbox|address)|mailbox (?:has )?moved|address (?:has )?(?:changed|moved)|new "
        r"address|invalid mailbox|malformed (?:address|recipient)|bad (?:address|recipient)(?: "
        r"syntax)?|(?:recipient|destination) (?:address )?syntax|undisclosed|unknown in (?:\w+ "
        r")?(?:recipient|mailbox|alias|user)|nobody (?:here )?by that|empf(?:ä|ae)nger "
        r"(?:unbekannt|existiert|nicht)|(?:adresse|benutzer|postfach) (?:\w+ )*(?:unbekannt|"
        r"existiert nicht|nicht (?:gefunden|vorhanden|verf(?:ü|ue)gbar))|destinataire (?:\w+ "
        r")*inconnu|adresse (?:\w+ )*(?:inconnue|inexistante|invalide)|usuario (?:\w+ "
        r")*(?:desconocido|inexistente|no existe)|(?:direcci[oó]n|cuenta|buz[oó]n) (?:\w+ )*no "
        r"existe|usu[aá]rio (?:\w+ )*(?:desconhecido|inexistente)|n'existe p(?:as|lus)|no existe|"
        r"não existe|bestaat niet|onbekend\w* (?:gebruiker|ontvanger|adres)|(?:gebruiker|"
        r"ontvanger|adres) (?:\S+ ){0,3}onbekend|nie istnieje|nieznany|не (?:найден|существует|"
        r"зарегистрирован)|нет такого|неизвестн\w+|okänd|finns inte|ukendt|findes ikke|bulunamad|"
        r"存在しません|존재하지|wurde nicht gefunden|nicht bekannt|introuvable|"
        r"no (?:fue|se ha) encontrad|"
        r"n[aã]o (?:foi )?encontrad|conta (?:\w+ )*(?:inexistente|n[aã]o existe)|utente "
        r"(?:sconosciuto|inesistente)|casella (?:inesistente|non)|"
        r"不存在|无此用户|查无此|未找到|宛先不明|見つかりません",
    )),
)  # fmt: skip

# Last of all: a refusal without a reason that we know. Never the person's fault.
REFUSED: Final = table(
    ("policy", (
        r"access (?:is )?denied|denied|not (?:authori[sz]ed|allowed|permitted|accepted|acceptable)"
        r"|prohibit|forbidden|refus|reject|block|polic|administrat|restrict|unauthori[sz]ed|"
        r"disallow|security|violat|go away|not welcome|filter|transaction failed|permission|"
        r"(?:isn't|is not|aren't|not) (?:accepting|accept)|banned|rechaz|verweiger|abgelehnt|"
        r"abgewiesen|rifiut|recus|deneg|negad|interdit|zabron|odrzuc|geweiger|запрещ|отклон|"
        r"заблок|拒|禁止|屏蔽|ブロック",
    )),
)  # fmt: skip

_CODES: Final = re.compile(
    r"\b[245]\d\d[ -]#?[245]\.\d{1,3}\.\d{1,3}[: ]?|"
    r"(?<![\w.])#?[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)[: ]?"
    r"|(?m:^\s*[245]\d\d[ -])"
)
_SPACES: Final = re.compile(r"\s+")
LONGEST: Final = 4000


def plain(text: str) -> str:
    """The words in lower case and one line, without codes."""
    words = _CODES.sub(" ", text[:LONGEST]).lower().replace("\u2019", "'")
    return _SPACES.sub(" ", words.replace("_", " ")).strip()


def told(table: Table, words: str) -> str:
    """The cause that these words tell, as `plain` gives them; empty if the table knows none."""
    return next((cause for cause, pattern in table if pattern.search(words)), "")
