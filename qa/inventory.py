"""What a folder holds, as a person looks through it: documents, skipped files, and files in a job."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from qa.generation import Index
from qa.scope import status_of
from qa.text import fold
from qa.types import Job

PER_PAGE = 50
FileKind = Literal["indexed", "skipped", "waiting", "running"]
"""What is the case with a document: ``waiting`` and ``running`` are states of a job that is about it."""
_ACTIVE: Mapping[str, FileKind] = {"waiting": "waiting", "running": "running"}


class Listed(NamedTuple):
    """A document or file of the folder: ``standing`` as ``Official.status``, ``reason`` why it was skipped.

    ``removable`` is whether a file of that name is there, which other documents do not come from.
    """

    doc_id: str
    title: str
    state: FileKind = "indexed"
    date: str = ""
    source: str = ""
    format: str = ""
    number: str = ""
    passages: int = 0
    standing: str = ""
    reason: str = ""
    removable: bool = True


@dataclass(frozen=True, slots=True)
class Browse:
    """Which part of the list: what holds all ``words``, of one ``state`` (or standing), in an ``order``."""

    words: str = ""
    state: str = ""
    order: str = "name"
    descending: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the list; ``counts`` are of the whole list, by state, ``total`` of what was asked for."""

    rows: tuple[Listed, ...]
    total: int
    page: int = 1
    pages: int = 1
    counts: Mapping[str, int] = field(default_factory=dict)
    version: str = ""


ORDERS: Mapping[str, Callable[[Listed], tuple[str | int, ...]]] = {
    "name": lambda row: (row.doc_id,),
    "title": lambda row: (row.title, row.doc_id),
    "date": lambda row: (row.date, row.doc_id),
    "source": lambda row: (row.source, row.doc_id),
    "format": lambda row: (row.format, row.doc_id),
    "passages": lambda row: (row.passages, row.doc_id),
}
STATES: Mapping[str, Callable[[Listed], bool]] = {
    "indexed": lambda row: row.state == "indexed",
    "skipped": lambda row: row.state == "skipped",
    "working": lambda row: row.state in _ACTIVE,
    "current": lambda row: row.standing == "current",
    "ended": lambda row: row.standing in ("repealed", "superseded"),
}


def inventory(index: Index) -> tuple[Listed, ...]:
    """Every document of an index and every file that was skipped, in no order."""
    return (*_documents(index), *_skipped(index))


def _documents(index: Index) -> Iterator[Listed]:
    paths = index.files.paths()
    for held in index.held:
        entries, counts = held.segment.documents.entries, held.segment.passages.counts.tolist()
        for number in held.documents.numbers():
            entry = entries[number]
            yield Listed(
                entry.doc_id,
                entry.title,
                date=entry.date,
                source=entry.source,
                format=entry.format,
                number=entry.number,
                passages=counts[number],
                standing=status_of(index, entry),
                removable=entry.doc_id in paths,
            )


def _skipped(index: Index) -> Iterator[Listed]:
    paths = index.files.paths()
    for file in index.skipped:
        name = file.doc_id.rpartition("/")[2]
        suffix = name.rpartition(".")[2].lower() if "." in name else ""
        yield Listed(
            file.doc_id,
            name,
            "skipped",
            format=suffix,
            reason=file.reason,
            removable=file.doc_id in paths,
        )


def sheet(rows: Sequence[Listed], jobs: Iterable[Job], browse: Browse, version: str = "") -> Sheet:
    """The page of ``rows`` that ``browse`` asks for; what an active job is about says so.

    What is no order, state or page is taken as the nearest that there is: it comes from a browser.
    """
    whole = _with_jobs(rows, jobs)
    fits = STATES.get(browse.state)
    words = fold(browse.words).split()
    found = [
        row for row in whole if (fits is None or fits(row)) and all(word in _said(row) for word in words)
    ]
    order = ORDERS[browse.order if browse.order in ORDERS else "name"]
    found.sort(key=order, reverse=browse.descending)
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(browse.page, 1), pages)
    shown = tuple(found[(page - 1) * PER_PAGE : page * PER_PAGE])
    counts = Counter[str](row.state for row in whole)
    return Sheet(shown, len(found), page, pages, dict(counts), version)


def _with_jobs(rows: Sequence[Listed], jobs: Iterable[Job]) -> Sequence[Listed]:
    busy = {name: _ACTIVE[job.state] for job in jobs if job.state in _ACTIVE for name in job.files}
    if not busy:
        return rows
    known = [row._replace(state=busy[row.doc_id]) if row.doc_id in busy else row for row in rows]
    arriving = busy.keys() - {row.doc_id for row in rows}
    fresh = [Listed(name, name, busy[name], removable=False) for name in sorted(arriving)]
    return [*known, *fresh]


def _said(row: Listed) -> str:
    return fold("\n".join((row.title, row.doc_id, row.source, row.date, row.number, row.reason)))
