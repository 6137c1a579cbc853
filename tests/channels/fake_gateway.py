"""A gateway over real HTTP on the loopback, as somebody would write one from the spec alone.

It checks the signature by itself, remembers ids, and answers what a test plans::

    with FakeGateway() as gateway:
        gateway.plan(503, 200)
        Webhook.from_options({"url": gateway.url, "secret": SECRET})
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import struct
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

KEY = b"a shared key of thirty-two bytes"
SECRET = "whsec_" + base64.b64encode(KEY).decode()
DROP = -1


class FakeGateway:
    """``accepted`` holds (id, body) of every request that was taken, copies too."""

    def __init__(self) -> None:
        self.accepted: list[tuple[str, dict[str, Any]]] = []
        self.paths: list[str] = []
        self.connections = 0
        self.headers: dict[str, str] = {}
        self.answer = b""
        self._plan: deque[int] = deque()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.gateway = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/ask?tenant=1"

    def plan(self, *statuses: int) -> None:
        """The next answers; DROP takes the request and cuts the line."""
        self._plan.extend(statuses)

    def next_status(self) -> int:
        return self._plan.popleft() if self._plan else 200

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    gateway: FakeGateway

    def verify_request(self, request: Any, client_address: Any) -> bool:
        self.gateway.connections += 1
        return True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the terminal."""

    def do_POST(self) -> None:
        gateway = self.server.gateway
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        gateway.paths.append(self.path)
        id, at = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        digest = hmac.new(KEY, f"{id}.{at}.".encode() + raw, hashlib.sha256).digest()
        signed = self.headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()
        status = gateway.next_status() if signed else 401
        if status in {200, DROP} and json.loads(raw)["type"] == "message.send":
            gateway.accepted.append((id, json.loads(raw)["data"]))
        if status == DROP:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in gateway.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(gateway.answer)))
        self.end_headers()
        self.wfile.write(gateway.answer)
