"""Every readable text file below a folder, and a reason for each that is not."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.corpus.headings import sections
from qa.corpus.metadata import CATALOGUE, read_catalogue, stated, title_of
from qa.corpus.reading import read_text
from qa.errors import CorpusError
from qa.types import Document, Skipped

SUFFIX = ".txt"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents in the order of ``doc_id``, and the files that could not become one."""

    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...]


def read_folder(folder: Path) -> Corpus:
    """Read every ``.txt`` below ``folder``. A bad file is reported and the others are read.

    Raises CorpusError when ``folder`` is not one, or its ``documents.toml`` is wrong.
    """
    catalogue = read_catalogue(_existing(folder))
    documents: list[Document] = []
    skipped: list[Skipped] = []
    for doc_id, path in _files(folder):
        try:
            _named(doc_id)
            _inside(folder, path)
            documents.append(make_document(doc_id, read_text(path), catalogue.get(doc_id, {})))
        except CorpusError as exc:
            skipped.append(Skipped(doc_id.encode("utf-8", "replace").decode(), str(exc)))
    read = {doc_id for doc_id, _ in _files(folder)}
    skipped += [
        Skipped(name, f"{CATALOGUE} names it, but it is not there") for name in catalogue if name not in read
    ]
    return Corpus(tuple(documents), tuple(skipped))


def make_document(doc_id: str, text: str, fields: Mapping[str, str]) -> Document:
    """Make the document: a field that a person wrote in the catalogue stands, the rest is read."""
    parts = sections(text)
    date, source = stated(text)
    return Document(
        doc_id=doc_id,
        title=fields.get("title") or title_of(text, parts, Path(doc_id).stem),
        date=fields.get("date") or date,
        source=fields.get("source") or source,
        text=text,
        sections=parts,
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
        raise CorpusError(f"{folder} is not a folder; name a folder that holds {SUFFIX} files")
    return folder


def _files(folder: Path) -> list[tuple[str, Path]]:
    found = [path for path in folder.rglob("*") if path.suffix.lower() == SUFFIX and not path.is_dir()]
    return sorted((path.relative_to(folder).as_posix(), path) for path in found)


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
    if not leads_to.is_relative_to(folder.resolve()):
        raise CorpusError("the link leads out of the folder; put a copy of the file there instead")
