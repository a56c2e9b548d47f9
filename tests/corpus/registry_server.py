"""A local server in the shape of the registry's API v2, with faults on order."""

import json
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Fault = tuple[str, Any]


class RegistryServer(ThreadingHTTPServer):
    """Serves invented studies under `/api/v2`.

    studies (dict[str, dict]): Study by number.
    faults (dict[str, list[Fault]]): What to answer first, by last part of the path:
        ("status", (429, headers)), ("body", bytes), ("truncate", None) or
        ("stall", None).
    asked (Counter[str]): Requests by number, or by the `filter.ids` of a list.
    """

    daemon_threads = True

    def __init__(self, studies: dict[str, dict[str, Any]]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.studies = studies
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.asked: Counter[str] = Counter()
        self.released = threading.Event()
        self.page_limit = 1000

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api/v2"


class Handler(BaseHTTPRequestHandler):
    server: RegistryServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        name = parts.path.rsplit("/", 1)[-1]
        self.server.asked[query.get("filter.ids", name)] += 1
        if self.server.faults[name]:
            self.fail(*self.server.faults[name].pop(0))
        elif parts.path == "/api/v2/studies":
            self.send_list(query)
        elif parts.path == f"/api/v2/studies/{name}" and name in self.server.studies:
            self.send_json(self.server.studies[name])
        else:
            self.answer(404, f"NCT number {name} not found".encode(), "text/plain")

    def send_list(self, query: dict[str, str]) -> None:
        wanted = query["filter.ids"].split("|")
        found = [self.server.studies[i] for i in wanted if i in self.server.studies]
        start = int(query.get("pageToken", "t0")[1:])
        end = start + min(int(query["pageSize"]), self.server.page_limit)
        page: dict[str, Any] = {"studies": found[start:end]}
        if end < len(found):
            page["nextPageToken"] = f"t{end}"
        self.send_json(page)

    def send_json(self, value: object) -> None:
        self.answer(200, json.dumps(value).encode("utf-8"), "application/json")

    def fail(self, kind: str, what: Any) -> None:
        if kind == "status":
            self.answer(what[0], b"no", "text/plain", what[1])
        elif kind == "body":
            self.answer(200, what, "application/json")
        elif kind == "truncate":
            self.answer(200, b'{"protocolSection": {', "application/json", length=9999)
            self.close_connection = True
        elif kind == "stall":
            self.server.released.wait(10)
            self.close_connection = True

    def answer(
        self,
        status: int,
        body: bytes,
        kind: str,
        headers: dict[str, str] | None = None,
        *,
        length: int | None = None,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output clean."""


@contextmanager
def serving(studies: dict[str, dict[str, Any]]) -> Iterator[RegistryServer]:
    """Run a server in a thread.

    studies (dict[str, dict]): Study by number.
    YIELDS (RegistryServer): The server, with its address in `url`.
    """
    server = RegistryServer(studies)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
