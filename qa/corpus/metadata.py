"""Title, date and source of a document, from its text and from the folder's ``documents.toml``."""

import datetime
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from qa.corpus.headings import is_imprint, is_title
from qa.errors import CorpusError
from qa.text import is_furniture, lines
from qa.types import Section

CATALOGUE = "documents.toml"
_FIELDS = ("title", "date", "source")
_DATE = (
    r"(?P<y>(?:19|20)\d\d)\s*[年\-/.]\s*(?P<m>1[0-2]|0?[1-9])\s*[月\-/.]\s*(?P<d>3[01]|[12]\d|0?[1-9])\s*日?"
)
_DATE_ANYWHERE = re.compile(_DATE)
_STATED_DATE = re.compile(rf"(?:(?:发布|发表|更新|印发|成文)?(?:时间|日期))\s*[:：]\s*{_DATE}")
_DATE_ALONE = re.compile(rf"^[(（]?\s*{_DATE}\s*[)）]?$")
_STATED_SOURCE = re.compile(
    r"(?:^|\s)来源\s*[:：]\s*(?P<source>\S.*?)(?=\s+(?:作者|记者|编辑|责任编辑|发布|时间|日期|浏览|字号|【)|\s{2,}|$)"
)
_ISO_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")


def is_date(written: str) -> bool:
    """Whether it is YYYY, YYYY-MM or a day of the calendar as YYYY-MM-DD."""
    if not _ISO_DATE.match(written):
        return False
    try:
        datetime.date.fromisoformat(written + "2000-01-01"[len(written) :])
    except ValueError:
        return False
    return True


def _iso(found: re.Match[str]) -> str:
    """Return the date found, or nothing for a day that is not in the calendar."""
    date = f"{found['y']}-{int(found['m']):02}-{int(found['d']):02}"
    return date if is_date(date) else ""


def date_in(written: str) -> str:
    """Return the first day in ``written`` as ISO 8601: date_in("2023/1/5 10:00") == "2023-01-05"."""
    found = _DATE_ANYWHERE.search(written)
    return _iso(found) if found else ""


def stated(text: str) -> tuple[str, str]:
    """Date (ISO 8601) and source as ``text`` states them; empty strings where it does not.

    stated("来源:《日报》 作者:甲 发布时间:2023-12-30") == ("2023-12-30", "《日报》")
    """
    date, alone, source = "", "", ""
    for start, end in lines(text):
        line = text[start:end]
        if len(line) > 200:
            continue
        found = _STATED_DATE.search(line)
        date = date or (_iso(found) if found else "")
        found = _DATE_ALONE.match(line)
        alone = alone or (_iso(found) if found else "")
        found = _STATED_SOURCE.search(line) if is_imprint(line) else None
        source = source or (found["source"].strip() if found else "")
    return date or alone, source


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
    unknown = sorted(set(fields) - set(_FIELDS))
    if unknown:
        raise CorpusError(
            f"{path}: {doc_id!r} has unknown field {unknown[0]!r}; known are {', '.join(_FIELDS)}"
        )
    if "date" in fields and not is_date(fields["date"]):
        raise CorpusError(
            f"{path}: {doc_id!r} has date {fields['date']!r}; write YYYY, YYYY-MM or YYYY-MM-DD"
        )
    return fields
