"""A library over two tiny documents: the verbs of the service, with answers anyone can check by eye."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from qa.answerer import Decision
from qa.config import Settings
from qa.errors import InvalidInputError, NotFoundError, NotReadyError
from qa.evaluations import Evaluations
from qa.feedback import Feedback
from qa.inspection import InspectedHit, Inspection, Vote
from qa.judgments import Judged, judged
from qa.projection import PassageMap, framed
from qa.protocols import EVERYTHING, OnProgress
from qa.types import (
    Answer,
    Citation,
    Document,
    Entry,
    Filter,
    Hit,
    Job,
    Passage,
    Progress,
    SearchResult,
    Section,
    Skipped,
    Turn,
)

LIBRARY_TEXT = "图书馆开放时间\n\n图书馆每天九点开门。\n[red]周一[/red]闭馆。\n"
POOL_TEXT = "游泳馆通知\n\n游泳馆六月一日开放。\n"
DOCUMENTS = (
    Document(
        "图书馆.txt", "图书馆开放时间", "2024-03", "市图书馆", LIBRARY_TEXT, (Section("", "", "", 0, 8),)
    ),
    Document("场馆/游泳馆.txt", "游泳馆通知", "2024-05-20", "", POOL_TEXT),
)
VERSION = "generation-1"
REFUSED = "?!"
TIMINGS = {"total": 1.5}


def passages(documents: Iterable[Document]) -> list[Passage]:
    """Every line with a sentence end is a passage."""
    found = []
    for document in documents:
        for line in document.text.splitlines():
            if line.endswith("。"):
                start = document.text.index(line)
                found.append(Passage(document.doc_id, start, start + len(line), line, document.title))
    return found


def shared(query: str, text: str) -> float:
    """How many different characters of the query the text has."""
    return float(len(set(query) & set(text) - set("。?")))


class Shelf:
    """Collections that hold nothing until something is uploaded."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.held: dict[str, TwoDocuments] = {}

    def names(self) -> list[str]:
        return sorted(self.held)

    def service(self, name: str) -> "TwoDocuments":
        if name not in self.held:
            raise NotFoundError(f"没有文件集 {name}。No such collection.")
        return self.held[name]

    def create(self, name: str) -> "TwoDocuments":
        if name in self.held:
            raise InvalidInputError(f"已有 {name}。It is there already.")
        self.held[name] = TwoDocuments(self.settings, [])
        self.held[name].open()
        return self.held[name]

    def remove(self, name: str) -> None:
        self.service(name)
        del self.held[name]


