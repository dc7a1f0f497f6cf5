"""The clauses of real texts: what synthetic corpora are put together from, and taken apart into again."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.errors import EvaluationError
from qa.text import clauses, is_furniture, plain, sentences
from qa.types import Document

SHORTEST, LONGEST = 4, 60
"""Characters of a clause that is used."""
MOST = 60_000
"""Clauses that are used of a large source, taken evenly: each must be encoded once."""
FEWEST = 10
"""Different sentences without which texts would only repeat themselves."""

_MARKS = re.compile(r"[\s，,；;：:。！？!?…”’」』》〉)）】〕\"']+$")
_BEGINS = re.compile(r"[\u3400-\u9fff]")
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Clause:
    """``body`` without the ``mark`` at its end; ``sentence`` numbers the real sentence it stood in."""

    body: str
    mark: str
    sentence: int


def read_clauses(documents: Iterable[Document], *, most: int = MOST) -> list[Clause]:
    """The different usable clauses in the order of the texts. Raises EvaluationError when there are too few.

    Usable is what keeps its ends wherever it is put: it begins with a Chinese character, holds no
    blank or mark that ends a clause, and is not page furniture.
    """
    found: dict[str, Clause] = {}
    for number, sentence in enumerate(_sentences(documents)):
        for start, end in clauses(sentence, (0, len(sentence))):
            whole = sentence[start:end]
            body = _MARKS.sub("", whole)
            if _usable(body):
                found.setdefault(plain(body), Clause(body, whole[len(body) :].strip(), number))
    usable = list(found.values())
    if len({clause.sentence for clause in usable}) < FEWEST:
        raise EvaluationError(
            f"only {len(usable)} clauses of Chinese text were found, those of {FEWEST} sentences are wanted;"
            " name a larger --folder, or a collection with --beir"
        )
    return [usable[i * len(usable) // most] for i in range(most)] if len(usable) > most else usable


def clause_counts(documents: Iterable[Document], *, most: int) -> list[int]:
    """How many clauses each real sentence has, at most ``most``: what synthetic lengths are drawn from."""
    return [min(most, len(clauses(text, (0, len(text))))) for text in _sentences(documents)]


def bodies(text: str) -> list[str]:
    """The clauses of a text as an encoder sees it, without their marks: bodies("甲,乙。") == ["甲", "乙"]."""
    return [_MARKS.sub("", text[slice(*span)]) for span in clauses(text, (0, len(text)))]


def _sentences(documents: Iterable[Document]) -> Iterator[str]:
    for document in documents:
        for start, end in sentences(document.text, (0, len(document.text))):
            yield document.text[start:end]


def _usable(body: str) -> bool:
    key = plain(body)
    return (
        SHORTEST <= len(body) <= LONGEST
        and bool(_BEGINS.match(key))
        and not _BLANK.search(body)
        and bodies(f"{key},") == [key]
        and not is_furniture(body)
    )
