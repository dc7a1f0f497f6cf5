"""What a person says of a document, written into the folder's ``documents.toml``."""

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from qa.corpus.arriving import write
from qa.corpus.dates import is_date
from qa.corpus.metadata import CATALOGUE, read_catalogue
from qa.errors import InvalidInputError

LONGEST_FIELD = 500
"""Characters of a title or a source."""


def describe(folder: Path, doc_id: str, fields: Mapping[str, str]) -> bool:
    """Write ``fields`` (title, date, source) of a document; an empty one is taken out. Return if any changed.

    Whatever else stands in the file stays as it was written, comments and order too. Raises
    InvalidInputError for a value that cannot be used, CorpusError when the file is wrong already, OSError.
    """
    import tomlkit

    wanted = {name: _checked(name, value.strip()) for name, value in fields.items()}
    before = read_catalogue(folder).get(doc_id, {})
    if all(before.get(name, "") == value for name, value in wanted.items()):
        return False
    path = folder / CATALOGUE
    written = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
    catalogue = tomlkit.parse(written)
    row = catalogue.setdefault(doc_id, tomlkit.table())
    for name, value in wanted.items():
        if value:
            row[name] = value
        elif name in row:
            del row[name]
    if not row:
        del catalogue[doc_id]
    write(path, tomlkit.dumps(catalogue).encode())
    return True


def _checked(name: str, value: str) -> str:
    if name == "date" and value and not is_date(value):
        raise InvalidInputError(
            f"date {value[:40]!r} is no day; write YYYY, YYYY-MM or YYYY-MM-DD"
            " / 日期应写成 2024、2024-05 或 2024-05-06"
        )
    if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in value):
        raise InvalidInputError(
            f"{name} holds a line break or what cannot be seen / {name} 里有换行或不可见的字符"
        )
    if len(value) > LONGEST_FIELD:
        raise InvalidInputError(
            f"{name} has {len(value)} characters, {LONGEST_FIELD} at most / {name} 最多 {LONGEST_FIELD} 个字"
        )
    return value
