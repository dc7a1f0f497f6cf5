"""The marked text of a document in a real browser, which reads HTML as browsers do."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from qa.api import create_app
from qa.config import Settings
from qa.corpus import document_of
from qa.corpus.pdf import read_pdf
from qa.passages import split
from qa.types import Annotation, Document
from tests.api.two_documents import TwoDocuments
from tests.corpus import pdfs
from tests.corpus.generated import COUNT, MAKERS
from tests.corpus.test_generated import documents
from tests.corpus.test_pdf import DRAWINGS
from tests.test_rendering import NOTES, REPORT
from tests.ui.conftest import ARTIFACTS, serving

ODD = "\r甲\r\n乙\r<script>document.title='x'</script>&amp;\u00a0\u3000\x0b\x0c\u2028𠮷😀\n\n\n末"
PDF = read_pdf(pdfs.drawn(pdfs.notice, pdfs.two_columns, pdfs.table, pdfs.merged))
LONG = "".join(f"第{number}条 供水单位应当按时供水,保障水质,公开价格。\n" for number in range(1, 200))
WIDE = "\t".join(f"第{number}列的数" for number in range(30)) + "\n"
CELLS = tuple(
    Annotation("cell", at, at + 4, (0, column))
    for column in range(30)
    if (at := WIDE.index(f"第{column}列")) >= 0
)
DOCUMENTS = {
    "report.txt": Document("report.txt", "供水年报", "2024-03-01", "水务局", REPORT, annotations=NOTES),
    "odd.txt": Document("odd.txt", "</title><script>", "", "", ODD),
    "规章/办法.pdf": Document("规章/办法.pdf", PDF.title, "", "", PDF.text, annotations=PDF.annotations),
    "long.txt": Document("long.txt", "供水规定", "2024", "", LONG),
    "wide.txt": Document(
        "wide.txt", "表", "", "", WIDE, annotations=(Annotation("table", 0, len(WIDE), (1, 30)), *CELLS)
    ),
}
FILES = {
    f"生成/{number}{suffix}": made
    for suffix in MAKERS
    for number in range(COUNT)
    for made in documents(suffix, number)[:1]
}
"""Of every format what its reader makes of each generated file."""
FILES |= {
    f"生成/{number}.pdf": document_of("x.pdf", read_pdf(pdfs.drawn(pdfs.notice, draw)), {}, ".pdf")
    for number, draw in enumerate(DRAWINGS[:COUNT])
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    made = [replace(document, doc_id=name) for name, document in FILES.items()]
    library = TwoDocuments(Settings(), [*DOCUMENTS.values(), *made])
    library.open()
    with serving(create_app(library)) as url:
        yield url


def shown(page: Page, address: str, doc_id: str, span: tuple[int, int]) -> None:
    """Open the view of a document at the mark; nothing may be refused or fetched from elsewhere."""
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/v1/documents/{quote(doc_id)}/view?start={span[0]}&end={span[1]}#hit")
    assert said == []
    assert [url for url in asked if "/view?" not in url and "favicon" not in url] == []


MARKED = "[...document.querySelectorAll('mark')].map(mark => mark.textContent).join('')"


@pytest.mark.parametrize(
    ("doc_id", "span"),
    [
        ("report.txt", (2, 12)),
        ("report.txt", (24, 41)),
        ("report.txt", (0, len(REPORT))),
        ("odd.txt", (0, len(ODD))),
        ("odd.txt", (3, 20)),
        ("规章/办法.pdf", (5, 30)),
        ("规章/办法.pdf", (0, len(PDF.text))),
        ("long.txt", (4000, 4100)),
        ("wide.txt", (30, 90)),
    ],
)
def test_the_browser_has_the_text_and_exactly_the_cited_words_marked(
    browser: Browser, address: str, doc_id: str, span: tuple[int, int]
) -> None:
    page = browser.new_page()
    shown(page, address, doc_id, span)
    text = DOCUMENTS[doc_id].text
    assert page.evaluate(MARKED) == text[slice(*span)]
    assert page.evaluate("document.querySelector('main').textContent") == text
    assert page.evaluate("document.body.textContent.trim()") == text.strip()
    assert page.locator("#hit").count() == 1
    assert page.title() == DOCUMENTS[doc_id].title
    page.close()


@pytest.mark.parametrize("suffix", [*MAKERS, ".pdf"])
def test_sentences_of_every_format_are_marked_exactly(browser: Browser, address: str, suffix: str) -> None:
    page = browser.new_page()
    for number in range(COUNT):
        doc_id = f"生成/{number}{suffix}"
        spans = [span for passage in split(FILES[doc_id]) for span in passage.sentences]
        span = spans[number * len(spans) // COUNT]
        shown(page, address, doc_id, span)
        assert page.evaluate(MARKED) == FILES[doc_id].text[slice(*span)]
        assert page.evaluate("document.querySelector('main').textContent") == FILES[doc_id].text
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize(
    "cited",
    [("report.txt", (2, 34)), ("规章/办法.pdf", (5, 60)), ("long.txt", (4000, 4100)), ("wide.txt", (8, 60))],
)
def test_the_hit_is_in_sight_and_nothing_is_wider_than_the_window(
    browser: Browser, address: str, cited: tuple[str, tuple[int, int]], width: int, scheme: str
) -> None:
    doc_id, span = cited
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    shown(page, address, doc_id, span)
    top = page.evaluate("document.getElementById('hit').getBoundingClientRect().top")
    assert 0 <= top <= 800
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    dark = (
        page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor") == "rgb(31, 29, 26)"
    )
    assert dark == (scheme == "dark")
    page.screenshot(path=ARTIFACTS / f"view-{doc_id.replace('/', '-')}-{width}-{scheme}.png")
    context.close()
