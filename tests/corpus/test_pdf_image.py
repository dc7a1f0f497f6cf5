"""A page as a picture: its size, its marks, its bounds."""

import io

import pytest
from PIL import Image

from qa.corpus.pdf_image import MOST_PIXELS, page_image
from qa.errors import NotFoundError
from tests.corpus import pdfs
from tests.corpus.pdfs import drawn


def test_a_picture_has_the_size_asked_for_and_marks_in_it() -> None:
    data = drawn(pdfs.notice)
    plain, marks = (
        Image.open(io.BytesIO(page_image(data, 1, 0.5, boxes=boxes))) for boxes in ([], [(10, 10, 30, 30)])
    )
    assert plain.size == marks.size == (298, 421)
    assert plain.getpixel((8, 8)) == (255, 255, 255)
    assert marks.getpixel((8, 8)) == (255, 226, 120)
    assert marks.getpixel((2, 2)) == (255, 255, 255)


def test_a_picture_is_bounded_and_a_missing_page_is_told() -> None:
    picture = Image.open(io.BytesIO(page_image(drawn(pdfs.notice), 1, 1e6)))
    assert picture.width * picture.height <= 1.01 * MOST_PIXELS
    for page in (0, 2):
        with pytest.raises(NotFoundError, match=f"No page {page}"):
            page_image(drawn(pdfs.notice), page, 1)
