"""The cited words marked in the whole text, the file itself, and the page that shows them."""

import io
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from qa.api import create_app
from qa.api.views import disposition
from qa.config import Settings
from qa.corpus.pdf import read_pdf
from qa.rendering import policy
from qa.types import Document
from tests.api.problem import fields, refused
from tests.api.two_documents import LIBRARY_TEXT, TwoDocuments
from tests.corpus import pdfs
from tests.test_rendering import Body

VIEW = "/v1/documents/图书馆.txt/view"
DATA = pdfs.drawn(pdfs.notice, pdfs.table)


@pytest.fixture
def paged(tmp_path: Path) -> TestClient:
    """A library with one PDF of two pages."""
    read = read_pdf(DATA)
    pdf = Document(
        "规章/供水办法.pdf", read.title, "", "", read.text, format="pdf", annotations=read.annotations
    )
    library = TwoDocuments(Settings(folder=tmp_path), [pdf])
    library.files[pdf.doc_id] = DATA
    library.open()
    return TestClient(create_app(library), raise_server_exceptions=False)


def test_the_view_marks_exactly_what_is_asked_for(client: TestClient) -> None:
    start = LIBRARY_TEXT.index("九点")
    body = Body(client.get(VIEW, params={"start": start, "end": start + 4}).text)
    assert body.marks == ["九点开门"]
    assert body.text == LIBRARY_TEXT
    assert Body(client.get(VIEW).text).marks == []


def test_several_spans(client: TestClient) -> None:
    body = Body(client.get(VIEW, params={"start": 0, "end": 3, "span": ["9-12", "14-16"]}).text)
    assert body.marks == [LIBRARY_TEXT[0:3], LIBRARY_TEXT[9:12], LIBRARY_TEXT[14:16]]


def test_the_view_can_do_nothing_but_be_looked_at(client: TestClient) -> None:
    headers = client.get(VIEW).headers
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["content-security-policy"] == policy()
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("start=5&end=5", "end", "does not lie within"),
        ("start=5&end=4", "end", "不在全文之内"),
        (f"start=0&end={len(LIBRARY_TEXT) + 1}", "end", f"{len(LIBRARY_TEXT)} characters"),
        ("start=5", "end", "required"),
        ("end=5", "start", "required"),
        ("start=-1&end=5", "start", "between 0 and"),
        ("start=a&end=5", "start", "must be an integer"),
        ("start=1.5&end=5", "start", "must be an integer"),
        ("span=5", "span.0", "start-end"),
        ("span=9-3", "span", "does not lie within"),
        ("span=0-99999999999", "span.0", "start-end"),
        ("&".join(["span=0-1"] * 51), "span", "at most 50"),
        ("begin=5", "begin", "not a known field"),
    ],
)
def test_spans_that_are_none(client: TestClient, query: str, field: str, words: str) -> None:
    reply = client.get(f"{VIEW}?{query}")
    assert fields(reply) == [field]
    assert words in reply.json()["detail"]


@pytest.mark.parametrize("what", ["view", "view?start=0&end=1", "original", "pages/1.png"])
def test_an_unknown_document_is_a_404(client: TestClient, what: str) -> None:
    refused(client.get(f"/v1/documents/没有.pdf/{what}"), 404, "not-found")


@pytest.mark.parametrize("what", ["view", "original", "pages/1.png"])
def test_nothing_is_shown_before_the_index_is_open(
    client: TestClient, library: TwoDocuments, what: str
) -> None:
    library.is_ready = False
    refused(client.get(f"/v1/documents/图书馆.txt/{what}"), 503, "not-ready")


def test_the_original_is_a_download_of_the_same_bytes(paged: TestClient) -> None:
    for doc_id in (quote("规章/供水办法.pdf"), quote("规章/供水办法.pdf", safe="")):
        reply = paged.get(f"/v1/documents/{doc_id}/original")
        assert reply.content == DATA
        assert reply.headers["content-length"] == str(len(DATA))
        assert reply.headers["content-type"] == "application/octet-stream"
        assert reply.headers["x-content-type-options"] == "nosniff"
        name = quote("供水办法.pdf")
        assert (
            reply.headers["content-disposition"]
            == f"attachment; filename=\"____.pdf\"; filename*=UTF-8''{name}"
        )


@pytest.mark.parametrize(
    "name", ['a"; x=y.txt', "a\r\nSet-Cookie: x.txt", "..\\甲.txt", "a%22.txt", "é'();.txt"]
)
def test_no_name_breaks_out_of_its_header(name: str) -> None:
    header = disposition(f"甲/{name}")
    kind, plain, coded = header.split("; ")
    assert (kind, plain[:10], plain[-1]) == ("attachment", 'filename="', '"')
    assert not set(plain[10:-1]) & set('"\\\r\n;%')
    assert set(coded) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%*='-._")


def test_a_page_is_a_picture_with_the_cited_lines_marked(paged: TestClient) -> None:
    address = f"/v1/documents/{quote('规章/供水办法.pdf')}/pages/1.png"
    read = read_pdf(DATA)
    start = read.text.index("保障用水安全")
    plain = paged.get(address)
    cited = paged.get(address, params={"start": start, "end": start + 4, "scale": 1})
    assert plain.headers["content-type"] == cited.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(plain.content)).size == (1190, 1684)
    picture = Image.open(io.BytesIO(cited.content)).convert("RGB")
    (line,) = [one for one in read.annotations if one.kind == "line" and one.start <= start < one.end]
    _, left, top, right, bottom = line.values
    marker = [
        (x, y)
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == (255, 226, 120)
    ]
    assert len(marker) > 500
    assert all(left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1 for x, y in marker)


def test_pages_that_are_not_there(paged: TestClient, client: TestClient) -> None:
    address = f"/v1/documents/{quote('规章/供水办法.pdf')}/pages"
    assert "No page 3" in refused(paged.get(f"{address}/3.png"), 404, "not-found")["detail"]
    assert fields(paged.get(f"{address}/0.png")) == ["page"]
    assert fields(paged.get(f"{address}/1.png?scale=9")) == ["scale"]
    assert "no PDF" in refused(client.get("/v1/documents/图书馆.txt/pages/1.png"), 404, "not-found")["detail"]


def test_a_file_that_can_no_longer_be_drawn_is_a_404(paged: TestClient) -> None:
    library = paged.app.state.opened  # type: ignore[attr-defined]
    library.files["规章/供水办法.pdf"] = DATA[:300]
    reply = paged.get(f"/v1/documents/{quote('规章/供水办法.pdf')}/pages/1.png")
    assert "damaged" in refused(reply, 404, "not-found")["detail"]
