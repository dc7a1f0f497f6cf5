"""The values that flow through the package: frozen, made in one room, changed in none.

Every offset is a Python string index into :attr:`Document.text` exactly as it was read;
``end`` is exclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["answered", "partial", "conflict", "not_found"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Section:
    """The part of a document under one heading; ``heading`` is the whole trail, outermost first."""

    heading: str
    speaker: str
    office: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the folder, read without changing a character.

    ``doc_id`` is the path below the folder with forward slashes. ``date`` is ISO 8601, possibly
    only ``YYYY`` or ``YYYY-MM``; ``date`` and ``source`` are empty when nothing states them.
    """

    doc_id: str
    title: str
    date: str
    source: str
    text: str
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not indexed, and why, in words for a person."""

    doc_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Passage:
    """An indexed span: ``document.text[start:end] == text``; ``sentences`` are spans of the document."""

    doc_id: str
    start: int
    end: int
    text: str
    heading: str
    sentences: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage by its position in the index, and a score (higher is better)."""

    position: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: ``rank`` counts from 1, ``scores`` holds what each searcher said of it.

    ``agrees_with`` lists the ranks of hits from other documents that report the same thing.
    ``sentence_scores`` holds the cosine of each sentence of the passage with the query.
    """

    passage: Passage
    score: float
    rank: int
    scores: Mapping[str, float] = field(default_factory=dict)
    title: str = ""
    date: str = ""
    agrees_with: tuple[int, ...] = ()
    sentence_scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation; ``answer`` may be empty."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """What an ``[n]`` of the answer stands on: ``document.text[start:end] == quote``."""

    number: int
    doc_id: str
    title: str
    date: str
    heading: str
    start: int
    end: int
    quote: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents say. No citations if and only if ``status`` is ``not_found``.

    Every ``[n]`` in ``text`` has a citation and the reverse. ``query`` is the question that was
    searched (a follow-up is rewritten to stand alone). ``confidence`` is the
    probability that the answer is right.
    ``nearest`` is filled for ``not_found`` only: passages that are *not* an answer. ``short_answer`` is
    the part of citation ``short_answer.number`` that answers by itself, where there is one such part.
    """

    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    short_answer: Citation | None = None
    nearest: tuple[Hit, ...] = ()
    query: str = ""
    confidence: float = 0.0
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    index_version: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits best first, the query that was searched, and how long each step took."""

    query: str
    hits: tuple[Hit, ...]
    timings_ms: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of long work: ``done`` of ``total`` things of ``stage``."""

    stage: str
    done: int
    total: int
