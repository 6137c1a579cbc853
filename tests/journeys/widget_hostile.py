"""A page that is not the widget's friend, and what the widget told from there; for journeys.

The page's own `fetch` stands in for the service (`HEAR`); what the service says of each refusal is
tested in `tests/web/widget/`.
"""

from __future__ import annotations

import json

from selenium import webdriver

from tests.journeys.walk import soon
from tests.journeys.widget_hosts import Host
from tests.journeys.widget_questions import LOAD, QUESTIONS

HEAR = f"""<script>
window.sent = []; window.away = false; window.refuse = {{}};
window.fetch = async (address, options) => {{
  const call = address.split('/').pop(), body = JSON.parse(options.body);
  if (call === 'next') return new Response({json.dumps(json.dumps(QUESTIONS["nps en"]))});
  if (away) throw new TypeError('offline');
  sent.push([call, body]);
  const no = refuse[body.type];
  const told = JSON.stringify(no || {{ status: 'accepted' }});
  return new Response(told, {{ status: no ? no.status : 200 }});
}};
window.reports = (call) => sent.filter((one) => one[0] === call).map((one) => one[1]);
</script>"""
BEGIN = """
window.collector = start({ api: '/w/v1/', key: 'pk_x', debug: true, ...arguments[0] });
collector('identify', 'x.' + btoa('{"sub":"c-1"}') + '.x');
"""
SIZES = [(390, 844), (1280, 800)]


def resize(browser: webdriver.Chrome, size: tuple[int, int]) -> None:
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def visit(browser: webdriver.Chrome, host: Host, html: str, size: tuple[int, int]) -> None:
    resize(browser, size)
    host.page = html + LOAD
    browser.get(host.url)
    soon(browser, lambda: browser.execute_script("return !!window.start"))


def reports(browser: webdriver.Chrome, call: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = browser.execute_script("return reports(arguments[0])", call)
    return found
