"""The title of a document from its text, and what the folder's ``documents.toml`` says of it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from qa.corpus.dates import is_date
from qa.corpus.headings import is_title
from qa.corpus.imprint import is_imprint
from qa.errors import CorpusError
from qa.text import is_furniture, lines
from qa.types import Section

CATALOGUE = "documents.toml"
FIELDS = ("title", "date", "source")


def title_of(text: str, sections: tuple[Section, ...], name: str) -> str:
    """Return the first line that reads as a title, or the first heading, or the file's ``name``."""
    for start, end in lines(text)[:12]:
        line = text[start:end]
        if is_title(line):
            return line
        if not (is_furniture(line) or is_imprint(line)) and len(line) > 80:
            break
    headings = [section.heading for section in sections if section.heading]
    return headings[0] if headings else name


def read_catalogue(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Fields per ``doc_id`` from ``documents.toml``; empty when there is none.

    Raises CorpusError for a file that is not TOML, an unknown field or a date that is not ISO 8601.
    """
    path = folder / CATALOGUE
    if not path.is_file():
        return {}
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as exc:
        raise CorpusError(f"{path} is not TOML ({exc}); correct or remove it") from exc
    return {doc_id: _checked(path, doc_id, row) for doc_id, row in rows.items()}


def _checked(path: Path, doc_id: str, row: object) -> Mapping[str, str]:
    if not isinstance(row, dict):
        raise CorpusError(f'{path}: {doc_id!r} is not a table; write ["path/of/file.txt"] above its fields')
    fields = {key: str(value) for key, value in row.items()}
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise CorpusError(
            f"{path}: {doc_id!r} has unknown field {unknown[0]!r}; known are {', '.join(FIELDS)}"
        )
    if "date" in fields and not is_date(fields["date"]):
        raise CorpusError(
            f"{path}: {doc_id!r} has date {fields['date']!r}; write YYYY, YYYY-MM or YYYY-MM-DD"
        )
    return fields
