from fastapi.testclient import TestClient

from qa.api import create_app
from tests.api.problem import fields, refused
from tests.api.two_documents import TwoDocuments


def test_a_collection_is_made_filled_asked_and_removed(client: TestClient) -> None:
    assert client.get("/v1/collections").json() == []
    assert client.post("/v1/collections", json={"name": "公报"}).json() == {"name": "公报"}
    assert client.get("/v1/collections").json() == [{"name": "公报"}]
    there = {"collection": "公报"}
    client.post("/v1/documents", params=there, files={"files": ("水.txt", "东岭水厂".encode())})
    assert [one["doc_id"] for one in client.get("/v1/documents", params=there).json()] == ["水.txt"]
    assert len(client.get("/v1/documents").json()) == 2
    assert client.post("/v1/search", params=there, json={"query": "游泳馆"}).json()["hits"] == []
    assert client.delete("/v1/documents/水.txt", params=there).status_code == 200
    assert client.delete("/v1/collections/公报").json() == {"name": "公报"}
    refused(client.get("/v1/documents", params=there), 404, "not-found")
    refused(client.delete("/v1/collections/公报"), 404, "not-found")


def test_what_cannot_be_made(client: TestClient) -> None:
    client.post("/v1/collections", json={"name": "公报"})
    assert fields(client.post("/v1/collections", json={"name": "公报"})) == ["body"]
    assert fields(client.post("/v1/collections", json={"name": ""})) == ["name"]
    assert fields(client.post("/v1/collections", json={})) == ["name"]


def test_a_library_without_collections_says_so(library: TwoDocuments) -> None:
    with TestClient(create_app(library)) as alone:
        refused(alone.get("/v1/collections"), 404, "not-found")
        refused(
            alone.post("/v1/ask", params={"collection": "公报"}, json={"question": "馆"}), 404, "not-found"
        )
        assert alone.post("/v1/ask", json={"question": "馆"}).status_code == 200
