"""What a provider's failure code means, by channel: the channels' own tables, asked in one place.

Used by send and receipts, which learn of a failure without an exception to read.
"""

from __future__ import annotations

from channels.base import ChannelError
from channels.email import causes
from channels.email import codes as email_codes
from channels.sms import codes as sms_codes
from channels.status import BOUNCED


def failure(kind: str, status: str, code: str) -> ChannelError:
    """The error that this failure amounts to. A bounce says that the address is no good."""
    if status == BOUNCED:
        return ChannelError("The address gave it back.", permanent=True, suppress=True, code=code)
    if kind == "sms":
        return sms_codes.failure(code)
    if kind == "email" and code:
        return email_codes.error_of(causes.quoted(code, ""))
    return ChannelError("It was not delivered.", permanent=True, code=code)
