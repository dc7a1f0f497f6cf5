"""What people said of answers, kept beside the index: a complaint becomes a test.

::

    vectors/kept/feedback.sqlite     one row an opinion (SQLite, write-ahead log)

An index is built anew from the folder; this cannot be, so it is never deleted with it.
"""

import datetime
import json
import logging
import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from qa.errors import FeedbackError, InvalidInputError, NotFoundError
from qa.quotes import Stands, quotes_in
from qa.types import Answer, Document, Status, Turn

Verdict = Literal["good", "bad"]
Reason = Literal["", "wrong", "citation", "incomplete", "answerable"]
"""Why an answer is bad: wrong, wrongly cited, not all of it, or it should not have been refused."""

FILE = "feedback.sqlite"
MOST = 10_000
"""Opinions that are kept."""
MOST_SPANS = 50
LONGEST_SPAN = 2_000
LONGEST_TEXT = 20_000
LONGEST_REMARK = 2_000
MOST_TURNS = 50
_BUSY = 5.0
"""Seconds to wait for another process that writes."""
_NAME = re.compile(r"[0-9a-f]{16}")
_SCHEMA = """
create table if not exists opinions (
    number integer primary key autoincrement,
    feedback_id text not null unique,
    verdict text not null,
    body text not null
)
"""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a document: ``text[start:end]`` was ``quote`` when it was said."""

    doc_id: str
    start: int
    end: int
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a person said of one answer; ``history`` are the turns before it, oldest first.

    ``citations`` are the answer's, ``marks`` the words that the person says are the answer. ``query`` is the
    question as it was understood, ``time`` ISO 8601.
    """

    verdict: Verdict
    question: str
    history: tuple[Turn, ...] = ()
    query: str = ""
    status: Status = "answered"
    answer: str = ""
    citations: tuple[Mark, ...] = ()
    index_version: str = ""
    reason: Reason = ""
    remark: str = ""
    marks: tuple[Mark, ...] = ()
    feedback_id: str = ""
    time: str = ""

    @classmethod
    def of(cls, verdict: Verdict, question: str, answer: Answer, history: Sequence[Turn] = ()) -> "Opinion":
        """An opinion of ``answer`` and of nothing else yet."""
        return cls(
            verdict,
            question,
            tuple(history)[-MOST_TURNS:],
            answer.query,
            answer.status,
            answer.text,
            tuple(Mark(one.doc_id, one.start, one.end, one.quote) for one in answer.citations),
            answer.index_version,
        )


