"""The signed return path: an envelope address of its own for each mail, by which a bounce names it.

    bounce+01jzk…8c.6t0p…@bounces.example.com

With `COLLECTOR_BOUNCE_DOMAIN` set, mails leave with it, and a report finds its ask even if it holds
no copy of our mail and the relay changed every id. Nobody can make one without the keys; all keys
are accepted, the newest signs. Lower case throughout, for some hosts change it.
"""

from __future__ import annotations

import hmac
import re
from typing import Final

from collector import keys
from collector.config import settings

PURPOSE: Final = "email.return_path"
_FORM: Final = re.compile(r"bounce\+([0-9a-z]{26})\.([0-9a-f]{20})@", re.I)


def made(invitation_id: str) -> str:
    """The return path for this invitation's mail; empty where no domain is set."""
    domain = settings().bounce_domain
    if not domain:
        return ""
    bare = invitation_id.removeprefix("inv_")
    return f"bounce+{bare}.{_signature(keys.derived(PURPOSE)[-1], bare)}@{domain}"


def read(address: str) -> str:
    """The invitation whose return path this is; empty if it is none of ours, or forged."""
    found = _FORM.match(address)
    if not found:
        return ""
    bare, signed = found[1].lower(), found[2].lower()
    good = any(hmac.compare_digest(signed, _signature(key, bare)) for key in keys.derived(PURPOSE))
    return f"inv_{bare}" if good else ""


def _signature(key: bytes, bare: str) -> str:
    return hmac.digest(key, bare.encode("ascii"), "sha256")[:10].hex()
