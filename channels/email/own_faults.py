"""How mail systems say that we are to blame, before anything else that their words may mean. Pure.

Asked first by `causes.py`, whatever the codes say: whoever takes our fault for a dead mailbox
strikes off somebody who is there. The first row is no fault of ours, but of the same kind of words:
the person blocks our mail themselves. The other patterns are in `phrases.py`.
"""

from __future__ import annotations

from typing import Final

from channels.email.phrases import table

_NO: Final = (
    r"\b(?:no|not|non|nicht|pas|n[aã]o|nie|niet|den(?:ied|egad\w*|y)|refus\w*|verweigert|abgelehnt|"
    r"interdit\w*|prohib\w*|proib\w*|recus\w*|negad\w*|rifiut\w*|rechaz\w*|запрещ\w*|отклон\w*|нельзя)\b"
)
OURS: Final = table(
    ("blocked_by_person", (
        r"(?:blocked|rejected|refused) by (?:the )?(?:recipient|addressee|user)\b(?!'s (?:domain|"
        r"organi[sz]ation|mail|e-?mail|server|system|host|admin))",
        r"(?:recipient|user|addressee) (?:has |have )?(?:blocked|blacklisted|refused|rejected) "
        r"(?:you|the sender|this sender|your (?:e-?mail|address|mails?|messages?)|mail from you)",
        r"(?:on|in) (?:the )?(?:recipient|user)(?:'s)? (?:personal |own |private )?(?:block|black|"
        r"deny|reject)[- ]?list",
        r"recipient (?:does not|doesn't) (?:want|wish|accept)(?: to receive)? (?:e-?)?(?:mails? |"
        r"messages? )?from (?:you|this sender|the sender)",
        r"sender (?:is )?(?:blocked|refused|rejected) by (?:the )?recipient(?! (?:server|domain|"
        r"host))",
    )),
    ("relay_denied", (
        r"rela(?:y|ying)(?: of)?(?: (?:access|mail|message|e-?mail))*(?: to [^ ]+)?(?: (?:is|was)"
        r")?[ :,-]*(?:denied|not (?:permitted|allowed|accepted|authori[sz]ed|enabled|possible|"
        r"supported)|prohibited|refused|rejected|forbidden|disallowed|failed|restricted|operation "
        r"rejected)",
        r"(?:unable|not (?:permitted|allowed|authori[sz]ed|configured)|refus\w+|cannot|can't|"
        r"don't|do not|does not|doesn't|won't|will not|no|may not|must not|denied|never)(?: "
        r"to)?(?: be)? (?:an? )?(?:open )?rela[yi]",
        r"rcpthosts|rcpt hosts",
        r"not (?:a|an) (?:open )?relay", r"open relay", r"tenantattribution",
        r"must (?:authenticate|log ?in|check (?:for )?(?:new )?mail) (?:first|before)",
        r"pop before smtp|pop3? first|check (?:your )?mail first",
        r"isn't in my list of allowed|not (?:one )?(?:of|in) my (?:local )?domains",
        r"we do not (?:accept|handle|host) (?:mail|e-?mail) for|not (?:a )?(?:local|hosted) "
        r"(?:domain|host)|domain (?:is )?not (?:hosted|handled|served|allowed|local)",
        r"(?:domain|recipient) not in (?:allowed|accepted|local|relay)",
        r"no relay|relay (?:not|is not)|relaying (?:mail|e-?mail|to)",
        rf"(?<![\w.-])relay(?:ing)?(?![\w.-])[^.;]{{0,30}}{_NO}|{_NO}[^.;]{{0,30}}(?<![\w.-])"
        rf"relay(?:ing)?(?! recipient)(?![\w.-])|weiterleit\w+ (?:\w+ )*(?:nicht|verweigert|"
        rf"abgelehnt)|reenv[ií]o (?:\S+ )*no|relais|relayage|中继|转发",
        r"no hosting|we don't handle mail for|mail for [^ ]+ (?:is )?not accepted",
    )),
    ("authentication", (
        r"authentication (?:is )?(?:required|needed|mandatory)|auth(?:entication)? (?:failed|"
        r"failure|unsuccessful|credentials|error|rejected|mechanism|first|before)",
        r"(?:not|un)[- ]?authenticated\b(?! e?mail)(?! messages?)|please (?:log ?in|authenticate|"
        r"use smtp auth)",
        r"smtp[- ]auth|bad (?:user ?name|password|credentials)|invalid (?:credentials|login|"
        r"password|user ?name or password)|username and password not accepted|incorrect "
        r"authentication",
        r"must issue a starttls|starttls (?:is )?(?:required|first)|tls (?:is )?required|requires? "
        r"(?:tls|encryption|authentication)|encryption (?:is )?required|log ?in (?:is )?required",
        r"not logged in|authorization failed|client was not authenticated|smtpclientauthentication",
    )),
    ("quota", (
        r"(?:daily|hourly|monthly|message|sending|sender|user|account|smtp|maximum|email|mail) "
        r"(?:\w+ )?(?:sending )?(?:limit|quota)s?(?: for [^ ]+)?(?: (?:has been|was|is|have been)"
        r")? ?(?:exceeded|reached|over)",
        r"exceeded (?:your|the|its|his|their) (?:\w+ )?(?:sending|daily|hourly|message rate|rate|"
        r"email|smtp) (?:\w+ )?(?:limit|quota)",
        r"(?:sending|submission) quota|limit (?:on|of) (?:the )?(?:number of )?(?:messages|emails|"
        r"mails)",
        r"account (?:is |has been )?(?:suspended|disabled|blocked|under review|on probation|"
        r"deactivated)(?: (?:for|from) (?:sending|spam))|sending (?:is |has been )?(?:paused|"
        r"disabled|suspended|blocked)|(?:outbound|outgoing) (?:spam|mail|e-?mail|messages?)",
        r"maximum credits exceeded|insufficient credits?|subscription (?:has )?expired|plan limit",
    )),
    ("sender_refused", (
        r"sender (?:e-?mail |mail )?(?:address |domain |id |host |ip )?(?:is |was |has been "
        r")?(?:rejected|refused|denied|blocked|not (?:allowed|permitted|accepted|authori[sz]ed|"
        r"verified|valid|found|owned|exist)|unknown|invalid|blacklisted|banned|must exist|"
        r"unverified|does not|doesn't|restricted|verify|verification|is forged)",
        rf"\b(?:absender\w*|exp[eé]diteur|remitente|mittente|remetente|afzender|nadawc\w*|"
        rf"отправител\w*)\b[^.;]{{0,40}}{_NO}|发件人|寄件者|送信者",
        r"sender'?s? (?:verify|verification|callout)|(?:verify|verification) (?:of )?sender|"
        r"invalid sender|bad sender|unknown sender|forged sender|spoof|impersonat",
        r"(?:mail from|from address|from header|envelope (?:from|sender)|return[- ]path|from "
        r"domain|your (?:address|domain|e-?mail address))(?: \S+)?(?: (?:is|was|has))?(?: been)? "
        r"(?:not|reject|refus|denied|invalid|block|unverified|illegal|syntax|does not|doesn't|"
        r"must)",
        r"(?:not|isn't|aren't) (?:allowed|permitted|authori[sz]ed|owned)(?: to)? (?:send|use|by)"
        r"(?: (?:as|from|mail|e-?mail|messages|this|user|on behalf))*",
        r"send ?as ?denied|sendasdenied|on behalf of (?:the )?(?:sending|from)",
        r"(?:address|domain|identity|email address|sender identity)(?:es)?(?: is)? not verified|"
        r"verified sender|sender signature",
        r"domain of sender|sender domain|domain in (?:the )?(?:from|sender)|resolve (?:the "
        r")?(?:sender|your) |sender's domain|null sender|mail-?from|no valid mx or a record for "
        r"(?:the )?sender",
    )),
    ("unauthenticated", (
        r"\bspf\b|\bdkim\b|\bdmarc\b|\barc\b (?:seal|fail|valid)|sender policy framework|"
        r"domainkeys|sender ?id (?:fail|check)",
        r"unauthenticated (?:e-?mail|mail|message)|authentication (?:checks?|results?|policy|"
        r"information)|is not authenticated|(?:fail|did not pass)\w* (?:sender )?authentication",
        r"reverse (?:dns|lookup|ip)|\brdns\b|\bptr\b|no reverse|cannot find your (?:reverse "
        r")?host|find your reverse hostname|hostname (?:lookup )?(?:failed|mismatch|required)|"
        r"helo command rejected|(?:helo|ehlo)(?: \S+)? (?:rejected|invalid|refused|denied|"
        r"argument|required)|invalid helo|bad helo|forged helo|need fully[- ]qualified (?:host|"
        r"domain)",
    )),
    ("listed", (
        r"(?:black|block|deny|reject|ban)[- ]?list(?:ed|s)?\b|\b(?:dns)?[rdx]?bls?\b|\bdnsbl\b|"
        r"\brbl\b",
        r"spamhaus|spamcop|sorbs|barracuda ?(?:central|reputation|networks)|uceprotect|spamrats|"
        r"abuseat|surriel|invaluement|senderscore|talosintelligence|senderbase|cloudmark|mailspike|"
        r"proofpoint (?:dynamic|pdr)|ipcheck\.proofpoint|manitu|nixspam|mxtoolbox|postmaster\.live|"
        r"sendersupport\.olc|tss04|tss0|\bcbl\b|\bpbl\b|\bxbl\b|\bsbl\b",
        r"(?:poor|bad|low|no|negative|due to) (?:\w+ )?reputation|reputation (?:of|is|score|too)|"
        r"(?:sender|ip|domain|sending)(?:'s)? reputation",
        r"(?:your|client|sending|source|connecting|this) (?:\w+ )?(?:ip|host|server|network|"
        r"domain|mail ?server|smtp)(?: address)?(?: \S+)? (?:is|has|was|have|appears)(?: been)? "
        r"(?:\w+ )?(?:list|block|ban|reject|refus|denied|on (?:a|our|the)|not (?:allow|permit|"
        r"accept|authori))",
        r"client host (?:\S+ )?(?:rejected|blocked)|client (?:host )?(?:rejected|blocked)|part of "
        r"(?:their|your) network|(?:ip|host|server|network) (?:address )?(?:\S+ )?(?:is "
        r")?(?:blocked|banned|blacklisted|rejected)|blocked (?:by|using|because|due|for|at) "
        r"(?!recipient|user)|\bbanned\b|dynamic (?:ip|address|pool)|dialup|residential|your (?:ip|"
        r"host|server) ",
    )),
    ("content", (
        r"\bspam|\bunsolicited\b|\bbulk (?:mail|e-?mail)\b|\bjunk\b|\bvirus\b|\bmalware\b|\bphish|"
        r"\bsuspicious\b|\bmalicious\b|content (?:\w+ )?(?:reject|block|denied|filter|restrict|"
        r"not (?:allow|accept|permit))|(?:message|mail|e-?mail) (?:\w+ )?(?:content|filter)|"
        r"(?:rejected|blocked|refused) (?:by|due to|because of|for) (?:\w+ )?(?:content|filter|"
        r"header)|\bdt:spm\b|\bmi:spb\b|\bhl:itc\b|inappropriate|advertis|mail is (?:rejected|"
        r"blocked)|prohibited attachment|banned (?:file|attachment)|垃圾|suspected",
    )),
    ("loop", (
        r"too many hops|hop ?count|hop limit|(?:mail|routing|routeing|forwarding|message|mailer|"
        r"delivery) ?loop|loop(?:s|ing)? (?:detected|back|found)|loops back to (?:my|it)self|too "
        r"many received|received headers",
    )),
    ("too_big", (
        r"\b(?:message|mail|e-?mail|data|attachment|content|header)s?(?: \w+)? (?:is |was |too "
        r")*(?:too )(?:big|large|long)|\b(?:message|mail|content|maximum|max) (?:\w+ )?(?:size|"
        r"length) (?:\w+ )?(?:exceed|limit|too|violat)|(?<!mailbox )(?<!box )size (?:limit|exceed|"
        r"violation)|exceeds (?:\w+ )?(?:fixed |maximum |the |message |allowed |max )*(?:size|"
        r"limit for (?:message|attachment))|too large",
    )),
    ("sequence", (
        r"bad sequence|out of sequence|(?:sequence|order) of commands|command (?:sequence|not "
        r"(?:implemented|recogni[sz]ed|allowed|supported)|unrecogni[sz]ed|unknown|out of)|"
        r"(?:unrecogni[sz]ed|unknown|invalid|unimplemented) (?:command|parameter|smtp command)|"
        r"need (?:mail|rcpt|helo|ehlo|to say)|(?:mail|rcpt|helo|ehlo) (?:first|before|required)|"
        r"polite people say|nested mail|syntax error|parameters? not (?:recogni[sz]ed|implemented|"
        r"supported)|no valid recipients|no recipients? (?:specified|given)|pipelining|"
        r"synchroni[sz]ation error|bare (?:lf|cr|newline|linefeed)|line too long|lines? (?:too "
        r"long|length)|8bitmime|smtputf8|header (?:missing|invalid|syntax)|(?:missing|duplicate|"
        r"invalid|multiple) (?:\w+ )?header|not rfc ?\d|rfc ?5322|rfc ?2822|transaction not "
        r"(?:started|initiated)",
    )),
)  # fmt: skip
