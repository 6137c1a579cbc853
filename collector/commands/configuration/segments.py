"""What each survey will cost as a text message, by locale. For `collector config validate`.

The counting is `channels/sms/frame.py`, which also makes the texts that are sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from channels.sms import frame


def lines(
    surveys: Sequence[Mapping[str, Any]], rules: Sequence[Mapping[str, Any]], base_url: str
) -> Iterator[str]:
    """A line for each locale of each survey that some rule asks by SMS."""
    by_sms = {rule["survey"] for rule in rules if "sms" in rule["channels"]}
    for survey in surveys:
        if survey["key"] not in by_sms:
            continue
        for locale, words in survey["wording"].items():
            cost = frame.predict(words.get("sms") or words["question"], locale, base_url)
            plural = "" if cost.segments == 1 else "s"
            why = f", because of {' '.join(cost.culprits[:8])}" if cost.culprits else ""
            yield (
                f"sms  {survey['key']:24} {locale:8} {cost.segments} segment{plural} "
                f"({cost.units} units {cost.encoding}{why})"
            )
