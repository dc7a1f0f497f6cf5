"""Question files and runs over them, with their reports, as they lie on disk.

::

    evaluations/
    ├── questions/NAME.jsonl        question files that were brought
    └── 20260101T120000-1a2b3c4d/   a run
        ├── run.json                what it was and how it ended
        ├── questions.jsonl         what was asked
        └── report.html, report.json
"""

import json
import logging
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from qa.errors import EvaluationError, InvalidInputError, NotFoundError, QAIndexError
from qa.manifest import replace as write_whole
from qa.quotes import Stands

if TYPE_CHECKING:
    from qa.evaluation import Compared, Report

RunState = Literal["running", "done", "failed"]

MOST_BYTES = 5_000_000
"""Of a question file that is brought."""
_LONGEST_NAME = 80
_RUN = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")
_FILES = ("report.html", "report.json", "questions.jsonl")
_INTERRUPTED = "it was interrupted: the server stopped / 评测中断:服务停止了"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EvaluationRun:
    """A run over the questions of file ``name``; times are ISO 8601, ``reason`` says why it failed.

    ``collection`` is what was asked, empty for the folder that is served.

    ``figures`` are R@5 and MRR@10 of the main leg, containment of the answers and F1 of the refusals;
    ``wrong`` questions were not answered as they should.
    """

    run_id: str
    name: str
    state: RunState
    questions: int
    created: str
    ended: str = ""
    done: int = 0
    index_version: str = ""
    reason: str = ""
    wrong: int = 0
    figures: Mapping[str, float] = field(default_factory=dict)
    collection: str = ""


@dataclass(frozen=True, slots=True)
class RunDifference:
    """One measure of two runs: questions better and worse now, by id and words, and how much on average.

    ``low`` and ``high`` bound 95 % of what chance could make of it; ``p`` is the chance of as large a one.
    """

    measure: str
    n: int
    better: tuple[tuple[str, str], ...]
    worse: tuple[tuple[str, str], ...]
    value: float
    low: float
    high: float
    p: float


