"""Twelve kinds of machine that open what was meant for a person. Each visits one invitation.

They get the mail's links (one for each score, the hidden one, the bare one, unsubscribing) and do
with them what their likes were seen doing (RELIABILITY, section 1). `test_robots.py` lets some of
each loose, `benchmarks/robots.py` two hundred.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.journeys.visits import Page, Visit, Watch

OLD_CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/79.0.3945.130 Safari/537.36"
)
PREVIEWS = (
    "WhatsApp/2.23.20.0 A",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "TelegramBot (like TwitterBot)",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) "
    "Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",  # iMessage
)
PROXIES = (
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
    "Mozilla/5.0",  # Apple's mail privacy proxy
)


@dataclass(frozen=True, slots=True)
class Mail:
    """The links of one mail, as paths."""

    scores: tuple[str, ...]
    hidden: str
    bare: str
    unsubscribe: str

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.scores, self.hidden, self.bare, self.unsubscribe)


Robot = Callable[[str, Mail, Watch], None]


def plain_get(server: str, mail: Mail, time: Watch) -> None:
    """Fetches every link, runs nothing."""
    _each(Visit(server, OLD_CHROME), mail.all)


def head_first(server: str, mail: Mail, time: Watch) -> None:
    """Asks for the headers of every link, then fetches it."""
    visit = Visit(server, "Mozilla/5.0 (compatible; Barracuda Sentinel (EE))")
    for path in mail.all:
        visit.ask("HEAD", path)
        visit.get(path)
    visit.close()


def asks_options(server: str, mail: Mail, time: Watch) -> None:
    """Asks what could be done with every link, then fetches it with no name at all."""
    visit = Visit(server, "")
    for path in mail.all:
        visit.ask("OPTIONS", path)
        visit.get(path)
    visit.close()


def prefetches(server: str, mail: Mail, time: Watch) -> None:
    """A browser's prefetch or prerender of every link; what it gets must not run."""
    visit = Visit(server, headers={"Sec-Purpose": "prefetch;prerender"})
    for path in mail.all:
        visit.script(visit.get(path))
    visit.close()


def previews_links(server: str, mail: Mail, time: Watch) -> None:
    """Messengers make a preview of the link, each in its name."""
    for agent in PREVIEWS:
        _each(Visit(server, agent), (mail.bare, *mail.scores))


def proxies_images(server: str, mail: Mail, time: Watch) -> None:
    """Takes links for pictures."""
    for agent in PROXIES:
        _each(Visit(server, agent, headers={"Accept": "image/*"}), mail.all)


def safe_links(server: str, mail: Mail, time: Watch) -> None:
    """Opens every link in a browser that runs scripts, a second or two on each."""
    visit = Visit(server, OLD_CHROME)
    for path in mail.all:
        page = visit.get(path)
        time.wait(1.5)
        visit.script(page)
    visit.close()


def waits_twenty_seconds(server: str, mail: Mail, time: Watch) -> None:
    """Opens every score's link in a browser and stays 20 s on each, as a patient sandbox does."""
    visit = Visit(server, OLD_CHROME)
    for path in mail.scores:
        page = visit.get(path)
        time.wait(20)
        visit.script(page)
    visit.close()


def follows_the_hidden_link(server: str, mail: Mail, time: Watch) -> None:
    """Runs scripts on two links only: one score, and the one that no person sees."""
    visit = Visit(server, OLD_CHROME)
    for path in (mail.scores[-1], mail.hidden):
        page = visit.get(path)
        time.wait(3)
        visit.script(page)
    visit.close()


def posts_forms(server: str, mail: Mail, time: Watch) -> None:
    """A crawler without scripts that submits the page's form once for each of its buttons."""
    visit = Visit(server, OLD_CHROME, cookies=False)
    page = visit.get(mail.bare)
    for score in page.scores:
        time.wait(0.4)
        visit.press(page, int(score), script=False)
    visit.finish(visit.get(mail.bare), "", script=False)
    visit.close()


def a_crowd(server: str, mail: Mail, time: Watch) -> None:
    """Three machines of one service open all links at the same moment, with scripts."""

    def one(agent: str) -> None:
        visit = Visit(server, agent)
        for page in [visit.get(path) for path in mail.scores]:
            visit.script(page)
        visit.close()

    time.wait(1)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(one, (OLD_CHROME, OLD_CHROME, "")))


def on_delivery(server: str, mail: Mail, time: Watch) -> None:
    """Runs scripts on one link only, before anybody could have read the message."""
    visit = Visit(server, OLD_CHROME)
    visit.script(visit.get(random.Random(mail.bare).choice(mail.scores)))
    visit.close()


ROBOTS: dict[str, Robot] = {
    "plain GET of all links": plain_get,
    "HEAD first": head_first,
    "OPTIONS first": asks_options,
    "prefetch with Sec-Purpose": prefetches,
    "link previews": previews_links,
    "image proxies": proxies_images,
    "safe links: runs scripts on every link": safe_links,
    "stays 20 s on each link": waits_twenty_seconds,
    "follows the hidden link": follows_the_hidden_link,
    "crawler posting forms": posts_forms,
    "three machines at once": a_crowd,
    "opens on delivery": on_delivery,
}
# These send nothing but GET, HEAD and OPTIONS, so they must leave no trace at all.
READ_ONLY = tuple(ROBOTS)[:6]
# When a robot comes, in seconds after the mail left.
ARRIVES = {"opens on delivery": 0.5}


def mails(tokens: dict[str, tuple[str, str, int, int]]) -> Iterator[tuple[str, Mail]]:
    """(invitation id, mail) for id → (tap token, unsubscribe token, low, high)."""
    for invitation_id, (token, out, low, high) in tokens.items():
        scores = tuple(f"/t/{token}/{score}" for score in range(low, high + 1))
        yield invitation_id, Mail(scores, f"/t/{token}/x", f"/t/{token}", f"/u/{out}")


def _each(visit: Visit, paths: tuple[str, ...]) -> list[Page]:
    pages = [visit.get(path) for path in paths]
    visit.close()
    return pages
