"""Words come out once and in reading order, each where its box says; what cannot be read says why."""

import io
import random
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from qa.corpus.pdf import read_pdf
from qa.corpus.pdf_image import page_image
from qa.corpus.reading import Read
from tests.corpus import hostile_pdfs, pdfs
from tests.corpus.pdfs import drawn


def marked(read: Read, kind: str) -> list[tuple[str, tuple[float, ...]]]:
    """The words of every annotation of a kind, and its values."""
    return [(read.text[one.start : one.end], one.values) for one in read.annotations if one.kind == kind]


def test_lines_of_a_paragraph_stay_lines_and_the_title_is_the_largest_heading() -> None:
    read = read_pdf(drawn(pdfs.notice))
    assert read.text == (
        "镜湖市供水管理办法\n为了加强供水管理,保障用水安全,根据有关规定,\n制定本办法。\n本办法自公布之日起施行。\n"
    )
    assert read.title == "镜湖市供水管理办法"
    assert marked(read, "heading") == [("镜湖市供水管理办法", (1,))]
    assert marked(read, "page") == [(read.text[:-1], (1, 595, 842))]
    assert [words for words, _ in marked(read, "line")] == read.text.splitlines()


@pytest.mark.parametrize("shift", [0, 4, 9], ids=["aligned", "a little lower", "half a line lower"])
def test_columns_are_read_one_after_the_other(shift: float) -> None:
    lines = read_pdf(drawn(lambda canvas: pdfs.two_columns(canvas, shift))).text.splitlines()
    assert lines[0].startswith("镜湖市二〇二四年水务和文化")
    assert lines[1:5] == list(pdfs.LEFT)
    assert lines[5:9] == list(pdfs.RIGHT)
    assert lines[9].startswith("以上两栏")
    assert len(lines) == 10


def test_a_table_with_rules_is_a_line_for_each_row() -> None:
    read = read_pdf(drawn(pdfs.table))
    assert read.text.splitlines() == [
        "各水厂供水量见下表。",
        *("\t".join(row) for row in pdfs.CELLS),
        "以上数据由水务集团提供。",
    ]
    ((words, shape),) = marked(read, "table")
    assert (words.splitlines()[0], shape) == ("单位\t负责人\t年供水量", (3, 3))
    assert ("贺兰", (1, 1)) in marked(read, "cell")
    assert len(marked(read, "cell")) == 9


def test_merged_cells_and_lines_broken_within_a_cell() -> None:
    read = read_pdf(drawn(pdfs.merged))
    assert marked(read, "cell") == [
        ("两座水厂的情况", (0, 0)),
        ("供水", (1, 0)),
        ("东岭水厂每天供水三十万吨", (1, 1)),
        ("西岭水厂每天供水二十万吨", (2, 1)),
    ]
    boxes = {words: values[1:] for words, values in marked(read, "line")}
    assert boxes["三十万吨"][1] > boxes["东岭水厂每天供水"][1]


def test_a_table_that_only_blanks_part_has_its_rows_on_lines() -> None:
    rows = read_pdf(drawn(pdfs.aligned)).text.splitlines()
    assert rows[1] == "\t".join(pdfs.CELLS[1])
    assert len(rows) == 4


def test_headings_by_size_and_by_bold_outline_marks() -> None:
    read = read_pdf(drawn(pdfs.outlined))
    assert marked(read, "heading") == [
        ("Annual Report of the Waterworks\nand of the Library", (1,)),
        ("Part one: water", (2,)),
        ("1. Pipes and pumps", (3,)),
    ]
    assert read.title == "Annual Report of the Waterworks and of the Library"


def test_running_heads_and_page_numbers_are_left_out() -> None:
    read = read_pdf(drawn(*(pdfs.headed(number) for number in range(1, 7))))
    assert len(read.text.splitlines()) == 12
    assert read.text.startswith("第1节的正文讲第1件事,\n共有10户居民受益。\n第2节")
    assert "镜湖年报" not in read.text
    assert "水务集团" not in read.text
    assert [values[0] for _, values in marked(read, "page")] == [1, 2, 3, 4, 5, 6]


def test_a_head_on_one_page_stays() -> None:
    assert "镜湖年报 1" in read_pdf(drawn(pdfs.headed(1))).text


def test_numbers_at_one_height_that_are_no_page_numbers_stay() -> None:
    def amounts(number: int) -> Callable[[Canvas], None]:
        return lambda canvas: canvas.drawString(72, 800, f"供水 {number * 7} 万吨")

    assert len(read_pdf(drawn(*(amounts(number) for number in range(1, 5)))).text.splitlines()) == 4


def test_a_hyphen_at_the_end_of_a_line_stays() -> None:
    assert read_pdf(drawn(pdfs.english)).text.startswith(
        "Care of the environ-\nment is the office's first task;\n"
    )


def test_upwards_and_vertical_writing() -> None:
    assert read_pdf(drawn(pdfs.sideways)).text == "These words run upwards\nand so do these\n"
    assert read_pdf(drawn(pdfs.vertical)).text == "镜湖市图书馆收藏古籍甚多\n其中善本三百部皆可借阅\n"


def test_fake_bold_once_and_nothing_that_is_askew_or_off_the_page() -> None:
    assert read_pdf(drawn(pdfs.stamped)).text == "加粗的镜湖\n看得见的字\n"


