"""People in a real Chromium: they press keys and buttons, and each means one score.

Eight ways that a light client can only pretend. `benchmarks/robots.py` sends many of each,
`test_chromium.py` one.
"""

from __future__ import annotations

import time as real
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from flask import Flask
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from tests.journeys.chromium import PATIENCE, launched
from tests.journeys.chromium_robots import GLANCE
from tests.journeys.crowds import READ_AFTER, Outcome, ask, outcome_of
from tests.journeys.humans import FIREFOX
from tests.journeys.robots import Mail, mails
from tests.journeys.visits import Watch

Human = Callable[[Chrome, str, Mail, Watch, str], None]
MOST_TABS = 40


def one_tap(browser: Chrome, server: str, mail: Mail, time: Watch, score: str) -> None:
    """Taps the number in the mail; the page does the rest."""
    browser.get(server + _link(mail, score))
    _thanked(browser, score)


def keyboard(browser: Chrome, server: str, mail: Mail, time: Watch, score: str) -> None:
    """Tab to the number, Enter; nothing else is touched."""
    browser.get(server + mail.bare)
    for _ in range(MOST_TABS):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        held = browser.switch_to.active_element
        if (held.get_attribute("name"), held.get_attribute("value")) == ("score", score):
            break
    time.wait(8)
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    _thanked(browser, score)


def double_tap(browser: Chrome, server: str, mail: Mail, time: Watch, score: str) -> None:
    """Two presses where one was meant, as fast as the browser can."""
    browser.get(server + mail.bare)
    time.wait(4)
    ActionChains(browser).double_click(_button(browser, score)).perform()
    _thanked(browser, score)


def back_button(browser: Chrome, server: str, mail: Mail, time: Watch, score: str) -> None:
    """A wrong number, back to the mail, the right number; presses it if asked to."""
    wrong = next(path for path in mail.scores if path != _link(mail, score))
    browser.get(server + wrong)
    _thanked(browser, wrong.rpartition("/")[2])
    browser.back()
    time.wait(6)
    browser.get(server + _link(mail, score))
    _presses_if_asked(browser, time, score)


def two_tabs(browser: Chrome, server: str, mail: Mail, time: Watch, score: str) -> None:
    """A wrong number in one tab, the right one in another."""
    first = browser.current_window_handle
    wrong = next(path for path in mail.scores if path != _link(mail, score))
    browser.get(server + wrong)
    _thanked(browser, wrong.rpartition("/")[2])
    browser.switch_to.new_window("tab")
    time.wait(20)
    browser.get(server + _link(mail, score))
    _presses_if_asked(browser, time, score)
    browser.close()
    browser.switch_to.window(first)


def without_scripts(browser: Chrome, server: str, mail: Mail, time: Watch, score: str) -> None:
    """Scripts are off in this browser."""
    browser.get(server + _link(mail, score))
    time.wait(2)
    _button(browser, score).click()
    _thanked(browser, score)


def privacy(browser: Chrome, server: str, mail: Mail, time: Watch, score: str) -> None:
    """No cookies, no storage, do-not-track, an agent that millions share."""
    browser.get(server + mail.bare)
    time.wait(5)
    _button(browser, score).click()
    _thanked(browser, score)


def leaves_at_once(browser: Chrome, server: str, mail: Mail, time: Watch, score: str) -> None:
    """Taps the number in the mail, sees the page, and is gone before it has said thanks."""
    browser.get(server + _link(mail, score))
    real.sleep(GLANCE)
    browser.get("about:blank")
    real.sleep(GLANCE)


HUMANS: dict[str, Human] = {
    "Chromium: one tap": one_tap,
    "Chromium: keyboard only": keyboard,
    "Chromium: double tap": double_tap,
    "Chromium: back button": back_button,
    "Chromium: two tabs": two_tabs,
    "Chromium: no scripts": without_scripts,
    "Chromium: privacy settings": privacy,
    "Chromium: leaves at once": leaves_at_once,
}


def send_people(
    app: Flask, server: str, time: Watch, name: str, many: int, folder: Path
) -> Outcome:
    """So many people of this kind, each with a mail of their own and a score in mind."""
    dice = Random(f"{name}-{many}")
    sent = ask(app, time, many)
    meant: dict[str, int | None] = {}
    time.wait(READ_AFTER)
    with _browser(name, folder) as browser:
        for invitation_id, mail in mails(sent):
            low, high = sent[invitation_id][2:]
            meant[invitation_id] = score = dice.randint(low, high)
            time.wait(dice.uniform(0.5, 30))
            browser.execute_cdp_cmd("Network.clearBrowserCookies", {})
            HUMANS[name](browser, server, mail, time, str(score))
    return outcome_of(app, time, name, meant)


@contextmanager
def _browser(name: str, folder: Path) -> Iterator[Chrome]:
    private = HUMANS[name] is privacy
    settings = {"profile.default_content_setting_values.cookies": 2, "enable_do_not_track": True}
    profile = folder / name.rpartition(" ")[2]
    agent = {"agent": FIREFOX} if private else {}
    with launched(profile, preferences=settings if private else None, **agent) as browser:
        if private:
            browser.execute_cdp_cmd("Network.enable", {})
            said = {"headers": {"DNT": "1", "Sec-GPC": "1"}}
            browser.execute_cdp_cmd("Network.setExtraHTTPHeaders", said)
        if HUMANS[name] is without_scripts:
            browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        yield browser


def _link(mail: Mail, score: str) -> str:
    return f"{mail.bare}/{score}"


def _button(browser: Chrome, score: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, f"[name=score][value='{score}']")


def _thanked(browser: Chrome, score: str) -> None:
    """The page says thanks, with this score chosen."""
    here = f"main.answered [name=score][value='{score}'][aria-pressed=true]"
    WebDriverWait(browser, PATIENCE).until(lambda b: b.find_elements(By.CSS_SELECTOR, here))


def _presses_if_asked(browser: Chrome, time: Watch, score: str) -> None:
    """Reads what the page says in the end, and presses where it still wants that."""
    time.wait(3)
    wait = WebDriverWait(browser, PATIENCE, ignored_exceptions=[StaleElementReferenceException])
    wait.until(lambda b: b.find_elements(By.CSS_SELECTOR, "main [name=score]"))
    browser.execute_async_script("setTimeout(arguments[0], 1300)")  # what the page does by itself
    chosen = browser.find_elements(
        By.CSS_SELECTOR, f"main.answered [value='{score}'][aria-pressed=true]"
    )
    if not chosen:
        _button(browser, score).click()
    _thanked(browser, score)
