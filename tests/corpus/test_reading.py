"""Bytes become the same characters, or a reason."""

import codecs
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus import child, plain, reading
from qa.corpus.decoding import decode
from qa.errors import CorpusError
from qa.types import Annotation

SEEDS = Path(__file__).parents[2] / "seeds"
TEXT = "镜湖市图书馆\r\n每天九点开门。\n\n閱覽室\t二樓\r\n"


LARGEST = 64 * 1024 * 1024


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_encodings_and_every_line_end(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "图书馆.txt"
    path.write_bytes(TEXT.encode(encoding))
    mark = "\ufeff" if encoding == "utf-8-sig" else ""
    read = plain.read_text(reading.bytes_of(path, LARGEST))
    assert (read.text, read.encoding) == (mark + TEXT, encoding)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip))
def test_utf_8_is_read_without_changing_a_character(text: str) -> None:
    if text.encode().strip() and not text.startswith("\ufeff"):
        assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_a_mark_tells_the_encoding_and_stays(mark: bytes) -> None:
    name = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert decode(mark + "图书馆".encode(name)) == ("\ufeff图书馆", name)


SIMPLIFIED = "镜湖市图书馆每天九点开门。读者应当爱护图书,热线全年接听来电十二万次,满意率超过九成。周启明表示"
TRADITIONAL = "香港立法會秘書處公布，閱覽室二樓每日開放，須出示有效證件。臺北市政府教育局表示，九月起實施"


@pytest.mark.parametrize("length", [3, 5, 8, 20])
def test_gb18030_and_big5_are_told_apart(length: int) -> None:
    for text, encoding in ((SIMPLIFIED, "gb18030"), (TRADITIONAL, "gb18030"), (TRADITIONAL, "big5")):
        for start in range(len(text) - length):
            part = text[start : start + length]
            assert decode(part.encode(encoding)) == (part, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_found_without_a_mark(encoding: str) -> None:
    for text in (SIMPLIFIED, TRADITIONAL, "Water 2024\n", "第1条 水\n"):
        assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt"))[:20], ids=lambda path: path.name)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le", "utf-16-be"])
def test_real_texts_in_every_encoding(path: Path, encoding: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"PK\x03\x04\x00\x00", "NUL"),
        (b"\xff\xfe\xff\xff\x80\xff", "neither UTF-8 nor GB18030"),
        (b"\x01\x02\x03water", "control characters"),
    ],
)
def test_what_is_not_text_has_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(CorpusError, match=reason):
        decode(data)


def test_a_few_control_characters_are_kept() -> None:
    text = "水" * 500 + "\x0c\x07"
    assert decode(text.encode()) == (text, "utf-8")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        reading.bytes_of(tmp_path / "无.txt", LARGEST)


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(CorpusError, match="67,108,865 bytes"):
        reading.bytes_of(path, LARGEST)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(CorpusError, match="regular file"):
        reading.bytes_of(tmp_path / "pipe.txt", LARGEST)


def test_what_was_read_is_sent_and_received_whole() -> None:
    seen = (Annotation("table", 0, 2, (1, 2, 1)), Annotation("paragraph", 2, 3))
    read = reading.Read("水\ud83d\u2028", seen, "甲", "2024", "乙", "big5", ("第3页没有文字",))
    replies = io.BytesIO()
    child._send(replies, child._fields("#1", read))
    assert replies.getvalue().count(b"\n") == 1
    assert child.received(json.loads(replies.getvalue())) == read
