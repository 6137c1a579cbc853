"""What Twilio's error codes mean for us: one table, for refusals and for later receipts alike.

``channel.py`` turns a refused request into an error with it; whoever handles a receipt that says
``failed`` asks ``failure(code)`` whether the number may be used again. A code that is not in the
table is judged by its HTTP status alone, because Twilio adds codes without notice.

Source: https://www.twilio.com/docs/api/errors (one page a code), and for 429 and 5xx
https://www.twilio.com/docs/usage/api#response-codes
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from channels.base import ChannelError, DeliveryUnknown

_PACIFIC: Final = ZoneInfo("America/Los_Angeles")


@dataclass(frozen=True, slots=True)
class Code:
    """One code: a sentence for people, and what follows. The flags are those of ChannelError."""

    sentence: str
    permanent: bool = False
    suppress: bool = False
    configuration: bool = False
    stop: bool = False
    wait: float | None = None
    until_pacific_midnight: bool = False


TABLE: Final[Mapping[str, Code]] = MappingProxyType(
    {
        # The number itself: never again.
        "21211": Code("This is not a phone number.", permanent=True, suppress=True),
        "21614": Code("This number cannot receive SMS.", permanent=True, suppress=True),
        "21610": Code("The person opted out of this sender.", permanent=True, suppress=True),
        "30005": Code("The number does not exist any more.", permanent=True, suppress=True),
        "30006": Code("A landline, or a carrier out of reach.", permanent=True, suppress=True),
        # This message: not this way, but the number is not to blame.
        "21602": Code("The message has no text.", permanent=True),
        "21612": Code("Our sender cannot reach this number's carrier.", permanent=True),
        "21617": Code("The text is longer than 1600 characters.", permanent=True),
        "30004": Code("The carrier or the person blocks our sender.", permanent=True),
        # Later.
        "30001": Code("Our queue at Twilio is full.", wait=60),
        "21611": Code("Our sender's queue at Twilio is full.", wait=60),
        "30003": Code("The phone is off or out of reach."),
        "30008": Code("The carrier failed and did not say why."),
        "20429": Code("Too many requests at once.", wait=1),
        "14107": Code("Our sender's rate limit is reached.", wait=1),
        "30022": Code("The carrier limits our rate.", wait=60),
        "30023": Code("The carrier's daily limit is reached.", until_pacific_midnight=True),
        # Carriers take us for spam; each further message makes it worse.
        "30007": Code(
            "A carrier filtered it as spam; sending must stop.", permanent=True, stop=True
        ),
        # Our set-up. Those without `permanent` would fail every message alike: burn none of them.
        "20003": Code("Twilio refused the account SID or auth token.", configuration=True),
        "20005": Code("The Twilio account is not active.", configuration=True),
        "20404": Code("Twilio does not know this account or service.", configuration=True),
        "21606": Code("from_number is no SMS sender of this account.", configuration=True),
        "21659": Code("from_number is no Twilio number.", configuration=True),
        "21660": Code("from_number belongs to another account.", configuration=True),
        "21703": Code("The messaging service has no sender.", configuration=True),
        "21705": Code("The messaging service does not exist.", configuration=True),
        "30002": Code("The Twilio account is suspended.", configuration=True),
        "30032": Code("The toll-free sender is not verified.", configuration=True),
        "30034": Code("The sender is not registered for A2P 10DLC.", configuration=True),
        "21408": Code(
            "This country is switched off in the account's geographic permissions.",
            permanent=True,
            configuration=True,
        ),
        "21608": Code(
            "A trial account reaches verified numbers only.", permanent=True, configuration=True
        ),
    }
)


def failure(code: str, *, now: datetime | None = None, asked: float | None = None) -> ChannelError:
    """What this code means, as an error to raise or to read the flags of.

    ``asked`` is the provider's own Retry-After in seconds, which outranks the table. An unknown
    code is permanent and suppresses nothing: resending what was refused helps nobody, and a number
    is not struck off for a reason that we cannot read.
    """
    known = TABLE.get(code) or Code("Twilio refused or lost it for another reason.", permanent=True)
    wait = known.wait
    if known.until_pacific_midnight:
        wait = until_pacific_midnight(now or datetime.now(UTC))
    if asked is not None and not known.permanent:
        wait = asked
    return ChannelError(
        f"{known.sentence} (Twilio {code})" if code else known.sentence,
        permanent=known.permanent,
        code=code,
        suppress=known.suppress,
        retry_after=wait,
        configuration=known.configuration,
        stop=known.stop,
    )


def refusal(
    status: int, code: str, *, now: datetime | None = None, asked: float | None = None
) -> ChannelError:
    """What a create that was answered with this HTTP status and Twilio code has become.

    A 5xx and a conflict do not say whether the message exists, so they are DeliveryUnknown even
    with a code; a 429 is certain not to have made one.
    """
    if status >= 500 or status in {408, 409}:
        return DeliveryUnknown(
            f"Twilio answered {status}; it may have the message or not.", code=str(status)
        )
    if code in TABLE:
        return failure(code, now=now, asked=asked)
    if status == 429:
        return failure("20429", asked=asked)
    if status in {401, 403}:
        return ChannelError(
            f"Twilio refused the account ({status}); check account_sid and auth_token.",
            code=code,
            configuration=True,
        )
    if status == 404 or 300 <= status < 400:
        return ChannelError(
            f"Twilio has nothing at this address ({status}); check account_sid and base_url.",
            code=code,
            configuration=True,
        )
    return failure(code)


def until_pacific_midnight(now: datetime) -> float:
    """Seconds until the carriers' day ends, at midnight in Los Angeles, DST or not."""
    tomorrow = now.astimezone(_PACIFIC).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time.min, _PACIFIC)
    return (midnight.astimezone(UTC) - now.astimezone(UTC)).total_seconds()
