"""Keeps messages for looking at instead of sending them: the embedded default, and the tests.

Stands for another channel (``Preview("sms", directory)``). Each message is one JSON file, named by
its id in a folder of its kind, written aside and renamed into place, so that any number of
processes may write and read at once and nobody sees half a file. Sending the same message again
replaces it. Built by ``registry.build``; the preview pages read it with ``list`` and ``get``.
"""

from __future__ import annotations

import builtins
import heapq
import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from channels import options as read
from channels.base import Channel, ChannelError, Message, Receipt, SettingError
from channels.status import SENT

# An id becomes a file name, so it may be nothing but this: no dot, slash, NUL or empty name.
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,100}\Z")
_FIELDS: Final = tuple(one.name for one in fields(Message))


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that would have been sent, and when."""

    message: Message
    at: datetime


class Preview(Channel):
    """A folder in place of a provider. Every kind is shown by ``list``, one kind is written."""

    local = True

    def __init__(self, kind: str, directory: str | Path) -> None:
        if not _NAME.match(kind):
            raise SettingError("kind", "must be the name of the channel to stand for, such as sms")
        self.kind = kind
        self.directory = Path(directory)

    @classmethod
    def from_options(cls, options: Mapping[str, str]) -> Self:
        """Options: ``kind`` (the channel to stand for) and ``directory``."""
        read.only(options, ("kind", "directory"))
        return cls(
            read.required(options, "kind", "the channel to stand for, such as sms"),
            read.required(options, "directory", "the folder that keeps the messages"),
        )

    def send(self, message: Message) -> Receipt:
        """Keep the message. Raises ChannelError for an id that cannot be a file name (permanent)
        and when the folder cannot be written (transient)."""
        if not _NAME.match(message.id):
            raise ChannelError("The message id is not a plain name.", permanent=True, code="id")
        try:
            self._write(message)
        except OSError as error:
            problem = self._unwritable(error)
        else:
            return Receipt(SENT, message.id)
        raise problem

    def find(self, message: Message, since: datetime) -> Receipt | None:
        """A receipt if the message is kept, whenever that was."""
        kept = self._read(self.directory / self.kind / f"{message.id}.json", message.id)
        return Receipt(SENT, message.id) if kept else None

    def get(self, id: str) -> Kept | None:
        """One kept message of any kind; None where there is none, also for a hostile id."""
        for folder in self._folders(None):
            kept = self._read(folder / f"{id}.json", id)
            if kept:
                return kept
        return None

    def list(self, limit: int = 50, channel: str | None = None) -> builtins.list[Kept]:
        """The newest messages first, of every kind or of one. An unknown kind has none."""
        found: builtins.list[tuple[int, str, Path]] = []
        for folder in self._folders(channel):
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.endswith(".json") and not entry.name.startswith("."):
                        found.append((_mtime(entry), entry.name, Path(entry.path)))
        newest = heapq.nlargest(max(limit, 0), found)
        kept = (self._read(path, path.stem) for _, _, path in newest)
        return [one for one in kept if one]

    def check(self) -> str:
        """Says where messages are kept. Raises ChannelError if they cannot be."""
        try:
            self._folder().mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder(), prefix=".", suffix=".check"):
                pass
        except OSError as error:
            problem = self._unwritable(error)
        else:
            return f"Messages for {self.kind} are kept in {self.directory}, not sent."
        raise problem

    def _folder(self) -> Path:
        return self.directory / self.kind

    def _folders(self, channel: str | None) -> builtins.list[Path]:
        if channel is not None:
            chosen = self.directory / channel
            return [chosen] if _NAME.match(channel) and chosen.is_dir() else []
        try:
            return sorted(path for path in self.directory.iterdir() if path.is_dir())
        except FileNotFoundError:
            return []

    def _write(self, message: Message) -> None:
        folder = self._folder()
        body = json.dumps(
            {
                "at": datetime.now(UTC).isoformat(),
                "message": {name: getattr(message, name) for name in _FIELDS},
            },
            ensure_ascii=True,
        )
        try:
            handle, aside = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
        except FileNotFoundError:
            # Made when first needed, and only for its owner: the files hold addresses and texts.
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(body)
            os.replace(aside, folder / f"{message.id}.json")
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise

    @staticmethod
    def _read(path: Path, id: str) -> Kept | None:
        if not _NAME.match(id):
            return None
        try:
            stored = json.loads(path.read_text(encoding="ascii"))
            return Kept(Message(**stored["message"]), datetime.fromisoformat(stored["at"]))
        except (OSError, ValueError, TypeError, KeyError):
            # Gone since it was listed, or not ours: a page of previews shows the rest.
            return None

    def _unwritable(self, error: OSError) -> ChannelError:
        return ChannelError(
            f"The preview folder {self.directory} cannot be written ({error.strerror}); "
            "make it writable for this user.",
            code="preview_folder",
            configuration=True,
        )


def _mtime(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_mtime_ns
    except OSError:
        return 0
