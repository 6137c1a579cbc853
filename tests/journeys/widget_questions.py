"""Questions as the service would give them, fed to the real widget in a page: to test its looks."""

from __future__ import annotations

import json
from typing import Any

from collector.translations.catalogue import translator

Question = dict[str, Any]
OURS = ("close", "send", "sent", "waiting", "failed")


def question(low: int, high: int, locale: str, *texts: str) -> Question:
    """The JSON of `POST /w/v1/next`; texts: question, low, high, why, thanks."""
    ask, low_label, high_label, why, thanks = texts
    say = translator(locale)
    labels = {name: say(f"widget.{name}") for name in OURS}
    return {
        "token": "t", "metric": "nps", "low": low, "high": high, "locale": locale,
        "dir": "rtl" if locale == "ar" else "ltr", "question": ask, "low_label": low_label,
        "high_label": high_label, "comment_max": 2000, "follow_up": [[high, why]],
        "texts": {**labels, "thanks": thanks},
    }  # fmt: skip


QUESTIONS = {
    "nps en": question(
        0, 10, "en", "How likely are you to recommend Lantern & Loom to a friend?",
        "Not at all likely", "Extremely likely", "What is the main reason?", "Thank you, noted.",
    ),
    "csat ar": question(
        1, 5, "ar", "ما مدى رضاك عن التوصيل؟", "غير راضٍ إطلاقًا", "راضٍ جدًا", "ما السبب؟", "شكرًا لك.",
    ),
    "ces de": question(
        1, 7, "de", "Wie einfach war es, Ihre Anfrage zu klären?", "Sehr schwierig", "Sehr einfach",
        "Was hätte es einfacher gemacht?", "Danke, ist notiert.",
    ),
}  # fmt: skip


# The widget keeps the fetch that it finds: what stands in for the service is there before it.
STAND_IN = """<script>
const real = window.fetch;
window.fetch = (...call) => (window.service || real)(...call);
</script>"""
LOAD = "<script type=module>import { start } from '/collector.mjs'; window.start = start</script>"


def fed(one: Question) -> str:
    """A script that shows `one`, in a page with `STAND_IN`. While `window.fail` is set, the service
    is away."""
    return f"""
        window.fail = false;
        window.service = (address) => address.endsWith('/next')
          ? Promise.resolve(new Response({json.dumps(json.dumps(one))}))
          : window.fail ? Promise.reject(new TypeError('offline'))
          : Promise.resolve(new Response('{{}}'));
        window.collector = start({{ api: '/w/v1/', key: 'pk_x' }});
        collector('identify', 'x.' + btoa('{{"sub":"c-1"}}') + '.x');
    """
