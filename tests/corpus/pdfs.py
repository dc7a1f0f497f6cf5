"""PDFs made for the tests: the same bytes every time, of invented words."""

import io
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import matplotlib as mpl
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

A4 = (595.0, 842.0)
SONG, SANS, BOLD = "STSong-Light", "DejaVuSans", "DejaVuSans-Bold"
LEFT = (
    "镜湖市水务集团今年新建供水管道八十六公里",
    "东岭水厂完成改造,每天可以供水三十万吨整",
    "全市水质达标率保持在百分之九十九点八以上",
    "热线全年接听市民来电两万四千多次并回访",
)
RIGHT = (
    "图书馆新馆位于临波路,共有阅览座位两千个",
    "馆内设有少儿阅览室、古籍阅览室和自习室等",
    "读者凭本人身份证件即可办理借阅证免交押金",
    "每周一闭馆整理图书,节假日照常开放到晚上",
)


@cache
def fonts() -> None:
    folder = Path(mpl.__file__).parent / "mpl-data" / "fonts" / "ttf"
    pdfmetrics.registerFont(UnicodeCIDFont(SONG))
    for name in (SANS, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


def drawn(*pages: Callable[[Canvas], object], size: tuple[float, float] = A4, **options: object) -> bytes:
    """A PDF of pages that are drawn one after the other."""
    fonts()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1, **options)
    for page in pages:
        canvas.setFont(SONG, 12)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines(canvas: Canvas, words: Sequence[str], x: float = 72, y: float = 750, step: float = 18) -> None:
    for number, line in enumerate(words):
        canvas.drawString(x, y - number * step, line)


def notice(canvas: Canvas) -> None:
    canvas.setFont(SONG, 22)
    canvas.drawCentredString(297, 760, "镜湖市供水管理办法")
    canvas.setFont(SONG, 12)
    lines(
        canvas,
        ["为了加强供水管理,保障用水安全,根据有关规定,", "制定本办法。", "本办法自公布之日起施行。"],
        y=700,
    )


def two_columns(canvas: Canvas, shift: float = 0) -> None:
    canvas.drawCentredString(297, 770, "镜湖市二〇二四年水务和文化两项工作的情况通报,分为左右两栏刊登如下")
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        canvas.drawString(50, 730 - 18 * number, left)
        canvas.drawString(310, 730 - 18 * number - shift, right)
    canvas.drawCentredString(297, 620, "以上两栏的内容由镜湖市人民政府办公室负责解释,未经同意请勿引用")


CELLS = (("单位", "负责人", "年供水量"), ("东岭水厂", "贺兰", "1200万吨"), ("西岭水厂", "周启明", "860万吨"))


def table(canvas: Canvas) -> None:
    lines(canvas, ["各水厂供水量见下表。"], y=760)
    grid(canvas, CELLS)
    lines(canvas, ["以上数据由水务集团提供。"], y=600)


def grid(canvas: Canvas, cells: Sequence[Sequence[str]], top: float = 740) -> None:
    for number, row in enumerate(cells):
        for column, words in enumerate(row):
            canvas.drawString(80 + 150 * column, top - 20 - 30 * number, words)
    for number in range(len(cells) + 1):
        canvas.line(72, top - 30 * number, 72 + 150 * len(cells[0]), top - 30 * number)
    for column in range(len(cells[0]) + 1):
        canvas.line(72 + 150 * column, top, 72 + 150 * column, top - 30 * len(cells))


def merged(canvas: Canvas) -> None:
    """A head over two columns, a cell over two rows, and a cell of two lines; each cell is a rectangle."""
    for x, y, width, height, words in (
        (72, 700, 300, 30, ["两座水厂的情况"]),
        (72, 640, 100, 60, ["供水"]),
        (172, 670, 200, 30, ["东岭水厂每天供水", "三十万吨"]),
        (172, 640, 200, 30, ["西岭水厂每天供水二十万吨"]),
    ):
        canvas.rect(x, y, width, height)
        lines(canvas, words, x + 6, y + height - 13, 13)


