"""Which file is read by what."""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from qa.corpus.plain import read_text
from qa.corpus.reading import Read, Reader
from qa.errors import CorpusError


def _from(module: str, name: str) -> Callable[[bytes], Any]:
    """A reader whose module is imported with the first file of its kind: not at every start."""

    def read(data: bytes) -> Any:  # noqa: ANN401 - as the reader gives it
        return getattr(import_module(f"qa.corpus.{module}"), name)(data)

    return read


READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": _from("markdown", "read_markdown"),
    ".html": _from("webpage", "read_html"),
    ".htm": _from("webpage", "read_html"),
    ".mht": _from("webpage", "read_mht"),
    ".mhtml": _from("webpage", "read_mht"),
    ".docx": _from("word", "read_docx"),
    ".xlsx": _from("spreadsheet", "read_xlsx"),
    ".csv": _from("separated", "read_csv"),
    ".tsv": _from("separated", "read_tsv"),
    ".pptx": _from("slides", "read_pptx"),
    ".pdf": _from("pdf", "read_pdf"),
}
"""Of a file that is one document."""

COLLECTIONS: Mapping[str, Callable[[bytes], Iterable[tuple[str, Read | str]]]] = {
    ".jsonl": _from("jsonlines", "read_lines")
}
"""Of a file that holds several: the end of each one's name, and the document or why it is not read."""

HARMLESS = frozenset({".txt", ".md"})
"""Read in this process: no library that a file could harm is needed for them."""

_MEBIBYTE = 1024 * 1024
LARGEST: Mapping[str, int] = {".docx": 256 * _MEBIBYTE, ".pptx": 256 * _MEBIBYTE, ".pdf": 256 * _MEBIBYTE}
"""Bytes of a file whose pictures may be large; of any other ``LARGEST_TEXT``."""
LARGEST_TEXT = 64 * _MEBIBYTE

CONVERTED: Mapping[str, str] = {
    ".doc": ".docx",
    ".wps": ".docx",
    ".rtf": ".docx",
    ".xls": ".xlsx",
    ".et": ".xlsx",
    ".ppt": ".pptx",
    ".dps": ".pptx",
    ".ofd": ".pdf",
}
"""Formats that are not read, and what a person saves them as."""

SUFFIXES = frozenset({*READERS, *COLLECTIONS, *CONVERTED})


def suffix_of(path: Path) -> str:
    """The suffix of a file that is read or reported, else "".

    Left alone are what office programs leave behind, and a README.md, which tells of the folder only.
    """
    suffix, name = path.suffix.lower(), path.name.lower()
    return "" if suffix not in SUFFIXES or name.startswith(("~$", "._")) or name == "readme.md" else suffix


def unconverted(suffix: str) -> str:
    """Why a file of this format is not read, and what to do; "" for one that is."""
    wanted = CONVERTED.get(suffix)
    if wanted is None:
        return ""
    return f"{suffix} 文件不能读取,请另存为 {wanted} 后放回文件夹 / {suffix} is not read; save it as {wanted}"


def read_parts(suffix: str, data: bytes) -> Iterable[tuple[str, Read | str]]:
    """The documents in a file, each with the end of its name, or why one is not read. Raises CorpusError."""
    if suffix in COLLECTIONS:
        yield from COLLECTIONS[suffix](data)
        return
    try:
        read = READERS[suffix](data)
    except (CorpusError, MemoryError):
        raise
    except RecursionError as exc:
        raise CorpusError("the file is nested too deeply; save it again / 文件嵌套过深,请重新另存") from exc
    except Exception as exc:
        raise CorpusError(
            f"the file is damaged or not {suffix} ({type(exc).__name__}: {str(exc)[:200]});"
            " open it and save it again / 文件已损坏或格式不符,请重新另存"
        ) from exc
    yield "", read
