"""The text of the page is the document's to the character, and exactly the cited words are marked."""

import base64
import hashlib
import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus.tables import grid, write_table
from qa.corpus.writing import Writer
from qa.rendering import policy, render_document, style
from qa.types import Annotation, Document, Official, Section, Span

REPORT = (
    "供水年报\n一、供水\n(一)东岭水厂\n·西岭水厂\n单位\t年供水\n东岭\t12\n西岭\t8\n\n"
    "以上<b>数据</b>&来源。\n第二页的字"
)
SECOND = REPORT.index("第二页")
NOTES = (
    Annotation("page", 0, SECOND - 1, (1, 595, 842)),
    Annotation("page", SECOND, len(REPORT), (2, 595, 842)),
    Annotation("heading", 0, 4, (1,)),
    Annotation("heading", 5, 9, (2,)),
    Annotation("item", 10, 17, (1,)),
    Annotation("item", 18, 23, (2,)),
    Annotation("table", 24, 41, (3, 2)),
    Annotation("cell", 24, 26, (0, 0)),
    Annotation("cell", 27, 30, (0, 1)),
    Annotation("cell", 31, 33, (1, 0)),
    Annotation("cell", 34, 36, (1, 1)),
    Annotation("cell", 37, 39, (2, 0)),
    Annotation("cell", 40, 41, (2, 1)),
)


