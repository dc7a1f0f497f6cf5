from dataclasses import replace
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from qa.types import Official
from tests.api.problem import fields, refused
from tests.api.two_documents import DOCUMENTS, LIBRARY_TEXT, VERSION, TwoDocuments


def test_the_list_names_every_document_in_order(client: TestClient) -> None:
    listed = client.get("/v1/documents").json()
    assert [item["doc_id"] for item in listed] == ["图书馆.txt", "场馆/游泳馆.txt"]
    assert listed[0] == {
        "doc_id": "图书馆.txt",
        "title": "图书馆开放时间",
        "date": "2024-03",
        "source": "市图书馆",
        "characters": len(LIBRARY_TEXT),
        "format": "txt",
        "number": "",
        "status": "current",
    }


@pytest.mark.parametrize(
    ("query", "found", "total"),
    [
        ("limit=1", ["图书馆.txt"], 2),
        ("limit=1&offset=1", ["场馆/游泳馆.txt"], 2),
        ("offset=2", [], 2),
        ("limit=9", ["图书馆.txt", "场馆/游泳馆.txt"], 2),
        ("q=通知", ["场馆/游泳馆.txt"], 1),
        ("q=通知&offset=1", [], 1),
        ("", ["图书馆.txt", "场馆/游泳馆.txt"], 2),
    ],
)
def test_a_page_of_the_list(query: str, found: list[str], total: int, client: TestClient) -> None:
    reply = client.get(f"/v1/documents?{query}")
    assert [item["doc_id"] for item in reply.json()] == found
    assert reply.headers["x-total-count"] == str(total)


@pytest.mark.parametrize(
    ("query", "field"),
    [("limit=0", "limit"), ("limit=a", "limit"), ("offset=-1", "offset"), ("page=2", "page")],
)
def test_a_page_that_cannot_be(query: str, field: str, client: TestClient) -> None:
    assert fields(client.get(f"/v1/documents?{query}")) == [field]


def test_a_document_is_its_whole_text_with_sections(client: TestClient) -> None:
    document = client.get("/v1/documents/图书馆.txt").json()
    stated = {"number", "status", "issuer", "recipients", "attachments"}
    assert set(document) == {"doc_id", "title", "date", "source", "format", *stated, "text", "sections"}
    assert document["text"] == LIBRARY_TEXT
    assert document["sections"] == [{"heading": "", "speaker": "", "office": "", "start": 0, "end": 8}]


def test_a_document_tells_what_its_head_and_tail_state(client: TestClient, library: TwoDocuments) -> None:
    official = Official("镜政发〔2023〕12号", "镜湖市人民政府", "各区人民政府", ("东岭水厂名单",))
    library.held["图书馆.txt"] = replace(library.document("图书馆.txt"), official=official)
    document = client.get("/v1/documents/图书馆.txt").json()
    assert [document[name] for name in ("number", "issuer", "recipients", "attachments")] == [
        "镜政发〔2023〕12号",
        "镜湖市人民政府",
        "各区人民政府",
        ["东岭水厂名单"],
    ]


def test_a_path_below_the_folder_is_found_with_its_slash_either_way(client: TestClient) -> None:
    doc_id = DOCUMENTS[1].doc_id
    for path in (quote(doc_id), quote(doc_id, safe="")):
        assert client.get(f"/v1/documents/{path}").json()["doc_id"] == doc_id


def test_an_unknown_document_is_a_404_that_names_it(client: TestClient) -> None:
    for path in ("none.txt", "", "../../etc/passwd", "a%00b", "%ed%a0%80", "%2e%2e%2fqa"):
        refused(client.get(f"/v1/documents/{path}"), 404, "not-found")
    assert "none.txt" in client.get("/v1/documents/none.txt").json()["detail"]


def test_alive_whatever_happens(client: TestClient, library: TwoDocuments) -> None:
    library.is_ready = False
    assert client.get("/healthz").json() == {"status": "ok"}


def test_ready_says_what_is_served_and_what_was_skipped(client: TestClient) -> None:
    assert client.get("/readyz").json() == {
        "status": "ready",
        "index_version": VERSION,
        "documents": 2,
        "skipped": [{"doc_id": "扫描件.txt", "reason": "the file is empty"}],
    }


def test_not_ready_is_a_503_that_says_why(client: TestClient, library: TwoDocuments) -> None:
    library.is_ready = False
    assert "being prepared" in refused(client.get("/readyz"), 503, "not-ready")["detail"]
    library.reason = "the folder has no text"
    assert "the folder has no text" in refused(client.get("/readyz"), 503, "not-ready")["detail"]


def test_every_route_that_needs_the_index_is_503_until_then(
    client: TestClient, library: TwoDocuments
) -> None:
    library.is_ready = False
    for response in (
        client.post("/v1/search", json={"query": "馆"}),
        client.post("/v1/ask", json={"question": "馆"}),
        client.get("/v1/documents"),
        client.get("/v1/documents/图书馆.txt"),
    ):
        refused(response, 503, "not-ready")
        assert response.headers["retry-after"] == "5"
