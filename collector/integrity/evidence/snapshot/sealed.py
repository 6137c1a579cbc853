"""A file with the service's seal: written whole or not at all, and read only where it is whole.

Layout: mark, length of the head, head (JSON), its seal; the body; where the directory is, the
directory (JSON); the seal of all that. Seals are keyed (HMAC-SHA256), so nothing of a file is
looked at that was cut, changed, or written by somebody without the service's keys.
"""

from __future__ import annotations

import fcntl
import hmac
import mmap
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from collector.integrity.evidence.snapshot.kinds import NotReadable

MARK = b"collector-engine\n"
SEAL = 32
HEAD_MOST = 1 << 16
Keys = Sequence[bytes]
Json = dict[str, Any]
Body = Callable[[Callable[[bytes], None]], Json]


class Sealing:
    """Writes and seals as it goes."""

    def __init__(self, out: BinaryIO, key: bytes, head: Json) -> None:
        self._out = out
        self._seal = hmac.new(key, digestmod="sha256")
        raw = orjson.dumps(head)
        start = MARK + len(raw).to_bytes(4, "big") + raw
        self.write(start + hmac.digest(key, start, "sha256"))

    def write(self, data: bytes) -> None:
        self._seal.update(data)
        self._out.write(data)

    def end(self, directory: Json) -> None:
        raw = orjson.dumps(directory)
        self.write(raw + len(raw).to_bytes(8, "big"))
        self._out.write(self._seal.digest())


def write(path: Path, key: bytes, head: Json, body: Body) -> bool:
    """Put a file there in place of what was, readable to the owner only. `body` writes its bytes
    and gives the directory. False where another process is writing it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path) as alone:
        if not alone:
            return False
        fresh = path.with_suffix(".new")
        # Never another's: what was left there may be anybody's, or a link to somewhere else.
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(handle, "wb", buffering=1 << 20) as out:
                sealing = Sealing(out, key, head)
                sealing.end(body(sealing.write))
                out.flush()
                os.fsync(out.fileno())
            os.replace(fresh, path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        _remember(path.parent)
        return True


@contextmanager
def opened(path: Path, keys: Keys) -> Iterator[tuple[Json, memoryview, Json]]:
    """Head, body and directory. Raises NotReadable, or FileNotFoundError."""
    with open(path, "rb") as file:
        if os.fstat(file.fileno()).st_size < len(MARK) + 4 + 2 * SEAL + 8:
            raise NotReadable("too short")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            view = memoryview(data)
            try:
                head, start = _head(view, keys)
                end = len(view) - SEAL
                if not _sealed(view[:end], bytes(view[end:]), keys):
                    raise NotReadable("its seal does not fit")
                length = int.from_bytes(view[end - 8 : end], "big")
                directory = orjson.loads(view[end - 8 - length : end - 8])
                body = view[start : end - 8 - length]
                try:
                    yield head, body, directory
                finally:
                    body.release()
            finally:
                view.release()


def head_of(path: Path, keys: Keys) -> Json:
    """The head alone, which has a seal of its own. Raises NotReadable, or FileNotFoundError."""
    with open(path, "rb") as file:
        return _head(memoryview(file.read(len(MARK) + 4 + HEAD_MOST + SEAL)), keys)[0]


def remove(path: Path) -> None:
    """Take the file away, and one that was being written."""
    for one in (path, path.with_suffix(".new")):
        with suppress(OSError):
            one.unlink()


def _head(data: memoryview, keys: Keys) -> tuple[Json, int]:
    before = len(MARK) + 4
    if bytes(data[: len(MARK)]) != MARK:
        raise NotReadable("not a snapshot")
    length = int.from_bytes(data[len(MARK) : before], "big")
    end = before + length
    if length > HEAD_MOST or not _sealed(data[:end], bytes(data[end : end + SEAL]), keys):
        raise NotReadable("the seal of its head does not fit")
    return orjson.loads(data[before:end]), end + SEAL


def _sealed(data: memoryview, seal: bytes, keys: Keys) -> bool:
    """Is this the seal of one of the keys? They are tried from the newest."""
    return any(
        hmac.compare_digest(hmac.digest(key, data, "sha256"), seal) for key in reversed(keys)
    )  # fmt: skip


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Is nobody else writing? The lock goes with the process, however it ends."""
    with open(path.with_suffix(".lock"), "wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _remember(folder: Path) -> None:
    """Have the folder's entry on the disk too."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