class Runs:
    """Question files and runs below ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def files(self) -> list[str]:
        """The names of the question files that were brought."""
        return sorted(path.name for path in (self.folder / "questions").glob("*.jsonl"))

    def put(self, name: str, text: str) -> str:
        """Keep a question file, in place of one of that name; returns the name that it is kept by.

        Raises EvaluationError that names the line, what was found and what is wanted, and InvalidInputError
        for more than ``MOST_BYTES``. Raises QAIndexError.
        """
        from qa.evaluation import parse_questions

        kept = _file_name(name)
        try:
            size = len(text.encode("utf-8"))
        except UnicodeEncodeError as exc:
            raise EvaluationError(f"{kept} has a lone surrogate and is no Unicode text / 不是文本") from exc
        if size > MOST_BYTES:
            raise InvalidInputError(f"{kept} has {size:,} bytes; at most {MOST_BYTES:,} are read / 文件太大")
        parse_questions(text, kept)
        self.write("questions", kept, text)
        return kept

    def discard(self, name: str) -> None:
        """Delete a question file. Raises NotFoundError."""
        self._file(name).unlink(missing_ok=True)

    def text(self, name: str) -> str:
        """What a question file says. Raises NotFoundError."""
        return self._file(name).read_text(encoding="utf-8")

    def runs(self) -> list[EvaluationRun]:
        """All runs, the newest first."""
        found = [self.read(path.parent.name) for path in self.folder.glob("*/run.json")]
        return sorted(filter(None, found), key=lambda run: run.run_id, reverse=True)

    def run(self, run_id: str) -> EvaluationRun:
        """One run as it is now. Raises NotFoundError."""
        run = self.read(run_id) if _RUN.fullmatch(run_id) else None
        if run is None:
            raise NotFoundError(f"there is no evaluation {run_id[:40]!r} / 没有这次评测")
        return run

    def remove(self, run_id: str) -> None:
        """Delete a run. Raises NotFoundError."""
        self.drop(self.run(run_id).run_id)

    def report(self, run_id: str, name: str = "report.html") -> str:
        """``report.html``, ``report.json`` or ``questions.jsonl`` of a run. Raises NotFoundError."""
        path = self.folder / self.run(run_id).run_id / name
        if name not in _FILES or not path.is_file():
            raise NotFoundError(f"evaluation {run_id} has no {name}: it has not ended well / 没有这份报告")
        return path.read_text(encoding="utf-8")

    def failures(self, run_id: str) -> list[Mapping[str, str]]:
        """What went wrong in a run: ``question``, ``fault``, ``expected``, ``returned`` and more."""
        failures: list[Mapping[str, str]] = json.loads(self.report(run_id, "report.json"))["failures"]
        return failures

    def compare(self, run_id: str, other_id: str) -> list[RunDifference]:
        """A run against another, measure by measure. Raises NotFoundError, EvaluationError."""
        from qa.evaluation import compare_measured, parse_questions, read_measured

        for each in (run_id, other_id):
            self.report(each, "report.json")
        measured = [read_measured(self.folder / each / "report.json") for each in (run_id, other_id)]
        asked = parse_questions(self.report(run_id, "questions.jsonl"), "questions.jsonl")
        texts = {question.query_id: question.text for question in asked}
        return [_difference(one, texts) for one in compare_measured(*measured)]

    def sift(self, stands: Stands) -> None:
        """Put a note in place of words that do not stand, in the reports of all runs. Raises QAIndexError."""
        for run in self.runs():
            if run.state == "done":
                self.sift_run(run, stands)

    def sift_run(self, run: EvaluationRun, stands: Stands) -> None:
        """The same of one run. Raises QAIndexError."""
        from qa.evaluation import Report
        from qa.forgotten import questions_without_gone, without_gone

        try:
            report = Report.from_json(json.loads(self.report(run.run_id, "report.json")))
            asked = questions_without_gone(self.report(run.run_id, "questions.jsonl"), stands)
        except (ValueError, LookupError, TypeError, NotFoundError) as exc:
            log.warning("the report of %s cannot be read: %r", run.run_id, exc)
            return
        left = without_gone(report, stands)
        if left:
            self.write_report(run, left)
            self.write(run.run_id, "questions.jsonl", asked)

    def write_report(self, run: EvaluationRun, report: "Report") -> None:
        """Write the report of a run. Raises QAIndexError."""
        from qa.evaluation import to_html

        written = json.dumps(report.to_json(), ensure_ascii=False, indent=1)
        self.write(run.run_id, "report.json", written)
        title = " · ".join(filter(None, ("青问", run.collection, run.name)))
        self.write(run.run_id, "report.html", to_html(report, title=title))

    def keep(self, run: EvaluationRun) -> None:
        """Write what a run is. Raises QAIndexError."""
        self.write(run.run_id, "run.json", json.dumps(asdict(run), ensure_ascii=False))

    def write(self, folder: str, name: str, text: str) -> None:
        """Write one file of a run. Raises QAIndexError."""
        path = self.folder / folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text)
        except OSError as exc:
            raise QAIndexError(f"{path.parent} cannot be written ({exc.strerror}) / 写不进去") from exc

    def drop(self, run_id: str) -> None:
        """Delete what is kept of a run."""
        shutil.rmtree(self.folder / run_id, ignore_errors=True)

    def _file(self, name: str) -> Path:
        if name not in self.files():
            raise NotFoundError(f"there is no question file {name[:80]!r} / 没有这份问题文件")
        return self.folder / "questions" / name

    def read(self, run_id: str) -> EvaluationRun | None:
        """A run as it was kept, None for what is none; one that nobody runs any more has failed."""
        try:
            values: dict[str, Any] = json.loads((self.folder / run_id / "run.json").read_bytes())
            run = EvaluationRun(**values)
        except (OSError, ValueError, TypeError):
            return None
        return replace(run, state="failed", reason=_INTERRUPTED) if run.state == "running" else run


def _difference(one: "Compared", texts: Mapping[str, str]) -> RunDifference:
    def named(ids: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple((query_id, texts.get(query_id, query_id)) for query_id in ids)

    change = one.difference
    return RunDifference(
        one.measure,
        change.n,
        named(one.wins),
        named(one.losses),
        change.value,
        change.low,
        change.high,
        one.p,
    )


def _file_name(name: str) -> str:
    """A name that any file system takes: _file_name("../问题 1.jsonl") == "问题 1.jsonl"."""
    bare = re.split(r"[/\\]", name)[-1].removesuffix(".jsonl")
    kept = re.sub(r"[^\w ()+-]", "_", bare).strip(" _")[:_LONGEST_NAME]
    return f"{kept or 'questions'}.jsonl"
