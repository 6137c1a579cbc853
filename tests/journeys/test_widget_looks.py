"""The card's geometry: labels under the ends, nothing cut off, the same under any page's reset."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.keys import Keys

from tests.album import photograph
from tests.journeys.walk import soon
from tests.journeys.widget_hostile import SIZES, visit
from tests.journeys.widget_hosts import Card, hosting
from tests.journeys.widget_questions import QUESTIONS, STAND_IN, fed

pytestmark = pytest.mark.browser

# Written in the style of what pages really begin with.
RESETS = {
    "a component framework": """*,::before,::after{box-sizing:border-box}
        body{margin:0;font:400 1rem/1.5 Helvetica;color:#212529;-webkit-text-size-adjust:100%}
        h1,h2,h3{margin:0 0 .5rem;font-weight:500;line-height:1.2}h2{font-size:2rem}
        p{margin:0 0 1rem}button,textarea{margin:0;font:inherit;border-radius:0}
        button{text-transform:none}label{display:inline-block}textarea{overflow:auto}
        .card{position:relative;display:flex;flex-direction:column;background:#fff;padding:0}
        .close{float:right;opacity:.5;font-size:1.5rem}.more{display:none}.send{width:1px}
        [role=button]{cursor:pointer}[hidden]{display:none!important}""",
    "a utility preflight": """*,::before,::after{box-sizing:border-box;margin:0;padding:0;
        border:0 solid #e5e7eb}html{line-height:1.5;tab-size:4}
        h1,h2,h3{font-size:inherit;font-weight:inherit}ol,ul{list-style:none}
        button,textarea{font:inherit;color:inherit;background:transparent;border-radius:0;opacity:1}
        img,svg{display:block;max-width:100%;height:auto}:host{color:red}""",
    "a blog's theme": """html{font-size:62.5%}body{font:1.8rem/1.5 Georgia,serif;color:#333}
        body p{margin-bottom:1.5em!important}h2{clear:both;font-size:3rem;letter-spacing:-.02em}
        button,[type=button]{background:#c36!important;color:#fff!important;border:1px solid #c36;
        padding:.5rem 1rem!important;text-transform:uppercase;min-height:60px!important}
        textarea{width:100%!important;height:300px!important}:focus{outline:0!important}
        section{padding:4em 0!important;max-width:1200px!important;margin:auto!important}
        div{max-width:60rem}span{display:inline-block;padding:1px!important}""",
    "an old reset": """html,body,div,span,h1,h2,p,section,label,button{margin:0;padding:0;border:0;
        font-size:100%;font:inherit;vertical-align:baseline}body{line-height:1;zoom:1}
        body *{max-width:none!important;float:none!important}""",
}  # fmt: skip
MEASURE = """
const root = document.querySelector('collector-widget').shadowRoot;
return [...root.querySelectorAll('*')].map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect();
  return [one.className || one.localName, ...[x, y, width, height].map(Math.round)];
});
"""


@pytest.fixture
def shown(browser: webdriver.Chrome) -> Iterator[Callable[..., Card]]:
    """Shows a question on a page with these styles, in a window of this size."""
    with hosting() as host:

        def show(question: str, size: tuple[int, int], styles: str = "") -> Card:
            calm = [{"name": "prefers-reduced-motion", "value": "reduce"}]
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": calm})
            visit(browser, host, f"{STAND_IN}<style>{styles}</style>", size)
            browser.execute_script(fed(QUESTIONS[question]))
            card = Card(browser)
            soon(browser, lambda: card.sees(".up"))
            return card

        yield show


def box(card: Card, css: str, at: int = 0) -> dict[str, float]:
    script = "return arguments[0].getBoundingClientRect().toJSON()"
    found: dict[str, float] = card.browser.execute_script(
        script, card.root.find_elements("css selector", css)[at]
    )
    return found


@pytest.mark.parametrize("size", [*SIZES, (320, 640)], ids=["phone", "desktop", "small"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_labels_stand_under_the_ends_of_a_scale_that_reads_on(
    shown: Callable[..., Card], question: str, size: tuple[int, int]
) -> None:
    card = shown(question, size)
    made = QUESTIONS[question]
    scores = [box(card, ".score", at) for at in range(made["high"] - made["low"] + 1)]
    ahead = -1 if made["dir"] == "rtl" else 1
    two_rows = len(scores) == 11 and size[0] < 480
    rows = [scores[:6], scores[6:]] if two_rows else [scores]
    assert [len({one["y"] for one in row}) for row in rows] == [1] * len(rows)
    for row in rows:
        assert [one["x"] for one in row] == sorted(one["x"] for one in row)[::ahead]
    assert min(one["width"] for one in scores) >= 24
    start, end = ("right", "left") if ahead < 0 else ("left", "right")
    low, high = box(card, ".ends span", 0), box(card, ".ends span", 1)
    assert low[start] == pytest.approx(scores[0][start], abs=1)
    assert high[end] == pytest.approx(scores[-1][end], abs=1)
    assert 0 <= low["top"] - scores[0]["bottom"] <= 12
    assert 0 <= high["top"] - scores[-1]["bottom"] <= 12
    for way in ("Width", "Height"):
        over = f"const c = arguments[0]; return c.scroll{way} - c.client{way}"
        assert card.browser.execute_script(over, card.find(".card")) == 0


@pytest.mark.parametrize("size", SIZES, ids=["phone", "desktop"])
@pytest.mark.parametrize("kind", RESETS)
def test_the_card_is_the_same_on_every_page(
    shown: Callable[..., Card], browser: webdriver.Chrome, kind: str, size: tuple[int, int]
) -> None:
    def measured(styles: str) -> list[object]:
        card = shown("nps en", size, styles)
        found = browser.execute_script(MEASURE)
        card.scores()[9].click()
        soon(browser, lambda: card.sees("textarea"))
        photograph(browser, f"reset-{kind}-{size[0]}".replace(" ", "-"))
        return [*found, *browser.execute_script(MEASURE)]

    assert measured(RESETS[kind]) == measured("")


def test_the_focus_can_be_seen_on_every_page(
    shown: Callable[..., Card], browser: webdriver.Chrome
) -> None:
    card = shown("csat ar", SIZES[0], RESETS["a blog's theme"])
    browser.execute_script("arguments[0].focus()", card.scores()[0])
    browser.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    told = "const s = getComputedStyle(arguments[0]); return [s.outlineStyle, s.outlineWidth]"
    assert browser.execute_script(told, card.scores()[1]) == ["solid", "3px"]
    assert browser.execute_script(told, card.scores()[0])[0] == "none"


@pytest.mark.parametrize("logo", ["", "data:image/gif;base64,R0lGODlhAQABAAAAACw="])
def test_the_brand_is_named_once_above_the_question(
    shown: Callable[..., Card], monkeypatch: pytest.MonkeyPatch, logo: str
) -> None:
    brand = {"name": "Lantern & Loom", **({"logo": logo} if logo else {})}
    monkeypatch.setitem(QUESTIONS, "branded", {**QUESTIONS["ces de"], "brand": brand})
    card = shown("branded", SIZES[0])
    line = card.find(".brand")
    alts = [one.get_attribute("alt") for one in line.find_elements("css selector", "img")]
    assert [line.text, *alts] == (["", "Lantern & Loom"] if logo else ["Lantern & Loom"])
