"""Pages are drawn in another process, which is started anew when it was ended, and ends when idle."""

import time
from collections.abc import Iterator

import pytest

from qa.corpus.drawing import Drawing
from qa.corpus.pdf_image import page_image
from qa.errors import CorpusError, NotFoundError
from tests.corpus import pdfs
from tests.corpus.pdfs import drawn

DATA = drawn(pdfs.notice, pdfs.table)


@pytest.fixture
def drawing() -> Iterator[Drawing]:
    made = Drawing()
    yield made
    made.end()


def test_a_page_is_what_is_drawn_here(drawing: Drawing) -> None:
    boxes = [(10.0, 10.0, 30.0, 30.0)]
    for page in (1, 2):
        assert drawing.draw(DATA, page, 1.5, boxes=boxes) == page_image(DATA, page, 1.5, boxes=boxes)


def test_what_cannot_be_drawn_is_told_and_the_next_is_drawn(drawing: Drawing) -> None:
    with pytest.raises(NotFoundError, match="No page 3"):
        drawing.draw(DATA, 3, 1)
    with pytest.raises(CorpusError, match="damaged"):
        drawing.draw(DATA[:300], 1, 1)
    assert drawing.draw(DATA, 1, 1).startswith(b"\x89PNG")


def test_a_page_that_takes_too_long_costs_itself() -> None:
    hasty = Drawing(patience=0.01)
    with pytest.raises(CorpusError, match="not read within"):
        hasty.draw(DATA, 1, 1)
    assert not hasty.running


def test_the_process_ends_when_nobody_looks() -> None:
    drawing = Drawing(idle=0.1)
    drawing.draw(DATA, 1, 1)
    for _ in range(600):
        if not drawing.running:
            return
        time.sleep(0.05)
    raise AssertionError("it is still there")
