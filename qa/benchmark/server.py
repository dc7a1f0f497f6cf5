"""The command ``qa`` itself, as a user starts it: a server, or a command that ends."""

import json
import subprocess
import sys
import time
from typing import Self

from qa.benchmark.client import Client
from qa.benchmark.machine import Memory, memory_of
from qa.benchmark.process import BenchmarkError, Process, environment
from qa.benchmark.rounds import milliseconds
from qa.config import Settings

QA = "from qa.cli import main; main()"
"""The command ``qa`` as a program of this interpreter."""
LONGEST_START = 600
"""Seconds until a server must be ready."""
_PAUSE = 0.01
_FAILED = "Preparation failed"


class Server(Process):
    """``qa serve`` over the folder and the index of the settings, on any free port."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._begun = time.perf_counter()
        arguments = ["serve", str(settings.folder), "--vectors", str(settings.vectors), "--port", "0"]
        super().__init__(QA, [*arguments, "--host", "127.0.0.1"], settings)
        self.ready_after = 0.0
        """Seconds from the start of the process until ``/readyz`` was 200; 0 before that."""

    def ready(self) -> Self:
        """Wait until questions can be asked. Raises BenchmarkError when that will not be."""
        self.url = self.receive()
        self.client = Client(self.url)
        while time.perf_counter() - self._begun < LONGEST_START:
            if self._is_ready():
                self.ready_after = time.perf_counter() - self._begun
                return self
            time.sleep(_PAUSE)
        raise BenchmarkError(f"qa serve was not ready within {LONGEST_START} s")

    def ask(self, route: str, question: str) -> float:
        """Milliseconds of one reply. Raises BenchmarkError when it is none."""
        status, milliseconds = self.client.post(route, question)
        if status != 200:
            raise BenchmarkError(f"POST /v1/{route} gave {status} to {question!r}")
        return milliseconds

    def memory(self) -> Memory | None:
        """That of the server."""
        return memory_of(self.pid)

    def _is_ready(self) -> bool:
        try:
            status, body = self.client.get("/readyz")
        except OSError:
            self.client.close()
            if not self.running:
                raise self.failure() from None
            return False
        if status == 200:
            return True
        detail = str(json.loads(body).get("detail", ""))
        if _FAILED in detail:
            raise BenchmarkError(detail)
        return False


def run_qa(settings: Settings, *arguments: str) -> float:
    """Seconds of the command ``qa`` from start to end. Raises BenchmarkError when it fails."""
    command = [sys.executable, "-c", QA, *arguments]
    done: list[subprocess.CompletedProcess[bytes]] = []
    taken = milliseconds(
        lambda: done.append(
            subprocess.run(command, env=environment(settings), capture_output=True, check=False)  # noqa: S603
        )
    )
    if done[0].returncode:
        said = done[0].stderr.decode("utf-8", "replace")
        raise BenchmarkError(f"qa {' '.join(arguments)} ended with code {done[0].returncode}:\n{said}")
    return taken / 1000
