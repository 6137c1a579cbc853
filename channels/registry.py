"""Which channels there are: kind → class. The only place that knows them all.

``build`` is what a worker, the doctor command and the tests call. A new channel is one line in
``CLASSES``. The classes are cheap to import: each loads its provider's client when first used.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from channels.base import Channel, SettingError
from channels.email.channel import SmtpEmail
from channels.inapp.channel import InApp
from channels.preview import Preview
from channels.sms.channel import TwilioSms
from channels.webhook.channel import Webhook

CLASSES: Final[Mapping[str, type[Channel]]] = MappingProxyType(
    {
        "sms": TwilioSms,
        "email": SmtpEmail,
        "inapp": InApp,
        "webhook": Webhook,
        "preview": Preview,
    }
)


def build(kind: str, options: Mapping[str, str] | None = None) -> Channel:
    """The channel of this kind, built from plain strings.

    ``sms``      account_sid, auth_token, from_number | messaging_service_sid, base_url,
                 connect_timeout, read_timeout
    ``email``    url
    ``inapp``    nothing
    ``webhook``  url, secret, connect_timeout, read_timeout
    ``preview``  kind (the channel it stands for), directory

    Raises SettingError for an unknown kind, an unknown option or a value that cannot work.
    """
    chosen = CLASSES.get(kind)
    if chosen is None:
        raise SettingError("kind", f"no such channel; there are {', '.join(CLASSES)}")
    return chosen.from_options(options or {})
