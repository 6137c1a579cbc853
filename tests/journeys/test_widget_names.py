"""The widget where a page took the names that it needs: elements, functions and fetch of others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from selenium import webdriver

from tests.conftest import LiveServer
from tests.journeys.walk import soon
from tests.journeys.widget_hostile import HEAR, SIZES, reports, resize
from tests.journeys.widget_hosts import Card, hosting
from tests.journeys.widget_place import placed, taps

pytestmark = pytest.mark.browser

DOCS = Path(__file__).resolve().parents[2] / "docs" / "widget.md"
QUEUE = "".join(re.findall(r"^<script>if .*window\.collector.*</script>$", DOCS.read_text(), re.M))
TAG = (
    "<script async src='/w/v1/widget.js' data-key=pk_x"
    " data-identity='x.eyJzdWIiOiJjLTEifQ==.x' data-debug></script>"
)


@pytest.fixture
def opened(browser: webdriver.Chrome) -> Iterator[Callable[[str], None]]:
    """A page of this HTML, then the documented queue line, an event, and the tag."""
    with hosting() as host:

        def show(html: str) -> None:
            resize(browser, SIZES[0])
            host.page = (
                f"{HEAR}{html}{QUEUE}<script>window.collector('track', 'early')</script>{TAG}"
            )
            browser.get(host.url)

        yield show


def works(browser: webdriver.Chrome) -> None:
    """It was seen, takes an answer, got what was queued, and takes commands."""
    soon(browser, lambda: len(reports(browser, "shown")) == 1)
    card = Card(browser)
    card.scores()[8].click()
    soon(browser, lambda: card.sees(".thanks"))
    browser.execute_script("window.collector('track', 'late')")
    soon(browser, lambda: len(reports(browser, "track")) == 2)
    assert [one["type"] for one in reports(browser, "track")] == ["early", "late"]
    assert [one["score"] for one in reports(browser, "answer")] == [8]


ELEMENTS = {
    "id": "<div id=collector></div>",
    "id of a form, with a field q": "<form id=collector><input name=q></form>",
    "twice": "<p id=collector></p><p id=collector></p>",
    "name of a form": "<form name=collector></form>",
    "name of a picture": "<img name=collector alt=''>",
    "name of a frame": "<iframe name=collector></iframe>",
    "name of a frame of others": "<iframe name=collector src='data:text/html,x'></iframe>",
    "an object, which can be called": "<object id=collector></object>",
    "an embed, which can be called": "<embed name=collector>",
}


@pytest.mark.parametrize("kind", ELEMENTS)
def test_an_element_of_its_name_stands_in_nobodys_way(
    opened: Callable[[str], None], browser: webdriver.Chrome, kind: str
) -> None:
    opened(ELEMENTS[kind])
    works(browser)


THINGS = {
    "an object": "window.collector = { q: 5, ready: true }",
    "a frozen object": "window.collector = Object.freeze({})",
    "an object of a class": "window.collector = new (class Collector { q = 1 })()",
    "a text": "window.collector = 'x'",
    "nothing": "window.collector = null",
    "a variable": "var collector = {}",
    "a name that was declared": "let collector = {}",
}


@pytest.mark.parametrize("kind", THINGS)
def test_a_thing_of_its_name_that_takes_no_commands_gives_way(
    opened: Callable[[str], None], browser: webdriver.Chrome, kind: str
) -> None:
    opened(f"<script>{THINGS[kind]}</script>")
    works(browser)


FUNCTIONS = {
    "of others": "window.collector = () => {}",
    "with a q that is no list": "window.collector = Object.assign(() => {}, { q: 5 })",
    "a class": "window.collector = class Collector {}",
    "that cannot be replaced": "Object.defineProperty(window, 'collector', { value() {} })",
    "that only can be read": "Object.defineProperty(window, 'collector', { get: () => () => {} })",
}


@pytest.mark.parametrize("kind", FUNCTIONS)
def test_the_question_is_asked_whatever_function_has_its_name(
    browser: webdriver.Chrome, kind: str
) -> None:
    with hosting() as host:
        resize(browser, SIZES[0])
        host.page = f"{HEAR}<script>{FUNCTIONS[kind]}</script>{TAG}"
        browser.get(host.url)
        card = Card(browser)
        card.scores()[8].click()
        soon(browser, lambda: card.sees(".thanks"))
        assert [one["score"] for one in reports(browser, "answer")] == [8]


TAKEN = ["currentScript", "documentElement", "createElement", "elementFromPoint", "hidden",
         "querySelector", "readyState", "body", "addEventListener", "defaultView"]  # fmt: skip


@pytest.mark.parametrize("element", ["<img name={} alt=''>", "<form name={}></form>"])
def test_no_element_takes_the_place_of_what_the_document_has_itself(
    opened: Callable[[str], None], browser: webdriver.Chrome, element: str
) -> None:
    opened("".join(element.format(name) for name in TAKEN))
    soon(browser, lambda: len(reports(browser, "shown")) == 1)
    # The browser's driver does not get along with them.
    browser.execute_script(
        "const all = Document.prototype.querySelectorAll;"
        "all.call(document, '[name]').forEach((one) => one.remove())"
    )
    works(browser)


WATCHED = """<script>
  window.watched = [];
  const { fetch: before } = window;
  window.fetch = function (address, options) {
    watched.push(address.split('/').pop());
    return before.apply(this, [address, { ...options, headers: {
      ...options.headers, traceparent: '00-1-2-01', Authorization: 'Bearer x',
      'X-CSRF-Token': 'abc',
    } }]).then((reply) => { reply.clone().text(); return reply });
  };
</script>"""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_fetch_that_watches_and_adds_headers_of_its_own_is_lived_with(
    ctx: Flask, live_server: LiveServer, browser: webdriver.Chrome
) -> None:
    resize(browser, SIZES[1])
    with placed(ctx, live_server) as place:
        place.host.policy = ""
        place.host.page = WATCHED + place.tag()
        browser.get(place.host.url)
        card = Card(browser)
        card.scores()[8].click()
        soon(browser, lambda: card.sees(".thanks"))
        assert [tap.score for tap in taps()] == [8]
        assert browser.execute_script("return watched") == ["next", "shown", "answer"]
        browser.get("about:blank")
