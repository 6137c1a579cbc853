"""The widget and what a page makes of names, events, stored queues and addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from selenium import webdriver

from tests.journeys.walk import soon
from tests.journeys.widget_hostile import BEGIN, HEAR, SIZES, reports, visit
from tests.journeys.widget_hosts import Card, console, gone, hosting

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(browser: webdriver.Chrome) -> Iterator[Callable[..., None]]:
    """Opens a page of this HTML and starts the widget there."""
    with hosting() as host:

        def show(html: str = "", size: tuple[int, int] = SIZES[0], **options: object) -> None:
            visit(browser, host, HEAR + html, size)
            browser.execute_script(BEGIN, options)

        yield show


NAMES = {
    "an array that knows JSON": "Array.prototype.toJSON = function () { return '[' + this + ']' }",
    "more methods": "Array.prototype.extra = Object.prototype.extra = () => {}",
    "its element taken": "customElements.define('collector-widget', class extends HTMLElement {"
    " constructor() { super(); this.attachShadow({ mode: 'closed' }) } })",
    "shadows shut": "const real = Element.prototype.attachShadow;"
    "Element.prototype.attachShadow = function () { return real.call(this, { mode: 'closed' }) }",
    "replaced later": "window.later = () => { window.fetch = () => Promise.reject(Error('mine'));"
    " JSON.stringify = () => '{}'; JSON.parse = () => { throw 1 } }",
}


@pytest.mark.parametrize("kind", NAMES)
def test_a_page_that_changed_the_language_gets_its_question_and_reports_its_events(
    opened: Callable[..., None], browser: webdriver.Chrome, kind: str
) -> None:
    opened(f"<script>{NAMES[kind]}</script>")
    soon(browser, lambda: len(reports(browser, "shown")) == 1)
    browser.execute_script("""
        const { parse, stringify } = JSON;
        window.later?.();
        collector('track', 'x', { list: [1, [2]], text: '"\\\\ é' });
        Object.assign(JSON, { parse, stringify });
    """)
    told = "return reports('track').map(({ context: c }) => [c.list + '', c.list.length, c.text])"
    found = soon(browser, lambda: browser.execute_script(told))
    assert found == [["1,2", 2, '"\\ é']]


UNSENDABLE = {
    "const a = {}; a.self = a; return a": "circular",
    "return { amount: 12n }": '"amount" cannot be sent: bigint',
    "return { items: [{ done() {} }] }": '"done" cannot be sent: function',
    "return { mark: Symbol('x') }": '"mark" cannot be sent: symbol',
    "return { text: '\\ud83d' }": '"text" cannot be sent: string, or half a character',
    "return { get bad() { throw Error('mine') } }": "mine",
    "return { text: 'x'.repeat(20000) }": '"context" is too large: 20',
    "return { text: '漢'.repeat(5000) }": '"context" is too large: 15',
}


def test_what_cannot_be_sent_is_refused_at_once_and_holds_up_nothing(
    opened: Callable[..., None], browser: webdriver.Chrome
) -> None:
    opened(storage=True)
    Card(browser)
    for making, words in UNSENDABLE.items():
        console(browser)
        browser.execute_script(f"collector('track', 'x', (() => {{ {making} }})())")
        said = console(browser).replace('\\"', '"')
        assert "refused" in said, making
        assert words in said, making
    browser.execute_script("collector('track', 'x', { good: 1 })")
    soon(browser, lambda: reports(browser, "track"))
    assert [one["context"] for one in reports(browser, "track")] == [{"good": 1}]


@pytest.mark.parametrize("status", [400, 403, 409, 413, 422, 500])
def test_a_refused_event_leaves_the_queue(
    opened: Callable[..., None], browser: webdriver.Chrome, status: int
) -> None:
    opened(storage=True)
    browser.execute_script(
        "refuse.bad = { status: arguments[0], code: 'no', detail: 'not so',"
        " pointer: '/context/a' };"
        "collector('track', 'bad'); collector('track', 'good')",
        status,
    )
    soon(browser, lambda: [one for one in reports(browser, "track") if one["type"] == "good"])
    # A slip of the service's is tried again, but not for ever: it may be about this very event.
    tries = 4 if status == 500 else 1
    assert [one["type"] for one in reports(browser, "track")] == ["bad"] * tries + ["good"]
    said = soon(browser, lambda: console(browser))
    assert "not so /context/a" in said
    soon(
        browser, lambda: browser.execute_script("return sessionStorage['collector.track']") == "[]"
    )


POISON = [
    "{", "null", "7", '"[1]"', "{}", "[null, 5, {}, []]",
    '[{"body": 5}, {"body": {"type": "old"}, "done": 1, "refused": "x", "late": {}, "who": "c-1"}]',
    '[{"body": {"type": "other"}, "who": {"a": 1}}, {"body": {"type": "old"}, "who": "c-1"}]',
]  # fmt: skip


@pytest.mark.parametrize("stored", POISON)
def test_a_stored_queue_that_is_none_is_healed(
    opened: Callable[..., None], browser: webdriver.Chrome, stored: str
) -> None:
    opened()
    browser.execute_script(
        "sessionStorage['collector.track'] = arguments[0]; collector('reset');", stored
    )
    browser.execute_script(BEGIN, {"storage": True})
    browser.execute_script("collector('track', 'new')")
    soon(browser, lambda: [one for one in reports(browser, "track") if one.get("type") == "new"])
    assert "TypeError" not in console(browser)
    soon(
        browser, lambda: browser.execute_script("return sessionStorage['collector.track']") == "[]"
    )


MOVES = {
    "pushState": "history.pushState({}, '', '/basket')",
    "replaceState": "history.replaceState({}, '', '/basket?a=1')",
    "hash": "location.hash = 'basket'",
    "back": "history.pushState({}, '', '/x'); setTimeout(() => history.back(), 700)",
    "patched": "History.prototype.pushState = history.pushState.bind(history, {}, '', '/y');"
    " history.pushState()",
}


@pytest.mark.parametrize("how", MOVES)
def test_it_looks_again_within_two_seconds_of_every_change_of_the_address(
    opened: Callable[..., None], browser: webdriver.Chrome, how: str
) -> None:
    opened()
    Card(browser)
    browser.execute_script("document.querySelector('collector-widget').remove()")
    assert gone(browser)
    wait = "const done = arguments[0], from = Date.now(); (function look() {"
    wait += "document.querySelector('collector-widget') ? done(Date.now() - from)"
    wait += " : setTimeout(look, 20) })()"
    browser.set_script_timeout(10)
    assert browser.execute_async_script(f"{MOVES[how]}; {wait}") < 2_000
