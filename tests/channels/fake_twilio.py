"""A stand-in for Twilio's messaging API over real HTTP, for tests and for other processes.

In a test::

    with FakeTwilio() as twilio:
        twilio.plan(Fault("drop"))           # the next create is accepted, then the line is cut
        ...                                  # point base_url at twilio.url
        assert twilio.count == 1

On its own, keeping what it accepted in a journal so that counts survive a restart::

    python -m tests.channels.fake_twilio --port 8300 --journal twilio.ndjson --chance drop=0.05

Other processes read ``GET /_count`` and ``GET /_messages`` and plan faults with ``POST /_plan``
(a JSON list of faults) and ``POST /_settle`` ({"sid", "status", "error_code"}).
"""

from __future__ import annotations

import argparse
import json
import random
import threading
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.channels.fake_twilio_http import Handler, Server


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one create.

    drop    accept it, then cut the connection without an answer
    lose    cut the connection without accepting it
    refuse  400 with ``code``, not accepted (another ``status`` if set)
    throttle  429 with code 20429 and Retry-After, not accepted
    error   500; ``accepted`` says whether the message exists all the same
    delay   accept it and answer after ``seconds`` (or when the server stops)
    garble  accept it and answer 201 with a page of HTML
    """

    kind: str
    code: int = 21211
    status: int = 400
    seconds: float = 3600.0
    accepted: bool = False


class FakeTwilio:
    """The server. ``created`` holds every message that it accepted, oldest first."""

    def __init__(
        self,
        port: int = 0,
        journal: Path | None = None,
        chance: Mapping[str, float] | None = None,
        seed: int = 0,
        account_status: str = "active",
        numbers: tuple[str, ...] = ("+15005550006",),
    ) -> None:
        self.created: list[dict[str, Any]] = []
        self.requests: list[tuple[str, str, dict[str, str]]] = []  # method, path, headers
        self.connections = 0
        self.auth_failures = False  # answer everything with 401
        self.account_status = account_status
        self.numbers = numbers
        self.list_status = 200
        self.page_size_limit = 1000
        self.stopping = threading.Event()
        self._faults: deque[Fault] = deque()
        self._chance = dict(chance or {})
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        self._journal = journal
        if journal is not None and journal.exists():
            for line in journal.read_text("utf-8").splitlines():
                record = json.loads(line)
                record["date_created"] = record["date_sent"] = datetime.fromisoformat(record["at"])
                self.created.append(record)
        self._server = Server(("127.0.0.1", port), Handler, self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        """The base_url for a channel."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def count(self) -> int:
        """How many messages were accepted, including those whose answer was never given."""
        return len(self.created)

    def duplicates(self) -> list[tuple[str, str]]:
        """The (to, body) pairs that were accepted more than once."""
        seen = Counter((one["to"], one["body"]) for one in self.created)
        return [pair for pair, times in seen.items() if times > 1]

    def plan(self, *faults: Fault) -> None:
        """The next creates fail like this, in this order."""
        with self._lock:
            self._faults.extend(faults)

    def plan_plain(self, faults: list[dict[str, Any]]) -> None:
        """As ``plan``, from what another process posted."""
        self.plan(*(Fault(**fault) for fault in faults))

    def settle(self, sid: str, status: str, error_code: int | None = None) -> None:
        """Change a message's status, as the carrier would."""
        for one in self.created:
            if one["sid"] == sid:
                one["status"], one["error_code"] = status, error_code

    def accept(self, form: Mapping[str, str], at: datetime | None = None) -> dict[str, Any]:
        """Keep a message, as a create does; also for messages that "were already there"."""
        now = at or datetime.now(UTC)
        record: dict[str, Any] = {
            "at": now.isoformat(),
            "to": form.get("To", ""),
            "from": form.get("From"),
            "messaging_service_sid": form.get("MessagingServiceSid"),
            "body": form.get("Body", ""),
            "status_callback": form.get("StatusCallback", ""),
            "direction": "outbound-api",
            "status": "queued",
            "error_code": None,
        }
        with self._lock:
            record["sid"] = f"SM{len(self.created):032x}"
            if self._journal is not None:
                with self._journal.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(record) + "\n")
            record["date_created"] = record["date_sent"] = now
            self.created.append(record)
        return record

    def next_fault(self) -> Fault | None:
        """The planned fault, else one by chance, else none."""
        with self._lock:
            if self._faults:
                return self._faults.popleft()
            draw = self._random.random()
            for kind, share in self._chance.items():
                if draw < share:
                    return Fault(kind)
                draw -= share
            return None

    def start(self) -> Self:
        """Serve in a thread."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop serving; ends delays."""
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self.dispose()

    def dispose(self) -> None:
        """Give the port back; enough for one that was never started."""
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description="A stand-in for Twilio's messaging API.")
    parser.add_argument("--port", type=int, default=8300)
    parser.add_argument("--journal", type=Path)
    parser.add_argument("--chance", action="append", default=[], metavar="FAULT=SHARE")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    shares = dict(pair.split("=", 1) for pair in given.chance)
    chance = {kind: float(share) for kind, share in shares.items()}
    fake = FakeTwilio(given.port, given.journal, chance, given.seed).start()
    print(fake.url, flush=True)  # noqa: T201  (whoever starts it waits for this line)
    threading.Event().wait()


if __name__ == "__main__":
    main()
