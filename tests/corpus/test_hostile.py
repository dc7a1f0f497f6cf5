"""Files made to do harm cost themselves, a little time and a little memory; the others are read."""

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from qa.cli.rendering import safe
from qa.corpus import Comparison, read_folder, worker
from qa.corpus.reading import Read
from qa.corpus.worker import Worker
from qa.errors import CorpusError
from tests.corpus import harm
from tests.corpus.harm import DEEP, zipped

pytestmark = pytest.mark.timeout(120)

MEBIBYTE = 1024 * 1024
PATIENCE, MEMORY = 30, 700 * MEBIBYTE
"""Seconds and bytes that no file here may take; most take a hundredth of it."""


def attempt(suffix: str, data: bytes, *, memory: int = MEMORY, patience: float = PATIENCE) -> str:
    """What a worker makes of a file: the text of its documents, or the reason why there is none."""
    with Worker() as reading:
        began = time.monotonic()
        try:
            parts = reading.read(suffix, data)
            told = "".join(part.text if isinstance(part, Read) else part for _, part in parts)
        except CorpusError as exc:
            told = str(exc)
        assert time.monotonic() - began < patience
        assert reading.peak < memory
        assert reading.peak or os.name != "posix"
    return told


NESTED = "nested too deeply"
CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": (".docx", partial(harm.bomb, "word/document.xml", 60), "zip bomb"),
    "bomb in a sheet": (".xlsx", partial(harm.bomb, "xl/worksheets/s.xml", 80), "zip bomb"),
    "bomb in a slide": (".pptx", partial(harm.bomb, "ppt/slides/s.xml", 99), "zip bomb"),
    "many members": (".xlsx", partial(zipped, {f"{n}.xml": "" for n in range(10_001)}), "zip bomb"),
    "laughs": (".docx", partial(zipped, {"word/document.xml": harm.LAUGHS}), "XML entities"),
    "laughs in a sheet": (".xlsx", partial(zipped, {"xl/workbook.xml": harm.LAUGHS}), "XML entities"),
    "laughs in UTF-16": (".pptx", partial(zipped, {"p.xml": harm.LAUGHS.encode("utf-16")}), "XML entities"),
    "outer entity": (".docx", partial(zipped, {"word/_rels/d.rels": harm.OUTSIDE}), "XML entities"),
    "deep XML": (".docx", partial(zipped, {"[Content_Types].xml": "<a>" * DEEP}), "damaged or not .docx"),
    "divisions": (".html", ("<div>" * DEEP + "水").encode, NESTED),
    "lists": (".html", ("<ul><li>" * DEEP + "水").encode, NESTED),
    "bold": (".html", ("<p>" + "<b>" * DEEP + "水").encode, NESTED),
    "tables": (".html", ("<table><tr><td>" * DEEP + "水").encode, NESTED),
    "wide cells": (
        ".html",
        ("<table>" + "<tr><td colspan=9999999 rowspan=9999999>水<td>厂" * 5000).encode,
        "水",
    ),
    "multiparts": (
        ".mht",
        lambda: b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000)
        ),
        NESTED,
    ),
    "brackets": (".jsonl", lambda: b"[" * 5_000_000, "not JSON"),
    "one line": (".csv", lambda: "水,".encode() * 12_500_000, "1,000,000 characters"),
    "one cell": (".csv", lambda: b'"' + "水,\n".encode() * 5_000_000, "cannot be read"),
    "last row": (".xlsx", harm.last_row, "人口，12"),
    "empty rows": (".xlsx", harm.empty_rows, "指标，数值，单位"),
    "merged": (".xlsx", harm.all_merged, "指标，数值，单位"),
    "page": (".html", harm.PAGE.encode, "公告\n水很干净。详情\n书很多。\n"),
    "no container": (".pptx", lambda: b"PK\x03\x04" + bytes(500), "damaged or not .pptx"),
    "container of nothing": (".docx", partial(zipped, {}), "damaged or not .docx"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_is_refused_or_read_within_bounds(case: str) -> None:
    suffix, make, told = CASES[case]
    assert told in attempt(suffix, make())


def test_only_what_is_shown_of_a_page_comes_out() -> None:
    assert attempt(".html", harm.PAGE.encode()) == "公告\n水很干净。详情\n书很多。\n"


def test_formulas_are_not_calculated_and_not_shown() -> None:
    text = attempt(".xlsx", harm.formulas())
    assert "指标：人口，数值：42" in text
    assert not any(part in text for part in ("6*7", "1+1", "WEBSERVICE", "cmd", "2，", "：2"))
    assert text.endswith("面积\n")


@pytest.mark.parametrize("mark", ["> ", "- ", "* [", "1. ", "`", "|"])
def test_markdown_that_nests(mark: str, tmp_path: Path) -> None:
    (tmp_path / "文.md").write_text(mark * DEEP + "水很干净。\n", encoding="utf-8")
    began = time.monotonic()
    (document,) = read_folder(tmp_path).documents
    assert document.text.endswith("水很干净。\n")
    assert time.monotonic() - began < PATIENCE


@pytest.mark.parametrize("suffix", [".txt", ".docx", ".html", ".csv"])
def test_a_large_file_is_refused_before_it_is_read(suffix: str, tmp_path: Path) -> None:
    with (tmp_path / f"大{suffix}").open("wb") as file:
        file.truncate(2 * 1024**3)
    began = time.monotonic()
    (skipped,) = read_folder(tmp_path).skipped
    assert "2,147,483,648 bytes" in skipped.reason
    assert time.monotonic() - began < 1


def test_a_hundred_thousand_empty_files(tmp_path: Path) -> None:
    for number in range(100_000):
        (tmp_path / f"{number:06}.txt").touch()
    began = time.monotonic()
    corpus = read_folder(tmp_path)
    assert time.monotonic() - began < 4 * PATIENCE
    assert len(corpus.skipped) == 21
    assert corpus.skipped[0].doc_id == "000000.txt"
    assert corpus.skipped[-1].doc_id == "000020.txt"
    assert corpus.skipped[-1].reason.startswith(
        "and 99,979 more files like it, to 099999.txt: the file is empty"
    )


NAMES = [
    "CON.txt",
    "NUL.csv",
    "..年报.txt",
    "年报\u202etxt.exe.txt",
    "a#b?c%20.md",
    "名 字\t.txt",
    "-rf.txt",
    "水" * 80 + ".txt",
]


@pytest.mark.skipif(os.name != "posix", reason="other systems refuse these names")
def test_odd_names_are_names(tmp_path: Path) -> None:
    for number, name in enumerate(NAMES):
        (tmp_path / name).write_text(f"水,净\n书,多{number}\n", encoding="utf-8")
    corpus = read_folder(tmp_path)
    assert {document.doc_id for document in corpus.documents} == set(NAMES)
    assert corpus.skipped == ()
    assert not Comparison(tmp_path, corpus.files).read().documents


def test_a_name_that_turns_the_line_is_shown_as_it_is() -> None:
    assert safe("年报\u202etxt.exe") == "年报\N{REPLACEMENT CHARACTER}txt.exe"


@pytest.mark.parametrize(
    "name", ["../外.txt", "/etc/hostname", "NUL\x00.txt", "水" * 300 + ".txt", "C:\\x.txt"]
)
def test_the_catalogue_reads_no_file(name: str, tmp_path: Path) -> None:
    (tmp_path / "夹").mkdir()
    (tmp_path / "外.txt").write_text("水很干净。", encoding="utf-8")
    (tmp_path / "夹" / "documents.toml").write_text(f'[{json.dumps(name)}]\ntitle = "甲"\n', encoding="utf-8")
    corpus = read_folder(tmp_path / "夹")
    assert corpus.documents == ()
    assert [file.doc_id for file in corpus.skipped] == [name]


def test_a_container_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "夹").mkdir()
    (tmp_path / "夹" / "文.docx").write_bytes(zipped({"../外.xml": "<a/>", "/外.xml": "<a/>"}))
    (skipped,) = read_folder(tmp_path / "夹").skipped
    assert "damaged" in skipped.reason
    assert [path.name for path in tmp_path.iterdir()] == ["夹"]


