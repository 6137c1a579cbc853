"""Mails as mail programs see them: only what all of them understand, readable light and dark.

The list of what fails is from caniemail.com: unsupported in Outlook for Windows, Gmail or Yahoo.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime
from email.headerregistry import Address

import pytest

from channels.email.text import build
from channels.locales import LANGUAGES
from collector.invitations.compose import compose
from tests.invitations.test_compose import Page, ask

UNSUPPORTED = (
    "position:", "float:", "flex", "grid", "gap:", "transform", "animation", "transition",
    "background-image", "background:", "box-shadow", "calc(", "var(", "clamp(", "min(", "url(",
    "object-fit", "@import", "@font-face", "rem;", "vw;", "vh;", ":hover", "filter:", "inset",
    "margin-inline", "padding-inline", "aspect-ratio", "outline-offset", "clip-path",
)  # fmt: skip
TAGS = {
    "html", "head", "meta", "title", "style", "body", "div", "h1", "table", "tr", "td", "a", "span",
    "noscript", "xml", "img",
}  # fmt: skip
SPAM_AT_MOST = 1.0  # a usual limit is 5


def mail(language: str = "en", low: int = 0, high: int = 10) -> str:
    return compose(ask(locale=language, low=low, high=high)).html


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_used_that_a_widespread_program_ignores(language: str) -> None:
    html = mail(language)
    css = " ".join(
        re.findall(r'style="([^"]*)"', html) + re.findall(r"<style>(.*?)</style>", html, re.S)
    )
    assert [bad for bad in UNSUPPORTED if bad in css.replace(" ", "")] == []
    assert {tag for tag, _ in Page(html).tags} <= TAGS


def test_gmail_neither_clips_the_mail_nor_drops_its_styles() -> None:
    html = mail("ar")
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.S)
    assert len(html.encode()) < 102_000
    assert len(style) < 8_192
    assert "<" not in style


def test_every_table_is_for_layout_and_says_so() -> None:
    tables = [attributes for tag, attributes in Page(mail()).tags if tag == "table"]
    assert tables
    assert all(one.get("role") == "presentation" for one in tables)
    assert all(one.get("cellpadding") == "0" for one in tables)


def test_what_is_only_for_outlook_opens_and_closes() -> None:
    html = mail()
    inside = re.findall(r"<!--\[if mso\]>(.*?)<!\[endif\]-->", html, re.S)
    assert html.count("<!--[if mso]>") == html.count("<![endif]-->") == len(inside)
    joined = "".join(inside)
    for tag in ("table", "tr", "td", "i"):
        assert len(re.findall(rf"<{tag}[ >]", joined)) == joined.count(f"</{tag}>")


def test_scores_are_large_enough_for_a_thumb() -> None:
    scores = [a for a in Page(mail()).links() if re.search(r"/\d+$", str(a["href"]))]
    assert len(scores) == 11
    for one in scores:
        assert "line-height:50px" in str(one["style"])
        assert "display:block" in str(one["style"])


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_words_can_be_read_by_day_and_by_night() -> None:
    html = mail()
    night = re.findall(r"\.(\w+)\{(?:background-)?color:(#\w{6}) !important", html)
    brand = {"name", "plate"}  # whose colours are the brand's: the tests of `surveys/brand.py`
    dark = {place: colour for place, colour in night if place not in brand}
    day = {
        "page": "#f3f4f6",
        "card": "#ffffff",
        "score": "#eef1f6",
        "ink": "#14181f",
        "soft": "#525b68",
    }
    for colours in (day, dark):
        assert set(colours) == set(day)
        for ground in ("page", "card"):
            assert contrast(colours["soft"], colours[ground]) >= 4.5
        assert contrast(colours["ink"], colours["card"]) >= 7
        assert contrast(colours["ink"], colours["score"]) >= 7
    for border, ground in (("#7c8798", "#ffffff"), ("#687385", "#1b2027")):
        assert border in html
        assert contrast(border, ground) >= 3


def test_the_preview_line_says_what_to_do_and_nothing_of_the_mails_own_text() -> None:
    text = Page(mail()).text
    before, _, _ = text.partition("Tap a number")
    assert "One tap is all it takes." in before
    assert before.count("\u034f") >= 50


@pytest.mark.skipif(not shutil.which("spamassassin"), reason="spamassassin is not installed")
@pytest.mark.parametrize("language", ["en", "zh-Hans", "ar"])
def test_a_spam_filter_finds_nothing_to_complain_about(language: str) -> None:
    sender = Address("Lantern & Loom", "care", "shop.example")
    finished = build(compose(ask(locale=language)), sender, "", datetime.now(UTC))
    judged = subprocess.run(
        ["spamassassin", "--local", "--test-mode"],
        input=finished.payload, capture_output=True, check=True, timeout=120,
    ).stdout.decode("utf-8", "replace")  # fmt: skip
    found = re.search(r"X-Spam-Status: \w+, score=(-?[\d.]+)", judged)
    assert found
    assert float(found[1]) <= SPAM_AT_MOST, judged
