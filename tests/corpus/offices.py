"""Files as offices of 镜湖市 write them, a city that does not exist."""

import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph


def population() -> bytes:
    """A sheet with a caption over a table whose headers stand in two rows."""
    import xlsxwriter

    book = xlsxwriter.Workbook(file := io.BytesIO(), {"in_memory": True})
    sheet = book.add_worksheet("人口")
    percent, tenth = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "0.0"})
    sheet.merge_range("A1:E1", "镜湖市2023年常住人口统计表")
    sheet.merge_range("A2:A3", "街道")
    sheet.merge_range("B2:C2", "常住人口(万人)")
    sheet.merge_range("D2:D3", "增长率")
    sheet.merge_range("E2:E3", "登记日期")
    sheet.write_row("B3", ["2022年", "2023年"])
    day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
    for row, (name, old, new, grown) in enumerate(
        [("东湖街道", 12.1, 12.5, 0.032), ("西山街道", 8.4, 8.3, -0.012)]
    ):
        sheet.write(row + 3, 0, name)
        sheet.write(row + 3, 1, old, tenth)
        sheet.write(row + 3, 2, new, tenth)
        sheet.write(row + 3, 3, grown, percent)
        sheet.write(row + 3, 4, 45292 + row, day)
    sheet.write("A6", "合计")
    sheet.write_formula("B6", "=SUM(B4:B5)", tenth, 20.5)
    sheet.write_formula("C6", "=SUM(C4:C5)", tenth, "")
    hidden = book.add_worksheet("草稿")
    hidden.write("A1", "草稿内容")
    hidden.hide()
    book.close()
    return file.getvalue()


def telephones() -> bytes:
    return "部门,负责人,联系电话\n水务局,周启明,0471-5551234\n教育局,林晓舟,0471-5555678\n".encode("gb18030")


def report() -> bytes:
    """Slides: text, groups, a hidden one, notes."""
    from pptx import Presentation
    from pptx.util import Pt

    shown = Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[1])
    assert slide.shapes.title
    slide.shapes.title.text = "智慧供水平台建设"
    slide.placeholders[1].text = "智慧供水平台接入水表86万个\n漏损率下降两个百分点"
    box = slide.shapes.add_group_shape().shapes.add_textbox(0, 0, Pt(100), Pt(20))
    box.text_frame.text = "平台昼夜有人值守。"
    notes = slide.notes_slide.notes_text_frame
    assert notes
    notes.text = "讲解时说明漏损率的算法。"
    hidden = shown.slides.add_slide(shown.slide_layouts[6])
    hidden.shapes.add_textbox(0, 0, Pt(100), Pt(20)).text_frame.text = "隐藏内容"
    hidden._element.set("show", "0")
    shown.save(file := io.BytesIO())
    return file.getvalue()


def rules() -> bytes:
    """Rules in Word: headings of its own names, merged cells, numbers, changes, a text box, a footnote."""
    from docx import Document

    document = Document()
    document.styles["Heading 1"].element.find(f"{_W}name").set(f"{_W}val", "标题 1")
    document.add_paragraph("镜湖市图书馆借阅办法", style="Title")
    document.add_paragraph("借书证", style=document.styles.element.get_by_id("Heading1").name_val)
    document.add_paragraph("读者凭身份证办理借书证,每张借书证收取押金100元,退证时退还。")
    table = document.add_table(3, 3)
    for row, cells in enumerate(
        [("类别", "册数", "期限"), ("成人", "10册", "30天"), ("少儿", "15册", "30天")]
    ):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    merged = table.cell(1, 2).merge(table.cell(2, 2))
    merged.text = "30天"
    changed = document.add_paragraph("逾期")
    _append(changed, "<w:del><w:r><w:delText>每天罚款一元</w:delText></w:r></w:del>")
    _append(changed, "<w:ins><w:r><w:t>不再罚款</w:t></w:r></w:ins>")
    _append(changed, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>")
    box = document.add_paragraph("遗失图书按原价赔偿。")
    _append(box, _BOX)
    document.sections[0].footer.paragraphs[0].text = "页脚不读"
    document.save(file := io.BytesIO())
    return file.getvalue()


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAID = "<w:p><w:r><w:t>咨询台在一楼。</w:t></w:r></w:p>"
_BOX = f"<w:r><w:pict><w:txbxContent>{_SAID}</w:txbxContent></w:pict></w:r>"


def _append(paragraph: "Paragraph", xml: str) -> None:
    from docx.oxml import parse_xml

    wrapped = parse_xml(f'<w:p xmlns:w="{_W[1:-1]}">{xml}</w:p>')
    paragraph._p.append(wrapped[0])


def notice() -> bytes:
    """A page of an old site: a table for its layout, its encoding named wrongly as GB2312."""
    return """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<meta name="ArticleTitle" content="镜湖市图书馆搬迁公告"><meta name="PubDate" content="2024-03-05 09:00">
<meta name="ContentSource" content="镜湖市文化局"></head><body><table><tr><td>
<div class="nav"><a href="/">首页</a></div></td></tr><tr><td><h1>镜湖市图书馆搬迁公告</h1>
<p>市图书馆已经搬进镜湖新馆。镜湖新馆位于临波
路18号，每天九点开门。</p><p>馆长林晓舟(旧字“喆”“镕”)欢迎读者。</p><p hidden>隐藏</p>
</td></tr></table></body></html>
""".encode("gb18030")


FILES: Mapping[str, Callable[[], bytes]] = {
    "人口.xlsx": population,
    "电话.csv": telephones,
    "汇报.pptx": report,
    "办法.docx": rules,
    "公告.html": notice,
}
