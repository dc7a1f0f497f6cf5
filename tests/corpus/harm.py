"""Files that were made to do harm, a few kilobytes each."""

import io
import zipfile
from collections.abc import Mapping

DEEP = 100_000
ROWS = 1_048_576

_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
</Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="{target}"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>"""
_BOOK = """<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>{rest}</worksheet>"""
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "水水水水水水水水水水">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><w:document>&i;</w:document>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """A container."""
    with zipfile.ZipFile(file := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in members.items():
            container.writestr(name, data)
    return file.getvalue()


def bomb(name: str, mebibytes: int) -> bytes:
    """A container whose member is a thousand times what is stored."""
    return zipped({name: b" " * (mebibytes << 20)})


def sheet(rows: str, rest: str = "") -> bytes:
    """A workbook of one sheet with these rows, written by hand."""
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS.format(target="xl/workbook.xml", kind="officeDocument"),
            "xl/workbook.xml": _BOOK,
            "xl/_rels/workbook.xml.rels": _RELATIONS.format(target="worksheets/sheet1.xml", kind="worksheet"),
            "xl/worksheets/sheet1.xml": _SHEET.format(rows=rows, rest=rest),
        }
    )


def text_cell(place: str, text: str) -> str:
    """A cell with a text."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f'<row r="1">{text_cell("A1", "指标")}{text_cell("B1", "数值")}{text_cell("C1", "单位")}</row>'


def last_row() -> bytes:
    """One row at the top, one at the very end, nothing between."""
    people = text_cell(f"A{ROWS}", "人口")
    return sheet(f'{HEAD}<row r="{ROWS}">{people}<c r="XFD{ROWS}"><v>12</v></c></row>')


def empty_rows() -> bytes:
    """Every row that a sheet can have, each with a height and nothing in it."""
    return sheet(HEAD + "".join(f'<row r="{n}" ht="15" customHeight="1"/>' for n in range(2, ROWS + 1)))


def all_merged() -> bytes:
    """A few rows in a sheet that is one merged cell, and many more merged ones."""
    merged = "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(2, 20_000))
    return sheet(HEAD, f'<mergeCells><mergeCell ref="A1:XFD{ROWS}"/>{merged}</mergeCells>')


def formulas() -> bytes:
    """Formulas: one with the value kept beside it, the others without."""
    return sheet(
        f'{HEAD}<row r="2">{text_cell("A2", "人口")}<c r="B2"><f>6*7</f><v>42</v></c>'
        '<c r="C2"><f>1+1</f></c></row>'
        f'<row r="3">{text_cell("A3", "面积")}<c r="B3"><f>WEBSERVICE("http://x.invalid")</f></c>'
        f'<c r="C3" t="str"><f>cmd|"/c calc"!A1</f><v></v></c></row>'
    )


PAGE = """<html><body onload="steal()"><h1>公告</h1><p onclick="steal()">水很干净。
<a href="javascript:steal()">详情</a><img src=x onerror="steal()"></p><script>steal("脚本")</script>
<svg onload="steal()"><text>图形</text></svg><p style="display:none">藏起来</p>
<iframe srcdoc="<p>框</p>"></iframe><template><p>模板</p></template>
<object data="data:text/html,x">对象</object><style>p{color:red}</style><p hidden>也藏</p>
<p>书很多。</p></body></html>"""
