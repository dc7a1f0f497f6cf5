"""The processes that a benchmark starts, and ends."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from qa.config import Settings
from qa.errors import QAError
from qa.protocols import OnProgress
from qa.types import Progress

PATIENCE = 15
"""Seconds that a process has to end by itself."""
_SHOWN = 10
"""Last lines of what a process said before it died."""
_CHILD = "from qa.benchmark.child import main; main()"
_PER_LIBRARY = ("OMP", "MKL", "OPENBLAS", "RAYON")


class BenchmarkError(QAError):
    """A process that is measured failed."""

    code = "benchmark"


def environment(settings: Settings) -> dict[str, str]:
    """That of every process measured: the settings, so many threads for every library, no accelerator."""
    values = settings.model_dump(mode="json", exclude_none=True)  # an unset path is no path
    given = {f"QA_{name.upper()}": str(value) for name, value in values.items()}
    threads = {f"{library}_NUM_THREADS": str(settings.threads) for library in _PER_LIBRARY}
    return {**os.environ, **given, **threads, "CUDA_VISIBLE_DEVICES": "", "PYTHONUTF8": "1"}


class Process:
    """Python running ``program``; a context manager that leaves no process behind."""

    def __init__(self, program: str, arguments: Sequence[str], settings: Settings) -> None:
        self._said = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, our own programs
            [sys.executable, "-c", program, *arguments],
            env=environment(settings),
            encoding="utf-8",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def send(self, line: str) -> None:
        """Write a line to it. Raises BenchmarkError when it has died."""
        assert self._process.stdin  # noqa: S101 - a pipe
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except (BrokenPipeError, OSError) as exc:
            raise self.failure() from exc

    def receive(self) -> str:
        """The next line it writes. Raises BenchmarkError when it has died."""
        assert self._process.stdout  # noqa: S101 - a pipe
        line = self._process.stdout.readline()
        if not line:
            raise self.failure()
        return line.strip()

    def failure(self) -> BenchmarkError:
        """What it said last, as an error."""
        self.close()
        self._said.seek(0)
        last = "\n".join(self._said.read().splitlines()[-_SHOWN:])
        return BenchmarkError(f"a measured process ended with code {self._process.returncode}:\n{last}")

    def close(self) -> None:
        """End it: politely, then not."""
        if self.running:
            self._process.terminate()
            try:
                self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe and not pipe.closed:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue


class Child(Process):
    """A process with one of ``child.KINDS`` in it."""

    def __init__(self, kind: str, settings: Settings, **facts: Any) -> None:  # noqa: ANN401 - JSON
        super().__init__(_CHILD, (), settings)
        values = settings.model_dump(mode="json")
        self.send(json.dumps({"verb": "load", "kind": kind, "settings": values, **facts}))

    def loaded(self) -> Self:
        """Wait until it has loaded. Raises BenchmarkError."""
        self._reply(None)
        return self

    def call(
        self,
        verb: str,
        *,
        on_progress: OnProgress | None = None,
        **facts: Any,  # noqa: ANN401 - JSON
    ) -> Mapping[str, Any]:
        """Have it do something. Raises BenchmarkError."""
        self.send(json.dumps({"verb": verb, **facts}, ensure_ascii=False))
        return self._reply(on_progress)

    def _reply(self, on_progress: OnProgress | None) -> Mapping[str, Any]:
        while True:
            message = json.loads(self.receive())
            if "reply" in message:
                reply: Mapping[str, Any] = message["reply"]
                return reply
            if "error" in message:
                self.close()
                raise BenchmarkError(message["error"])
            if on_progress:
                on_progress(Progress(*message["progress"]))
