"""A process that is measured: it loads one thing and does what it is told, a line of JSON at a time."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TextIO

from qa.benchmark.building import builder
from qa.benchmark.machine import memory_of
from qa.benchmark.subjects import (
    Reply,
    Request,
    Verb,
    Verbs,
    compact,
    compiled,
    keywords,
    plain,
    reference,
    search_encoders,
    service,
)
from qa.config import Settings
from qa.errors import QAError
from qa.types import Progress

Kind = Callable[[Settings, Request], Verbs]
KINDS: Mapping[str, Kind] = {
    "builder": builder,
    "reference": reference,
    "compiled": compiled,
    "compact": compact,
    "search_encoders": search_encoders,
    "service": service,
    "plain": plain,
    "keywords": keywords,
}
"""What a process can be, by name."""

BETWEEN = 0.1
"""Seconds between two reports of progress."""


def main(kinds: Mapping[str, Kind] = KINDS) -> None:
    """Serve standard input; whatever else writes to standard output goes to standard error."""
    replies = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)
    with replies:
        serve(sys.stdin, replies, kinds)


def serve(requests: Iterable[str], replies: TextIO, kinds: Mapping[str, Kind] = KINDS) -> None:
    """Answer every line: ``load`` first, then the verbs of what was loaded; ``memory`` is always one."""
    verbs: dict[str, Verb] = {"memory": lambda _request, _on_progress: memory()}
    for line in requests:
        request = json.loads(line)
        reporting = _Reporting(replies)
        try:
            if request["verb"] == "load":
                verbs.update(kinds[request["kind"]](Settings(**request["settings"]), request))
                reply: Reply = {}
            else:
                reply = verbs[request["verb"]](request, reporting)
        except QAError as exc:
            _say(replies, {"error": str(exc)})
        except Exception as exc:  # noqa: BLE001 - the other process is told and ends this one
            _say(replies, {"error": f"{type(exc).__name__}: {exc}"})
        else:
            _say(replies, {"reply": reply})


def memory() -> Reply:
    """Resident memory of this process in MiB, now and at most; None where it is not told."""
    found = memory_of()
    return {"now": found.now if found else None, "peak": found.peak if found else None}


class _Reporting:
    """Writes progress, but not every step of it."""

    def __init__(self, replies: TextIO) -> None:
        self._replies = replies
        self._last = 0.0

    def __call__(self, step: Progress) -> None:
        now = time.monotonic()
        if now - self._last >= BETWEEN or step.done == step.total:
            self._last = now
            _say(self._replies, {"progress": [step.stage, step.done, step.total]})


def _say(replies: TextIO, message: Mapping[str, Any]) -> None:
    replies.write(json.dumps(message, ensure_ascii=False) + "\n")
    replies.flush()
