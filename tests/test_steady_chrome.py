"""What the tests' browser does where a page replaces its own parts; `steady_chrome.py`."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from tests import steady_chrome

pytestmark = pytest.mark.browser
PAGE = """<main><ul><li>one<li>two</ul>
<button onclick="this.textContent='pressed'">go</button></main>
<div id=host></div><script>
const make = () => { host.shadowRoot.innerHTML = '<p><b>in</b>side</p>' };
host.attachShadow({ mode: 'open' }); make();
const again = () => { const main = document.querySelector('main');
  main.replaceWith(main.cloneNode(true)); make() }
</script>"""


@pytest.fixture
def page(browser: Chrome) -> Chrome:
    browser.get("data:text/html," + quote(PAGE))
    return browser


def test_what_was_replaced_is_found_again_wherever_it_was_found(page: Chrome) -> None:
    main = page.find_element(By.TAG_NAME, "main")
    second = main.find_elements(By.TAG_NAME, "li")[1]
    button = page.find_element(By.TAG_NAME, "button")
    inside = page.find_element(By.ID, "host").shadow_root.find_element(By.CSS_SELECTOR, "p")
    for _ in range(3):
        page.execute_script("again()")
        assert second.text == "two"
        assert inside.find_element(By.TAG_NAME, "b").text == "in"
        assert page.execute_script("return arguments[0].id", main) == ""
    button.click()
    assert button.text == "pressed"
    assert button.is_displayed()


def test_a_press_waits_for_what_covers_the_button(page: Chrome) -> None:
    page.execute_script("""const over = document.createElement('div');
        over.style = 'position:fixed;inset:0'; document.body.append(over);
        setTimeout(() => over.remove(), 300)""")
    button = page.find_element(By.TAG_NAME, "button")
    button.click()
    assert button.text == "pressed"


def test_what_never_comes_back_is_told(page: Chrome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steady_chrome, "PATIENCE", 0.2)
    first = page.find_element(By.TAG_NAME, "li")
    page.execute_script("document.querySelector('ul').remove()")
    with pytest.raises(StaleElementReferenceException):
        _ = first.text
    with pytest.raises(NoSuchElementException):
        page.find_element(By.TAG_NAME, "li")
