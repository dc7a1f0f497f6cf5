"""A client of ``/v1``: one connection kept alive, or many of them in a process of their own."""

import json
import queue
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from qa.benchmark.rounds import K

TIMEOUT = 120
"""Seconds that a client waits for a reply."""
ROUTES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "search": ("query", {"k": K}),
    "ask": ("question", {}),
}
"""By the last part of a route: the field of the question, and what else is sent."""


class Client:
    """One connection to ``url``, opened when it is needed and kept."""

    def __init__(self, url: str) -> None:
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=TIMEOUT)

    def post(self, route: str, question: str) -> tuple[int, float]:
        """Ask ``/v1/{route}``; status and milliseconds until the whole reply was read. Raises OSError."""
        field, rest = ROUTES[route]
        body = json.dumps({field: question, **rest}).encode()
        try:
            return self._post(f"/v1/{route}", body)
        except (HTTPException, ConnectionError):  # the server closes a connection that was idle for long
            self._connection.close()
            return self._post(f"/v1/{route}", body)

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body. Raises OSError."""
        self._connection.request("GET", path)
        reply = self._connection.getresponse()
        return reply.status, reply.read()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _post(self, path: str, body: bytes) -> tuple[int, float]:
        begun = time.perf_counter()
        self._connection.request("POST", path, body, {"Content-Type": "application/json"})
        reply = self._connection.getresponse()
        reply.read()
        return reply.status, (time.perf_counter() - begun) * 1000


def crowd(url: str, route: str, questions: Sequence[str], clients: int) -> dict[str, Any]:
    """Ask every question once from ``clients`` threads that never pause.

    ``seconds`` for all, ``ms`` of each reply, and how many had another status than 200 or none
    (``failed``; they are not among ``ms``).
    """
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for question in questions:
        waiting.put(question)
    answered: list[float] = []
    failed: list[object] = []
    ready = threading.Barrier(clients + 1)

    def work() -> None:
        client = Client(url)
        client.get("/healthz")
        ready.wait()
        while True:
            try:
                status, milliseconds = client.post(route, waiting.get_nowait())
            except queue.Empty:
                client.close()
                return
            except (OSError, HTTPException) as exc:
                failed.append(exc)
                continue
            (answered if status == 200 else failed).append(milliseconds)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(clients)]
    for thread in threads:
        thread.start()
    ready.wait(TIMEOUT)
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return {"seconds": time.perf_counter() - begun, "ms": answered, "failed": len(failed)}


def main() -> None:
    """Read the arguments of ``crowd`` from standard input, write what it found."""
    print(json.dumps(crowd(**json.loads(sys.stdin.readline()))), flush=True)
