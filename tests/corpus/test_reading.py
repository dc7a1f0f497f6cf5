"""Bytes become the same characters, or a reason."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus import reading
from qa.errors import CorpusError

TEXT = "镜湖市图书馆\r\n每天九点开门。\n\n閱覽室\t二樓\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
def test_two_encodings_and_every_line_end(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "图书馆.txt"
    path.write_bytes(TEXT.encode(encoding))
    mark = "\ufeff" if encoding == "utf-8-sig" else ""
    assert reading.read_text(path) == mark + TEXT


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip))
def test_utf_8_is_read_without_changing_a_character(text: str) -> None:
    if text.encode().strip():
        assert reading.decode(text.encode()) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        ("图书馆".encode("utf-16"), "NUL|neither"),
        (b"PK\x03\x04\x00\x00", "NUL"),
        (b"\xff\xfe\xff\xff\x80\xff", "neither UTF-8 nor GB18030"),
        (b"\x01\x02\x03water", "control characters"),
    ],
)
def test_what_is_not_text_has_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(CorpusError, match=reason):
        reading.decode(data)


def test_a_few_control_characters_are_kept() -> None:
    text = "水" * 500 + "\x0c\x07"
    assert reading.decode(text.encode()) == text


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        reading.read_text(tmp_path / "无.txt")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(reading.LARGEST_FILE + 1)
    with pytest.raises(CorpusError, match="67,108,865 bytes"):
        reading.read_text(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(CorpusError, match="regular file"):
        reading.read_text(tmp_path / "pipe.txt")