def test_a_gap_is_a_blank_behind_the_mark_of_an_article_only() -> None:
    assert read_pdf(drawn(pdfs.articles)).text == "第十二条 供水单位应当按时供水。\n供水不得中断。\n"


def test_a_drawing_that_draws_itself_once() -> None:
    assert read_pdf(hostile_pdfs.looping_form(1)).text == "The water is clean.\n"


def test_slanted_letters_are_not_askew() -> None:
    assert (
        read_pdf(hostile_pdfs.one_page(b"BT /F 1 Tf 12 0 4 12 50 700 Tm (In italics) Tj ET")).text
        == "In italics\n"
    )


@pytest.mark.parametrize(
    "draw",
    [pdfs.english, pdfs.turned, pdfs.sideways, pdfs.outlined, pdfs.shifted],
    ids=lambda draw: draw.__name__,
)
def test_the_boxes_of_the_lines_hold_all_ink_and_each_holds_some(draw: Callable[[Canvas], None]) -> None:
    data = drawn(draw)
    boxes = [values[1:] for _, values in marked(read_pdf(data), "line")]
    ink = np.asarray(Image.open(io.BytesIO(page_image(data, 1, 2.0))).convert("L")) < 160
    assert ink.any()
    for left, top, right, bottom in boxes:
        part = (
            slice(max(int(2 * top) - 1, 0), int(2 * bottom) + 2),
            slice(max(int(2 * left) - 1, 0), int(2 * right) + 2),
        )
        assert ink[part].any()
        ink[part] = False
    assert not ink.any()


def test_a_box_counts_from_the_corner_of_the_page_wherever_that_is() -> None:
    def first(box: bytes) -> tuple[float, ...]:
        return marked(read_pdf(hostile_pdfs.one_page(hostile_pdfs.SAYS, box=box)), "line")[0][1]

    plain, moved = first(b"0 0 595 842"), first(b"-100 -50 495 792")
    assert first(b"595 842 0 0") == plain
    assert moved == pytest.approx((1, plain[1] + 100, plain[2] - 50, plain[3] + 100, plain[4] - 50), abs=0.01)


def test_the_size_of_a_font_set_by_the_matrix_counts() -> None:
    large, small = b"20 0 0 20 50 700 Tm (Large words) Tj", b"10 0 0 10 50 650 Tm (before smaller ones) Tj"
    content = b"BT /F 1 Tf %b %b ET" % (large, small)
    assert marked(read_pdf(hostile_pdfs.one_page(content)), "heading") == [("Large words", (1,))]


def test_pages_without_text_are_named_but_blank_ones_are_not() -> None:
    read = read_pdf(drawn(pdfs.notice, pdfs.picture, lambda _: None))
    (note,) = read.notes
    assert "第2页没有文字" in note
    assert "page 2 (scanned?)" in note
    assert [values[0] for _, values in marked(read, "page")] == [1, 2, 3]


def test_a_page_of_garbage_is_named_and_left_out() -> None:
    read = read_pdf(hostile_pdfs.joined(drawn(pdfs.notice), hostile_pdfs.garbage(), drawn(pdfs.picture)))
    assert read.text == read_pdf(drawn(pdfs.notice)).text
    assert [note[:4] for note in read.notes] == ["第3页没", "第2页的"]


DRAWINGS = [
    value
    for name, value in vars(pdfs).items()
    if name not in ("picture", "fonts", "drawn", "lines", "grid") and getattr(value, "__code__", None)
    if value.__code__.co_varnames[0:1] == ("canvas",)
]


@pytest.mark.parametrize("draw", DRAWINGS, ids=lambda draw: draw.__name__)
def test_annotations_lie_within_each_other_and_lines_cover_the_text(draw: Callable[[Canvas], None]) -> None:
    read = read_pdf(drawn(pdfs.notice, draw))
    lines = [one for one in read.annotations if one.kind == "line"]
    covered = "".join(read.text[one.start : one.end] for one in lines)
    assert "".join(covered.split()) == "".join(read.text.split())
    pages = {one.values[0]: one for one in read.annotations if one.kind == "page"}
    for line in lines:
        page, (number, left, top, right, bottom) = pages[line.values[0]], line.values
        assert page.start <= line.start < line.end <= page.end
        assert -1 <= left < right <= page.values[1] + 1, number
        assert -1 <= top < bottom <= page.values[2] + 1
    cells = [one for one in read.annotations if one.kind == "cell"]
    tables = [one for one in read.annotations if one.kind == "table"]
    assert all(any(table.start <= cell.start <= cell.end <= table.end for table in tables) for cell in cells)


WORDS = st.lists(
    st.sampled_from(["water", "plant", "supply", "library", "reader", "open", "close", "lake"]),
    min_size=2,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12), st.sampled_from([0, 90, 180, 270]), st.randoms())
def test_words_come_out_once_and_in_order_however_the_file_orders_them(
    written: list[list[str]], turn: int, order: random.Random
) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.setFont(pdfs.SANS, 12)
        placed = [(550 - 20 * number, " ".join(words)) for number, words in enumerate(written)]
        for y, words in order.sample(placed, len(placed)):
            canvas.drawString(72, y, words)

    assert read_pdf(drawn(page)).text == "".join(" ".join(words) + "\n" for words in written)
