"""Which questions are asked often: a small count beside the index, of questions that had an answer."""

import json
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from qa.manifest import replace as write_whole

MOST, LONGEST = 500, 60
"""Questions that are kept; characters of one."""
_CITED = 8
"""Documents that are kept of one question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, how often it was asked, when last (seconds since 1970), and what its answer cites."""

    question: str
    times: int
    last: float
    doc_ids: tuple[str, ...]


class Frequent:
    """The count, kept in one file of JSON. Safe to use from many threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._known: dict[str, Asked] | None = None

    def note(self, question: str, doc_ids: Sequence[str]) -> None:
        """Count a question whose answer cites these documents; the rarest and oldest is forgotten."""
        question = " ".join(question.split())
        if not question or len(question) > LONGEST:
            return
        with self._lock:
            known = self._read()
            asked = known.get(question, Asked(question, 0, 0, ()))
            cited = tuple(dict.fromkeys(doc_ids))[:_CITED]
            known[question] = replace(asked, times=asked.times + 1, last=time.time(), doc_ids=cited)
            others = sorted((one for one in known.values() if one.question != question), key=_order)
            for one in others[MOST - 1 :]:
                del known[one.question]
            self._write(known)

    def all(self) -> list[Asked]:
        """The most frequent first."""
        with self._lock:
            return sorted(self._read().values(), key=_order)

    def _read(self) -> dict[str, Asked]:
        if self._known is None:
            self._known = {}
            with suppress(OSError, ValueError, TypeError):  # what is lost is only a count
                for question, times, last, doc_ids in json.loads(self.path.read_bytes()):
                    self._known[question] = Asked(question, int(times), float(last), tuple(doc_ids))
        return self._known

    def _write(self, known: dict[str, Asked]) -> None:
        rows = [(one.question, one.times, one.last, one.doc_ids) for one in known.values()]
        with suppress(OSError):  # no answer fails because it cannot be counted
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, json.dumps(rows, ensure_ascii=False))


def _order(asked: Asked) -> tuple[float, ...]:
    return -asked.times, -asked.last
