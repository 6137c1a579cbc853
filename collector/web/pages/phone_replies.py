"""What was texted back from the phone of `/preview`, and what it was answered: kept for showing.

The answer itself is in the database like any other; this is the conversation as the phone shows it,
in a folder beside the kept messages. Written by `preview_reply.py`, read by `preview.py`.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from channels.base import Message
from channels.preview import Preview
from collector import clock
from collector.web.pages import demo_only, shown_proof

FOLDER: Final = "replies"  # beside sms/ and email/; no channel has this name
PURPOSE: Final = "preview-reply"
GOOD_FOR: Final = timedelta(hours=12)
MOST: Final = 40  # exchanges that one message keeps


@dataclass(frozen=True, slots=True)
class Exchange:
    """One text back. `answer` is what the service would send, '' where it stays silent; `stopped`:
    the number gets no more texts from here on."""

    said: str
    answer: str
    stopped: bool = False


def nonce(message_id: str) -> str:
    """Signed proof that we showed this phone: no other site can text in its name."""
    return shown_proof.make(PURPOSE, [message_id], clock.now())


def genuine(text: str, message_id: str) -> bool:
    """Did we make this nonce for this very message, not too long ago?"""
    shown_at = shown_proof.read(PURPOSE, text, [message_id], clock.now(), GOOD_FOR)
    return shown_at is not None


def of(message: Message) -> tuple[Exchange, ...]:
    """What was said about this message, the oldest first."""
    try:
        stored = json.loads(_path(message.id).read_text(encoding="ascii"))
        return tuple(Exchange(**one) for one in stored["exchanges"])
    except (OSError, ValueError, TypeError, KeyError):
        return ()


def keep(message: Message, exchange: Exchange) -> None:
    """Show this exchange too, from now on."""
    path = _path(message.id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shown = [asdict(one) for one in (*of(message), exchange)][-MOST:]
    aside = path.with_name(f".{secrets.token_hex(6)}.part")
    aside.write_text(json.dumps({"exchanges": shown}), encoding="ascii")
    aside.replace(path)


def _path(message_id: str) -> Path:
    """The id is that of a kept message, so it is a plain file name (`channels/preview.py`)."""
    previews: Preview = demo_only.previews()
    return previews.directory.with_name(previews.directory.name + "-" + FOLDER) / (
        f"{message_id}.json"
    )
