"""Every readable file below a folder, and a reason for each that is not."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.corpus.headings import sections
from qa.corpus.metadata import CATALOGUE, read_catalogue, stated, title_of
from qa.corpus.readers import HARMLESS, LARGEST, LARGEST_TEXT, read_parts, suffix_of, unconverted
from qa.corpus.reading import Read, bytes_of
from qa.corpus.worker import Worker
from qa.errors import CorpusError
from qa.types import Document, Skipped

_TABLES = frozenset({"xlsx", "csv", "tsv"})
_INDEX = re.compile(r"(?:^|/)\d{8}T\d{6}-[0-9a-f]{8}/")
"""The folder of an index: one that is kept below its own documents is none of them."""
_MOST_ALIKE = 20
"""Files skipped for one reason that are told one by one."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents in the order of ``doc_id``, and the files that could not become one."""

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...]


def read_folder(folder: Path) -> Corpus:
    """Read every file below ``folder`` that is of a known format. A bad one is reported, the others are read.

    Raises CorpusError when ``folder`` is not one, or its ``documents.toml`` is wrong.
    """
    catalogue = read_catalogue(_existing(folder))
    documents: list[Document] = []
    skipped: list[Skipped] = []
    files = _files(folder)
    inside = folder.resolve()
    with Worker() as worker:
        for doc_id, path in files:
            try:
                _named(doc_id)
                _inside(inside, path)
                for end, part in _parts(path, worker):
                    name = doc_id + end
                    if isinstance(part, str):
                        skipped.append(Skipped(name, part))
                    else:
                        documents.append(document_of(name, part, catalogue.get(name, {}), suffix_of(path)))
                        skipped += [Skipped(name, note) for note in part.notes]
            except CorpusError as exc:
                skipped.append(Skipped(doc_id.encode("utf-8", "replace").decode(), str(exc)))
    read = {doc_id for doc_id, _ in files} | {document.doc_id for document in documents}
    skipped += [
        Skipped(name, f"{CATALOGUE} names it, but it is not there") for name in catalogue if name not in read
    ]
    return Corpus(tuple(documents), tuple(_summarised(skipped)))


def _parts(path: Path, worker: Worker) -> Iterable[tuple[str, Read | str]]:
    suffix = suffix_of(path)
    if reason := unconverted(suffix):
        raise CorpusError(reason)
    data = bytes_of(path, LARGEST.get(suffix, LARGEST_TEXT))
    return read_parts(suffix, data) if suffix in HARMLESS else worker.read(suffix, data)


def make_document(doc_id: str, text: str, fields: Mapping[str, str]) -> Document:
    """Make the document of a plain text; see ``document_of``."""
    return document_of(doc_id, Read(text), fields)


def document_of(doc_id: str, read: Read, fields: Mapping[str, str], suffix: str = ".txt") -> Document:
    """Make the document: a field that a person wrote in the catalogue stands, the rest is read."""
    parts = sections(read.text, read.annotations)
    date, source = stated(read.text)
    form = suffix.removeprefix(".")
    name = Path(doc_id).stem
    return Document(
        doc_id=doc_id,
        title=fields.get("title")
        or read.title
        or (name if form in _TABLES else title_of(read.text, parts, name)),
        date=fields.get("date") or read.date or date,
        source=fields.get("source") or read.source or source,
        text=read.text,
        sections=parts,
        format=form,
        encoding=read.encoding,
        annotations=read.annotations,
    )


def folder_state(folder: Path) -> str:
    """Return a fingerprint that changes when a file is added, removed or written.

    Made from names, sizes and times of writing: no file is read. Raises CorpusError.
    """
    digest = hashlib.sha256()
    paths = [path for _, path in _files(_existing(folder))]
    for path in [*paths, folder / CATALOGUE]:
        try:
            status = path.stat()
        except OSError:
            continue
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise CorpusError(f"{folder} is not a folder; name a folder that holds documents")
    return folder


def _files(folder: Path) -> list[tuple[str, Path]]:
    found = [path for path in folder.rglob("*") if suffix_of(path) and not path.is_dir()]
    names = ((path.relative_to(folder).as_posix(), path) for path in found)
    return sorted((name, path) for name, path in names if not _INDEX.search(name))


def _named(doc_id: str) -> None:
    try:
        doc_id.encode("utf-8")
    except UnicodeEncodeError as exc:
        raise CorpusError("the file's name is not UTF-8; rename it") from exc


def _inside(folder: Path, path: Path) -> None:
    try:
        leads_to = path.resolve()
    except (OSError, RuntimeError) as exc:  # Python before 3.13 raises RuntimeError for a link to itself
        raise CorpusError("the link leads nowhere; put a copy of the file there instead") from exc
    if not leads_to.is_relative_to(folder):
        raise CorpusError("the link leads out of the folder; put a copy of the file there instead")


def _summarised(skipped: Iterable[Skipped]) -> Iterator[Skipped]:
    """The files in their order; of many with one reason the first, and then how many more there are."""
    alike: dict[str, list[str]] = {}
    for file in skipped:
        alike.setdefault(file.reason, []).append(file.doc_id)
        if len(alike[file.reason]) <= _MOST_ALIKE:
            yield file
    for reason, names in alike.items():
        if more := names[_MOST_ALIKE:]:
            yield Skipped(more[0], f"and {len(more) - 1:,} more files like it, to {more[-1]}: {reason}")
