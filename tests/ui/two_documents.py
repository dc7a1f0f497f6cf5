"""A service over two tiny documents, for tests of the page: answers are written here, not found."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from qa import (
    Answer,
    Browse,
    Citation,
    Document,
    Entry,
    Hit,
    Listed,
    Section,
    Service,
    Settings,
    Sheet,
    Turn,
)
from qa.errors import InvalidInputError, NotFoundError, NotReadyError
from qa.protocols import EVERYTHING
from qa.types import Filter, Passage

FILLER = "".join(f"第{number}年的工作照常进行,没有需要记录的事情。\n\n" for number in range(1, 60))
PARK_TEXT = (
    f"公园管理处年度报告\n\n{FILLER}二、花卉展览安排\n\n"
    "𠮷野樱在三月下旬开放,\n荷花在七月开放。<b>园内</b> & 园外都能看到。\n"
)
FLOWERS = PARK_TEXT.index("二、花卉")
PARK = Document(
    doc_id="park.txt",
    title="公园管理处年度报告",
    date="2024-03-01",
    source="公园管理处",
    text=PARK_TEXT,
    sections=(Section("公园管理处年度报告 › 二、花卉展览安排", "", "", FLOWERS, len(PARK_TEXT)),),
)
NOTES = Document(
    doc_id="sub/notes.txt",
    title='工作笔记<script>alert("x")</script>',
    date="",
    source="",
    text="荷花在八月开放。\n公园有五个入口。\n",
)
ACROSS_LINES = "开放,\n荷花在七月开放"


def cite(number: int, document: Document, quote: str) -> Citation:
    """A citation of the first place where a document says ``quote``."""
    start = document.text.index(quote)
    heading = document.sections[0].heading if document.sections else ""
    title, date = document.title, document.date
    return Citation(number, document.doc_id, title, date, heading, start, start + len(quote), quote, 1.0)


def near(rank: int, document: Document, words: str) -> Hit:
    """A passage that is not an answer."""
    start = document.text.index(words)
    passage = Passage(document.doc_id, start, start + len(words), words, "")
    return Hit(passage, 0.1, rank, title=document.title, date=document.date)


ANSWERS = {
    "樱花什么时候开": Answer(
        "answered",
        "𠮷野樱在三月下旬开放。[1]",
        (cite(1, PARK, "𠮷野樱在三月下旬开放"),),
        query="樱花什么时候开",
    ),
    "那荷花呢": Answer(
        "conflict",
        "七月开放[1]\n八月开放[2]",
        (cite(1, PARK, ACROSS_LINES), cite(2, NOTES, "荷花在八月开放")),
        query="荷花什么时候开",
    ),
    "园内有什么": Answer("partial", "园内外都能看到[1]。", (cite(1, PARK, "<b>园内</b> & 园外都能看到"),)),
}
NEAREST = (near(1, NOTES, "公园有五个入口。"), near(2, PARK, "荷花在七月开放。"))


class TwoDocuments(Service):
    """Answers three questions and no other; remembers what history it was given."""

    def __init__(self) -> None:
        self.place = TemporaryDirectory(prefix="qingwen-", ignore_cleanup_errors=True)
        super().__init__(Settings(vectors=Path(self.place.name)))
        self.is_ready = True
        self.reason = ""
        self.heard: list[tuple[Turn, ...]] = []
        self.asked: list[Filter] = []

    @property
    def ready(self) -> bool:
        return self.is_ready

    @property
    def failure(self) -> str:
        return self.reason

    def forget_gone(self, since: str | None = None) -> None:
        """Nothing that is kept quotes what is gone."""

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), k: int = 5, wanted: Filter = EVERYTHING
    ) -> Answer:
        if not self.ready:
            raise NotReadyError("the index is still being prepared")
        if len(question) > 2000:
            raise InvalidInputError(f"the question has {len(question)} characters; at most 2000 are read")
        self.heard.append(tuple(history))
        self.asked.append(wanted)
        return ANSWERS.get(question, Answer("not_found", "", nearest=NEAREST, query=question))

    def entries(self, *, named: str = "") -> list[Entry]:
        return [
            Entry(one.doc_id, one.title, one.date, one.source, len(one.text))
            for one in self.documents()
            if named in one.title
        ]

    def documents(self) -> list[Document]:
        return [PARK, NOTES]

    def sheet(self, browse: Browse) -> Sheet:
        rows = [Listed(one.doc_id, one.title, date=one.date, source=one.source) for one in self.documents()]
        return Sheet(tuple(rows), len(rows), version="1")

    def document(self, doc_id: str) -> Document:
        for document in self.documents():
            if document.doc_id == doc_id:
                return document
        raise NotFoundError(f"no document is called {doc_id!r}")
