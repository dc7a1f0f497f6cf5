import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.cli.desks import Qa

ROOT = Path(__file__).parents[2]


SERVER = """
import sys
from qa.cli import app
from qa.cli.parts import Parts
from tests.api.two_documents import TwoDocuments
from tests.cli.desks import Empty
parts = Parts(desks={desks}, mount=lambda api, *_: api)
app(["serve", "--port", "0"], obj=parts)
"""


class Server:
    """``qa serve`` in a process of its own."""

    def __init__(self, desks: str) -> None:
        command = [sys.executable, "-u", "-c", SERVER.format(desks=desks)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert self.process.stdout
        self.url = self.process.stdout.readline().strip()

    def get(self, path: str) -> tuple[int, str]:
        """Status and body, as soon as the server answers at all."""
        for _ in range(200):
            try:
                with urlopen(self.url + path, timeout=5) as reply:  # noqa: S310 - the loopback address above
                    return reply.status, reply.read().decode()
            except HTTPError as refusal:
                return refusal.code, refusal.read().decode()
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"{self.url} does not answer")

    def stop(self) -> tuple[int, str]:
        """Exit code and what was said on stderr after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=20)
        return self.process.returncode, said


@pytest.fixture
def serve() -> Iterator[Callable[[str], Server]]:
    started: list[Server] = []

    def start(desks: str) -> Server:
        started.append(Server(desks))
        return started[-1]

    yield start
    for server in started:
        server.process.kill()
        server.process.communicate()


def test_serve_prints_its_address_answers_and_stops(serve: Callable[[str], Server]) -> None:
    server = serve("TwoDocuments")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", server.url)
    assert server.get("/healthz")[0] == 200
    for _ in range(100):
        if server.get("/readyz")[0] == 200:
            break
        time.sleep(0.05)
    assert json.loads(server.get("/readyz")[1])["documents"] == 2
    code, said = server.stop()
    assert code == 0
    assert "2 documents" in said
    assert "Traceback" not in said


def test_serve_keeps_answering_when_preparation_fails(serve: Callable[[str], Server]) -> None:
    server = serve("Empty")
    for _ in range(100):
        status, body = server.get("/readyz")
        if "the folder has no text" in body:
            break
        time.sleep(0.05)
    assert status == 503
    assert "the folder has no text" in json.loads(body)["detail"]
    code, said = server.stop()
    assert code == 0
    assert "准备失败" in said
    assert "the folder has no text" in said


def test_a_taken_port_is_said_clearly(run: Qa) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", "--port", str(port))
    assert result.exit_code == 1
    assert f"Port {port} is taken; name another with --port" in result.stderr


def test_an_address_that_is_none_is_said_clearly(run: Qa) -> None:
    result = run("serve", "--host", "no such host")
    assert result.exit_code == 1
    assert "no such host" in result.stderr
    assert "Traceback" not in result.output
