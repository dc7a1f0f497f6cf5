"""Rows of a JSON Lines file, plain or gzip, whose fields are checked as they are read."""

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from qa.errors import EvaluationError

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Row:
    """One JSON object; ``where`` names its file and line for messages.

    Every reader raises EvaluationError when the field is missing (and has no default) or is of
    another type.
    """

    where: str
    values: dict[str, Any]

    def text(self, key: str, default: str | None = None) -> str:
        """A string; without a default it must hold more than blanks."""
        value = self._get(key, str, "a string", default)
        if default is None and not value.strip():
            raise EvaluationError(f"{self.where}: `{key}` is empty, some text is wanted / 不能为空")
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        """``true`` or ``false``."""
        return self._get(key, bool, "true or false", default)

    def whole(self, key: str, default: int | None = None) -> int:
        """An integer (``true`` is not one)."""
        return self._get(key, int, "an integer", default)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings, none of them blank; empty when the field is missing."""
        values = self._get(key, list, "a list of strings", [])
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise EvaluationError(
                f"{self.where}: `{key}` is {values!r}, a list of non-empty strings is wanted / 应是字符串列表"
            )
        return tuple(values)

    def rows(self, key: str) -> list["Row"]:
        """A list of objects; empty when the field is missing."""
        values = self._get(key, list, "a list of objects", [])
        if not all(isinstance(value, dict) for value in values):
            raise EvaluationError(
                f"{self.where}: `{key}` is {values!r}, a list of objects is wanted / 应是对象列表"
            )
        return [Row(f"{self.where}, {key}[{i}]", value) for i, value in enumerate(values)]

    def _get(self, key: str, kind: type[_T], wanted: str, default: _T | None) -> _T:
        value = self.values.get(key)
        if value is None:
            value = default
        if value is None:
            raise EvaluationError(f"{self.where}: `{key}` is missing, {wanted} is wanted / 缺少这个字段")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise EvaluationError(f"{self.where}: `{key}` is {value!r}, {wanted} is wanted / 类型不对")
        return value


def read_lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (place, line) for every line that is not blank; ``.gz`` is unpacked, a byte order mark dropped.

    Only a line feed ends a line: U+2028 and its like occur inside texts. Raises EvaluationError
    when the file is missing, cut short or not UTF-8.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8-sig", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield f"{path} line {number}", line.rstrip("\r\n")
    except FileNotFoundError as exc:
        raise EvaluationError(f"{path} does not exist; check the path") from exc
    except UnicodeDecodeError as exc:
        raise EvaluationError(f"{path} is not UTF-8 ({exc}); save it as UTF-8") from exc
    except (OSError, EOFError, zlib.error) as exc:
        raise EvaluationError(f"{path} cannot be read: {exc}") from exc


def lines_of(text: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield (place, line) for every line of ``text`` that is not blank, as ``read_lines`` does for a file."""
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if line.strip():
            yield f"{name} line {number}", line.rstrip("\r")


def read_rows(path: Path) -> Iterator[Row]:
    """Yield one Row per line. Raises EvaluationError for a line that is not a JSON object."""
    return rows_of(read_lines(path))


def rows_of(lines: Iterable[tuple[str, str]]) -> Iterator[Row]:
    """Yield one Row for each place and line. Raises EvaluationError for one that is not a JSON object."""
    for where, line in lines:
        try:
            values = json.loads(line)
        except ValueError as exc:
            raise EvaluationError(
                f"{where} is not JSON ({exc}); one object a line is wanted / 一行一个对象"
            ) from exc
        if not isinstance(values, dict):
            raise EvaluationError(
                f"{where} is {type(values).__name__} in JSON; one object a line is wanted / 一行一个对象"
            )
        yield Row(where, values)
