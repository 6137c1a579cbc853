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


def check(raw: Any, locate: Locate = json_pointer) -> dict[str, Any]:
    """The definition, complete. Raises InvalidInput listing every problem with its place."""
    report = Report(locate)
    fields = Fields(raw, report)
    metric = metrics.METRICS[fields.choice("metric", metrics.METRICS)]
    locales = _wording(fields.inner("wording"), metric, report)
    subject = fields.choice("subject", metrics.SUBJECTS, default=metric.scope[0])
    checked: dict[str, Any] = {
        "key": fields.text("key", key=True),
        "metric": metric.key,
        "owner": fields.text("owner", most=100),
        "subject": subject,
        "strict": fields.boolean("strict", False),
        "settle_minutes": fields.integer("settle_minutes", 0, 24 * 60, 10),
        "edit_hours": fields.integer("edit_hours", 0, 24 * 30, 24),
        "lapse_days": fields.integer("lapse_days", 1, 365, 14),
        "wording": locales,
        "default_locale": fields.text("default_locale", most=35, default=next(iter(locales), "")),
    }
    if fields.has("brand"):
        checked["brand"] = brand.check(fields.inner("brand"))
    if unfit := metrics.scope_problem(metric, subject):
        fields.problem("subject", unfit, "metric_scope")
    if locales and checked["default_locale"] not in locales:
        fields.problem("default_locale", "`default_locale` must be one of the wordings.")
    fields.known.append("brand")
    fields.done()
    report.raise_if_any("The survey")
    return checked


def _wording(fields: Fields, metric: metrics.Metric, report: Report) -> dict[str, Any]:
    worded: dict[str, Any] = {}
    for locale in fields.raw:
        fields.known.append(locale)
        texts = fields.inner(locale)
        if not _is_locale(locale) or canonical(locale) in map(canonical, worded):
            fields.problem(locale, f"`{locale}` must be a language tag such as en or pt-BR, once.")
        worded[locale] = _texts(texts, metric)
    if not worded:
        report.add(fields.path, "`wording` needs at least one locale, such as `en`.")
    if len(worded) > MAX_LOCALES:
        report.add(fields.path, f"`wording` holds more than {MAX_LOCALES} locales.")
    return worded


def _texts(fields: Fields, metric: metrics.Metric) -> dict[str, Any]:
    texts: dict[str, Any] = {name: fields.text(name, most=most) for name, most in TEXTS.items()}
    texts["sms"] = fields.text("sms", most=MAX_SMS, default="")
    follow_up = fields.inner("follow_up")
    texts["follow_up"] = {
        band: follow_up.text(band, most=300) for band in metric.band_names if follow_up.has(band)
    }
    follow_up.known.extend(metric.band_names)
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
