"""The values that flow through the package: frozen, made in one room, changed in none.

Every offset is an index into :attr:`Document.text` exactly as it was read; ``end`` is exclusive.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

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
class Annotation:
    """What a reader saw of a span of the text, beside the text (standoff markup).

    ========= ============================================================================
    kind      values
    ========= ============================================================================
    heading   level from 1
    item      level from 1 of a list item
    paragraph none; its end is the end of a sentence, a line break within it is not
    table     rows, columns, how many of the rows are headers; a row is a line of the text
    cell      row from 0, column from 0; lies within a table
    page      number from 1, width and height in points; of a PDF, or a slide's or sheet's number
    line      page, left, top, right, bottom in points from the page's top left corner
    ========= ============================================================================
    """

    kind: str
    start: int
    end: int
    values: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Official:
    """What the head and tail of an official document state; empty where they do not.

    ``number`` is the document number (发文字号), ``effective`` the day from which it applies, ISO 8601.
    ``status`` is ``current``, ``repealed`` or ``superseded``; ``superseded_by`` a number or title.
    """

    number: str = ""
    issuer: str = ""
    recipients: str = ""
    attachments: tuple[str, ...] = ()
    effective: str = ""
    repeals: tuple[str, ...] = ()
    status: str = ""
    superseded_by: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the folder; ``text`` is what its reader saw, to the character.

    ``doc_id`` is the path below the folder with forward slashes. ``date`` is ISO 8601, possibly
    only ``YYYY`` or ``YYYY-MM``; ``date`` and ``source`` are empty when nothing states them.
    ``format`` is the file's suffix without its dot, ``encoding`` that of a text file. ``annotations``
    may be read from the index only when they are looked at.
    """

    doc_id: str
    title: str
    date: str
    source: str
    text: str
    sections: tuple[Section, ...] = ()
    format: str = "txt"
    encoding: str = ""
    official: Official = Official()
    annotations: Sequence[Annotation] = ()


class Entry(NamedTuple):
    """A document without its text, of ``characters``; number and status as in ``Official``."""

    doc_id: str
    title: str
    date: str
    source: str
    characters: int
    format: str = "txt"
    number: str = ""
    status: str = ""


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
class Filter:
    """Which documents are searched: all that one of each list fits; an empty list asks for nothing.

    ``doc_ids`` name documents, or folders with a slash at the end; ``formats`` suffixes without the dot;
    ``numbers`` document numbers in any writing; ``issuers`` whole names; a part is enough of ``recipients``
    and ``attachments``. Dates are as in ``Document``; a document without one is not between dates.
    """

    doc_ids: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    date_from: str = ""
    date_to: str = ""


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

    Every ``[n]`` in ``text`` has a citation and the reverse. ``query`` is the question as it was searched,
    ``confidence`` the probability that the answer is right. ``nearest``, for ``not_found`` only, are *not*
    an answer. ``short_answer`` is the part of citation ``short_answer.number`` that answers by itself.
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


JobState = Literal["waiting", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Job:
    """Work on the index: ``done`` of ``total`` things of ``stage``; ``files`` are those that it is about.

    ``kind`` is ``upload`` or ``index``, times are ISO 8601, empty before they come. ``reason`` says why it
    failed, ``skipped`` which of its files could not be read and why.
    """

    job_id: str
    kind: str
    state: JobState = "waiting"
    files: tuple[str, ...] = ()
    stage: str = ""
    done: int = 0
    total: int = 0
    created: str = ""
    ended: str = ""
    reason: str = ""
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of long work: ``done`` of ``total`` things of ``stage``."""

    stage: str
    done: int
    total: int
