"""A loopback proxy that treats calls as a bad network does, for the tests of real clients.

Of every five calls, one is answered 503 and not passed on, one is passed on and its answer dropped
(the caller cannot know that it was taken), one is passed on twice; the other two are left alone.
So are second tries that say so, since clients wait ever longer between tries.
"""

from __future__ import annotations

import http.client
import itertools
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

REFUSED, DROPPED, TWICE, PLAIN = "refused", "dropped", "twice", "plain"
TREATMENT = (DROPPED, PLAIN, TWICE, REFUSED, PLAIN)
OWN = ("host", "connection", "transfer-encoding", "content-length", "date", "server")


@contextmanager
def lossy(upstream: str) -> Iterator[tuple[str, Counter[str]]]:
    """Its base URL, and how many calls were treated how (may be read once the block is over)."""
    turns, counts, lock = itertools.cycle(TREATMENT), Counter[str](), threading.Lock()
    address = urlsplit(upstream).netloc

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with lock:
                treatment = PLAIN if "X-Retry-Count" in self.headers else next(turns)
                counts[treatment] += 1
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.close_connection = True
            if treatment == REFUSED:
                self.send_error(503)
                return
            answers = [self.passed_on(body) for _ in range(2 if treatment == TWICE else 1)]
            if treatment == DROPPED:
                return
            status, kind, answer = answers[-1]
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def passed_on(self, body: bytes) -> tuple[int, str, bytes]:
            headers = {name: self.headers[name] for name in self.headers if name.lower() not in OWN}
            connection = http.client.HTTPConnection(address, timeout=60)
            try:
                connection.request("POST", self.path, body, headers)
                answer = connection.getresponse()
                return answer.status, answer.headers["Content-Type"] or "", answer.read()
            finally:
                connection.close()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", counts
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
