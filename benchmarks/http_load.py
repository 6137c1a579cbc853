"""Sends prepared HTTP requests over some kept connections at once, one at a time on each.

Everything that can be done beforehand is: a load that costs much takes from the server that it
measures on the same machine. Replies are checked (status, a word that must stand in the body).
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

READ: Final = 65_536
GIVE_UP: Final = 60.0  # seconds without any reply
Request = tuple[bytes, bytes]  # what is sent, what a good reply holds


@dataclass
class Outcome:
    """How it went. `took`: seconds from sending to the whole reply, of each good one."""

    acknowledged: list[int] = field(default_factory=list)
    refused: int = 0
    broken: int = 0
    seconds: float = 0.0
    took: list[float] = field(default_factory=list)


class _Line:
    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self.at = -1
        self.since = 0.0
        self.got = b""
        self.socket = self._connect()

    def _connect(self) -> socket.socket:
        line = socket.create_connection(self._address, 10)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def again(self) -> None:
        self.socket.close()
        self.socket = self._connect()

    def whole(self) -> bool:
        """Has all of the reply come?"""
        head, found, body = self.got.partition(b"\r\n\r\n")
        if not found:
            return False
        lowered = head.lower()
        at = lowered.find(b"content-length:")
        if at < 0:
            return True
        return len(body) >= int(lowered[at + 15 :].split(b"\r\n", 1)[0])


def send(host: str, port: int, requests: Sequence[Request], connections: int) -> Outcome:
    """Send all of `requests`; a line that the server closes is opened again. A request that was
    cut off is not sent again: nobody knows what became of it (`broken`)."""
    outcome, following = Outcome(), iter(range(len(requests)))
    with selectors.DefaultSelector() as ready:
        lines = [_Line((host, port)) for _ in range(connections)]
        began = time.perf_counter()
        for line in lines:
            ready.register(line.socket, selectors.EVENT_READ, line)
            _next(line, requests, following)
        open_lines = sum(line.at >= 0 for line in lines)
        while open_lines:
            events = ready.select(GIVE_UP)
            if not events:
                outcome.broken += open_lines
                break
            for key, _ in events:
                line = key.data
                if _read(line, requests, outcome):
                    if not _next(line, requests, following):
                        open_lines -= 1
                    continue
                if line.at < 0:
                    continue
                ready.unregister(line.socket)
                try:
                    line.again()
                except OSError:
                    open_lines -= 1
                    continue
                ready.register(line.socket, selectors.EVENT_READ, line)
                if not _next(line, requests, following):
                    open_lines -= 1
        outcome.seconds = time.perf_counter() - began
        for line in lines:
            line.socket.close()
    return outcome


def _read(line: _Line, requests: Sequence[Request], outcome: Outcome) -> bool:
    """Take what has come. False: the line was cut. A reply that is not whole yet leaves `got`."""
    while True:
        try:
            came = line.socket.recv(READ)
        except OSError:
            came = b""
        if not came:
            if line.at >= 0:
                outcome.broken += 1
            line.got = b""
            return False
        line.got += came
        if line.whole():
            break
    good = line.got[9:12] == b"200" and requests[line.at][1] in line.got
    if good:
        outcome.acknowledged.append(line.at)
        outcome.took.append(time.perf_counter() - line.since)
    else:
        outcome.refused += 1
    line.got = b""
    return True


def _next(line: _Line, requests: Sequence[Request], following: Iterator[int]) -> bool:
    line.at = next(following, -1)
    if line.at < 0:
        return False
    line.since = time.perf_counter()
    with suppress(OSError):  # the next read says that it was cut
        line.socket.sendall(requests[line.at][0])
    return True
