"""A Chromium whose elements outlive the page's own work: what was replaced is found again.

The tap page and the widget put new parts in the place of old ones. An element that a test found a
moment ago may be gone when it is read or pressed, on a slow machine more often. Every command that
meets such an element looks for it again the way it was found, until `PATIENCE` is over; a press on
what is covered or not there yet waits likewise. A search is never repeated: what is not there is
told at once. Used by the `browser` fixture and `tests/journeys/chromium.py`.
"""

from __future__ import annotations

import time
from typing import Any

from selenium.common.exceptions import (
    DetachedShadowRootException,
    ElementClickInterceptedException,
    ElementNotInteractableException,
    NoSuchElementException,
    StaleElementReferenceException,
    WebDriverException,
)
from selenium.webdriver import Chrome
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.shadowroot import ShadowRoot
from selenium.webdriver.remote.webelement import WebElement

PATIENCE = 5.0  # real seconds
AGAIN_AFTER = 0.05
REPLACED = (StaleElementReferenceException, DetachedShadowRootException)
IN_THE_WAY = (ElementClickInterceptedException, ElementNotInteractableException)
TOUCHES = (Command.CLICK_ELEMENT, Command.SEND_KEYS_TO_ELEMENT, Command.CLEAR_ELEMENT)
SEARCHES = (
    Command.FIND_ELEMENT, Command.FIND_CHILD_ELEMENT, Command.FIND_ELEMENT_FROM_SHADOW_ROOT,
    Command.FIND_ELEMENTS, Command.FIND_CHILD_ELEMENTS, Command.FIND_ELEMENTS_FROM_SHADOW_ROOT,
    Command.GET_SHADOW_ROOT,
)  # fmt: skip
How = tuple[str, dict[str, Any], int]
"""The search, what it was asked with, and which of the found it was."""


class SteadyChrome(Chrome):
    def __init__(self, *with_: Any, **named: Any) -> None:
        self._how: dict[str, How] = {}
        self._now: dict[str, str] = {}
        super().__init__(*with_, **named)

    def execute(self, driver_command: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
        asked = dict(params or {})
        until = time.monotonic() + PATIENCE
        while True:
            try:
                answer = super().execute(driver_command, self._current(asked))
            except WebDriverException as error:
                if time.monotonic() > until or not self._can_be_mended(error, driver_command):
                    raise
                time.sleep(AGAIN_AFTER)
                if not isinstance(error, IN_THE_WAY) and not self._found_again(asked):
                    raise
            else:
                self._remember(driver_command, asked, answer.get("value"))
                return answer

    def _can_be_mended(self, error: WebDriverException, command: str) -> bool:
        if isinstance(error, IN_THE_WAY):
            return command in TOUCHES
        return isinstance(error, REPLACED) or "does not belong to the document" in str(error.msg)

    def _found_again(self, asked: dict[str, Any]) -> bool:
        """Whether anything that was asked about can be looked for; it need not be there yet."""
        known = [name for name in _names(asked) if name in self._how]
        for name in known:
            command, how, place = self._how[name]
            try:
                found = self.execute(command, how)["value"]
            except NoSuchElementException:
                continue
            several = found if isinstance(found, list) else [found]
            if place < len(several):
                self._now[name] = several[place].id
        return bool(known)

    def _remember(self, command: str, asked: dict[str, Any], found: Any) -> None:
        if command in SEARCHES:
            for place, one in enumerate(found if isinstance(found, list) else [found]):
                self._how.setdefault(one.id, (command, asked, place))

    def _current(self, asked: Any) -> Any:
        if isinstance(asked, dict):
            return {name: self._current(value) for name, value in asked.items()}
        if isinstance(asked, list):
            return [self._current(value) for value in asked]
        if isinstance(asked, WebElement):
            return self.create_web_element(self._current(asked.id))
        return self._now.get(asked, asked) if isinstance(asked, str) else asked


def _names(asked: Any) -> list[str]:
    """The elements and shadow roots in what a command was asked with."""
    if isinstance(asked, dict):
        return [name for value in asked.values() for name in _names(value)]
    if isinstance(asked, list):
        return [name for value in asked for name in _names(value)]
    if isinstance(asked, (WebElement, ShadowRoot)):
        return [asked.id]
    return [asked] if isinstance(asked, str) else []
