"""Every readable text file below a folder, and a reason for each that is not."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from qa.corpus.headings import sections
from qa.corpus.metadata import CATALOGUE, stated, title_of
from qa.corpus.reading import read_text
from qa.errors import CorpusError
from qa.types import Document, Skipped

SUFFIX = ".txt"


def read_file(folder: Path, path: Path, fields: Mapping[str, str]) -> list[Document]:
    """Read the documents of one file of ``folder``; ``fields`` are what ``documents.toml`` says of it.

    Raises CorpusError with a reason for a person.
    """
    doc_id = path.relative_to(folder).as_posix()
    _named(doc_id)
    _inside(folder, path)
    return [make_document(doc_id, read_text(path), fields)]


def absent(catalogue: Iterable[str], found: Collection[str]) -> list[Skipped]:
    """Tell which files ``documents.toml`` names that are not among those ``found``."""
    return [
        Skipped(name, f"{CATALOGUE} names it, but it is not there") for name in catalogue if name not in found
    ]


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


def existing(folder: Path) -> Path:
    """Return ``folder`` when it is one. Raises CorpusError."""
    if not folder.is_dir():
        raise CorpusError(f"{folder} is not a folder; name a folder that holds {SUFFIX} files")
    return folder


def readable(path: Path) -> bool:
    """Whether a file of this name is of a format that is read."""
    return path.suffix.lower() == SUFFIX


def files(folder: Path) -> list[tuple[str, Path]]:
    """Return name and path of every file that could be read, by name."""
    found = [path for path in folder.rglob("*") if readable(path) and not path.is_dir()]
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
