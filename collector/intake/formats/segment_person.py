"""Who a Segment message is about: `userId`, `anonymousId` and traits as a native person. Pure.

Used by `segment.py`. Analytics traits are written by hand in many places, so one that cannot be
used (a phone number without country code) is noted and left out instead of losing the event, and
what does not fit is cut. One
that is null is taken away, `phone` and `email` as well.
Consent: `traits.consent` is `true`, `false`, "granted" or "denied" for every channel, or an object
by channel (`sms`, `email`, `inapp`, `any`). Categories of a cookie banner
(`context.consent.categoryPreferences`) say nothing about being asked and are not read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from collector.intake.formats import fitting
from collector.intake.formats.native import KINDS
from collector.intake.incoming import CONSENT_CHANNELS
from collector.rules.values import Problems, escape
from collector.triggers.gates.consent import ANY

ANONYMOUS = "anonymous:"
WORDS = {True: "granted", False: "denied", "granted": "granted", "denied": "denied"}
OWN = ("email", "phone", "locale", "timezone", "consent")


def read_traits(
    raw: Mapping[str, Any], context: Mapping[str, Any], call: str, pointer: str, notes: Problems
) -> dict[str, Any]:
    """The native person. `context` is the message's, with the batch's under it."""
    known, said = context.get("traits"), raw.get("traits")
    traits: dict[str, Any] = {**known} if isinstance(known, dict) else {}
    if call == "identify" and isinstance(said, dict):
        traits |= said
    elif call == "identify" and said not in (None, []):
        notes.add(f"{pointer}/traits", "not_an_object", "This must be an object.")
    at = f"{pointer}/traits" if call == "identify" else f"{pointer}/context/traits"
    attributes = fitting.bag(
        {name: value for name, value in traits.items() if name not in OWN}, at, notes
    )
    kind = attributes.pop("kind") if traits.get("kind") in KINDS else None
    if call == "group" and raw.get("groupId"):
        attributes |= fitting.bag({"group_id": raw["groupId"]}, pointer, notes)
    return {
        "ref": _ref(raw, pointer, notes),
        "kind": kind,
        "phone": _reach(traits, "phone", notes.phone, at),
        "email": _reach(traits, "email", notes.email, at),
        "locale": notes.locale(traits.get("locale") or context.get("locale"), f"{at}/locale"),
        "timezone": notes.timezone(
            traits.get("timezone") or context.get("timezone"), f"{at}/timezone"
        ),
        "attributes": attributes,
        "consent": _consent(traits.get("consent"), f"{at}/consent", notes),
    }


def _reach(
    traits: Mapping[str, Any], name: str, read: Callable[[Any, str], str], at: str
) -> str | None:
    """An address in its normal form, "" where none is said, None where it is withdrawn."""
    if name in traits and traits[name] is None:
        return None
    return read(traits.get(name), f"{at}/{name}")


def _ref(raw: Mapping[str, Any], pointer: str, notes: Problems) -> Any:
    user = fitting.line(raw.get("userId"), f"{pointer}/userId", notes)
    if user not in (None, ""):
        return user
    anonymous = fitting.line(raw.get("anonymousId"), f"{pointer}/anonymousId", notes)
    if isinstance(anonymous, str) and anonymous:
        return f"{ANONYMOUS}{anonymous}"
    return None


def _consent(said: Any, pointer: str, notes: Problems) -> dict[str, str]:
    if said is None:
        return {}
    by_channel = said if isinstance(said, dict) else {ANY: said}
    consent = {}
    for channel, word in by_channel.items():
        usable = isinstance(word, bool | str) and word in WORDS
        if channel in CONSENT_CHANNELS and usable:
            consent[channel] = WORDS[word]
        else:
            notes.add(
                f"{pointer}/{escape(channel)}" if isinstance(said, dict) else pointer,
                "unusable_consent",
                f"Consent is true, false, granted or denied for {', '.join(CONSENT_CHANNELS)}.",
            )
    return consent
