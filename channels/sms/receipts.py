"""Reading Twilio's status callbacks, which come unordered, twice, and with new fields unannounced.

The web callbacks import ``read`` after ``signature.valid`` said yes, store what came, and move the
message with ``channels.status.advance``. ``channel.py`` uses ``STATUSES`` for the same words in the
API's answers.

Source: https://www.twilio.com/docs/messaging/guides/track-outbound-message-status
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from channels.base import Receipt
from channels.status import DELIVERED, FAILED, SENT

# Twilio's words, in the order in which a message passes through them. All that says "Twilio has it"
# is our "sent": how far it is on Twilio's inside moves nothing here. "undelivered" (the carrier
# gave up) and "failed" (Twilio never sent it) differ by their code, which is kept.
STATUSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "accepted": SENT,
        "scheduled": SENT,
        "queued": SENT,
        "sending": SENT,
        "sent": SENT,
        "delivered": DELIVERED,
        "read": DELIVERED,
        "partially_delivered": DELIVERED,
        "undelivered": FAILED,
        "failed": FAILED,
        "canceled": FAILED,
    }
)


def read(pairs: Iterable[tuple[str, str]]) -> Receipt | None:
    """The receipt in a callback's form, given as its (name, value) pairs.

    None if it is no receipt that we know: the reference is missing, or the word is new. Such a
    callback should be answered with success all the same, or Twilio reports us as broken. Unknown
    fields are ignored. An error code of 0 means none.
    """
    form: dict[str, str] = {}
    for name, value in pairs:
        form.setdefault(name, value)
    reference = form.get("MessageSid") or form.get("SmsSid") or ""
    word = form.get("MessageStatus") or form.get("SmsStatus") or ""
    status = STATUSES.get(word.strip().lower())
    if not reference or status is None:
        return None
    code = form.get("ErrorCode", "").strip()
    return Receipt(status, reference, "" if code in {"0", "null"} else code)
