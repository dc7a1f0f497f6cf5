import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from qa.benchmark.client import Client, crowd

REFUSED = "拒绝"


class Handler(BaseHTTPRequestHandler):
    """Answers with the length of the question; notes everything."""

    protocol_version = "HTTP/1.1"
    heard: list[tuple[str, dict[str, object]]]
    connections: set[object]

    def do_GET(self) -> None:
        self.reply(200, b"{}")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.heard.append((self.path, body))
        self.connections.add(self.client_address)
        self.reply(500 if REFUSED in str(body) else 200, b"{}")
        self.close_connection = "再见" in str(body)

    def reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing: the test looks at ``heard``."""


@pytest.fixture
def url() -> Iterator[str]:
    Handler.heard, Handler.connections = [], set()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_one_connection_is_kept_and_the_body_is_what_the_route_wants(url: str) -> None:
    client = Client(url)
    statuses = [client.post("search", "几点开门")[0], client.post("ask", REFUSED)[0]]
    client.close()
    assert statuses == [200, 500]
    assert Handler.heard == [
        ("/v1/search", {"query": "几点开门", "k": 10}),
        ("/v1/ask", {"question": REFUSED}),
    ]
    assert len(Handler.connections) == 1


def test_a_connection_that_the_server_closed_is_opened_again(url: str) -> None:
    client = Client(url)
    assert [client.post("ask", text)[0] for text in ("再见", "你好", "你好吗")] == [200, 200, 200]
    client.close()
    assert len(Handler.connections) == 2


def test_a_crowd_asks_everything_once(url: str) -> None:
    questions = [f"第{number}问" for number in range(40)]
    found = crowd(url, "ask", [*questions, REFUSED], 8)
    assert len(found["ms"]) == 40
    assert found["failed"] == 1
    assert found["seconds"] > 0
    assert sorted(str(body["question"]) for _, body in Handler.heard) == sorted([*questions, REFUSED])
    assert 1 < len(Handler.connections) <= 8


def test_a_server_that_is_gone_is_not_counted_as_an_answer(url: str) -> None:
    with pytest.raises(OSError, match="refused"):
        Client("http://127.0.0.1:9").post("ask", "几点开门")
