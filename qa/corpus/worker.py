"""A process that reads files for this one, within limits of time and memory; it is started when needed."""

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from qa.corpus.child import received
from qa.corpus.reading import Read
from qa.errors import CorpusError

PATIENCE = 120
"""Seconds that one file may take."""
MEMORY = 3 * 1024**3
"""Bytes of address space of the process, where the system can bound it."""
_ENOUGH = 1024**3
"""Bytes of memory after which a process is replaced by a fresh one."""
_LONGEST_REPLY = 1024**3
_CHILD = "from qa.corpus.child import main; main()"
_FEW_THREADS = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "MKL", "OPENBLAS")}
"""Each thread of such a library takes address space, and none is needed to read a file."""


class Worker:
    """Reads one file at a time; a context manager that leaves no process behind."""

    def __init__(self, *, patience: float = PATIENCE, memory: int = MEMORY) -> None:
        self._patience, self._memory = patience, memory
        self._process: subprocess.Popen[bytes] | None = None
        self.peak = 0
        """Bytes: the most memory that any process of this worker held."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    @property
    def running(self) -> bool:
        """Whether a process was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def read(self, suffix: str, data: bytes) -> list[tuple[str, Read | str]]:
        """Return the documents in a file, as ``read_parts`` does. Raises CorpusError.

        A file that takes too long or too much memory, or ends the process, is told as such.
        """
        process = self._started()
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._patience, stop)
        timer.start()
        try:
            return self._asked(process, suffix, data)
        except (OSError, EOFError, ValueError) as exc:
            self._end()
            if late.is_set():
                raise CorpusError(
                    f"the file was not read within {self._patience:g} seconds; split it / 读取超时,请拆分文件"
                ) from exc
            raise CorpusError(
                f"reading the file ended the reader (exit status {process.returncode}); save it again"
                " / 读取该文件时出错,请重新另存"
            ) from exc
        finally:
            timer.cancel()

    def _asked(
        self, process: subprocess.Popen[bytes], suffix: str, data: bytes
    ) -> list[tuple[str, Read | str]]:
        assert process.stdin  # noqa: S101 - a pipe
        request = json.dumps({"suffix": suffix, "size": len(data)}).encode()
        process.stdin.write(request + b"\n")
        process.stdin.write(data)
        process.stdin.flush()
        parts: list[tuple[str, Read | str]] = []
        while "end" not in (reply := _reply(process)):
            parts.append((reply["name"], received(reply) if "read" in reply else str(reply["reason"])))
        self.peak = max(self.peak, reply["peak"])
        if reply["end"].get("exhausted") or reply["peak"] > _ENOUGH:
            self._end()
        if "reason" in reply["end"]:
            raise CorpusError(reply["end"]["reason"])
        return parts

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            home = str(Path(__file__).parents[2])
            path = os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])])
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter, our own program
                [sys.executable, "-c", _CHILD, str(self._memory)],
                env={**os.environ, **_FEW_THREADS, "PYTHONPATH": path, "PYTHONUTF8": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            with contextlib.suppress(OSError):
                self._process.communicate()
            self._process = None


def _reply(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout  # noqa: S101 - a pipe
    line = process.stdout.readline(_LONGEST_REPLY)
    if not line.endswith(b"\n"):
        raise EOFError("the process ended before it replied")
    reply: dict[str, Any] = json.loads(line)
    return reply
