"""Every file of a folder is a document or is skipped with a reason; none stops the others."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from qa.corpus import Comparison, changes, make_document, read_folder
from qa.corpus.readers import CONVERTED
from qa.errors import CorpusError
from qa.files import FileState
from tests.lake_city import FILES, write_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path / "镜湖")


def compared(folder: Path, before: Iterable[FileState] = ()) -> Comparison:
    return Comparison(folder, before)


def test_every_text_below_the_folder(folder: Path) -> None:
    corpus = read_folder(folder)
    assert {document.doc_id: document.text for document in corpus.documents} == FILES
    assert [document.doc_id for document in corpus.documents] == sorted(FILES)
    assert corpus.skipped == ()


def test_what_a_document_says_of_itself(folder: Path) -> None:
    report = next(d for d in read_folder(folder).documents if d.doc_id == "水务/年报.txt")
    assert (report.title, report.date, report.source) == (
        "镜湖市水务集团2024年工作报告",
        "2025-01-15",
        "镜湖水务网",
    )


def test_the_catalogue_stands_above_the_text(folder: Path) -> None:
    (folder / "documents.toml").write_text('["水务/年报.txt"]\ndate = "2025"\n', encoding="utf-8")
    report = next(d for d in read_folder(folder).documents if d.doc_id == "水务/年报.txt")
    assert (report.date, report.source) == ("2025", "镜湖水务网")


def test_a_wrong_catalogue_is_an_error(folder: Path) -> None:
    (folder / "documents.toml").write_text("[", encoding="utf-8")
    with pytest.raises(CorpusError, match="not TOML"):
        read_folder(folder)


def test_other_suffixes_are_left_alone_and_capitals_do_not_matter(folder: Path) -> None:
    (folder / "大写.TXT").write_text("水很干净。", encoding="utf-8")
    for name in ("照片.png", "程序.exe", "无后缀", "~$年报.docx", "._年报.docx", "README.md"):
        (folder / name).write_text("水,净", encoding="utf-8")
    (folder / "名为.txt").mkdir()
    corpus = read_folder(folder)
    assert {document.doc_id for document in corpus.documents} == {*FILES, "大写.TXT"}
    assert corpus.skipped == ()


def test_an_index_below_its_documents_is_none_of_them(folder: Path) -> None:
    before = compared(folder).read().files
    index = folder / "索引" / "20260101T120000-1a2b3c4d"
    index.mkdir(parents=True)
    (index / "documents.jsonl").write_text('{"text": "水很干净。"}\n', encoding="utf-8")
    assert not compared(folder, before).differs
    assert {document.doc_id for document in read_folder(folder).documents} == set(FILES)


@pytest.mark.parametrize("suffix", sorted(CONVERTED))
def test_old_formats_are_reported_with_what_to_save_them_as(suffix: str, folder: Path) -> None:
    (folder / f"公文{suffix.upper()}").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    (skipped,) = read_folder(folder).skipped
    assert f"另存为 {CONVERTED[suffix]}" in skipped.reason
    assert f"save it as {CONVERTED[suffix]}" in skipped.reason


def test_an_old_file_with_a_new_suffix(folder: Path) -> None:
    (folder / "公文.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (skipped,) = read_folder(folder).skipped
    assert "save it as .docx" in skipped.reason


def test_each_line_of_a_collection_is_a_document(folder: Path) -> None:
    rows = ['{"text": "水很干净。", "title": "甲", "date": "2024-05"}', "", "[]", '{"text": "书很多。"}']
    (folder / "集.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (folder / "documents.toml").write_text('["集.jsonl#4"]\nsource = "书局"\n', encoding="utf-8")
    corpus = read_folder(folder)
    made = {one.doc_id: (one.title, one.date, one.source, one.format) for one in corpus.documents}
    assert made["集.jsonl#1"] == ("甲", "2024-05", "", "jsonl")
    assert made["集.jsonl#4"] == ("集", "", "书局", "jsonl")
    assert [(one.doc_id, "no text" in one.reason) for one in corpus.skipped] == [("集.jsonl#3", True)]


def outside(folder: Path) -> Path:
    target = folder.parent / "外面.txt"
    target.write_text("水很干净。", encoding="utf-8")
    return target


def link(path: Path) -> None:
    path.symlink_to(outside(path.parent))


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def link_to_nothing(path: Path) -> None:
    path.symlink_to("没有.txt")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00"), "NUL"),
        (lambda path: path.write_bytes(b"\xff\xff\xff\x80"), "neither UTF-8 nor GB18030"),
        (link, "out of the folder"),
        (link_to_itself, "link leads nowhere|cannot be read"),
        (link_to_nothing, "cannot be read"),
    ],
    ids=["empty", "binary", "encoding", "link out", "loop", "dangling"],
)
def test_a_bad_file_is_skipped_and_the_others_are_read(
    make: Callable[[Path], object], reason: str, folder: Path
) -> None:
    make(folder / "坏.txt")
    corpus = read_folder(folder)
    assert len(corpus.documents) == len(FILES)
    (skipped,) = corpus.skipped
    assert skipped.doc_id == "坏.txt"
    with pytest.raises(CorpusError, match=reason):
        raise CorpusError(skipped.reason)


def test_the_same_content_under_two_names_is_one_document(folder: Path) -> None:
    (folder / "又一份.txt").symlink_to(folder / "水务" / "年报.txt")
    corpus = read_folder(folder)
    assert len(corpus.documents) == len(FILES)
    (skipped,) = corpus.skipped
    assert skipped.doc_id == "水务/年报.txt"
    assert "the same content as 又一份.txt" in skipped.reason
    (folder / "又一份.txt").unlink()
    changed = compared(folder, corpus.files).read()
    assert [document.doc_id for document in changed.documents] == ["水务/年报.txt"]
    assert (changed.removed, changed.skipped) == (("又一份.txt",), ())


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX only")
def test_a_name_that_is_not_utf_8_is_skipped(folder: Path) -> None:
    path = os.fsencode(folder) + b"/" + "年报.txt".encode("gb18030")
    try:
        Path(os.fsdecode(path)).write_text("水很干净。", encoding="utf-8")
    except OSError:
        pytest.skip("this file system refuses such names")
    corpus = read_folder(folder)
    assert len(corpus.documents) == len(FILES)
    (skipped,) = corpus.skipped
    assert "not UTF-8" in skipped.reason
    assert skipped.doc_id.encode("utf-8").endswith(b".txt")
    assert not compared(folder, compared(folder).read().files).differs


@pytest.mark.parametrize("use", [read_folder, compared])
def test_a_folder_that_is_not_one(use: Callable[[Path], object], tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="is not a folder"):
        use(tmp_path / "没有")


def test_the_title_falls_back_to_the_name_of_the_file() -> None:
    assert make_document("水务/便条.txt", "水很干净。", {}).title == "便条"


def rewrite(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: rewrite(folder / "新.txt", "水很干净。"),
        lambda folder: (folder / "水务" / "年报.txt").unlink(),
        lambda folder: (folder / "水务" / "年报.txt").rename(folder / "年报.txt"),
        lambda folder: rewrite(folder / "水务" / "年报.txt", FILES["水务/年报.txt"] + "。"),
        lambda folder: rewrite(folder / "documents.toml", '["水务/年报.txt"]\ndate = "2024"'),
    ],
    ids=["added", "removed", "moved", "written", "catalogue"],
)
def test_the_state_of_a_folder_changes_with_it(change: Callable[[Path], object], folder: Path) -> None:
    before = compared(folder).read().files
    assert not compared(folder, before).differs
    change(folder)
    assert compared(folder, before).differs


def test_the_state_is_not_about_other_files_or_the_place(folder: Path) -> None:
    before = compared(folder).read().files
    rewrite(folder / "图.jpeg", "水,净")
    assert not compared(folder.rename(folder.parent / "搬走"), before).differs


def test_a_dangling_link_does_not_spoil_the_state(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link_to_nothing(folder / "坏.txt")
    monkeypatch.setattr(changes, "_COARSEST", 0)
    corpus = compared(folder).read()
    (skipped,) = corpus.skipped
    assert skipped.doc_id == "坏.txt"
    assert not compared(folder, corpus.files).differs


def test_a_file_of_blanks_and_a_name_without_a_file_are_reported(tmp_path: Path) -> None:
    (tmp_path / "mark.txt").write_bytes(b"\xef\xbb\xbf \n")
    (tmp_path / "blank.txt").write_text("\u3000\u3000\n", encoding="utf-8")
    (tmp_path / "documents.toml").write_bytes(b'\xef\xbb\xbf["gone.txt"]\ntitle = "x"\n')
    assert {(file.doc_id, file.reason.split(";")[0]) for file in read_folder(tmp_path).skipped} == {
        ("mark.txt", "the file holds only blanks"),
        ("blank.txt", "the file holds only blanks"),
        ("gone.txt", "documents.toml names it, but it is not there"),
    }


@pytest.mark.parametrize("date", ["2023-02-31", "2023-13", "23"])
def test_a_day_that_is_not_in_the_calendar(tmp_path: Path, date: str) -> None:
    (tmp_path / "documents.toml").write_text(f'["a.txt"]\ndate = "{date}"\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="YYYY-MM-DD"):
        read_folder(tmp_path)


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path) -> None:
    (tmp_path / "水.txt").write_text("东岭水厂日供水20万吨。", encoding="utf-8")
    place, at = os.open(tmp_path, os.O_RDONLY), tmp_path
    for _ in range(20):  # its path becomes longer than the system takes
        os.mkdir("夹" * 80, dir_fd=place)
        deeper = os.open("夹" * 80, os.O_RDONLY, dir_fd=place)
        os.close(place)
        place, at = deeper, at / ("夹" * 80)
    os.close(place)
    corpus = read_folder(tmp_path)
    assert [document.doc_id for document in corpus.documents] == ["水.txt"]
    (closed,) = corpus.skipped
    assert closed.doc_id.startswith("夹夹")
    assert closed.doc_id.endswith("夹/")
    assert "cannot be listed" in closed.reason