def test_a_bad_file_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = "import os, sys; sys.stdin.buffer.readline(); os._exit(3)"
    program = f"import sys, pathlib\nif not pathlib.Path({str(tmp_path / 'once')!r}).exists():\n"
    program += f" pathlib.Path({str(tmp_path / 'once')!r}).touch(); {ended}\nelse:\n {worker._CHILD}"
    monkeypatch.setattr(worker, "_CHILD", program)
    for name in ("一.csv", "二.csv"):
        (tmp_path / name).write_text("水,净\n书,多\n", encoding="utf-8")
    corpus = read_folder(tmp_path)
    assert [document.doc_id for document in corpus.documents] == ["二.csv"]
    assert ["exit status 3" in file.reason for file in corpus.skipped] == [True]


def test_a_file_that_takes_too_long_is_told_and_the_next_is_read() -> None:
    with Worker(patience=0.05) as reading:
        with pytest.raises(CorpusError, match=r"within 0\.05 seconds"):
            reading.read(".csv", ("水,净\n" * 200_000).encode())
        assert not reading.running
    with Worker() as reading:
        assert len(reading.read(".csv", "水,净\n书,多\n".encode())) == 1
        assert reading.running
    assert not reading.running


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the address space")
def test_a_file_that_takes_too_much_memory_is_told_and_the_next_is_read() -> None:
    with Worker(memory=512 * MEBIBYTE) as reading:
        with pytest.raises(CorpusError, match=r"more memory|ended the reader"):
            reading.read(".csv", ("水," * 4_000 + "\n").encode() * 5_000)
        assert reading.peak < 512 * MEBIBYTE
        assert len(reading.read(".csv", "水,净\n书,多\n".encode())) == 1


def test_plain_text_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_CHILD", "raise SystemExit(3)")
    for name in ("一.txt", "二.md"):
        (tmp_path / name).write_text("水很干净。", encoding="utf-8")
    assert len(read_folder(tmp_path).documents) == 2
