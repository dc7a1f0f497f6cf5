from dataclasses import replace

import pytest

from qa import Document, Entry, Section
from qa.types import Official
from tests.ui.reading import Reading
from tests.ui.two_documents import ACROSS_LINES, NOTES, PARK
from ui.source.render import document_list, document_text, source_head


def paper(text: str, *sections: Section) -> Document:
    return Document("d", "t", "", "", text, sections)


@pytest.mark.parametrize(
    "text",
    ["", "\n", "一", "一\n", "\n\n一\r\n\n二  三\n四", "<b>&amp;</b>\n\t\"'", "𠮷\n😀a", "a\u2028b\x0bc"],
)
def test_text_comes_back_to_the_character(text: str) -> None:
    assert Reading(document_text(paper(text))).words == text


@pytest.mark.parametrize("text", ["abc", "一\n二\n\n三", "𠮷<b>\n&😀", "\n\n"])
def test_every_span_is_marked_exactly(text: str) -> None:
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            page = Reading(document_text(paper(text), (start, end)))
            assert "".join(page.marked) == text[start:end]
            assert page.words == text


def test_a_mark_never_leaves_its_line() -> None:
    start = PARK.text.index(ACROSS_LINES)
    page = Reading(document_text(PARK, (start, start + len(ACROSS_LINES))))
    assert page.marked == ["开放,\n", "荷花在七月开放"]


def test_focus_wins_over_other_marks() -> None:
    page = Reading(document_text(paper("0123456789"), (3, 6), [(1, 4), (3, 6), (8, 9)]))
    kinds = [mark.get("class") for mark in page.attributes("mark")]
    assert list(zip(page.marked, kinds, strict=True)) == [
        ("12", None),
        ("3", "focus"),
        ("45", "focus"),
        ("8", None),
    ]


def test_spans_outside_the_text_are_ignored() -> None:
    assert Reading(document_text(paper("ab"), (5, 9))).marked == []


def test_lines_of_a_heading_are_headings() -> None:
    text = "首页\n题目\n\n——副题\n正文。\n副题\n"
    section = Section("题目 ——副题", "", "", 3, len(text))
    page = Reading(document_text(paper(text, section)))
    assert [line.get("class") for line in page.attributes("p")] == [None, "head", "blank", "head", None, None]


def test_head_names_the_document_or_counts_them() -> None:
    links = "在新页打开 下载原件"
    assert (
        Reading(source_head(PARK, 0, "zh")).words == f"公园管理处年度报告✕2024-03-01公园管理处park.txt{links}"
    )
    links = "Open in a new tab Download the file"
    assert Reading(source_head(NOTES, 0, "en")).words == f"{NOTES.title}✕undatedsub/notes.txt{links}"
    assert "文件(2)" in Reading(source_head(None, 2, "zh")).words


def test_head_says_whether_a_document_still_stands() -> None:
    official = Official(number="镜政发〔2020〕3号", status="repealed")
    assert "镜政发〔2020〕3号已废止" in Reading(source_head(replace(PARK, official=official), 0, "zh")).words


def test_head_links_to_the_marked_text_and_to_the_file() -> None:
    odd = replace(PARK, doc_id='新/"<b>#?.txt')
    view, file = Reading(source_head(odd, 0, "zh", (3, 9))).attributes("a")
    assert view["href"] == "v1/documents/%E6%96%B0/%22%3Cb%3E%23%3F.txt/view?start=3&end=9#hit"
    assert (view["target"], view["rel"]) == ("_blank", "noopener")
    assert file["href"] == "v1/documents/%E6%96%B0/%22%3Cb%3E%23%3F.txt/original"


def listed(document: Document) -> Entry:
    return Entry(document.doc_id, document.title, document.date, document.source, len(document.text))


def test_list_has_a_button_for_each_document() -> None:
    page = Reading(document_list([listed(PARK), listed(NOTES)], "zh"))
    assert [button["data-doc"] for button in page.attributes("button")] == ["park.txt", "sub/notes.txt"]
    assert "script" not in {tag for tag, _ in page.tags}
