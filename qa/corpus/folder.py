"""Every readable file below a folder, and a reason for each that is not."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from qa.corpus.headings import sections
from qa.corpus.metadata import title_of
from qa.corpus.official import official_of, official_title
from qa.corpus.readers import HARMLESS, LARGEST, LARGEST_TEXT, read_parts, suffix_of, unconverted
from qa.corpus.reading import Read, bytes_of
from qa.corpus.stated import stated
from qa.corpus.worker import Worker
from qa.errors import CorpusError
from qa.types import Document, Skipped

_TABLES = frozenset({"xlsx", "csv", "tsv"})
_INDEX = re.compile(r"(?:^|/)\d{8}T\d{6}-[0-9a-f]{8}/")
"""The folder of an index: one that is kept below its own documents is none of them."""
_MOST_ALIKE = 20
"""Files skipped for one reason that are told one by one."""


Rows = Mapping[str, Mapping[str, str]]
"""What ``documents.toml`` says, by the name of the document."""


def read_file(worker: Worker, folder: Path, path: Path, rows: Rows) -> tuple[list[Document], list[Skipped]]:
    """Read the documents of one file of ``folder``, and tell why some or all of them could not be read."""
    doc_id = path.relative_to(folder).as_posix()
    documents: list[Document] = []
    skipped: list[Skipped] = []
    try:
        _named(doc_id)
        _inside(folder.resolve(), path)
        for end, part in _parts(path, worker):
            name = doc_id + end
            if isinstance(part, str):
                skipped.append(Skipped(name, part))
            else:
                documents.append(document_of(name, part, rows.get(name, {}), suffix_of(path)))
                skipped += [Skipped(name, note) for note in part.notes]
    except CorpusError as exc:
        skipped.append(Skipped(doc_id.encode("utf-8", "replace").decode(), str(exc)))
    return documents, skipped


def _parts(path: Path, worker: Worker) -> Iterable[tuple[str, Read | str]]:
    suffix = suffix_of(path)
    if reason := unconverted(suffix):
        raise CorpusError(reason)
    data = bytes_of(path, largest(path))
    return read_parts(suffix, data) if suffix in HARMLESS else worker.read(suffix, data)


def largest(path: Path) -> int:
    """Return the bytes that a file of this name may have."""
    return LARGEST.get(suffix_of(path), LARGEST_TEXT)


def make_document(doc_id: str, text: str, fields: Mapping[str, str]) -> Document:
    """Make the document of a plain text; see ``document_of``."""
    return document_of(doc_id, Read(text), fields)


def document_of(doc_id: str, read: Read, fields: Mapping[str, str], suffix: str = ".txt") -> Document:
    """Make the document: a field that a person wrote in the catalogue stands, the rest is read."""
    parts = sections(read.text, read.annotations)
    date, source = stated(read.text)
    form = suffix.removeprefix(".")
    name = Path(doc_id).stem
    title = name if form in _TABLES else official_title(read.text) or title_of(read.text, parts, name)
    return Document(
        doc_id=doc_id,
        title=fields.get("title") or read.title or title,
        date=fields.get("date") or read.date or date,
        source=fields.get("source") or read.source or source,
        text=read.text,
        sections=parts,
        format=form,
        encoding=read.encoding,
        official=official_of(read.text),
        annotations=read.annotations,
    )


def existing(folder: Path) -> Path:
    """Return ``folder`` when it is one. Raises CorpusError."""
    if not folder.is_dir():
        raise CorpusError(f"{folder} is not a folder; name a folder that holds documents")
    return folder


def files(folder: Path) -> tuple[list[tuple[str, Path]], list[Skipped]]:
    """Return name and path of every file that is read or reported, by name, and folders that stay closed.

    Links to folders are not followed. Raises CorpusError when ``folder`` itself cannot be listed.
    """
    found: list[tuple[str, Path]] = []
    closed: list[Skipped] = []

    def on_error(exc: OSError) -> None:
        path = Path(exc.filename)
        if path == folder:
            raise CorpusError(f"{folder} cannot be listed ({exc.strerror}); allow reading it") from exc
        name = path.relative_to(folder).as_posix().encode("utf-8", "replace").decode()
        reason = f"the folder cannot be listed ({exc.strerror}); allow reading it / 文件夹无法打开,请检查权限"
        closed.append(Skipped(f"{name}/", reason))

    for place, _, names in os.walk(folder, onerror=on_error):
        paths = (Path(place, name) for name in names)
        found += ((path.relative_to(folder).as_posix(), path) for path in paths if suffix_of(path))
    return sorted((name, path) for name, path in found if not _INDEX.search(name)), closed


def named(folder: Path, names: Iterable[str]) -> list[tuple[str, Path]]:
    """Return those of these names that ``files`` would, with their paths; nothing is listed."""
    found = [(name, folder / name) for name in sorted(set(names))]
    return [(name, path) for name, path in found if _listed(folder, path) and not _INDEX.search(name)]


def _listed(folder: Path, path: Path) -> bool:
    """Whether a listing of the folder names it: links to folders are not followed."""
    try:
        inside = path.relative_to(folder).parents
        linked = any((folder / above).is_symlink() for above in list(inside)[:-1])
        return bool(suffix_of(path)) and os.path.lexists(path) and not path.is_dir() and not linked
    except (OSError, ValueError):
        return False


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


def summarised(skipped: Iterable[Skipped]) -> Iterator[Skipped]:
    """The files in their order; of many with one reason the first, and then how many more there are."""
    alike: dict[str, list[str]] = {}
    for file in skipped:
        alike.setdefault(file.reason, []).append(file.doc_id)
        if len(alike[file.reason]) <= _MOST_ALIKE:
            yield file
    for reason, names in alike.items():
        if more := names[_MOST_ALIKE:]:
            yield Skipped(more[0], f"and {len(more) - 1:,} more files like it, to {more[-1]}: {reason}")
