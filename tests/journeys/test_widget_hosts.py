"""The widget inside somebody else's product: strict policies, single pages, lost networks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from flask import Flask
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from collector.model.base import db
from collector.model.events import Event
from collector.model.invitations import SENT, Message
from collector.triggers.gates.sampling import sample_position
from collector.web.widget import identity
from collector.work import tasks
from tests.conftest import LiveServer
from tests.journeys.walk import complaints, exported, soon
from tests.journeys.widget_hosts import Card, console, gone
from tests.journeys.widget_place import Place, placed, taps

pytestmark = pytest.mark.browser


@pytest.fixture
def place(ctx: Flask, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Place]:
    with placed(ctx, live_server, **getattr(request, "param", {})) as one:
        yield one


def drawn(ref: str) -> bool:
    return sample_position("in_the_shop", ref) < 0.8


def broken(browser: webdriver.Chrome) -> list[str]:
    found: list[str] = browser.execute_script("return broken")
    return found


def answer_everything(browser: webdriver.Chrome) -> None:
    card = Card(browser)
    card.scores()[3].click()
    soon(browser, lambda: card.sees(".thanks"))
    card.find("textarea").send_keys("too slow")
    card.find(".send").click()
    soon(browser, lambda: "We read" in card.find(".thanks").text)
    card.find(".close").click()
    soon(browser, lambda: gone(browser))


def test_a_pinned_tag_breaks_no_rule_of_the_strictest_policy(
    place: Place, browser: webdriver.Chrome
) -> None:
    place.host.page = place.tag(pinned=True)
    browser.get(place.host.url)
    answer_everything(browser)
    assert broken(browser) == []
    assert complaints(browser) == []
    assert [(tap.score, tap.comment) for tap in taps()] == [(3, None), (None, "too slow")]


def test_the_module_works_under_the_same_policy(place: Place, browser: webdriver.Chrome) -> None:
    jwt = identity.issue(place.site.public_key, place.ref)
    place.host.page = place.inline(
        f"const api = '{place.service}/w/v1/', key = '{place.site.public_key}';"
        f"import {{ start }} from '{place.service}/w/v1/collector.mjs';"
        "const collector = start({ api, key });"
        f"collector('identify', '{jwt}')",
        "module",
    )
    browser.get(place.host.url)
    answer_everything(browser)
    assert broken(browser) == []
    assert complaints(browser) == []


def test_an_event_reported_before_the_script_was_there_leads_to_its_question(
    place: Place, browser: webdriver.Chrome
) -> None:
    newcomer = next(ref for ref in map("new-{}".format, count()) if drawn(ref))
    jwt = identity.issue(place.site.public_key, newcomer)
    place.host.page = place.inline(
        "window.collector = function () { (collector.q = collector.q || []).push(arguments) };"
        f"collector('track', 'visit.returned', {{ visits: 5 }}); collector('identify', '{jwt}');"
    ) + place.tag("data-debug", identified=False)
    browser.get(place.host.url)

    def kept() -> Event | None:
        db.session.rollback()
        return db.session.query(Event).filter_by(source="app").one_or_none()

    event = soon(browser, kept)
    assert (event.type, event.context, event.subjects) == ("visit.returned", {"visits": 5}, {})

    def asked() -> bool:
        db.session.rollback()
        tasks.drain()
        return db.session.query(Message).filter_by(address=newcomer, status=SENT).count() == 1

    soon(browser, asked)
    browser.execute_script("collector('check')")
    card = Card(browser)
    card.scores()[10].click()
    soon(browser, lambda: card.sees(".thanks"))
    assert [tap.score for tap in taps()] == [10]
    assert broken(browser) == []


def test_a_single_page_app_is_looked_at_again_when_it_moves(
    place: Place, browser: webdriver.Chrome
) -> None:
    quiet = Place(place.service, place.host, place.site, "nobody-yet")
    place.host.page = quiet.tag('data-debug data-pause="1"')
    browser.get(place.host.url)
    said = [console(browser)]

    def told(words: str) -> bool:
        said.append(console(browser))
        return words in "".join(said)

    soon(browser, lambda: told("unknown_person"))
    assert "check that" in "".join(said)  # in words
    jwt = identity.issue(place.site.public_key, place.ref)
    browser.execute_script("collector('reset'); collector('identify', arguments[0])", jwt)
    card = Card(browser)
    browser.execute_script("document.querySelector('collector-widget').remove()")
    browser.execute_script("history.pushState({}, '', '/basket')")  # as a router would
    card = Card(browser)
    card.scores()[8].click()
    soon(browser, lambda: card.sees(".thanks"))
    assert [tap.score for tap in taps()] == [8]


def shelf(browser: webdriver.Chrome, name: str) -> object:
    return browser.execute_script(f"return sessionStorage['collector.{name}']")


def network(browser: webdriver.Chrome, offline: bool) -> None:
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd(
        "Network.emulateNetworkConditions",
        {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1},
    )


def test_an_answer_given_offline_arrives_once_when_the_network_is_back(
    place: Place, browser: webdriver.Chrome
) -> None:
    place.host.page = place.tag()
    browser.get(place.host.url)
    card = Card(browser)
    network(browser, offline=True)
    card.scores()[6].click()
    soon(browser, lambda: card.sees(".problem"))
    assert "as soon as you are back online" in card.find(".problem").text
    card.scores()[9].click()
    assert card.chosen() == ["9"]
    assert not card.sees(".thanks")
    network(browser, offline=False)
    soon(browser, lambda: card.sees(".thanks"))
    assert not card.sees(".problem")
    soon(browser, lambda: len(taps()) == 2)
    assert [tap.score for tap in taps()] == [6, 9]
    assert browser.execute_script("return sessionStorage.length + localStorage.length") == 0


def test_where_storage_is_allowed_an_answer_outlives_a_reload(
    ctx: Flask, place: Place, browser: webdriver.Chrome
) -> None:
    place.host.page = place.tag("data-storage")
    browser.get(place.host.url)
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": ["*/w/v1/answer"]})
    card = Card(browser)
    card.scores()[7].click()
    soon(browser, lambda: card.sees(".problem"))
    assert taps() == []
    browser.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    browser.refresh()
    soon(browser, lambda: len(taps()) == 1)
    assert [row["score"] for row in exported(ctx)] == [7]
    soon(browser, lambda: shelf(browser, "answer") == "[]")


def test_what_waits_for_one_person_is_never_sent_for_another(
    place: Place, browser: webdriver.Chrome
) -> None:
    place.host.page = place.tag("data-storage")
    browser.get(place.host.url)
    network(browser, offline=True)
    browser.execute_script("collector('track', 'visit.returned', { visits: 9 })")
    other = identity.issue(place.site.public_key, "somebody-else")
    browser.execute_script("collector('identify', arguments[0])", other)
    network(browser, offline=False)
    soon(browser, lambda: shelf(browser, "track") == "[]")
    db.session.rollback()
    assert db.session.query(Event).filter_by(source="app").count() == 0


@pytest.mark.parametrize("place", [{"locale": "ar"}], indirect=True)
def test_right_to_left_the_left_arrow_leads_on_and_escape_gives_the_focus_back(
    place: Place, browser: webdriver.Chrome
) -> None:
    place.host.page = place.tag()
    browser.get(place.host.url)
    card = Card(browser)
    assert browser.switch_to.active_element.tag_name == "body"
    link = browser.find_element(By.LINK_TEXT, "More about it")
    browser.execute_script("arguments[0].focus()", link)
    browser.execute_script("arguments[0].focus()", card.scores()[0])
    for key in (Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_RIGHT, Keys.ENTER):
        browser.switch_to.active_element.send_keys(key)
    soon(browser, lambda: card.sees(".thanks"))
    assert card.chosen() == ["1"]
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    soon(browser, lambda: gone(browser))
    assert browser.switch_to.active_element == link
