"""What is allowed in a rule or a survey but surely not meant: warnings, never refusals. Pure.

A rule that asks at night, nobody, or over a channel that is not there is a correct rule; somebody
should still be told before it is live. `of_rule` and `of_survey` look at the definition alone and,
where it is known, at the place that it is used in (`Deployment`; `invitations/deployment.py` finds
it out). Shown by `collector config` and `collector doctor`, and in the API's `warnings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from channels import locales
from collector.errors import Problem
from collector.rules import timing
from collector.rules.contact_policy import CAPS
from collector.rules.near_types import nearest
from collector.rules.quiet_times import Window, read_window
from collector.rules.spans import duration
from collector.surveys.documents import Locate, Path, json_pointer

Definition = Mapping[str, Any]
NIGHT, NOON = 3 * 60, 12 * 60
DAY = 24 * 60
SHORTEST = 2 * 60  # minutes a day in which something may go out
SETTINGS: Final = {
    "sms": "COLLECTOR_TWILIO_ACCOUNT_SID",
    "email": "COLLECTOR_SMTP_URL",
    "webhook": "COLLECTOR_WEBHOOK_CHANNEL_URL",
}


@dataclass(frozen=True, slots=True)
class Deployment:
    """What is known of the place where rules are used. None: not known, nothing is said of it.

    `not_to`: beginnings of numbers that get no text. `types`: which of the event types were ever
    sent; `sent` are those sent lately, to name the nearest. `speak`: how many of the last people
    have which locale.
    """

    channels: frozenset[str] | None = None
    stopped: Mapping[str, str] = field(default_factory=dict)
    not_to: tuple[str, ...] = ()
    types: frozenset[str] | None = None
    sent: tuple[str, ...] = ()
    speak: Mapping[str, int] = field(default_factory=dict)
    today: date | None = None


NOWHERE: Final = Deployment()


@dataclass(slots=True)
class _Notes:
    locate: Locate
    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, path: Path, said: str) -> None:
        self.found.append(Problem(code, said, self.locate(path)))


def of_rule(
    rule: Definition,
    locate: Locate = json_pointer,
    here: Deployment = NOWHERE,
    raw: Any = None,
    survey: Definition | None = None,
) -> list[Problem]:
    """`rule` as checked, `raw` as somebody wrote it where that is known; `survey`: what it asks."""
    notes = _Notes(locate)
    for look in (_hours, _shares, _caps):
        look(rule, notes)
    _times(rule, notes, survey, here.today)
    _cancelling(rule, notes)
    _unwritten(raw, notes)
    _reach(rule, notes, here)
    _events(rule, notes, here)
    return notes.found


def of_survey(
    survey: Definition, locate: Locate = json_pointer, here: Deployment = NOWHERE
) -> list[Problem]:
    """The survey alone, and the languages that people here speak."""
    notes = _Notes(locate)
    wording = survey["wording"]
    for locale in wording:
        if locales.fitting(locale) == "en" and locales.language(locale) != "en":
            notes.add(
                "language_without_surroundings",
                ("wording", locale),
                f"the words around the question (how to stop, thank you, dates) are not translated "
                f"into `{locale}`; they will be English",
            )
    questions: dict[str, str] = {}
    for locale, texts in wording.items():
        first = questions.setdefault(texts["question"].strip().lower(), locale)
        if first.split("-")[0] != locale.split("-")[0]:
            notes.add(
                "not_translated",
                ("wording", locale, "question"),
                f"the question is the same in `{first}` and `{locale}`: not translated?",
            )
    spoken = {one.split("-")[0].lower() for one in wording}
    total = sum(here.speak.values())
    for language, people in sorted(here.speak.items(), key=lambda one: -one[1]):
        if language and language not in spoken and people * 20 >= total:
            notes.add(
                "language_without_text",
                ("wording",),
                f"{people} of the last {total} people speak `{language}`, and there is no text in "
                f"it; they are asked in `{survey['default_locale']}`",
            )
    return notes.found


def _hours(rule: Definition, notes: _Notes) -> None:
    for channel, text in rule["quiet_hours"].items():
        path = ("quiet_hours", channel)
        if channel not in rule["channels"]:
            if text != timing.default(channel):
                notes.add("channel_not_asked", path, f"the rule does not ask over {channel}")
            continue
        window = read_window(text)
        if window is None:
            continue
        start, end = text.replace(" ", "").split("-")
        length = (window[1] - window[0]) % DAY
        if _holds(window, NOON) and not _holds(window, NIGHT):
            notes.add(
                "quiet_by_day",
                path,
                f"silent by day, from {start} to {end}, and asking at night; the hours of *quiet* "
                f"are written here. Write {end}-{start} to ask from {start} to {end}",
            )
        elif channel not in timing.DEFAULT_QUIET and not _holds(window, NIGHT):
            notes.add(
                "asks_at_night",
                path,
                f"{channel} may go out at 03:00, because it is quiet only from {start} to {end}",
            )
        elif DAY - length < SHORTEST:
            notes.add(
                "hardly_any_hours", path, f"only {DAY - length} minutes a day are left to ask in"
            )


def _holds(window: Window, minute: int) -> bool:
    start, end = window
    return start <= minute < end if start < end else minute >= start or minute < end


def _shares(rule: Definition, notes: _Notes) -> None:
    if rule["sample"] == 0:
        notes.add("asks_nobody", ("sample",), "nobody is asked with a sample of 0")
    if (quota := rule.get("quota") or {}) and quota["max"] == 0:
        notes.add("asks_nobody", ("quota", "max"), "nobody is asked with a quota of 0")
    share = (rule.get("control") or {}).get("share", 0)
    if share > 0.5:
        notes.add(
            "large_control",
            ("control", "share"),
            f"{share:.0%} of all people are held out and never asked",
        )


def _caps(rule: Definition, notes: _Notes) -> None:
    caps = {**CAPS, **rule["caps"]}
    if caps["global_days"] == 0 and rule["audience"] == "customer":
        notes.add(
            "no_pause",
            ("caps", "global_days"),
            "there is no pause between two asks: one person can be asked several times a day",
        )
    elif 0 < caps["survey_days"] < caps["global_days"]:
        notes.add(
            "cap_without_effect",
            ("caps", "survey_days"),
            f"{caps['survey_days']} days between two asks of this survey have no effect while "
            f"`global_days` is {caps['global_days']}",
        )


def _times(rule: Definition, notes: _Notes, survey: Definition | None, today: date | None) -> None:
    delay, expires = (duration(rule[name] or "") for name in ("delay", "expires_after"))
    if expires is not None and (delay or timedelta()) >= expires:
        notes.add(
            "asks_nobody",
            ("expires_after",),
            f"the ask goes out {rule['delay']} after the event, and may not after "
            f"{rule['expires_after']}: nobody is asked",
        )
    if rule["not_after"] and today and date.fromisoformat(rule["not_after"]) < today:
        notes.add(
            "asks_nobody", ("not_after",), f"{rule['not_after']} is over: nobody is asked any more"
        )
    channels = rule["channels"]
    if rule["fallback_after"] and (channels[-1:] == ["inapp"] or "inapp" not in channels):
        notes.add(
            "without_effect",
            ("fallback_after",),
            "has no effect: only an ask in the product (`inapp`), with another channel after it, "
            "falls back by time",
        )
    if rule["reminder_after"] and channels == ["inapp"]:
        notes.add(
            "without_effect", ("reminder_after",), "has no effect: the product does not remind"
        )
    lapse = timedelta(days=survey["lapse_days"]) if survey else None
    for name in ("fallback_after", "reminder_after"):
        after = duration(rule[name] or "")
        if lapse is not None and after is not None and after >= lapse:
            notes.add(
                "without_effect",
                (name,),
                f"has no effect: the survey lapses after {lapse.days} days",
            )


def _cancelling(rule: Definition, notes: _Notes) -> None:
    if rule["on"] in rule["cancel_on"]:
        notes.add(
            "cancels_itself",
            ("cancel_on",),
            f"the next `{rule['on']}` about the same thing calls the ask off",
        )
    if not rule["cancel_on"] and rule["cancel_same"] != timing.SAME:
        notes.add("without_effect", ("cancel_same",), "has no effect without `cancel_on`")


def _unwritten(raw: Any, notes: _Notes) -> None:
    """What only the text tells: a field with nothing behind it, and everybody said aloud."""
    if not isinstance(raw, Mapping):
        return
    for name, value in raw.items():
        if value is None:
            notes.add(
                "empty_field",
                (str(name),),
                f"nothing stands behind `{name}:`, which is as if it were left out"
                + ("; every such event is taken" if name == "when" else ""),
            )
    if raw.get("sample") == 1 and not isinstance(raw.get("sample"), bool):
        notes.add(
            "asks_everybody",
            ("sample",),
            "1 is everybody, as if it were left out; for 1 % write 0.01",
        )


def _reach(rule: Definition, notes: _Notes, here: Deployment) -> None:
    if here.channels is None:
        return
    asked: list[str] = list(rule["channels"])
    for at, channel in enumerate(asked):
        if channel not in here.channels:
            notes.add(
                "channel_not_set_up",
                ("channels", at),
                f"{channel} is not set up here ({SETTINGS.get(channel, 'no setting')}), so it is "
                "passed over" + ("" if set(asked) & here.channels else " and nobody is asked"),
            )
        elif channel in here.stopped:
            notes.add(
                "channel_held",
                ("channels", at),
                f"{channel} is held ({here.stopped[channel]}): asks wait or go by the next channel "
                f"until `collector channels resume {channel}`",
            )
    if here.not_to and [one for one in asked if one in here.channels] == ["sms"]:
        notes.add(
            "numbers_without_text",
            ("channels",),
            f"numbers that begin with {', '.join(here.not_to)} get no text here "
            "(COLLECTOR_SMS_NOT_TO), and no other channel of the rule can reach those people",
        )


def _events(rule: Definition, notes: _Notes, here: Deployment) -> None:
    if here.types is None or not here.sent:
        return  # a service to which nothing was sent yet has nothing to compare with
    asked: list[tuple[Path, str]] = [(("on",), rule["on"])]
    asked += [(("cancel_on", at), one) for at, one in enumerate(rule["cancel_on"])]
    for path, one in asked:
        if one not in here.types:
            near = nearest(one, here.sent)
            notes.add(
                "event_never_sent",
                path,
                f"nobody has sent an event of the type `{one}` yet"
                + (f"; the nearest that was sent is `{near}`" if near else ""),
            )
