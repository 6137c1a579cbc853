"""Does this user agent name a machine that opens links? Pure; used by the fold and the checks.

crawlerdetect knows some thousand crawlers, but missed Barracuda's scanner and an empty agent when
tried; those are added here. It also takes the libraries with which apps speak HTTP for crawlers: an
app names itself first and its library behind, and is a person's; the bare library is a script's.
An agent can say anything: this is evidence against, never proof for.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crawlerdetect import CrawlerDetect

# Mail and link scanners that crawlerdetect 0.4 does not list, lower case.
MORE = (
    "barracudacentral",
    "barracuda sentinel",
    "proofpoint",
    "mimecast",
    "safelinks",
    "microsoft office existence discovery",
    "symantec",
    "trendmicro",
    "google-read-aloud",
    "bitlybot",
)

# What apps are built with, and the version and remark behind it.
LIBRARY = re.compile(
    r"(?<=\s)(alamofire|axios|cfnetwork|cronet|dart|dio|ktor(-client)?|nsurlsession|okhttp|retrofit"
    r"|urlsession|volley)\b(/[\w.-]*)?(\s*\([^)]*\))?",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def scanner(user_agent: str) -> str:
    """The name by which a scanner is known, `empty` for an empty agent, '' for anything else."""
    agent = user_agent.strip()
    if not agent:
        return "empty"
    agent = LIBRARY.sub("", agent)
    lowered = agent.lower()
    for name in MORE:
        if name in lowered:
            return name
    detector = CrawlerDetect()
    return (detector.get_matches() or "crawler") if detector.is_crawler(agent) else ""