def aligned(canvas: Canvas) -> None:
    """A table without rules: only blanks part its columns."""
    for number, row in enumerate((*CELLS, ("南岭水厂", "林晓舟", "90万吨"))):
        for column, words in enumerate(row):
            canvas.drawString(72 + 130 * column, 750 - 20 * number, words)


def outlined(canvas: Canvas) -> None:
    canvas.setFont(BOLD, 24)
    canvas.drawString(72, 760, "Annual Report of the Waterworks")
    canvas.drawString(72, 732, "and of the Library")
    canvas.setFont(BOLD, 16)
    canvas.drawString(72, 690, "Part one: water")
    canvas.setFont(SANS, 11)
    lines(canvas, ["The plant supplied more water than in", "any other year since it was opened."], y=660)
    canvas.setFont(BOLD, 11)
    canvas.drawString(72, 600, "1. Pipes and pumps")
    canvas.setFont(SANS, 11)
    lines(canvas, ["Eighty kilometres of pipe were laid,", "and 3. is no heading."], y=580)


def headed(number: int) -> Callable[[Canvas], None]:
    """A page of six with a running head that names the page, another on even pages, and a page number."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 810, f"镜湖年报 {number}" if number % 2 else "水务集团")
        lines(canvas, [f"第{number}节的正文讲第{number}件事,", f"共有{10 * number}户居民受益。"], y=700)
        canvas.drawCentredString(297, 30, f"— {number} —")

    return draw


def english(canvas: Canvas) -> None:
    canvas.setFont(SANS, 12)
    lines(canvas, ["Care of the environ-", "ment is the office's first task;", "the \ufb01rst and last."])


def turned(canvas: Canvas) -> None:
    """A page to be shown turned by a quarter, its words upright when it is."""
    canvas.setPageRotation(90)
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    canvas.setFont(SANS, 14)
    lines(canvas, ["Turned pages are read too", "and their boxes fit"], y=520)


def sideways(canvas: Canvas) -> None:
    """Words that run upwards on a page that is not turned."""
    canvas.translate(300, 100)
    canvas.rotate(90)
    canvas.setFont(SANS, 14)
    lines(canvas, ["These words run upwards", "and so do these"], x=0, y=0)


def vertical(canvas: Canvas) -> None:
    for column, words in enumerate(("镜湖市图书馆收藏古籍甚多", "其中善本三百部皆可借阅")):
        for row, char in enumerate(words):
            canvas.drawString(400 - 30 * column, 700 - 14 * row, char)


def picture(canvas: Canvas) -> None:
    image = Image.new("L", (60, 80), 255)
    for x in range(10, 50):
        image.putpixel((x, 20), 0)
    canvas.drawImage(ImageReader(image), 0, 0, *A4)


def stamped(canvas: Canvas) -> None:
    """Fake bold, a watermark across the page, words off the page."""
    for shift in (0, 0.4):
        canvas.drawString(72 + shift, 700, "加粗的镜湖")
    canvas.saveState()
    canvas.translate(200, 300)
    canvas.rotate(45)
    canvas.drawString(0, 0, "内部资料")
    canvas.restoreState()
    canvas.drawString(900, 700, "页外的字")
    canvas.drawString(72, 680, "看得见的字")


def articles(canvas: Canvas) -> None:
    """The blank behind the mark of an article is only a gap."""
    canvas.drawString(72, 700, "第十二条")
    canvas.drawString(72 + 48 + 4, 700, "供水单位应当按时供水。")
    canvas.drawString(72, 680, "供水")
    canvas.drawString(72 + 24 + 4, 680, "不得中断。")


def shifted(canvas: Canvas) -> None:
    canvas.setCropBox((-20, -30, 400, 500))
    canvas.setFont(SANS, 14)
    lines(canvas, ["The corner is elsewhere"], x=0, y=450)


def encrypted(user: str) -> bytes:
    return drawn(notice, encrypt=StandardEncryption(user, ownerPassword="owner", canPrint=0))
