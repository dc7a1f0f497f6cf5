"""What a browser shows of a page's main text, in whatever encoding the page is."""

import pytest

from qa.corpus import webpage
from qa.corpus.reading import Read
from qa.corpus.webpage import read_html, read_mht, read_page
from qa.errors import CorpusError

PROSE = "".join(
    f"<p>第{number}项。水务集团新建管道{number + 80}公里,东岭水厂日供水达到{number + 20}万吨,漏损率下降。</p>"
    for number in range(8)
)
TABLE = "<table><tr><th>指标<th>单位<th>值</tr><tr><td>人口<td>万人<td>12</tr></table>"
SITE = f"""<html><head><title>年报_镜湖市政府网</title></head><body><div class=top><ul>
<li><a href=/>首页</a></li><li><a href=/a>新闻中心</a></li></ul></div><div class=content>
<h1>镜湖市水务年报</h1>
<div>发布时间：2023-12-30 来源：水务局</div>{PROSE}{TABLE}<h2>服务</h2><p>热线值守</p><p>水务局</p></div>
<div class=related><ul><li><a href=/1>关于供水检查的通知</a></li></ul></div>
<div>版权所有 蒙ICP备123号</div></body></html>"""


def kinds(read: Read) -> list[tuple[str, str]]:
    return [(one.kind, read.text[one.start : one.end]) for one in read.annotations if one.kind != "cell"]


def test_blocks_lists_and_breaks() -> None:
    page = """<body><h2>一<b>二</b></h2>前文<p>水很
    干净,<br>书  很<i>多</i>。</p>
    <ol start=3><li>甲<ul><li>乙</li></ul></li><li><p>丙</p></li></ol><pre>丁</pre>后文"""
    assert kinds(read_page(page)) == [
        ("heading", "一二"),
        ("paragraph", "前文"),
        ("paragraph", "水很干净,\n书 很多。"),
        ("item", "3. 甲"),
        ("item", "乙"),
        ("item", "4. 丙"),
        ("paragraph", "丁"),
        ("paragraph", "后文"),
    ]


def test_merged_headers_and_a_caption() -> None:
    page = """<table><caption>表1 人口</caption><tr><th rowspan=2>区<th colspan=2>人口</tr>
    <tr><th>男<th>女</tr>    <tr><td rowspan=2>东<td>1<td>2</tr><tr><td>3<td>4</tr></table>"""
    assert read_page(page).text.splitlines() == [
        "表1 人口",
        "区，人口",
        "男，女",
        "区：东，人口 男：1，人口 女：2",
        "区：东，人口 男：3，人口 女：4",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
@pytest.mark.parametrize("named", ["", "gb2312", "utf-8"])
def test_encodings_named_or_not_or_wrongly(encoding: str, named: str) -> None:
    meta = f"<meta charset={named}>" if named else ""
    page = f"<html><head>{meta}</head><body><p>市立圖書館每日開放，讀者可以免費借書。</p></body></html>"
    assert read_html(page.encode(encoding)).text == "市立圖書館每日開放，讀者可以免費借書。\n"


def test_a_page_with_an_xml_declaration() -> None:
    page = '<?xml version="1.0" encoding="gb2312"?><html><body><p>水很干净。</p></body></html>'
    assert read_html(page.encode("gb18030")).text == "水很干净。\n"


def test_what_the_head_states() -> None:
    named = {"og:title": "年报", "publishdate": "2024年3月5日", "source": "水务局"}
    head = "".join(f'<meta name="{name}" content="{value}">' for name, value in named.items())
    read = read_page(f"<html><head><title>x</title>{head}</head><body><p>水。</p></body></html>")
    assert (read.title, read.date, read.source) == ("年报", "2024-03-05", "水务局")


def test_what_the_text_states() -> None:
    read = read_page(SITE)
    assert (read.title, read.date, read.source) == ("年报", "2023-12-30", "水务局")


def test_the_main_text_is_kept_whole_and_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    prose = PROSE.replace("<p>", "").replace("</p>", "\n")
    found = f"镜湖市水务年报\n{prose}指标 | 单位 | 值\n人口 | 万人 | 12\n服务\n热线值守\n水务局"
    monkeypatch.setattr(webpage, "_extract", lambda: lambda page: found)
    lines = read_page(SITE).text.splitlines()
    assert lines[0] == "镜湖市水务年报"
    assert lines[-4:] == ["指标：人口，单位：万人，值：12", "服务", "热线值守", "水务局"]
    assert len(lines) == 1 + 8 + 2 + 3


def test_trafilatura_finds_the_main_text() -> None:
    pytest.importorskip("trafilatura", exc_type=ImportError)
    text = read_page(SITE).text
    assert text.startswith("镜湖市水务年报\n")
    assert "指标：人口，单位：万人，值：12\n服务\n热线值守\n" in text
    assert not any(word in text for word in ("首页", "新闻中心", "供水检查", "版权所有"))


@pytest.mark.parametrize("found", [None, "别的页面"])
def test_without_a_main_text_the_page_is_read(found: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webpage, "_extract", lambda: lambda page: found)
    article = "<article><header><h1>公告</h1></header><p>水。</p></article>"
    text = read_page(f"<body><nav>导航</nav><header>页头</header>{article}").text
    assert text == "公告\n水。\n"


@pytest.mark.parametrize("data", [b"Content-Type: text/plain\n\nx", b"", b"<html>"])
def test_an_archive_without_a_page(data: bytes) -> None:
    with pytest.raises(CorpusError, match="no page"):
        read_mht(data)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("named", ["gb2312", "utf-8", ""])
def test_a_character_cut_in_two_costs_itself(encoding: str, named: str) -> None:
    cut = "林晓舟".encode(encoding)[:-1]
    page = f'<meta charset="{named}"><meta name="description" content="@"><p>{"水厂昼夜供水。" * 40}</p>'
    read = read_html(page.encode(encoding).replace(b"@", cut))
    assert (read.text, read.encoding, read.notes) == ("水厂昼夜供水。" * 40 + "\n", encoding, ())
    (note,) = read_html(page.encode(encoding).replace("。<".encode(encoding), cut + b"<")).notes
    assert "characters are broken" in note


def test_a_table_whose_headers_name_what_is_beside_them() -> None:
    rows = "<tr><th>索 引 号<td>JH-12<th>公 布 者<td>镜湖市水务局<tr><th>题名<td colspan=3>供水通知"
    read = read_html(f"<table>{rows}</table>".encode())
    assert read.text == "索 引 号：JH-12，公 布 者：镜湖市水务局\n题名：供水通知\n"


def test_a_cell_of_several_paragraphs_is_one_cell() -> None:
    rows = "<tr><td>事项<td>材料<td>窗口<tr><td>借书证<td><p>身份证</p><p>照片</p><p>申请表</p><td>一楼"
    read = read_html(f"<table>{rows}</table>".encode())
    assert read.text.splitlines()[-1] == "事项：借书证，材料：身份证 照片 申请表，窗口：一楼"


def test_raised_and_lowered_digits_are_told_from_others() -> None:
    page = (
        "<p>每升不超过10<sup>3</sup>个<table><tr><td>CO<sub>2</sub><td>二氧化碳<td>12m<sup>-2</sup></table>"
    )
    assert read_html(page.encode()).text == "每升不超过10³个\nCO₂，二氧化碳，12m⁻²\n"
