"""The HTTP side of ``fake_twilio``: routes, faults and Twilio's JSON. Not for use by itself."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from datetime import date
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

if TYPE_CHECKING:
    from tests.channels.fake_twilio import FakeTwilio, Fault


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, where: tuple[str, int], handler: type[Handler], fake: FakeTwilio) -> None:
        self.fake = fake
        super().__init__(where, handler)

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Count connections: called once for each."""
        self.fake.connections += 1
        return True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are what this server is for."""


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the terminal."""

    def do_POST(self) -> None:
        fake, path = self.server.fake, self._note()
        length = int(self.headers.get("Content-Length", 0))
        raw = self.rfile.read(length).decode("utf-8")
        if len(raw.encode("utf-8")) < length:
            # Whoever sent it was killed in the middle: half a request is no request.
            self.close_connection = True
            return None
        if path == "/_plan":
            fake.plan_plain(json.loads(raw))
            return self._json(200, {})
        if path == "/_settle":
            fake.settle(**json.loads(raw))
            return self._json(200, {})
        if fake.auth_failures:
            return self._refuse(401, 20003)
        form = {name: values[0] for name, values in parse_qs(raw, keep_blank_values=True).items()}
        fault = fake.next_fault()
        if fault is None:
            return self._json(201, _resource(fake.accept(form)))
        return self._misbehave(fault, form)

    def _misbehave(self, fault: Fault, form: dict[str, str]) -> None:
        fake = self.server.fake
        if fault.kind in {"drop", "lose"}:
            if fault.kind == "drop":
                fake.accept(form)
            # Linger 0 makes close a reset, which is how a dying proxy looks.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            return None
        if fault.kind == "throttle":
            return self._refuse(429, 20429, {"Retry-After": "7"})
        if fault.kind == "error":
            if fault.accepted:
                fake.accept(form)
            return self._refuse(500, 20500)
        if fault.kind == "refuse":
            return self._refuse(fault.status, fault.code)
        record = fake.accept(form)
        if fault.kind == "garble":
            return self._bytes(201, b"<html>Have you tried our new offers?</html>", "text/html")
        fake.stopping.wait(fault.seconds)
        return self._json(201, _resource(record))

    def do_GET(self) -> None:
        fake, path = self.server.fake, self._note()
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        if path == "/_count":
            return self._json(200, {"accepted": fake.count, "duplicates": len(fake.duplicates())})
        if path == "/_messages":
            return self._json(200, {"messages": [_resource(one) for one in fake.created]})
        if fake.auth_failures:
            return self._refuse(401, 20003)
        if path.endswith("/Messages.json"):
            return self._list(query)
        if path.endswith("/IncomingPhoneNumbers.json"):
            found = [{"sid": "PN1"} for one in fake.numbers if one == query.get("PhoneNumber")]
            return self._json(200, {"incoming_phone_numbers": found, "page": 0})
        if path.startswith("/2010-04-01/Accounts/") and path.count("/") == 3:
            sid = path.rsplit("/", 1)[1].removesuffix(".json")
            return self._json(200, {"sid": sid, "status": fake.account_status, "type": "Full"})
        if path.startswith("/v1/Services/MG"):
            return self._json(200, {"sid": path.rsplit("/", 1)[1]})
        return self._refuse(404, 20404)

    def _list(self, query: dict[str, str]) -> None:
        fake = self.server.fake
        if fake.list_status != 200:
            return self._refuse(fake.list_status, 20500)
        since = query.get("DateSent>")
        # Only the day counts, and a message that was not yet sent has none: Twilio's own rule.
        day = date.fromisoformat(since[:10]) if since else None
        found = [
            one
            for one in reversed(fake.created)
            if query.get("To") in {None, one["to"]}
            and (day is None or (one["date_sent"] and one["date_sent"].date() >= day))
        ]
        page, size = int(query.get("Page", 0)), int(query.get("PageSize", 50))
        size = min(size, fake.page_size_limit)
        rest = {**query, "Page": str(page + 1)}
        more = len(found) > (page + 1) * size
        return self._json(
            200,
            {
                "messages": [_resource(one) for one in found[page * size : (page + 1) * size]],
                "page": page,
                "page_size": size,
                "uri": self.path,
                "next_page_uri": f"{urlsplit(self.path).path}?{urlencode(rest)}" if more else None,
            },
        )

    def _note(self) -> str:
        path = urlsplit(self.path).path
        self.server.fake.requests.append((self.command, self.path, dict(self.headers)))
        return path

    def _refuse(self, status: int, code: int, headers: Mapping[str, str] | None = None) -> None:
        body = {"code": code, "message": "The 'To' number +15550001 is wrong", "status": status}
        self._json(status, body, headers)

    def _json(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        self._bytes(status, json.dumps(body).encode(), "application/json", headers)

    def _bytes(
        self, status: int, body: bytes, kind: str, headers: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _resource(record: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: record[name] for name in record if name not in {"at", "status_callback"}}
    for name in ("date_created", "date_sent"):
        shown[name] = format_datetime(record[name], usegmt=True) if record[name] else None
    return shown