class Body(HTMLParser):
    """The text within <main>, and what is within <mark>."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.inside, self.marking = "", False, False
        self.marks: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        self.marking = self.marking or tag == "mark"
        if tag == "mark":
            self.marks.append("")
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"
        self.marking = self.marking and tag != "mark"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text += data
        if self.marking:
            self.marks[-1] += data


def paper(text: str, *notes: Annotation, official: Official | None = None) -> Document:
    return Document("d.txt", "题", "2024", "", text, annotations=notes, official=official or Official())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "一",
        "\n\n一\r\n\n二  三\n四",
        "<b>&amp;</b>\n\t\"'",
        "𠮷\n😀a",
        "a\u2028b\x0bc\x0cd",
        "\ra\r\rb\n",
        "\u00a0\u3000甲",
    ],
)
def test_the_text_is_the_documents_to_the_character(text: str) -> None:
    assert Body(render_document(paper(text))).text == text


def test_blocks_are_what_the_reader_saw() -> None:
    page = render_document(paper(REPORT, *NOTES))
    assert Body(page).text == REPORT
    assert "<h1>供水年报\n</h1><h2>一、供水\n</h2>" in page
    assert '<ul><li class="l1">(一)东岭水厂\n</li><li class="l2">·西岭水厂\n</li></ul>' in page
    assert "<tr><td>单位\t</td><td>年供水\n</td></tr><tr><td>东岭\t</td>" in page
    assert "<p>以上&lt;b&gt;数据&lt;/b&gt;&amp;来源。" in page
    assert re.findall(r'data-page="(\d+)"', page) == ["1", "2"]


@pytest.mark.parametrize("notes", [NOTES, ()], ids=["annotated", "plain"])
def test_every_span_is_marked_exactly(notes: tuple[Annotation, ...]) -> None:
    for start in range(len(REPORT)):
        for end in range(start + 1, len(REPORT) + 1, 3):
            body = Body(render_document(paper(REPORT, *notes), [(start, end)]))
            assert "".join(body.marks) == REPORT[start:end]
            assert body.text == REPORT


def test_a_mark_over_the_end_of_a_block_is_one_in_each_and_the_first_is_the_hit() -> None:
    body = Body(render_document(paper(REPORT, *NOTES), [(2, 12), (34, 36)]))
    assert body.marks == ["年报\n", "一、供水\n", "(一", "12"]
    first = {"class": "focus", "id": "hit"}
    assert [attributes for tag, attributes in body.tags if tag == "mark"] == [first, {}, {}, {}]


def test_overlapping_empty_and_outlying_spans() -> None:
    body = Body(render_document(paper("0123456789"), [(4, 6), (1, 5), (8, 8), (9, 99), (-5, 1), (7, 3)]))
    assert body.marks == ["0", "123", "4", "5", "9"]


def test_the_focus_stands_out_among_the_other_marks() -> None:
    body = Body(render_document(paper("0123456789\nabc"), [(1, 4), (3, 6), (12, 13)], (3, 6)))
    kinds = [attributes for tag, attributes in body.tags if tag == "mark"]
    assert body.marks == ["12", "3", "45", "b"]
    assert kinds == [{}, {"class": "focus", "id": "hit"}, {"class": "focus"}, {}]


def test_headings_of_a_plain_text_are_headings() -> None:
    text = "首页\n镜湖水务报告\n——2024年\n\n 一、供水情况\n正文。\n(一)东岭水厂。日供水。\n一、供水情况\n"
    one, two = text.index("一、"), text.index("(一)")
    sections = (
        Section("镜湖水务报告 ——2024年", "", "", 0, one),
        Section("镜湖水务报告 ——2024年 › 一、供水情况", "", "", one, two),
        Section("镜湖水务报告 ——2024年 › 一、供水情况 › (一)东岭水厂", "", "", two, len(text)),
    )
    page = render_document(Document("d", "t", "", "", text, sections))
    assert Body(page).text == text
    assert "<p>首页\n</p><h1>镜湖水务报告\n</h1><h1>——2024年\n</h1>" in page
    assert "<h2> 一、供水情况\n</h2><p>正文。\n</p>" in page
    assert '<p data-heading="(一)东岭水厂" data-level="3">(一)东岭水厂。日供水。\n</p><p>一、供水' in page


def test_a_large_text_comes_in_parts_with_its_lists_whole() -> None:
    line = "东岭水厂按时供水。\n"
    text, size = line * 5000, len(line)
    items = [Annotation("item", at * size, (at + 1) * size - 1, (1,)) for at in range(100, 1500)]
    body = Body(render_document(paper(text, *items), [(0, 5), (30_000, 45_000)]))
    assert body.text == text
    assert len([attributes for tag, attributes in body.tags if attributes.get("class") == "part"]) > 5
    assert [tag for tag, _ in body.tags].count("ul") == 1
    assert "".join(body.marks) == text[:5] + text[30_000:45_000]


SPANS = st.tuples(st.integers(-2, 40), st.integers(-2, 40))
ANNOTATIONS = st.builds(
    lambda kind, span, values: Annotation(kind, span[0], span[1], values),
    st.sampled_from(["heading", "item", "table", "cell", "page", "line", "other"]),
    SPANS,
    st.lists(st.floats(-5, 1e9), max_size=3).map(tuple),
)


@given(
    st.text(alphabet="甲<&>\"'\n\r\t \u3000a/", max_size=40),
    st.lists(ANNOTATIONS, max_size=8),
    st.lists(SPANS, max_size=3),
)
def test_whatever_the_annotations_text_and_marks_are_exact(
    text: str, notes: list[Annotation], spans: list[Span]
) -> None:
    body = Body(render_document(paper(text, *notes), spans))
    cited = {at for start, end in spans for at in range(max(start, 0), min(end, len(text)))}
    assert body.text == text
    assert "".join(body.marks) == "".join(text[at] for at in sorted(cited))


def test_nothing_in_it_can_run_or_be_fetched() -> None:
    bad = "<script>alert(1)</script><img src=x onerror=y>\"' --></main><style>"
    page = render_document(Document(bad, bad, bad, bad, bad, official=Official(number=bad)), [(3, 9)])
    body = Body(page)
    assert body.text == bad
    assert {tag for tag, _ in body.tags} == {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "p",
        "mark",
    }
    assert not re.search(r"https?:|url\(|@import", page)


def test_the_policy_allows_the_style_of_the_page_and_nothing_else() -> None:
    page = render_document(paper("甲"))
    (sheet,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert sheet == style()
    assert f"style-src 'sha256-{digest}'" in policy()
    assert policy().startswith("default-src 'none'; ")


def test_a_document_that_no_longer_stands_says_so_outside_its_text() -> None:
    page = render_document(
        paper("甲", official=Official(status="repealed", superseded_by="镜政发〔2023〕12号"))
    )
    assert "此文件已废止:镜政发〔2023〕12号" in page
    assert Body(page).text == "甲"
    assert "data-notice=" not in render_document(paper("甲"))


def test_many_pages_take_no_longer_each_than_few() -> None:
    line = "镜湖市供水\n"

    def large(pages: int) -> float:
        size = 20 * len(line)
        notes = [Annotation("page", n * size, (n + 1) * size - 1, (n + 1, 595, 842)) for n in range(pages)]
        notes += [Annotation("heading", n * size, n * size + 5, (1,)) for n in range(pages)]
        document = paper(line * 20 * pages, *notes)
        start = time.process_time()
        render_document(document, [(5, 50)])
        return time.process_time() - start

    large(10)
    assert large(2000) < 100 * large(100)


def test_a_label_stands_in_the_cell_that_it_names() -> None:
    write_table(out := Writer(), grid([["厂", "一月", "注"], ["东岭", "1", "新。"], ["西岭", "2", "旧"]]))
    read = out.finish()
    page = render_document(Document("表.csv", "表", "", "", read.text, (), annotations=read.annotations))
    assert re.findall("<td>(.*?)</td>", page, re.DOTALL)[3:] == [
        "厂：东岭，",
        "一月：1，",
        "注：新。\n",
        "厂：西岭，",
        "一月：2，",
        "注：旧\n",
    ]
