"""Eleven ways in which people answer, scripted. Each answers one mail and means one score.

A person who is asked to tap once more does so; nobody else's patience is assumed. `test_humans.py`
sends some of each, `benchmarks/robots.py` a thousand.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.journeys.robots import Mail
from tests.journeys.visits import Page, Visit, Watch

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
NVDA = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/143.0.0.0 Safari/537.36"
)
Human = Callable[[str, Mail, Watch, Random, int], None]


def one_tap(server: str, mail: Mail, time: Watch, dice: Random, score: int) -> None:
    """Taps a number in the mail and puts the telephone away."""
    visit = Visit(server)
    _opened(visit, mail, time, score)
    visit.close()


def comments(server: str, mail: Mail, time: Watch, dice: Random, score: int) -> None:
    """Taps a number, then writes why."""
    visit = Visit(server)
    page = _opened(visit, mail, time, score)
    time.wait(dice.uniform(5, 90))
    visit.finish(page, "The driver was kind")
    visit.close()


def without_scripts(server: str, mail: Mail, time: Watch, dice: Random, score: int) -> None:
    """Scripts are off: the press is a plain form."""
    visit = Visit(server, FIREFOX)
    page = visit.get(mail.bare)
    time.wait(dice.uniform(0.4, 20))  # the number shone already: some are very quick
    visit.press(page, score, script=False)
    visit.close()


def slow(server: str, mail: Mail, time: Watch, dice: Random, score: int) -> None:
    """Opens the page, is called away, presses hours later; on a slow line it is sent twice."""
    visit = Visit(server)
    page = visit.get(mail.bare)
    time.wait(dice.uniform(600, 20_000))
    visit.press(page, score)
    visit.close()


def shared_address(server: str, mail: Mail, time: Watch, dice: Random, score: int) -> None:
    """One office: the same address and the same browser as everybody, within seconds."""
    visit = Visit(server, NVDA, cookies=False)
    _opened(visit, mail, time, score)
    visit.close()


def privacy_browser(server: str, mail: Mail, time: Watch, dice: Random, score: int) -> None:
    """No cookies, a common agent, no language, a press instead of the script's tap."""
    visit = Visit(server, FIREFOX, cookies=False, headers={"DNT": "1", "Sec-GPC": "1"})
    page = visit.get(mail.bare)
    time.wait(dice.uniform(2, 30))
    visit.press(page, score)
    visit.close()


def keyboard(server: str, mail: Mail, time: Watch, dice: Random, score: int) -> None:
    """Tabs to the number and presses Enter; changes it once by one, as one does."""
    visit = Visit(server, NVDA)
    page = visit.get(mail.bare)
    time.wait(dice.uniform(3, 15))
    near = score - 1 if str(score - 1) in page.scores else score + 1
    page = visit.press(page, near)
    time.wait(dice.uniform(1, 6))
    visit.press(page, score)
    visit.close()


def screen_reader(server: str, mail: Mail, time: Watch, dice: Random, score: int) -> None:
    """Follows the wrong link first, hears the page out, then chooses."""
    visit = Visit(server, NVDA)
    page = _opened(visit, mail, time, dice.randrange(len(mail.scores)), given_as_place=True)
    time.wait(dice.uniform(20, 120))
    page = visit.press(page, score)
    visit.close()


def double_tap(server: str, mail: Mail, time: Watch, dice: Random, score: int) -> None:
    """Two taps where one was meant."""
    visit = Visit(server)
    page = visit.get(mail.bare)
    time.wait(dice.uniform(1, 10))
    visit.press(page, score)
    time.wait(0.15)
    visit.press(page, score)
    visit.close()


def back_button(server: str, mail: Mail, time: Watch, dice: Random, score: int) -> None:
    """Taps a number, goes back to the mail, taps the one that was meant."""
    visit = Visit(server)
    _opened(visit, mail, time, dice.randrange(len(mail.scores)), given_as_place=True)
    time.wait(dice.uniform(2, 30))
    page = _opened(visit, mail, time, score)
    _presses_if_asked(visit, page, time, score)
    visit.close()


def two_tabs(server: str, mail: Mail, time: Watch, dice: Random, score: int) -> None:
    """Two links in two tabs, an answer in the second."""
    first, second = Visit(server), Visit(server)
    _opened(first, mail, time, dice.randrange(len(mail.scores)), given_as_place=True)
    time.wait(dice.uniform(1, 60))
    page = _opened(second, mail, time, score)
    _presses_if_asked(second, page, time, score)
    first.close()
    second.close()


HUMANS: dict[str, Human] = {
    "one tap": one_tap,
    "a tap and a comment": comments,
    "no scripts": without_scripts,
    "slow": slow,
    "shared address": shared_address,
    "privacy browser": privacy_browser,
    "keyboard only": keyboard,
    "screen reader": screen_reader,
    "double tap": double_tap,
    "back button": back_button,
    "two tabs": two_tabs,
}


def _opened(
    visit: Visit, mail: Mail, time: Watch, score: int, *, given_as_place: bool = False
) -> Page:
    """Opens the link of this score, long enough for the script to post it."""
    low = len(mail.scores) != 11
    path = mail.scores[score if given_as_place else score - low]
    page = visit.get(path)
    time.wait(1.2)
    return visit.script(page)


def _presses_if_asked(visit: Visit, page: Page, time: Watch, score: int) -> None:
    if not page.thanks or page.chosen != [str(score)]:
        time.wait(3)
        visit.press(page, score)
