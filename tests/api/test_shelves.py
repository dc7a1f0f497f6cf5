from urllib.parse import quote

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


def test_what_is_judged_of_a_collection_is_its_own(client: TestClient) -> None:
    client.post("/v1/collections", json={"name": "公报"})
    there = {"collection": "公报"}
    client.post("/v1/documents", params=there, files={"files": ("水.txt", "东岭水厂日供水二十万吨".encode())})
    mark = {"doc_id": "水.txt", "start": 0, "end": 4}
    said = {"verdict": "bad", "question": "哪个水厂", "reason": "answerable", "status": "not_found"}
    client.post("/v1/feedback", params=there, json={**said, "marks": [mark]})
    refused(client.post("/v1/feedback", json={**said, "marks": [mark]}), 404, "not-found")
    assert [len(client.get("/v1/feedback", params=of).json()) for of in (there, {})] == [1, 0]
    exported = client.get("/v1/feedback/questions", params=there)
    assert quote("feedback-公报.jsonl") in exported.headers["content-disposition"]
    run = client.post(
        "/v1/evaluations", params=there, json={"name": "题.jsonl", "questions": exported.text}
    ).json()
    assert [len(client.get("/v1/evaluations", params=of).json()) for of in (there, {})] == [1, 0]
    path = f"/v1/evaluations/{run['run_id']}"
    assert client.get(path, params=there).json()["questions"] == 1
    refused(client.get(path), 404, "not-found")
    client.delete("/v1/collections/公报")
    for gone in (path, f"{path}/report", "/v1/evaluations", "/v1/feedback", "/v1/feedback/questions"):
        refused(client.get(gone, params=there), 404, "not-found")


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
