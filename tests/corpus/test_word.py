"""What Word shows but does not write as text, and what it writes but does not show."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml import parse_xml

from qa.corpus.folder import document_of
from qa.corpus.word import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTE = f"""<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:t>数据来自统计局。</w:t></w:r></w:p></w:footnote></w:footnotes>"""
RELATION = (
    '<Relationship Id="rId99" Target="footnotes.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>'
)
PART = (
    '<Override PartName="/word/footnotes.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'
)


def saved(document: Word) -> bytes:
    document.save(file := io.BytesIO())
    return file.getvalue()


def append(document: Word, xml: str) -> None:
    document.element.body.insert(-1, parse_xml(xml.replace(">", f' xmlns:w="{W}">', 1)))


def seen(document: Word) -> list[tuple[str, str]]:
    read = read_docx(saved(document))
    return [(one.kind, read.text[one.start : one.end]) for one in read.annotations if one.kind != "cell"]


def with_note(data: bytes) -> bytes:
    """The document with a part of footnotes, which the library that writes it cannot add."""
    changes: dict[str, Callable[[str], str]] = {
        "word/_rels/document.xml.rels": lambda text: text.replace("</Relationships>", RELATION),
        "[Content_Types].xml": lambda text: text.replace("</Types>", PART),
    }
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(file := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            change = changes.get(name, str)
            text = before.read(name)
            after.writestr(name, change(text.decode()) if name in changes else text)
        after.writestr("word/footnotes.xml", NOTE)
    return file.getvalue()


def test_a_footnote_stands_after_its_paragraph() -> None:
    document = Document()
    append(document, '<w:p><w:r><w:t>人口12万。</w:t><w:footnoteReference w:id="1"/></w:r></w:p>')
    document.add_paragraph("正文继续。")
    assert read_docx(with_note(saved(document))).text == "人口12万。\n脚注1：数据来自统计局。\n正文继续。\n"


def test_articles_that_word_numbers() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{"<w:isLgl/>" * (level == 1)}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(
            [("chineseCountingThousand", "第%1条"), ("decimal", "%1.%2"), ("decimal", "%1.%3")]
        )
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num xmlns:w="{W}" w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in [
        (0, "总则。"),
        (0, "借阅。"),
        (1, "册数。"),
        (1, "期限。"),
        (2, "成人。"),
        (0, "附则。"),
    ]:
        properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr></w:pPr>'
        append(document, f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>")
    wanted = ["第一条总则。", "第二条借阅。", "2.1 册数。", "2.2 期限。", "二.1 成人。", "第三条附则。"]
    assert seen(document) == [("item", text) for text in wanted]


def test_headings_by_outline_level_and_by_chinese_names() -> None:
    document = Document()
    append(document, '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>供水</w:t></w:r></w:p>')
    append(document, '<w:p><w:pPr><w:outlineLvl w:val="9"/></w:pPr><w:r><w:t>正文。</w:t></w:r></w:p>')
    style = parse_xml(
        f'<w:style xmlns:w="{W}" w:type="paragraph" w:styleId="31"><w:name w:val="标题 3"/></w:style>'
    )
    document.styles.element.append(style)
    append(document, '<w:p><w:pPr><w:pStyle w:val="31"/></w:pPr><w:r><w:t>热线</w:t></w:r></w:p>')
    read = read_docx(saved(document))
    assert [(one.kind, one.values) for one in read.annotations] == [
        ("heading", (2,)),
        ("paragraph", ()),
        ("heading", (3,)),
    ]


def test_contents_comments_fields_and_headers_are_dropped() -> None:
    document = Document()
    style = parse_xml(
        f'<w:style xmlns:w="{W}" w:type="paragraph" w:styleId="t1"><w:name w:val="toc 1"/></w:style>'
    )
    document.styles.element.append(style)
    append(document, '<w:p><w:pPr><w:pStyle w:val="t1"/></w:pPr><w:r><w:t>供水……3</w:t></w:r></w:p>')
    append(
        document,
        "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>第3页</w:t><w:br/><w:t>换行</w:t></w:r></w:p>",
    )
    append(document, "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    append(
        document,
        "<w:p><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo></w:p>",
    )
    document.sections[0].header.paragraphs[0].text = "页眉"
    assert seen(document) == [("paragraph", "第3页\n换行"), ("paragraph", "控件里"), ("paragraph", "移来")]


def test_a_table_that_frames_the_page_is_no_table() -> None:
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "关于供水的通知"
    inner = cell.add_table(2, 3)
    for row, cells in enumerate([("指标", "单位", "值"), ("人口", "万人", "12")]):
        for column, text in enumerate(cells):
            inner.cell(row, column).text = text
    cell.add_paragraph("特此通知。")
    assert seen(document) == [
        ("paragraph", "关于供水的通知"),
        ("table", "指标，单位，值\n指标：人口，单位：万人，值：12"),
        ("paragraph", "特此通知。"),
    ]


@pytest.mark.parametrize("marked", [True, False])
def test_rows_marked_as_headers_are(marked: bool) -> None:
    document = Document()
    table = document.add_table(3, 2)
    for row, cells in enumerate([("职务", "姓名"), ("局长", "周启明"), ("馆长", "林晓舟")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    if marked:
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:tblHeader xmlns:w="{W}"/>'))
    text = read_docx(saved(document)).text
    assert text == (
        "职务，姓名\n职务：局长，姓名：周启明\n职务：馆长，姓名：林晓舟\n"
        if marked
        else "职务：姓名\n局长：周启明\n馆长：林晓舟\n"
    )


def test_a_title_on_two_lines_is_one_and_the_rest_has_headings_by_form() -> None:
    document = Document()
    document.add_paragraph("镜湖市人民政府办公室", style="Title")
    document.add_paragraph("关于供水的通知", style="Title")
    for text in ("一、总体要求", "供水要安全。", "二、重点任务", "东岭水厂改造管网120公里。"):
        document.add_paragraph(text)
    read = read_docx(saved(document))
    made = document_of("通知.docx", read, {}, ".docx")
    assert made.title == "镜湖市人民政府办公室关于供水的通知"
    assert [part.heading for part in made.sections] == [
        "关于供水的通知 › 一、总体要求",
        "关于供水的通知 › 二、重点任务",
    ]


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings 2", "F0A3", "□"),
        ("Symbol", "F0A3", "≤"),
        ("宋体", "25A1", "□"),
        ("宋体", "D800", "\N{REPLACEMENT CHARACTER}"),
        ("Webdings", "F0A3", ""),
        ("Symbol", "x", ""),
    ],
)
def test_signs_of_fonts(font: str, code: str, shown: str) -> None:
    document = Document()
    append(
        document,
        f'<w:p><w:r><w:t>浊度</w:t><w:sym w:font="{font}" w:char="{code}"/><w:t>1</w:t></w:r></w:p>',
    )
    assert read_docx(saved(document)).text == f"浊度{shown}1\n"


def test_raised_and_lowered_digits_are_told_from_others() -> None:
    document = Document()
    paragraph = document.add_paragraph("每升不超过10")
    paragraph.add_run("3").font.superscript = True
    paragraph.add_run("个,CO")
    paragraph.add_run("2").font.subscript = True
    paragraph.add_run("[1]").font.superscript = True
    assert read_docx(saved(document)).text == "每升不超过10³个,CO₂[1]\n"


def test_a_list_whose_levels_its_style_holds() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    for number, held in (
        ("77", '<w:numStyleLink w:val="条目"/>'),
        ("78", f'<w:styleLink w:val="条目"/>{level}'),
    ):
        numbering.insert(
            0, parse_xml(f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="{number}">{held}</w:abstractNum>')
        )
    numbering.append(parse_xml(f'<w:num xmlns:w="{W}" w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text in ("巡查管网。", "检测水质。"):
        properties = '<w:pPr><w:numPr><w:numId w:val="77"/></w:numPr></w:pPr>'
        append(document, f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>")
    assert seen(document) == [("item", "一、巡查管网。"), ("item", "二、检测水质。")]
