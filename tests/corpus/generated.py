"""Documents whose content is known: plans made from a number, and every format that a plan is written in."""

import csv
import io
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape

ENCODINGS = ("utf-8", "gb18030", "utf-16")
COUNT = 12
_PLACES = ["东岭", "西湖", "南桥", "北塔", "临波", "镜水", "云山", "石门"]
_THINGS = ["水厂", "图书馆", "公园", "学校", "医院", "车站", "管网", "热线"]
_DEEDS = ["新建管道", "完成检修", "开放阅览", "接听来电", "改造设备", "巡查站点", "抄读水表", "发放证件"]
_COLUMNS = ("项目", "地点", "数量", "比例", "备注")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, a paragraph, an item (of a numbered list) or a table."""

    kind: str
    text: str = ""
    level: int = 1
    rows: tuple[tuple[str, ...], ...] = ()


Plan = tuple[Part, ...]


def plan(number: int) -> Plan:
    """The content of document ``number``: always the same, no two words of it alike."""
    chance = random.Random(number)  # noqa: S311 - only to vary
    serial = iter(range(1000 * number + 101, 1000 * number + 1000))

    def sentence() -> str:
        place, thing, deed = (chance.choice(words) for words in (_PLACES, _THINGS, _DEEDS))
        return f"{place}{thing}全年{deed}{next(serial)}次,群众表示满意。"

    parts = [Part("heading", f"镜湖市第{next(serial)}号工作报告", 1)]
    for section in range(chance.randint(2, 3)):
        parts.append(Part("heading", f"第{'一二三'[section]}部分工作{next(serial)}", 2))
        for _ in range(chance.randint(1, 3)):
            text = "".join(sentence() for _ in range(chance.randint(1, 3)))
            broken = chance.random() < 0.4
            parts.append(Part("paragraph", text.replace("全年", "全年\n", 1) if broken else text))
        if chance.random() < 0.7:
            parts += [Part("item", sentence(), 1) for _ in range(chance.randint(2, 4))]
        width = chance.randint(3, 5)
        rows = [_COLUMNS[:width]]
        for _ in range(chance.randint(2, 5)):
            place = f"{chance.choice(_PLACES)}{chance.choice(_THINGS)}{next(serial)}"
            cells = (
                place,
                f"{chance.choice(_PLACES)}路{next(serial)}号",
                str(next(serial)),
                f"{next(serial)}%",
            )
            rows.append((*cells, f"已完成{next(serial)}")[:width])
        parts.append(Part("table", rows=tuple(rows)))
    return tuple(parts)


def encoding(number: int) -> str:
    """The encoding that document ``number`` is written in."""
    return ENCODINGS[number % len(ENCODINGS)]


def txt(number: int) -> bytes:
    lines = (
        part.text if part.kind != "table" else "\n".join(map("，".join, part.rows)) for part in plan(number)
    )
    return ("\r\n" if number % 2 else "\n").join(lines).encode(encoding(number))


def md(number: int) -> bytes:
    made = []
    for part in plan(number):
        if part.kind == "table":
            rows = [f"| {' | '.join(row)} |" for row in part.rows]
            made.append("\n".join([rows[0], "|" + "---|" * len(part.rows[0]), *rows[1:]]))
        else:
            made.append({"heading": "#" * part.level + " ", "item": "1. "}.get(part.kind, "") + part.text)
    return "\n\n".join(made).encode(encoding(number))


def html(number: int) -> bytes:
    name = encoding(number)
    made = [
        f'<html><head><meta charset="{name}"><title>无关_站名</title><script>x("脚本")</script></head><body>'
    ]
    made.append('<nav><a href="/">首页导航</a></nav><article>')
    for part in plan(number):
        if part.kind == "table":
            cells = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in part.rows]
            head = cells[0].replace("td>", "th>") if number % 2 else cells[0]
            made.append("<table>" + "".join(f"<tr>{row}</tr>" for row in [head, *cells[1:]]) + "</table>")
        else:
            tag = {"heading": f"h{part.level}", "item": "li"}.get(part.kind, "p")
            text = f"<{tag}>{escape(part.text)}</{tag}>"
            made.append(f"<ol>{text}</ol>" if tag == "li" else text)
    return "\n".join([*made, "</article><footer>版权所有页脚</footer></body></html>"]).encode(name)


def mht(number: int) -> bytes:
    message = EmailMessage()
    message["Subject"] = "网页"
    charset = "utf-8" if encoding(number) == "utf-16" else encoding(number)
    page = html(number).decode(encoding(number)).replace('charset="utf-16"', 'charset="utf-8"')
    message.set_content(
        page, subtype="html", charset=charset, cte="quoted-printable" if number % 2 else "base64"
    )
    message.add_related(b"GIF89a", "image", "gif", cid="<a>")
    return message.as_bytes()


def docx(number: int) -> bytes:
    from docx import Document

    document = Document()
    for part in plan(number):
        if part.kind == "table":
            table = document.add_table(len(part.rows), len(part.rows[0]))
            for row, cells in enumerate(part.rows):
                for column, text in enumerate(cells):
                    table.cell(row, column).text = text
        elif part.kind == "heading":
            document.add_heading(part.text, part.level)
        else:
            document.add_paragraph(part.text, style="List Number" if part.kind == "item" else None)
    document.sections[0].header.paragraphs[0].text = "页眉不读"
    document.save(file := io.BytesIO())
    return file.getvalue()


def pptx(number: int) -> bytes:
    from pptx import Presentation
    from pptx.util import Pt

    shown = Presentation()
    for part in plan(number):
        if part.kind == "heading":
            slide = shown.slides.add_slide(shown.slide_layouts[5])
            assert slide.shapes.title
            slide.shapes.title.text = part.text
        elif part.kind == "table":
            size = len(part.rows), len(part.rows[0]), 0, 0, Pt(400), Pt(200)
            table = slide.shapes.add_table(*size).table
            for row, cells in enumerate(part.rows):
                for column, text in enumerate(cells):
                    table.cell(row, column).text = text
        else:
            frame = slide.shapes.add_textbox(0, 0, Pt(300), Pt(50)).text_frame
            frame.text = part.text.replace("\n", "\v")
            frame.paragraphs[0].level = 1 if part.kind == "item" else 0
    shown.save(file := io.BytesIO())
    return file.getvalue()


def xlsx(number: int) -> bytes:
    import xlsxwriter

    book = xlsxwriter.Workbook(file := io.BytesIO(), {"in_memory": True})
    percent = book.add_format({"num_format": "0%"})
    name = ""
    for part in plan(number):
        if part.kind == "heading":
            name = part.text
        elif part.kind == "table":
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(part.rows):
                for column, text in enumerate(cells):
                    if text.endswith("%"):
                        sheet.write_number(row, column, int(text[:-1]) / 100, percent)
                    elif text.isdecimal():
                        sheet.write_number(row, column, int(text))
                    else:
                        sheet.write_string(row, column, text)
    book.close()
    return file.getvalue()


def _separated(number: int, separator: str) -> bytes:
    written = csv.writer(file := io.StringIO(), delimiter=separator)
    written.writerows(next(part for part in plan(number) if part.kind == "table").rows)
    return file.getvalue().encode(encoding(number))


def jsonl(number: int) -> bytes:
    rows = ({"text": part.text, "title": f"第{n}条"} for n, part in enumerate(plan(number)) if part.text)
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode(encoding(number))


MAKERS: Mapping[str, Callable[[int], bytes]] = {
    ".txt": txt,
    ".md": md,
    ".html": html,
    ".mht": mht,
    ".docx": docx,
    ".pptx": pptx,
    ".xlsx": xlsx,
    ".csv": lambda number: _separated(number, ",;\t"[number % 3]),
    ".tsv": lambda number: _separated(number, "\t"),
    ".jsonl": jsonl,
}


def units(number: int, suffix: str) -> list[tuple[str, str]]:
    """What is to come out of a file, in order: kind and text of every block and cell."""
    found: list[tuple[str, str]] = []
    held, table = "", 0
    for part in plan(number):
        if part.kind == "table":
            table += 1
            if suffix == ".xlsx":
                found.append(("heading", held))
            if suffix not in {".csv", ".tsv"} or table == 1:
                found += [("cell", text) for row in part.rows for text in row]
        elif suffix not in {".xlsx", ".csv", ".tsv"}:
            text = part.text.replace("\n", "") if suffix in {".html", ".mht"} else part.text
            found.append((part.kind, text))
        held = part.text if part.kind == "heading" else held
    return found
