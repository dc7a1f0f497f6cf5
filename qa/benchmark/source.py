"""Where texts and questions come from: the folder of the settings, or a collection."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.benchmark.clauses import Clause, read_clauses
from qa.corpus import Corpus, read_folder
from qa.passages import split
from qa.text import plain
from qa.types import Document, Passage

ENDINGS = (
    "是什么",
    "有哪些",
    "怎么样",
    "是怎么做的",
    "的情况如何",
    "是谁负责的",
    "什么时候开始",
    "为什么重要",
)
"""What makes a question of a clause."""
LONGEST_ASKED = 30
"""Characters of a clause that is asked about: nobody types a paragraph."""


@dataclass(frozen=True, slots=True)
class Source:
    """Documents, and the questions that come with them, if any."""

    corpus: Corpus
    queries: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """Those of the corpus."""
        return self.corpus.documents


def read_source(folder: Path, beir: Path | None = None) -> Source:
    """The collection ``beir`` if one is named, else the folder. Raises EvaluationError, CorpusError."""
    if beir is None:
        return Source(read_folder(folder))
    from qa.evaluation import read_beir

    collection = read_beir(beir)
    return Source(Corpus(collection.documents, ()), tuple(text for _, text in collection.queries))


def questions(source: Source, wanted: int) -> list[str]:
    """At most ``wanted`` different questions: those of the collection, then some made from the texts.

    The same source gives the same questions, the fewer of two numbers the beginning of the other.
    Raises EvaluationError when the texts are too few to make any.
    """
    found = dict.fromkeys(query.strip() for query in source.queries if query.strip())
    for made in _made(read_clauses(source.documents) if len(found) < wanted else ()):
        if len(found) >= wanted:
            break
        found.setdefault(made)
    return list(found)[:wanted]


def _made(clauses: Sequence[Clause]) -> Iterator[str]:
    """Every clause with the first ending, then every clause with the second; neighbours are far apart."""
    asked = [plain(clause.body) for clause in clauses if len(clause.body) <= LONGEST_ASKED]
    scattered = [clause for start in range(_STRIDE) for clause in asked[start::_STRIDE]]
    for ending in ENDINGS:
        yield from (f"{clause}{ending}" for clause in scattered)


_STRIDE = 17


def passage_text(passage: Passage) -> str:
    """A passage as the index encodes it: its heading, then its words."""
    return plain(f"{passage.heading}\n{passage.text}")


def passage_texts(documents: Sequence[Document]) -> list[str]:
    """Every passage as the index encodes it."""
    return [passage_text(passage) for document in documents for passage in split(document)]


def sentence_texts(documents: Sequence[Document]) -> list[str]:
    """Every sentence as the index encodes it."""
    return [
        plain(document.text[slice(*span)])
        for document in documents
        for passage in split(document)
        for span in passage.sentences
    ]


def evenly(texts: Sequence[str], most: int) -> list[str]:
    """At most ``most`` of ``texts``, evenly spread: evenly(["a", "b", "c", "d"], 2) == ["a", "c"]."""
    if len(texts) <= most:
        return list(texts)
    return [texts[i * len(texts) // most] for i in range(most)]
