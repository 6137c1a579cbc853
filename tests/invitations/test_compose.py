"""What people get: short texts, mails that offer every score alike, and nothing unescaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from channels.locales import LANGUAGES
from channels.sms.frame import STOP
from channels.sms.text import cost
from collector.invitations.compose import MessageContext, compose, rows
from collector.translations.catalogue import translator

TOKEN = "AAECAwQFBgc.AAECAwQFBgcICQ"
LINK = f"https://a.example/t/{TOKEN}"
HOSTILE = "<script>alert(1)</script> \"quoted\" & 'more' {{ 7*7 }}\r\nBcc: all@example.com\0"


def ask(**changes: Any) -> MessageContext:
    values: dict[str, Any] = {
        "id": "inv_1-email",
        "channel": "email",
        "to": "someone@example.com",
        "locale": "en",
        "question": "How was your delivery?",
        "sms": "How was your delivery? Reply 1 (poor) to 5 (great) or tap:",
        "low_label": "Poor",
        "high_label": "Great",
        "low": 1,
        "high": 5,
        "link": LINK,
        "decoy": f"{LINK}/x",
        "unsubscribe_url": "https://a.example/u/token",
        "status_url": "https://a.example/callbacks/twilio/status/msg_1",
        **changes,
    }
    return MessageContext(**values)


class Page(HTMLParser):
    """The tags of a page, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == "a"]


def test_a_text_ends_with_the_link_says_how_to_stop_and_is_one_segment() -> None:
    message = compose(ask(channel="sms"))
    assert message.text.endswith(f"\n{LINK}")
    assert "STOP" in message.text
    assert (cost(message.text).encoding, cost(message.text).segments) == ("GSM-7", 1)
    assert message.status_url.endswith("/msg_1")


@pytest.mark.parametrize("language", ["en", "pt", "es", "fr", "de"])
def test_our_own_words_never_force_the_dear_alphabet_where_the_language_allows(
    language: str,
) -> None:
    assert cost(STOP[language]).encoding == "GSM-7"
    assert cost(translator(language)("sms.help", host="h" * 30)).segments == 1


def test_curly_quotes_from_an_editor_do_not_double_the_price() -> None:
    message = compose(ask(channel="sms", sms="How was today’s delivery… – tap:"))
    assert cost(message.text).encoding == "GSM-7"


def test_the_same_ask_always_gives_the_same_message() -> None:
    for channel in ("sms", "email", "inapp"):
        assert compose(ask(channel=channel)) == compose(ask(channel=channel))


@pytest.mark.parametrize(("low", "high"), [(0, 10), (1, 5), (1, 7)])
def test_a_mail_holds_one_link_for_each_score_and_all_look_alike(low: int, high: int) -> None:
    message = compose(ask(low=low, high=high))
    scored = [a for a in Page(message.html).links() if re.search(r"/\d+$", str(a["href"]))]
    assert [a["href"] for a in scored] == [f"{LINK}/{n}" for n in range(low, high + 1)]
    assert len({a["style"] for a in scored}) == 1
    for score in range(low, high + 1):
        assert f"{score}: {LINK}/{score}\n" in message.text


def test_rows_leave_room_for_a_thumb() -> None:
    assert rows(0, 10) == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10]]
    assert rows(1, 7) == [[1, 2, 3, 4, 5, 6, 7]]
    assert rows(1, 5) == [[1, 2, 3, 4, 5]]


def test_the_decoy_is_hidden_from_people_and_absent_from_the_text() -> None:
    message = compose(ask())
    (decoy,) = [a for a in Page(message.html).links() if a["href"] == f"{LINK}/x"]
    assert decoy["aria-hidden"] == "true"
    assert decoy["tabindex"] == "-1"
    assert "display:none" in str(decoy["style"])
    assert "/x" not in message.text


def test_a_mail_has_a_subject_a_preheader_and_a_way_out() -> None:
    message = compose(ask())
    assert message.subject == "How was your delivery?"
    assert translator("en")("email.preheader") in message.html
    assert message.unsubscribe_url == "https://a.example/u/token"
    assert "https://a.example/u/token" in message.text
    assert "https://a.example/u/token" in message.html


def test_nothing_that_comes_from_outside_becomes_markup_or_a_header() -> None:
    message = compose(ask(question=HOSTILE, low_label=HOSTILE, high_label=HOSTILE))
    page = Page(message.html)
    assert "script" not in [tag for tag, _ in page.tags]
    assert "{{ 7*7 }}" in page.text
    assert not {"\r", "\n", "\0"} & set(message.subject)
    text = compose(ask(channel="sms", sms=HOSTILE)).text
    assert "\0" not in text
    assert text.count("\n") == 1


def test_a_mail_loads_nothing_from_anywhere() -> None:
    page = Page(compose(ask()).html)
    assert not {"img", "script", "link", "iframe"} & {tag for tag, _ in page.tags}
    assert "url(" not in compose(ask()).html


def test_arabic_reads_from_right_to_left() -> None:
    html = compose(ask(locale="ar", question="كيف كان التوصيل؟")).html
    assert '<html lang="ar" dir="rtl"' in html
    assert 'dir="ltr"' not in html


@pytest.mark.parametrize("locale", [*LANGUAGES, "pt-BR", "xx", ""])
def test_every_locale_gets_a_whole_message(locale: str) -> None:
    for channel in ("sms", "email"):
        assert compose(ask(channel=channel, locale=locale)).text


def test_a_mail_weighs_little() -> None:
    assert len(compose(ask(low=0, high=10)).html.encode()) < 15_000
