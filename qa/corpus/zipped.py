"""The container of .docx, .xlsx and .pptx, looked at before anything in it is parsed."""

import re
import zipfile
from io import BytesIO

from qa.errors import CorpusError

MOST_MEMBERS = 10_000
LARGEST_PART = 96 * 1024 * 1024
"""Bytes of one XML part, expanded: parsed, it takes about ten times as much memory."""
LARGEST_SHEET = 512 * 1024 * 1024
"""Bytes of one sheet, expanded: sheets are read row by row."""
LARGEST_IN_ALL = 1024 * 1024 * 1024
MOST_EXPANDED = 250
"""Times that a large part may be larger than it is stored: text in XML reaches about 50."""
_LARGE = 8 * 1024 * 1024
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = (".xml", ".rels", ".vml")
_SHEET = re.compile(r"xl/(?:worksheets/|sharedStrings)")
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PIECE = 1024 * 1024


def check(data: bytes, suffix: str) -> None:
    """Raise CorpusError when ``data`` is no container, or one that expands without bounds or has entities."""
    if data.startswith(_OLD):
        raise CorpusError(
            f"the file is in the old format or has a password; save it as {suffix} without one"
            f" / 文件是旧格式或设有密码,请取消密码并另存为 {suffix}"
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as container:
            members = container.infolist()
            _check_sizes(members)
            for member in members:
                if member.filename.lower().endswith(_XML):
                    _check_entities(container, member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as exc:
        raise CorpusError(
            f"the file is damaged or not {suffix} ({exc}); open it and save it again / 文件已损坏,请重新另存"
        ) from exc


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    too_much = len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > LARGEST_IN_ALL
    for one in members:
        if one.filename.lower().endswith(_XML):
            most = LARGEST_SHEET if _SHEET.match(one.filename) else LARGEST_PART
            too_much = too_much or one.file_size > most
        ratio = one.file_size / max(1, one.compress_size)
        too_much = too_much or (one.file_size > _LARGE and ratio > MOST_EXPANDED)
    if too_much:
        raise CorpusError(
            "the file expands to far more than a document holds (a zip bomb?); save a smaller part of it"
            " / 文件解压后过大,请拆分后再放入"
        )


def _check_entities(container: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """XML of office files never declares entities; those that do are made to expand."""
    before = b""
    with container.open(member) as file:
        while piece := file.read(_PIECE):
            # UTF-16, which hides the words from a search, has a zero in every second byte of ASCII
            if _DECLARES.search((before + piece).replace(b"\x00", b"")):
                raise CorpusError(
                    "the file declares XML entities, which no office program writes; save it again"
                    " / 文件含 XML 实体声明,请用办公软件重新另存"
                )
            before = piece[-64:]
