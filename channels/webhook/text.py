"""What a gateway gets: one JSON object with the finished words, and nothing else about the person.

Pure. ``to`` is the person's reference in the system that sent the event; the gateway knows which
WhatsApp number or LINE user that is, so no number or address leaves this service.
"""

from __future__ import annotations

import json

from channels.base import Message


def body(message: Message) -> bytes:
    """The exact bytes that are signed and sent; the same for each attempt."""
    said = {
        "type": "message.send",
        "data": {
            "id": message.id,
            "to": message.to,
            "locale": message.locale,
            "text": message.text,
            "unsubscribe_url": message.unsubscribe_url,
        },
    }
    text = json.dumps(said, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return text.encode("ascii")
