"""Text of .jsonl: a line is a document, for a file of them is a collection, not one text.

A line is an object with ``text`` and, where known, ``title``, ``date`` (YYYY, YYYY-MM or YYYY-MM-DD) and
``source``; other fields are left alone. Line 3 of ``公报.jsonl`` is the document ``公报.jsonl#3``.
"""

import json
import re
from collections.abc import Iterator

from qa.corpus.dates import is_date
from qa.corpus.decoding import decode
from qa.corpus.reading import Read
from qa.errors import CorpusError

_FIELDS = ("title", "date", "source")
_UNPAIRED = re.compile(r"[\ud800-\udfff]")


def read_lines(data: bytes) -> Iterator[tuple[str, Read | str]]:
    """Give ``#line`` of each line that is not blank, and what it holds or why that is not read.

    Raises CorpusError for a file that is not text or has only blank lines.
    """
    text, encoding = decode(data)
    number = 0
    for number, line in enumerate(re.split(r"\r\n?|\n", text), start=1):
        if line.strip("\ufeff \t"):
            try:
                yield f"#{number}", _read(line.lstrip("\ufeff"), encoding)
            except CorpusError as exc:
                yield f"#{number}", str(exc)


def _read(line: str, encoding: str) -> Read:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as exc:
        raise CorpusError(f"the line is not JSON ({exc}); write one object a line / 这一行不是 JSON") from exc
    text = row.get("text") if isinstance(row, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise CorpusError('the line has no text; write {"text": "…"} / 这一行没有 text 字段')
    title, date, source = (_field(row, name) for name in _FIELDS)
    if date and not is_date(date):
        raise CorpusError(f"the line has date {date[:40]!r}; write YYYY, YYYY-MM or YYYY-MM-DD")
    return Read(_paired(text), (), title, date, source, encoding)


def _field(row: dict[str, object], name: str) -> str:
    value = row.get(name)
    return _paired(str(value)).strip() if isinstance(value, str | int) else ""


def _paired(text: str) -> str:
    return _UNPAIRED.sub("\N{REPLACEMENT CHARACTER}", text)
