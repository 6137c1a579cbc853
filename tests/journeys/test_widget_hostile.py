"""The widget on other people's pages: their styles, layers, dialogs and shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from tests.album import photograph
from tests.journeys.walk import soon
from tests.journeys.widget_hostile import BEGIN, HEAR, SIZES, reports, visit
from tests.journeys.widget_hosts import Card, console, hosting

pytestmark = pytest.mark.browser

TALL = "<div style='height:3000px'></div>"
HOSTILE = {
    "undefined elements hidden": ":not(:defined) { visibility: hidden }",
    "everything hidden": "* { visibility: hidden !important }",
    "no displaying": "body > *, html > :not(head):not(body) { display: none !important }",
    "children of the body raised": "body > * { position: relative; z-index: 1 }",
    "letters": "* { letter-spacing: .3em !important; text-transform: uppercase !important;"
    " text-shadow: 1px 1px red !important; word-spacing: 2em; font: 40px fantasy !important }",
    "inherited": "html { visibility: hidden; pointer-events: none; writing-mode: vertical-rl;"
    " direction: rtl; line-height: 5; text-align: right; cursor: none; color: red; font-size: 3px;"
    " user-select: none; white-space: nowrap; text-indent: 9em }",
    "transformed body": "body { transform: translateZ(0) }",
    "transformed root": "html { transform: translateZ(0) }",
    "filtered, contained": "body { filter: blur(9px); contain: strict; opacity: .01 }",
    "a transparent root": "html { opacity: 0 !important }",
    "by its name": "collector-widget { display: none !important; opacity: 0 !important;"
    " position: static !important; transform: scale(0) !important; clip-path: inset(50%) }",
    "important boxes": "* { position: static !important; float: left !important; width: 9px"
    " !important; max-height: 0 !important; overflow: hidden !important }",
    "scripts as they were": "html, body { height: 100%; overflow: hidden; perspective: 1px }",
}
BAR = (
    "<div id=bar style='position:fixed;inset:0;z-index:2147483647;background:#eef'"
    " onclick='window.hit = true'>bar</div>"
)


@pytest.fixture
def opened(browser: webdriver.Chrome) -> Iterator[Callable[..., None]]:
    """Opens a page of this HTML and starts the widget there."""
    with hosting() as host:

        def show(html: str = "", size: tuple[int, int] = SIZES[0], **options: object) -> None:
            visit(browser, host, HEAR + html, size)
            browser.execute_script(BEGIN, options)

        yield show


def looks(card: Card) -> dict[str, str]:
    """How the question is set, as the browser worked it out."""
    names = ["letterSpacing", "textTransform", "textShadow", "direction", "writingMode", "fontSize",
             "visibility", "lineHeight", "textIndent", "whiteSpace", "wordSpacing"]  # fmt: skip
    script = "const s = getComputedStyle(arguments[0]); return arguments[1].map((n) => s[n])"
    return dict(
        zip(names, card.browser.execute_script(script, card.find("h2"), names), strict=True)
    )


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desktop"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_no_style_of_the_page_hides_moves_or_changes_the_card(
    opened: Callable[..., None], browser: webdriver.Chrome, kind: str, size: tuple[int, int]
) -> None:
    opened(f"<style>{HOSTILE[kind]}</style>{BAR}{TALL}", size)
    card = Card(browser)
    soon(browser, lambda: len(reports(browser, "shown")) == 1)
    assert looks(card) == {
        "letterSpacing": "normal", "textTransform": "none", "textShadow": "none",
        "direction": "ltr", "writingMode": "horizontal-tb", "fontSize": "17px",
        "visibility": "visible", "lineHeight": "24.65px", "textIndent": "0px",
        "whiteSpace": "normal", "wordSpacing": "0px",
    }  # fmt: skip
    card.scores()[3].click()  # by the mouse, where it is: nothing lies above
    soon(browser, lambda: card.sees(".thanks"))
    assert [one["score"] for one in reports(browser, "answer")] == [3]
    assert browser.execute_script("return !!window.hit") is False
    box = browser.execute_script(
        "return arguments[0].getBoundingClientRect().toJSON()", card.find(".card")
    )
    assert box["left"] >= 0
    assert box["right"] <= size[0]
    assert size[1] - 40 <= box["bottom"] <= size[1]
    free = browser.execute_script("return document.documentElement.clientWidth")  # less a scrollbar
    assert box["width"] == (min(free, size[0]) - 24 if size[0] == 390 else 420)
    photograph(browser, f"hostile-{kind}-{size[0]}".replace(" ", "-"))


def test_behind_a_modal_dialog_it_waits_and_says_why(
    opened: Callable[..., None], browser: webdriver.Chrome
) -> None:
    opened(
        "<dialog id=terms><p>Terms</p><button>ok</button></dialog>"
        "<script>terms.showModal()</script>"
    )
    said: list[str] = []

    def told() -> bool:
        said.append(console(browser))
        return "not shown yet, behind dialog#terms" in "".join(said)

    soon(browser, told)
    assert not Card(browser).sees(".card")
    assert reports(browser, "shown") == []
    browser.execute_script("terms.close()")
    soon(browser, lambda: len(reports(browser, "shown")) == 1)
    card = Card(browser)
    card.scores()[7].click()
    soon(browser, lambda: card.sees(".thanks"))


def test_a_page_that_sets_a_layer_gets_that_layer_and_no_ask_is_counted_that_lies_below(
    opened: Callable[..., None], browser: webdriver.Chrome
) -> None:
    opened(f"<style>collector-widget {{ --collector-layer: 5 }}</style>{BAR}")
    said: list[str] = []

    def told() -> bool:
        said.append(console(browser))
        return "not shown yet, behind div#bar" in "".join(said)

    soon(browser, told)
    assert reports(browser, "shown") == []
    browser.execute_script("bar.remove()")
    soon(browser, lambda: len(reports(browser, "shown")) == 1)


LISTENERS = {
    "on the document": "document.addEventListener('keydown', take)",
    "on the document, first": "document.addEventListener('keydown', take, true)",
    "on the window": "window.addEventListener('keydown', take)",
    "on the window, before us": "window.addEventListener('keydown', take, true)",
    "as the character comes": "document.addEventListener('keypress', take, true)",
}


@pytest.mark.parametrize("where", LISTENERS)
def test_shortcuts_of_the_page_take_no_letter_of_a_comment(
    opened: Callable[..., None], browser: webdriver.Chrome, where: str
) -> None:
    opened(f"""<script>
        window.taken = '';
        function take(event) {{
          if (['INPUT', 'TEXTAREA', 'SELECT'].includes(event.target.tagName)) return;
          if ('jk/?c'.includes(event.key)) {{ event.preventDefault(); taken += event.key }}
        }}
        {LISTENERS[where]}
    </script>""")
    card = Card(browser)
    card.scores()[9].click()
    soon(browser, lambda: card.sees("textarea"))
    card.find("textarea").send_keys("quick check, just ok?")
    assert card.find("textarea").get_property("value") == "quick check, just ok?"
    assert browser.execute_script("return taken") == ""
    browser.execute_script("document.activeElement.blur()")
    browser.find_element(By.TAG_NAME, "body").send_keys("j")
    # Everywhere else the page keeps its shortcuts.
    assert browser.execute_script("return taken") == "j"


def test_what_happens_in_the_card_closes_no_menu_and_meets_no_trap_of_the_page(
    opened: Callable[..., None], browser: webdriver.Chrome
) -> None:
    opened("""<button id=trap>trap</button><script>
        window.seen = [];
        for (const name of ['click', 'mousedown', 'pointerdown', 'focusin', 'input', 'keyup'])
          document.addEventListener(name, (event) => seen.push(event.type));
        document.addEventListener('focusin', (event) => {
          if (event.target.localName === 'collector-widget') trap.focus();
        });
    </script>""")
    card = Card(browser)
    card.scores()[9].click()
    soon(browser, lambda: card.sees("textarea"))
    card.find("textarea").click()
    card.find("textarea").send_keys("fine")
    assert card.find("textarea").get_property("value") == "fine"
    assert browser.execute_script("return seen") == []


def test_a_digit_answers_and_two_make_a_ten(
    opened: Callable[..., None], browser: webdriver.Chrome
) -> None:
    opened()
    card = Card(browser)
    browser.execute_script("arguments[0].focus()", card.scores()[0])
    browser.switch_to.active_element.send_keys("10")
    soon(browser, lambda: card.sees(".thanks"))
    assert [one["score"] for one in reports(browser, "answer")] == [10]
    assert card.chosen() == ["10"]


def test_several_starts_in_one_moment_show_one_card(
    opened: Callable[..., None], browser: webdriver.Chrome
) -> None:
    opened(
        "<script type=module>import { start } from '/collector.mjs?again';"
        "window.again = start</script>"
    )
    Card(browser)
    browser.execute_script("""
        collector('reset');
        const identity = 'x.' + btoa('{"sub":"c-1"}') + '.x';
        const options = { api: '/w/v1/', key: 'pk_x', identity };
        const c = start(options); c('check'); c('close');
        const d = start(options); d('check');
        again(options)('check'); d('check');
    """)
    Card(browser)
    browser.execute_async_script("setTimeout(arguments[0], 300)")
    assert len(browser.find_elements(By.TAG_NAME, "collector-widget")) == 1
    assert len(reports(browser, "shown")) == 2  # the one before, and this