class TwoDocuments:
    """Finds passages by shared characters and answers with the best one, or not at all below two."""

    def __init__(self, settings: Settings, documents: Iterable[Document] = DOCUMENTS) -> None:
        self.settings = settings
        self.held = {document.doc_id: document for document in documents}
        self.files: dict[str, bytes] = {}
        self.is_ready = False
        self.reason = ""
        self.heard: list[tuple[Turn, ...]] = []
        self.begun: list[Job] = []
        self.purged = 0
        self.wanted: list[Filter] = []
        self.kept = tempfile.TemporaryDirectory(prefix="feedback-")
        self.feedback = Feedback(Path(self.kept.name), self.document)

    def prepare(self, *, on_progress: OnProgress | None = None, rebuild: bool = False) -> None:
        for done in range(len(self.held) + 1):
            if on_progress:
                on_progress(Progress("encode", done, len(self.held)))
        self.is_ready = True

    def open(self) -> None:
        self.is_ready = True

    @property
    def ready(self) -> bool:
        return self.is_ready

    @property
    def failure(self) -> str:
        return self.reason

    @property
    def index_version(self) -> str:
        return VERSION if self.is_ready else ""

    def search(
        self, query: str, *, k: int = 10, history: Sequence[Turn] = (), wanted: Filter = EVERYTHING
    ) -> SearchResult:
        self.wanted.append(wanted)
        self.check(query)
        self.heard.append(tuple(history))
        standalone = query + "".join(f"({turn.question})" for turn in history)
        return SearchResult(standalone, tuple(self.find(standalone, k)), TIMINGS)

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), k: int = 5, wanted: Filter = EVERYTHING
    ) -> Answer:
        result = self.search(question, k=k, history=history, wanted=wanted)
        best = result.hits[0] if result.hits else None
        facts: dict[str, Any] = {"query": result.query, "timings_ms": TIMINGS, "index_version": VERSION}
        if best is None or best.score < 2:
            return Answer("not_found", "文件中没有。", nearest=result.hits, **facts)
        passage = best.passage
        cited = Citation(
            number=1,
            doc_id=passage.doc_id,
            title=best.title,
            date=best.date,
            heading=passage.heading,
            start=passage.start,
            end=passage.end,
            quote=passage.text,
            score=best.score,
        )
        short = replace(cited, end=cited.start + 3, quote=passage.text[:3])
        return Answer("answered", passage.text + "[1]", (cited,), short, confidence=0.9, **facts)

    def inspect(
        self, question: str, *, history: Sequence[Turn] = (), wanted: Filter = EVERYTHING
    ) -> Inspection:
        answer = self.ask(question, history=history, wanted=wanted)
        votes = {"shared": Vote(2.0, 1, 0.5, 1.0), "other": Vote(None, None, -0.5, 1.0)}
        rows = [
            InspectedHit(hit, hit.rank, hit.score, votes, {"covers": (0.5, 2.0)}, ((0, 2),), (0.25, 0.75))
            for hit in self.find(answer.query, 10)
        ]
        decision = Decision(0.75, 0.5, -1.0, {"near": (0.5, 2.0)})
        drawn = PassageMap((), {}, {}, 0, 0.0, framed(np.eye(3, dtype=np.float32))[0])
        return Inspection(
            question, answer.query, (), tuple(rows), answer, decision, drawn, (0.5, 0.5), TIMINGS
        )

    @cached_property
    def evaluations(self) -> Evaluations:
        self.kept = TemporaryDirectory(prefix="evaluations-")
        return Evaluations(Path(self.kept.name), self)

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), k: int = 5, wanted: Filter = EVERYTHING
    ) -> Iterator[Answer]:
        answer = self.ask(question, history=history, k=k, wanted=wanted)
        yield replace(answer, text="", short_answer=None)
        yield answer

    def documents(self) -> list[Document]:
        self.check()
        return sorted(self.held.values(), key=lambda document: document.doc_id)

    def entries(self, *, named: str = "") -> list[Entry]:
        return [
            Entry(one.doc_id, one.title, one.date, one.source, len(one.text), one.format, status="current")
            for one in self.documents()
            if named in one.title
        ]

    def entry(self, doc_id: str) -> Entry:
        self.document(doc_id)
        return next(entry for entry in self.entries() if entry.doc_id == doc_id)

    def document(self, doc_id: str) -> Document:
        self.check()
        if doc_id not in self.held:
            raise NotFoundError(f"没有名为 {doc_id} 的文件。No document is called {doc_id}.")
        return self.held[doc_id]

    def original(self, doc_id: str) -> bytes:
        return self.files.get(doc_id, self.document(doc_id).text.encode())

    def skipped(self) -> list[Skipped]:
        return [Skipped("扫描件.txt", "the file is empty")]

    def upload(self, files: Sequence[tuple[str, bytes]], *, replace: bool = False) -> Job:
        self.held.update({name: Document(name, name, "", "", data.decode()) for name, data in files})
        return self.begin("upload", [name for name, _ in files])

    def remove(self, doc_id: str) -> str:
        if self.held.pop(doc_id, None) is None:
            raise NotFoundError(f"没有名为 {doc_id} 的文件。No document is called {doc_id}.")
        return self.index_version

    def forget_gone(self, since: str | None = None) -> None:
        """Nothing that is kept quotes what is gone."""

    def purge(self) -> str:
        self.purged += 1
        return self.index_version

    def describe(
        self, doc_id: str, *, title: str | None = None, date: str | None = None, source: str | None = None
    ) -> str:
        one = self.document(doc_id)
        said = [was if new is None else new for was, new in ((one.title, title), (one.date, date))]
        source = one.source if source is None else source
        self.held[doc_id] = replace(one, title=said[0], date=said[1], source=source)
        return self.index_version

    def reindex(self) -> Job:
        return self.begin("index", [])

    def begin(self, kind: str, files: Sequence[str]) -> Job:
        self.begun.append(Job(f"job{len(self.begun)}", kind, "running", tuple(files)))
        return self.begun[-1]

    def resume(self) -> None:
        self.begun = [replace(job, state="done") for job in self.begun]

    def jobs(self) -> Sequence[Job]:
        return self.begun[::-1]

    def job(self, job_id: str) -> Job:
        for job in self.begun:
            if job.job_id == job_id:
                return job
        raise NotFoundError(f"没有任务 {job_id}。No such job.")

    def changed_job(self, job: Job, seconds: float) -> Job:
        """One more thing is done each time; then the job is."""
        at = self.begun.index(job)
        self.begun[at] = replace(job, done=job.done + 1, total=2, state="done" if job.done else "running")
        return self.begun[at]

    def cancel(self, job_id: str) -> Job:
        at = self.begun.index(self.job(job_id))
        self.begun[at] = replace(self.begun[at], state="cancelled")
        return self.begun[at]

    def judged(self) -> Judged:
        return judged(self.feedback.all(), self.document)

    def legs(self) -> dict[str, Callable[[str, int], list[Hit]]]:
        return {"dense": self.find, "sparse": self.find, "hybrid": self.find}

    def self_test(self) -> list[tuple[str, bool, str]]:
        return [("keywords", "图书馆" in LIBRARY_TEXT, "图书馆 → 图书馆.txt")]

    @property
    def facts(self) -> Mapping[str, Any]:
        return {"documents": len(self.held), "built": "2024-03-01T08:00:00", "files": {}}

    @classmethod
    @contextmanager
    def over(
        cls, documents: Iterable[Document], settings: Settings, *, on_progress: OnProgress | None = None
    ) -> Iterator["TwoDocuments"]:
        library = cls(settings, documents)
        library.prepare(on_progress=on_progress)
        yield library

    def check(self, query: str = "") -> None:
        """Refuse before the library is open, and one question at any time."""
        if not self.is_ready:
            raise NotReadyError("还没有就绪。Not ready yet.")
        if query == REFUSED:
            raise InvalidInputError("问题里没有可以查找的字。The question has no words.")

    def find(self, query: str, k: int) -> list[Hit]:
        """Passages by shared characters, best first."""
        scored = [(shared(query, passage.text), passage) for passage in passages(self.held.values())]
        best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])[:k]
        return [
            replace(
                Hit(passage, score, rank, {"shared": score}),
                title=self.held[passage.doc_id].title,
                date=self.held[passage.doc_id].date,
            )
            for rank, (score, passage) in enumerate(best, start=1)
        ]
