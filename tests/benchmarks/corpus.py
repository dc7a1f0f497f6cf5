"""A folder as passages that every system is given alike, and questions made from its own words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.corpus import read_folder
from qa.passages import split
from qa.text import plain
from qa.types import Passage
from tests.benchmarks.child import Corpus

SHORTEST, LONGEST = 4, 40
"""Characters of what is asked for: people ask for neither a letter nor a paragraph."""

_CLAUSE_END = re.compile(r"[,，。;；:：!！?？、\n]")


@dataclass(frozen=True, slots=True)
class Part:
    """One document: its text, its passages as ours encodes them, and the things it could be asked for."""

    doc_id: str
    text: str
    passages: tuple[str, ...]
    names: tuple[str, ...]


def passage_text(passage: Passage) -> str:
    """What our own index encodes of a passage: the heading, then the words."""
    return plain(f"{passage.heading}\n{passage.text}")


def read_parts(folder: Path) -> list[Part]:
    """Read and split the documents of ``folder`` as our own index does. Raises CorpusError."""
    parts = []
    for document in read_folder(folder).documents:
        passages = split(document)
        names = [plain(passage.heading) for passage in passages]
        names += [plain(document.text[slice(*span)]) for passage in passages for span in passage.sentences]
        texts = tuple(map(passage_text, passages))
        parts.append(Part(document.doc_id, document.text, texts, tuple(names)))
    return parts


def first_parts(parts: Sequence[Part], size: int | None) -> list[Part]:
    """The fewest whole documents, from the first, that hold at least ``size`` passages; else all."""
    taken: list[Part] = []
    held = 0
    for part in parts:
        if size is not None and held >= size:
            break
        taken.append(part)
        held += len(part.passages)
    return taken


def make_corpus(parts: Sequence[Part]) -> Corpus:
    """The documents, and all their passages in order."""
    return Corpus({part.doc_id: part.text for part in parts}, [p for part in parts for p in part.passages])


def make_questions(names: Iterable[str], count: int) -> list[str]:
    """At most ``count`` distinct questions, one a first clause, taken evenly.

    make_questions(["镜湖防汛,今年"], 9) == ["镜湖防汛是什么"]
    """
    clauses = (_CLAUSE_END.split(name)[0].strip() for name in names)
    asked = list(dict.fromkeys(f"{c}是什么" for c in clauses if SHORTEST <= len(c) <= LONGEST))
    count = min(count, len(asked))
    return [asked[i * len(asked) // count] for i in range(count)]
