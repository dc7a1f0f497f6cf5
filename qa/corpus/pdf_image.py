"""A page of a PDF as a picture, with boxes marked on it."""

import io
import time
from collections.abc import Sequence
from typing import Any

from qa.corpus.pdf import opened
from qa.corpus.pdf_glyphs import page_size
from qa.corpus.pdf_rules import Box
from qa.errors import CorpusError, NotFoundError
from qa.types import Document, Span

MOST_PIXELS, LONGEST = 8_000_000, 10.0
"""Pixels of a picture, and seconds that drawing it may take."""
_MARKER = (255, 226, 120)
"""Multiplied with the page, as a marker pen does: black stays black."""


def boxes_of(document: Document, page: int, spans: Sequence[Span]) -> list[Box]:
    """The boxes of the lines of ``page`` (from 1) that hold something of ``spans``, in points."""
    return [
        (line.values[1], line.values[2], line.values[3], line.values[4])
        for line in document.annotations
        if line.kind == "line"
        and line.values[0] == page
        and any(start < line.end and line.start < end for start, end in spans)
    ]


def page_image(data: bytes, page: int, scale: float, *, boxes: Sequence[Box] = ()) -> bytes:
    """PNG of ``page`` (from 1), ``scale`` pixels to the point, less where it would have too many pixels.

    ``boxes`` (left, top, right, bottom in points from the top left corner) are marked.
    Raises NotFoundError when there is no such page, CorpusError when it cannot be drawn, or not in time.
    """
    from PIL import Image, ImageChops, ImageDraw

    with opened(data) as pdf:
        if not 1 <= page <= len(pdf):
            raise NotFoundError(
                f"没有第{page}页,共{len(pdf)}页。No page {page}; 1 to {len(pdf)} can be shown"
            )
        picture, scale = _drawn(pdf, page - 1, scale)
    if boxes:
        marks = Image.new("RGB", picture.size, "white")
        pen = ImageDraw.Draw(marks)
        for left, top, right, bottom in boxes:
            pen.rectangle((left * scale, top * scale, right * scale, bottom * scale), fill=_MARKER)
        picture = ImageChops.multiply(picture, marks)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _drawn(pdf: Any, index: int, scale: float) -> tuple[Any, float]:  # noqa: ANN401 - pypdfium2 has no types
    """The picture, and the scale it has."""
    import pypdfium2
    import pypdfium2.raw as c

    try:
        page = pdf[index]
    except pypdfium2.PdfiumError as exc:
        raise CorpusError(
            f"第{index + 1}页已损坏。Page {index + 1} is damaged ({exc}); save the file anew"
        ) from exc
    try:
        width, height = page_size(page, index)
        scale = max(min(scale, (MOST_PIXELS / (width * height)) ** 0.5), 1 / min(width, height))
        size = max(1, round(width * scale)), max(1, round(height * scale))
        bitmap = pypdfium2.PdfBitmap.new_native(*size, c.FPDFBitmap_BGRx)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, *size)
        deadline = time.monotonic() + LONGEST
        pause = c.IFSDK_PAUSE()
        pause.version = 1
        late = type(pause.NeedToPauseNow)(lambda _: time.monotonic() > deadline)
        pause.NeedToPauseNow = late  # the name keeps it alive while C calls it
        status = c.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, *size, 0, c.FPDF_ANNOT, pause)
        c.FPDF_RenderPage_Close(page)
        if status != c.FPDF_RENDER_DONE:
            raise CorpusError(
                f"第{index + 1}页无法在{LONGEST:g}秒内画出。"
                f"Page {index + 1} cannot be drawn in {LONGEST:g} seconds; look at the original file"
            )
        return bitmap.to_pil().convert("RGB"), scale
    finally:
        page.close()
