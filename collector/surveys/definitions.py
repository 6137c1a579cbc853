"""What a survey definition may look like: checks one and gives it back complete. Pure.

Used by `apply.py` and by whatever reads configuration folders. The result is plain JSON: every
field is there, defaults filled in, and it is what a survey version stores. Next: `catalog.py`.
"""

from __future__ import annotations

from typing import Any

from collector.surveys import brand, metrics
from collector.surveys.documents import Locate, json_pointer
from collector.surveys.fields import Fields, Report
from collector.surveys.wording import canonical

TEXTS = {"question": 300, "low": 60, "high": 60, "why": 300, "thanks": 300}
MAX_SMS = 320
MAX_LOCALES = 60
ABOUT = {
    "key": "The survey's name for good; rules name it in `survey`.",
    "metric": "`nps` asks 0 to 10, `csat` 1 to 5, `ces` 1 to 7. For another metric make "
    "another survey, or old and new answers are not comparable.",
    "owner": "The team that answers for it; owns the cases that low scores open.",
    "subject": "What an answer judges. NPS never an agent: only `relationship` or `brand`.",
    "strict": "Whether an answer counts only once the person confirmed it with a press on the "
    "page. Without it, opening the link in a message is enough, and settles.",
    "settle_minutes": "How long after a tap on a link nothing may contradict it before it counts.",
    "edit_hours": "How long the person may correct the answer.",
    "lapse_days": "How many days the question can be answered after it was due.",
    "wording": "The texts by language, such as `en`, `pt-BR`, `zh-Hant`. The one nearest to the "
    "person's `locale` is used.",
    "locale": "The texts in this language.",
    "default_locale": "The language for everybody whose own is not there; the first by default.",
    "brand": "Whose question it is, on pages and in mails. Left out, there is only the question.",
    "question": "The question, without the scale.",
    "low": "What the lowest number means.",
    "high": "What the highest number means.",
    "why": "What is asked below, when a number was chosen and `follow_up` has nothing for it.",
    "thanks": "What is said at the end.",
    "sms": "The question in a text message, where `question` is too long for one. `collector "
    "config validate --texts` tells what each costs.",
    "follow_up": "What is asked instead of `why`, by what was answered.",
}


def check(raw: Any, locate: Locate = json_pointer) -> dict[str, Any]:
    """The definition, complete. Raises InvalidInput listing every problem with its place."""
    report = Report(locate)
    checked = read(raw, report)
    report.raise_if_any("The survey")
    return checked


def read(raw: Any, report: Report) -> dict[str, Any]:
    """The same, with problems and whatever is known of every field in the report."""
    fields = Fields(raw, report)
    key = fields.text("key", key=True, about=ABOUT["key"])
    metric = metrics.METRICS[fields.choice("metric", metrics.METRICS, about=ABOUT["metric"])]
    locales = _wording(fields.inner("wording", about=ABOUT["wording"]), metric, report)
    subject = fields.choice(
        "subject", metrics.SUBJECTS, default=metric.scope[0], about=ABOUT["subject"]
    )
    checked: dict[str, Any] = {
        "key": key,
        "metric": metric.key,
        "owner": fields.text("owner", most=100, about=ABOUT["owner"]),
        "subject": subject,
        "strict": fields.boolean("strict", False, about=ABOUT["strict"]),
        "settle_minutes": fields.integer(
            "settle_minutes", 0, 24 * 60, 10, about=ABOUT["settle_minutes"]
        ),
        "edit_hours": fields.integer("edit_hours", 0, 24 * 30, 24, about=ABOUT["edit_hours"]),
        "lapse_days": fields.integer("lapse_days", 1, 365, 14, about=ABOUT["lapse_days"]),
        "wording": locales,
        "default_locale": fields.text(
            "default_locale",
            most=35,
            default=next(iter(locales), ""),
            takes="one of the locales in `wording`",
            about=ABOUT["default_locale"],
        ),
    }
    if fields.has("brand"):
        checked["brand"] = brand.check(fields.inner("brand", about=ABOUT["brand"]))
    else:
        fields.tell("brand", "fields of its own", "", ABOUT["brand"])
    if unfit := metrics.scope_problem(metric, subject):
        fields.problem("subject", unfit, "metric_scope")
    if locales and checked["default_locale"] not in locales:
        fields.problem("default_locale", "`default_locale` must be one of the wordings.")
    fields.done()
    return checked


def _wording(fields: Fields, metric: metrics.Metric, report: Report) -> dict[str, Any]:
    worded: dict[str, Any] = {}
    for locale in fields.raw:
        texts = fields.inner(locale, about=ABOUT["locale"])
        if not _is_locale(locale) or canonical(locale) in map(canonical, worded):
            fields.problem(locale, f"`{locale}` must be a language tag such as en or pt-BR, once.")
        worded[locale] = _texts(texts, metric)
    if not worded:
        report.add(fields.path, "`wording` needs at least one locale, such as `en`.")
    if len(worded) > MAX_LOCALES:
        report.add(fields.path, f"`wording` holds more than {MAX_LOCALES} locales.")
    return worded


def _texts(fields: Fields, metric: metrics.Metric) -> dict[str, Any]:
    texts: dict[str, Any] = {
        name: fields.text(name, most=most, about=ABOUT[name]) for name, most in TEXTS.items()
    }
    texts["sms"] = fields.text("sms", most=MAX_SMS, default="", about=ABOUT["sms"])
    follow_up = fields.inner("follow_up", about=ABOUT["follow_up"])
    texts["follow_up"] = {}
    for band in metric.bands:
        given = str(band.low) if band.low == band.high else f"{band.low} to {band.high}"
        about = f"What those are asked who gave {given}."
        if follow_up.has(band.name):
            texts["follow_up"][band.name] = follow_up.text(band.name, most=300, about=about)
        else:
            follow_up.tell(band.name, "text, at most 300", "", about)
    follow_up.done()
    fields.done()
    return texts


def _is_locale(text: str) -> bool:
    parts = text.split("-")
    return (
        2 <= len(parts[0]) <= 3
        and len(text) <= 35
        and all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts)
        and parts[0].isalpha()
    )
