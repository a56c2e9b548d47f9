"""A proxy before the server that spoils requests as it was told."""

import re
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

# Content-Encoding too: requests has decoded the body.
HOP_BY_HOP = (
    "Transfer-Encoding",
    "Content-Length",
    "Content-Encoding",
    "Connection",
)
REFUSED = "refused"
LOST = "lost"
LATE = "late"


@dataclass
class Fault:
    """What is to go wrong.

    method (str): Method of the requests that it befalls.
    path (str): Expression that their path matches.
    kind (str): `REFUSED`: 500, and the server never hears of it; `LOST`: the server
        does it, and the answer is a 500; `LATE`: the server does it, and the answer
        comes too late.
    times (int): How often.
    """

    method: str
    path: str
    kind: str
    times: int = 1


class FaultyProxy(ThreadingHTTPServer):
    """Passes requests on, or spoils them."""

    daemon_threads = True
    delay = 3.0

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.target = target
        self.faults: list[Fault] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def take_fault(self, method: str, path: str) -> str | None:
        for fault in self.faults:
            fits = fault.method == method and re.search(fault.path, path)
            if fits and fault.times:
                fault.times -= 1
                return fault.kind
        return None


class Handler(BaseHTTPRequestHandler):
    """One request through the proxy."""

    server: FaultyProxy

    def do_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = self.server.take_fault(self.command, self.path)
        if fault == REFUSED:
            self.send_error(500)
            return
        answer = requests.request(
            self.command,
            self.server.target + self.path,
            data=body,
            headers=dict(self.headers),
        )
        if fault == LOST:
            self.send_error(500)
            return
        if fault == LATE:
            time.sleep(self.server.delay)
        try:
            self._pass_on(answer)
        except BrokenPipeError:
            assert fault == LATE

    def _pass_on(self, answer: requests.Response) -> None:
        self.send_response(answer.status_code)
        for key, value in answer.raw.headers.items():
            if key not in HOP_BY_HOP:
                self.send_header(key, value)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_any

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""
