"""What offices write: merged cells, several headers, tracked changes, text boxes, layouts made of tables."""

import io

import pytest
import xlsxwriter
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from qa.corpus.readers import read_parts
from qa.corpus.reading import Read
from qa.corpus.slides import read_pptx
from qa.corpus.spreadsheet import read_xlsx
from tests.corpus.offices import FILES


def read(name: str) -> Read:
    ((_, part),) = read_parts("." + name.partition(".")[2], FILES[name]())
    assert isinstance(part, Read)
    return part


TEXTS = {
    "人口.xlsx": """人口
镜湖市2023年常住人口统计表
街道，常住人口(万人)，增长率，登记日期
2022年，2023年
街道：东湖街道，常住人口(万人) 2022年：12.1，常住人口(万人) 2023年：12.5，增长率：3.2%，登记日期：2024年1月1日
街道：西山街道，常住人口(万人) 2022年：8.4，常住人口(万人) 2023年：8.3，增长率：-1.2%，登记日期：2024年1月2日
街道：合计，常住人口(万人) 2022年：20.5
""",
    "汇报.pptx": """智慧供水平台建设
智慧供水平台接入水表86万个
漏损率下降两个百分点
平台昼夜有人值守。
备注：讲解时说明漏损率的算法。
""",
    "办法.docx": """镜湖市图书馆借阅办法
借书证
读者凭身份证办理借书证,每张借书证收取押金100元,退证时退还。
类别，册数，期限
类别：成人，册数：10册，期限：30天
类别：少儿，册数：15册，期限：30天
逾期不再罚款
遗失图书按原价赔偿。
咨询台在一楼。
""",
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_is_what_is_shown(name: str) -> None:
    assert read(name).text == TEXTS[name]


def test_a_merged_cell_is_annotated_once() -> None:
    cells = [one.values for one in read("办法.docx").annotations if one.kind == "cell"]
    assert cells[3:] == [(1, 0), (1, 1), (1, 2), (2, 0), (2, 1)]


def test_headings_have_the_level_of_their_style() -> None:
    found = read("办法.docx")
    headings = [
        (found.text[one.start : one.end], one.values) for one in found.annotations if one.kind == "heading"
    ]
    assert headings == [("镜湖市图书馆借阅办法", (1,)), ("借书证", (2,))]


def test_what_a_page_states() -> None:
    page = read("公告.html")
    assert (page.title, page.date, page.source) == ("镜湖市图书馆搬迁公告", "2024-03-05", "镜湖市文化局")
    assert page.encoding == "gb18030"
    assert "镜湖新馆位于临波路18号，每天九点开门。\n" in page.text
    assert "隐藏" not in page.text


@pytest.mark.parametrize(
    ("form", "shown"),
    [(31, "2025年1月1日"), (57, "2025年1月"), (58, "1月1日"), (32, "12时00分"), (55, "下午12时00分")],
)
def test_formats_of_china_that_a_sheet_names_by_number_only(form: int, shown: str) -> None:
    book = xlsxwriter.Workbook(file := io.BytesIO(), {"in_memory": True})
    sheet = book.add_worksheet("检修")
    sheet.write(0, 0, 45658.5, book.add_format({"num_format": form}))
    book.close()
    assert read_xlsx(file.getvalue()).text.splitlines()[-1] == shown


def test_what_a_slide_shows_of_alternatives() -> None:
    shown = Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[6])
    made = "".join(
        f'<mc:{kind}><p:sp><p:nvSpPr><p:cNvPr id="9" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp></mc:{kind}>"
        for kind, text in (("Choice", "水量按公式计算。"), ("Fallback", "旧"))
    )
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    slide.shapes.element.append(
        parse_xml(f'<mc:AlternateContent xmlns:mc="{space}" {nsdecls("a", "p")}>{made}</mc:AlternateContent>')
    )
    shown.save(file := io.BytesIO())
    assert read_pptx(file.getvalue()).text == "水量按公式计算。\n"
