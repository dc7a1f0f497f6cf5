"""PDF: text in reading order, the box of every line, headings and tables; and a page as a picture."""

import threading
import time
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from qa.corpus.pdf_glyphs import Glyph, Page, read_page
from qa.corpus.pdf_headings import Place, headings
from qa.corpus.pdf_pages import Line, page_lines, running
from qa.corpus.reading import Read
from qa.corpus.writing import unbroken
from qa.errors import CorpusError
from qa.types import Annotation, Span

MOST_PAGES, MOST_CHARACTERS, LONGEST = 5_000, 20_000_000, 100.0
"""Pages and characters of a file, and the seconds that reading them may take: fewer than a worker waits."""
_GARBAGE = 0.3
"""Share of characters without a meaning above which a page's fonts do not say what is written."""
_PASSWORD = 4
_MASTHEAD = "文件"
_SHOWN = 12

_ALONE = threading.Lock()
"""pdfium may be used by one thread at a time."""


def read_pdf(data: bytes) -> Read:
    """Read a PDF. Every annotated span of the text stands where its boxes say.

    Pages without text, or with fonts that do not say which characters they show, are named in ``notes``.
    Raises CorpusError when there is no text at all, a password is needed, the file is damaged, or it has more
    pages or takes longer than can be read. A single page that never ends is not stopped here.
    """
    deadline = time.monotonic() + LONGEST
    with opened(data) as pdf:
        pages, kept = [], []
        total = 0
        for index in range(len(pdf)):
            page = read_page(pdf, index)
            lines = [] if _garbage(page.glyphs) else page_lines(page)
            pages.append(_bare(page))
            kept.append(lines)
            total += len(page.glyphs)
            if total > MOST_CHARACTERS or time.monotonic() > deadline:
                raise CorpusError(
                    f"读到第{index + 1}页时已有{total:,}个字符,超出{LONGEST:g}秒或{MOST_CHARACTERS:,}个字符。"
                    f"By page {index + 1} there were {total:,} characters; "
                    f"the most is {MOST_CHARACTERS:,} in {LONGEST:g} seconds: split the file"
                )
    if not any(kept):
        raise CorpusError(_nothing(pages))
    dropped = running(pages, kept)
    shown = [
        [line for at, line in enumerate(lines) if (number, at) not in dropped]
        for number, lines in enumerate(kept)
    ]
    return _read(pages, shown if any(shown) else kept, tuple(_notes(pages, kept)))


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Give the document of a PDF to one thread at a time. Raises CorpusError when it cannot be opened."""
    import pypdfium2

    with _ALONE:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as exc:
            if getattr(exc, "err_code", None) == _PASSWORD:
                raise CorpusError("文件有密码。The file asks for a password; save it without one") from exc
            raise CorpusError(
                f"文件已损坏或不是PDF。The file is damaged or no PDF ({exc}); save it anew as PDF"
            ) from exc
        try:
            if not 0 < len(pdf) <= MOST_PAGES:
                raise CorpusError(
                    f"文件有{len(pdf):,}页。The file has {len(pdf):,} pages, "
                    f"1 to {MOST_PAGES:,} can be read; split it"
                )
            yield pdf
        finally:
            pdf.close()


def _bare(page: Page) -> Page:
    """The page without what only its lines needed; of its characters only whether there were any."""
    return Page(page.number, page.width, page.height, page.glyphs[:1], (), page.drawn)


def _garbage(glyphs: Sequence[Glyph]) -> bool:
    shown = [glyph for glyph in glyphs if not glyph.char.isspace()]
    bad = sum(
        glyph.unmapped or unicodedata.category(glyph.char) in ("Co", "Cn") or glyph.char == "\ufffd"
        for glyph in shown
    )
    return bad > _GARBAGE * len(shown)


def _nothing(pages: Sequence[Page]) -> str:
    """Why there is no text."""
    if any(page.glyphs for page in pages):
        return (
            f"共{len(pages)}页,字体没有说明各字是什么,只能得到乱码;请另存或先做文字识别。"
            f"The fonts of {len(pages)} pages do not say which characters they show; save anew or run OCR"
        )
    return (
        f"共{len(pages)}页,没有文字(扫描件);请先做文字识别。"
        f"{len(pages)} pages, no text (a scanned document?); run OCR first"
    )


def _notes(pages: Sequence[Page], kept: Sequence[Sequence[Line]]) -> Iterator[str]:
    """What was left out, in words."""
    lost = [page for page, lines in zip(pages, kept, strict=True) if not lines and page.drawn]
    scanned = [page.number for page in lost if not page.glyphs]
    garbage = [page.number for page in lost if page.glyphs]
    if scanned:
        yield (
            f"第{_listed(scanned, '、')}页没有文字(扫描件),未收录;请先做文字识别。"
            f"No text on page {_listed(scanned, ', ')} (scanned?), left out; run OCR first"
        )
    if garbage:
        yield (
            f"第{_listed(garbage, '、')}页的字体没有说明各字是什么,未收录。"
            f"The fonts of page {_listed(garbage, ', ')} do not say which characters they show, left out"
        )


def _listed(numbers: Sequence[int], between: str) -> str:
    more = f" … ({len(numbers)})" if len(numbers) > _SHOWN else ""
    return between.join(str(number) for number in numbers[:_SHOWN]) + more


def _read(pages: Sequence[Page], lines: Sequence[Sequence[Line]], notes: tuple[str, ...]) -> Read:
    """The lines one below the other, and what is known of each, in the order of the text."""
    parts: list[str] = []
    places: dict[Place, Span] = {}
    notations: list[Annotation] = []
    length = 0
    for number, (page, its) in enumerate(zip(pages, lines, strict=True)):
        start = end = length
        for at, line in enumerate(its):
            parts.append(line.text)
            end = length + len(line.text)
            places[number, at] = length, end
            notations.extend(_of_line(page, line, length))
            length = end + 1
        notations.append(Annotation("page", start, end, (page.number, page.width, page.height)))
        notations.extend(_of_tables(its, [places[number, at] for at in range(len(its))]))
    found = headings(lines)
    for first, last, level in found:
        notations.append(Annotation("heading", places[first][0], places[last][1], (level,)))
    text = "\n".join(parts) + "\n"
    ordered = sorted(notations, key=lambda one: (one.start, -one.end))
    return Read(text, tuple(ordered), title=_title(text, found, places), notes=notes)


def _of_line(page: Page, line: Line, at: int) -> Iterator[Annotation]:
    for (start, end), box in line.pieces:
        rounded = tuple(round(side, 2) for side in box)
        yield Annotation("line", at + start, at + end, (page.number, *rounded))
    for row, column, (start, end) in line.cells:
        yield Annotation("cell", at + start, at + end, (row, column))


def _of_tables(lines: Sequence[Line], spans: Sequence[Span]) -> Iterator[Annotation]:
    for table in dict.fromkeys(line.table for line in lines if line.table):
        its = [span for line, span in zip(lines, spans, strict=True) if line.table == table]
        yield Annotation("table", its[0][0], its[-1][1], table[1:])


def _title(text: str, found: Sequence[tuple[Place, Place, int]], places: dict[Place, Span]) -> str:
    """The largest heading of the first page that is not the name of the issuer in a red head."""
    first = [(level, text[places[one][0] : places[last][1]]) for one, last, level in found if one[0] == 0]
    titles = [(level, unbroken(title)) for level, title in first]
    named = [(level, title) for level, title in titles if not title.endswith(_MASTHEAD)]
    return min(named, key=lambda pair: pair[0])[1] if named else ""