class Feedback:
    """The opinions in ``folder``, which is made with the first. Safe to use from many threads and processes.

    ``document`` gives a document by name and raises NotFoundError. Every method raises FeedbackError when
    the file cannot be used.
    """

    def __init__(self, folder: Path, document: Callable[[str], Document]) -> None:
        self._path, self._document = folder / FILE, document

    def add(self, opinion: Opinion) -> Opinion:
        """Keep an opinion under a name of its own, or in place of the one whose name it has.

        Returns it as it is kept: with name and time, and the words of its spans. Raises InvalidInputError
        for what is too long, and for spans that hold no words of their document; NotFoundError, when
        there is no such document.
        """
        known = _NAME.fullmatch(opinion.feedback_id)
        kept = replace(
            opinion,
            citations=tuple(map(self._quoted, opinion.citations)),
            marks=tuple(map(self._quoted, opinion.marks)),
            feedback_id=known.group() if known else secrets.token_hex(8),
            time=datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds"),
        )
        check(kept)
        row = (kept.feedback_id, kept.verdict, json.dumps(asdict(kept), ensure_ascii=True))
        with self._opened(make=True) as rows:
            others = "select count(*) from opinions where feedback_id <> ?"
            if rows.execute(others, row[:1]).fetchone()[0] >= MOST:
                raise InvalidInputError(
                    f"{MOST} opinions are kept, no more; export and delete some / 反馈已满,请先导出、删除一些"
                )
            rows.execute("insert or replace into opinions (feedback_id, verdict, body) values (?, ?, ?)", row)
        self._look_again(kept)
        return kept

    def count(self, verdict: str = "") -> int:
        """How many there are, of one verdict or of all."""
        with self._opened() as rows:
            found = rows.execute("select count(*) from opinions where ? in ('', verdict)", (verdict,))
            return int(found.fetchone()[0])

    def all(self, verdict: str = "", *, limit: int = MOST, offset: int = 0) -> list[Opinion]:
        """The newest first, of one verdict or of all."""
        with self._opened() as rows:
            found = rows.execute(
                "select body from opinions where ? in ('', verdict) order by number desc limit ? offset ?",
                (verdict, limit, offset),
            ).fetchall()
        return [opinion for (body,) in found if (opinion := _read(body))]

    def remove(self, feedback_id: str) -> None:
        """Forget one. Raises NotFoundError."""
        with self._opened() as rows:
            gone = rows.execute("delete from opinions where feedback_id = ?", (feedback_id,)).rowcount
        if not gone:
            raise NotFoundError(f"there is no feedback {feedback_id[:40]!r} / 没有这条反馈")

    def sift(self, stands: Stands) -> None:
        """Forget every opinion that quotes what does not stand."""
        with self._opened() as rows:
            kept = rows.execute("select number, body from opinions").fetchall()
            gone = [row[:1] for row in kept if not all(map(stands, quotes_in(row[1])))]
            rows.executemany("delete from opinions where number = ?", gone)

    def _look_again(self, kept: Opinion) -> None:
        """Forget at once what quotes a document that is gone. Raises NotFoundError."""
        try:
            for mark in (*kept.citations, *kept.marks):
                self._document(mark.doc_id)
        except NotFoundError:
            self.remove(kept.feedback_id)
            raise

    def _quoted(self, mark: Mark) -> Mark:
        """The same with its words. Raises NotFoundError, InvalidInputError."""
        if mark.quote:
            return mark
        text = self._document(mark.doc_id).text
        if not 0 <= mark.start < mark.end <= len(text) or not text[mark.start : mark.end].strip():
            raise InvalidInputError(
                f"{mark.doc_id[:80]} has {len(text)} characters, {mark.start}..{mark.end} are no words of it"
                " / 标出的不是文件里的字"
            )
        return replace(mark, quote=text[mark.start : mark.end])

    @contextmanager
    def _opened(self, *, make: bool = False) -> Iterator[sqlite3.Connection]:
        """The table; an empty one where there is no file, unless one is to be made."""
        try:
            if make:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            name = str(self._path) if make or self._path.exists() else ":memory:"
            rows = sqlite3.connect(name, timeout=_BUSY)
            try:
                rows.execute("pragma journal_mode = wal")
                rows.execute(_SCHEMA)
                with rows:
                    yield rows
            finally:
                rows.close()
        except (sqlite3.Error, OSError) as exc:
            raise FeedbackError(
                f"{self._path} cannot be used ({exc}); move it away, and a new one is begun"
                " / 反馈文件读不了;请把它移走,之后会重新开始记"
            ) from exc


def check(opinion: Opinion) -> None:
    """Raise InvalidInputError for what is too long or is not one of the words that are known."""
    known = {"verdict": get_args(Verdict), "reason": get_args(Reason), "status": get_args(Status)}
    for name, allowed in known.items():
        if getattr(opinion, name) not in allowed:
            raise InvalidInputError(f"{name} is none of {', '.join(filter(None, allowed))} / {name} 不认识")
    turns = [text for turn in opinion.history for text in (turn.question, turn.answer)]
    texts = {"remark": [opinion.remark], "answer": [opinion.answer, *turns]}
    texts["question"] = [opinion.question, opinion.query]
    most = {"remark": LONGEST_REMARK, "answer": LONGEST_TEXT, "question": LONGEST_REMARK}
    for name, values in texts.items():
        if any(len(value) > most[name] for value in values):
            raise InvalidInputError(
                f"{name} is longer than {most[name]} / {name} 太长,最多 {most[name]} 个字"
            )
    if not opinion.question.strip():
        raise InvalidInputError("the question is empty / 没有问题")
    spans = (opinion.citations, opinion.marks)
    longest = max((mark.end - mark.start for mark in opinion.marks), default=0)
    if any(len(one) > MOST_SPANS for one in spans) or longest > LONGEST_SPAN:
        raise InvalidInputError(
            f"at most {MOST_SPANS} places of {LONGEST_SPAN} characters can be marked"
            f" / 最多标 {MOST_SPANS} 处,每处 {LONGEST_SPAN} 个字"
        )


def _read(body: str) -> Opinion | None:
    """What was kept; None, told in the log, for a row that is no opinion."""
    try:
        values = json.loads(body)
        turns = tuple(Turn(**turn) for turn in values.pop("history"))
        citations, marks = (
            tuple(Mark(**mark) for mark in values.pop(name)) for name in ("citations", "marks")
        )
        return Opinion(**values, history=turns, citations=citations, marks=marks)
    except (ValueError, TypeError, LookupError, AttributeError) as exc:
        log.warning("a row of the feedback cannot be read: %s", exc)
        return None
