"""500 hostile wordings and comments in a page without any policy: none is executed."""

from __future__ import annotations

import json
from itertools import product

import pytest
from selenium import webdriver

from tests.journeys.walk import soon
from tests.journeys.widget_hosts import console, hosting
from tests.journeys.widget_questions import LOAD, STAND_IN, question

pytestmark = pytest.mark.browser

GO = "executed(1)"
VECTORS = (
    f"<script>{GO}</script>", f"<img src=x onerror={GO}>", f"<svg onload={GO}>",
    f"<svg/onload={GO}//", f"<body onload={GO}>", f"<iframe srcdoc='<script>parent.{GO}</script>'>",
    f"<iframe src=javascript:parent.{GO}>", f"<details open ontoggle={GO}>x</details>",
    f"<video><source onerror={GO}></video>", f"<input autofocus onfocus={GO}>",
    f"<a href=javascript:{GO}>x</a>", f"<math><mi xlink:href=javascript:{GO}>x</math>",
    f"<style>@keyframes x{{}}</style><b style='animation:x 1ms' onanimationstart={GO}>",
    f"<template><script>{GO}</script></template>", f"<object data='data:text/html,<script>{GO}'>",
    f"<embed src=javascript:{GO}>", f"<meta http-equiv=refresh content='0;javascript:{GO}'>",
    f"<base href='javascript:{GO}//'>", f"javascript:{GO}", f"data:text/html,<script>{GO}</script>",
    f"<noscript><p title='</noscript><img src=x onerror={GO}>'>",
    f"{{{{constructor.constructor('{GO}')()}}}}",
    f"${{{GO}}}", f"'-{GO}-'", f"</h2><script>{GO}</script>",
)  # fmt: skip
WRAPPINGS = (
    "{}", "'>{}", '">{}', "]]>{}", "-->{}", "</textarea>{}", "</style>{}", "\u202e{}",
    "&lt;{}", "{}" * 3,
)  # fmt: skip
DISTURBING = ("</span>", "\ud83d\ude00", "a" * 3_000)
LOOP = """
const done = arguments[arguments.length - 1], payloads = arguments[0], shape = arguments[1];
(async () => {
  const tick = () => new Promise((go) => setTimeout(go, 0));
  const fill = (value, text) => Array.isArray(value) ? value.map((one) => fill(one, text))
    : value && typeof value === 'object'
      ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, fill(v, text)]))
      : value === '?' ? text : value;
  let current, sent = [], shown = 0;
  window.service = (address, options) => {
    if (address.endsWith('/next')) return Promise.resolve(new Response(JSON.stringify(current)));
    sent.push(JSON.parse(options.body));
    return Promise.resolve(new Response('{}'));
  };
  for (const payload of payloads) {
    current = fill(shape, payload);
    const collector = start({ api: '/w/v1/', key: payload });
    collector('identify', 'x.' + btoa('{"sub":"c-1"}') + '.x');
    let root, turns = 0;
    const find = () => root = document.querySelector('collector-widget')?.shadowRoot;
    while (!find() && turns++ < 200) await tick();
    if (root.querySelector('h2').textContent === payload) shown++;
    root.querySelectorAll('[role=radio]')[3].click();
    while (root.querySelector('.more').hidden && turns++ < 200) await tick();
    if (root.querySelector('label').textContent !== payload) shown = -1e9;
    root.querySelector('textarea').value = payload;
    root.querySelector('.send').click();
    await tick(); await tick();
    const strange = [...root.querySelectorAll('*')].filter((one) =>
      !'section h2 div button span p label textarea'.split(' ').includes(one.localName));
    if (strange.length) shown = -1e9;
    collector('reset');
  }
  await new Promise((go) => setTimeout(go, 300));
  done([shown, sent.filter((one) => payloads.includes(one.comment)).length, window.hits]);
})();
"""


def test_five_hundred_payloads_are_shown_as_texts_and_none_is_executed(
    browser: webdriver.Chrome,
) -> None:
    payloads = [wrap.format(*[one] * 3) for wrap, one in product(WRAPPINGS, VECTORS)]
    payloads += [one + more for one, more in product(VECTORS, DISTURBING)]
    payloads += [one.upper() for one in payloads[:175]]
    assert len(payloads) == 500
    shape = question(0, 10, "en", *["?"] * 5) | {"follow_up": [[10, "?"]], "lang": "?"}
    shape |= {"locale": "?", "dir": "?", "texts": dict.fromkeys(shape["texts"], "?")}
    with hosting() as host:
        host.page = (
            "<script>window.hits = 0; function executed() { hits++ }; alert = executed</script>"
            + STAND_IN
            + LOAD
        )
        browser.get(host.url)
        browser.set_script_timeout(120)
        soon(browser, lambda: browser.execute_script("return !!window.start"))
        browser.execute_script("eval('executed()')")  # that a hit would be seen
        assert browser.execute_script("return hits--") == 1
        shown, sent, hits = browser.execute_async_script(LOOP, payloads, shape)
    assert (shown, sent, hits) == (500, 500, 0), json.dumps(console(browser))[:2_000]
