"""axe-core finds nothing on any state of the widget, and the system's preferences are followed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains

from tests.album import photograph
from tests.conftest import lacking
from tests.journeys.walk import soon
from tests.journeys.widget_hosts import Card, Host, gone, hosting, tools
from tests.journeys.widget_questions import LOAD, QUESTIONS, STAND_IN, fed

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = (
    "const done = arguments[arguments.length - 1];"
    f"axe.run(document, {{ runOnly: {json.dumps(TAGS)}, resultTypes: ['violations'] }}).then("
    "found => done(found.violations.flatMap(one => one.nodes.map(node => "
    "one.id + ' ' + JSON.stringify(node.target) + ' ' + node.failureSummary))))"
)


@pytest.fixture
def axe() -> str:
    """axe-core's source, from npm."""
    folder: Path | None = tools()
    if folder is None:
        lacking("node")
    return (folder / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def shown(browser: webdriver.Chrome) -> Iterator[Callable[..., Card]]:
    """Shows a made-up question by the real module, in light or dark."""
    with hosting() as host:

        def show(question: str, scheme: str = "light", **features: str) -> Card:
            prefer(browser, **{"prefers-color-scheme": scheme}, **features)
            _visit(browser, host)
            browser.execute_script(fed(QUESTIONS[question]))
            return Card(browser)

        yield show


def _visit(browser: webdriver.Chrome, host: Host) -> None:
    host.page = STAND_IN + LOAD
    browser.get(host.url)
    soon(browser, lambda: browser.execute_script("return !!window.start"))


def prefer(browser: webdriver.Chrome, **features: str) -> None:
    asked = [{"name": name, "value": value} for name, value in features.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": asked})


def settled(browser: webdriver.Chrome) -> None:
    """Nothing moves any more: axe measures colours, and a card that fades in has others."""
    moving = (
        "return document.querySelector('collector-widget').shadowRoot.getAnimations().length === 0"
    )
    soon(browser, lambda: browser.execute_script(moving))


@pytest.mark.parametrize(("question", "scheme"), list(product(QUESTIONS, ("light", "dark"))))
def test_axe_finds_nothing_on_any_state(
    shown: Callable[..., Card],
    browser: webdriver.Chrome,
    axe: str,
    question: str,
    scheme: str,
) -> None:
    card = shown(question, scheme)
    browser.execute_script(axe)
    found: dict[str, list[Any]] = {}

    def look(state: str) -> None:
        settled(browser)
        found[state] = browser.execute_async_script(RUN)
        photograph(browser, f"widget-{question}-{state}-{scheme}".replace(" ", "-"))

    for width in (320, 1280):
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 700, "deviceScaleFactor": 1, "mobile": False},
        )
        look(f"asked, {width}")
    browser.execute_script("window.fail = true")
    card.scores()[2].click()
    soon(browser, lambda: card.sees(".problem"))
    look("not saved")
    browser.execute_script("window.fail = false")
    ActionChains(browser).move_to_element(card.scores()[1]).perform()
    card.scores()[1].click()
    soon(browser, lambda: card.sees(".thanks"))
    look("thanks")
    card.find("textarea").send_keys("all fine")
    look("writing")
    card.find(".send").click()
    soon(browser, lambda: not card.sees("textarea"))
    look("sent")
    card.find(".close").click()
    soon(browser, lambda: gone(browser))
    assert {state: wrong for state, wrong in found.items() if wrong} == {}


def computed(card: Card, css: str, what: str) -> str:
    script = "return getComputedStyle(arguments[0])[arguments[1]]"
    return str(card.browser.execute_script(script, card.find(css), what))


def test_it_moves_only_for_those_who_do_not_mind(
    shown: Callable[..., Card], browser: webdriver.Chrome
) -> None:
    still = shown("nps en", "light", **{"prefers-reduced-motion": "reduce"})
    assert computed(still, ".card", "animationName") == "none"
    moving = shown("nps en", "light", **{"prefers-reduced-motion": "no-preference"})
    assert computed(moving, ".card", "animationName") == "up"


def test_the_chosen_score_is_told_in_forced_colours(
    shown: Callable[..., Card], browser: webdriver.Chrome
) -> None:
    card = shown("nps en", "light", **{"forced-colors": "active"})
    card.scores()[4].click()
    soon(browser, lambda: card.sees(".thanks"))
    chosen = computed(card, "[aria-checked=true]", "backgroundColor")
    assert chosen != computed(card, "[aria-checked=false]", "backgroundColor")


def test_a_page_themes_it_by_properties_and_parts(
    shown: Callable[..., Card], browser: webdriver.Chrome
) -> None:
    card = shown("csat ar", "dark")
    browser.execute_script(
        "const sheet = new CSSStyleSheet();"
        "sheet.replaceSync('collector-widget { --collector-accent: rgb(1, 2, 3);"
        " --collector-radius: 4px } collector-widget::part(question) { font-size: 31px }');"
        "document.adoptedStyleSheets = [sheet]"
    )
    card.scores()[0].click()
    assert computed(card, "[aria-checked=true]", "backgroundColor") == "rgb(1, 2, 3)"
    assert computed(card, ".card", "borderTopLeftRadius") == "4px"
    assert computed(card, "h2", "fontSize") == "31px"
