"""Documents come and go through the API: whole, indexed in jobs, and gone for good when removed."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa.api import create_app
from qa.config import Settings
from qa.service import Service
from tests.api.problem import fields, refused
from tests.api.two_documents import TwoDocuments

WATER = "东岭水厂通报\n\n东岭水厂日供水能力为20万吨。厂长林晓舟介绍,水厂明年扩建。\n"
SCHOOL = "镜湖小学通知\n\n镜湖小学九月一日开学,新生凭户口簿报到。\n"
QUESTION = "东岭水厂日供水能力是多少"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder = tmp_path_factory.mktemp("文件")
    (folder / "小学.txt").write_text(SCHOOL, encoding="utf-8")
    opened = Service(Settings(folder=folder, vectors=tmp_path_factory.mktemp("索引")))
    opened.prepare()
    return opened


@pytest.fixture
def real(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), raise_server_exceptions=False) as opened:
        yield opened


def uploaded(client: TestClient, *files: tuple[str, bytes], **query: Any) -> dict[str, Any]:  # noqa: ANN401
    reply = client.post("/v1/documents", files=[("files", file) for file in files], params=query)
    assert reply.status_code == 202, reply.text
    job: dict[str, Any] = reply.json()
    for _ in range(600):
        if job["ended"]:
            return job
        time.sleep(0.05)
        job = client.get(f"/v1/jobs/{job['job_id']}").json()
    raise AssertionError(job)


def asked(client: TestClient, question: str = QUESTION) -> dict[str, Any]:
    reply: dict[str, Any] = client.post("/v1/ask", json={"question": question}).json()
    return reply


def test_a_document_comes_is_replaced_and_goes(real: TestClient, service: Service) -> None:
    assert asked(real)["status"] == "not_found"
    job = uploaded(real, ("水厂.txt", WATER.encode()), ("空.txt", b" \n"))
    assert (job["state"], job["kind"], job["files"]) == ("done", "upload", ["水厂.txt", "空.txt"])
    assert [file["doc_id"] for file in job["skipped"]] == ["空.txt"]
    answer = asked(real)
    assert answer["status"] == "answered"
    assert "20万吨" in answer["answer"]
    other = WATER.replace("20", "35").encode()
    reply = real.post("/v1/documents", files={"files": ("水厂.txt", other)})
    assert fields(reply) == ["body"]
    assert "replace=true" in reply.json()["detail"]
    uploaded(real, ("水厂.txt", other), replace=True)
    assert "35万吨" in asked(real)["answer"]
    removed = real.delete("/v1/documents/水厂.txt").json()
    assert removed == {"doc_id": "水厂.txt", "index_version": service.index_version}
    assert asked(real)["status"] == "not_found"
    assert "林晓舟" not in json.dumps(
        real.post("/v1/search", json={"query": "林晓舟"}).json()["hits"], ensure_ascii=False
    )
    assert not (service.settings.folder / "水厂.txt").exists()
    refused(real.delete("/v1/documents/水厂.txt"), 404, "not-found")
    refused(real.get("/v1/documents/水厂.txt"), 404, "not-found")


def test_a_document_is_described(real: TestClient, service: Service) -> None:
    address = "/v1/documents/小学.txt"
    before = real.get("/v1/documents").json()[0]
    reply = real.patch(address, json={"title": "开学<通知>", "date": "2024-08"})
    assert reply.json() == {**before, "title": "开学<通知>", "date": "2024-08"}
    assert real.get(address).json()["title"] == "开学<通知>"
    hits = real.post("/v1/search", json={"query": "新生报到", "within": {"date_to": "2024-08"}}).json()[
        "hits"
    ]
    assert [hit["title"] for hit in hits] == ["开学<通知>"]
    catalogue = service.settings.folder / "documents.toml"
    right = catalogue.read_bytes()
    catalogue.write_text("[", encoding="utf-8")
    refused(real.patch(address, json={"title": "甲"}), 503, "not-ready")
    catalogue.write_bytes(right)
    assert real.patch(address, json={"title": "", "date": ""}).json() == before


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"date": "2024-02-30"}, "body"),
        ({"date": "去年"}, "date"),
        ({"title": "甲\n乙"}, "body"),
        ({"title": "水" * 501}, "title"),
        ({"title": 3}, "title"),
        ({"author": "林晓舟"}, "author"),
        ([], "body"),
    ],
)
def test_what_cannot_be_said_of_a_document(body: object, field: str, real: TestClient) -> None:
    assert fields(real.patch("/v1/documents/小学.txt", json=body)) == [field]
    refused(real.patch("/v1/documents/没有.txt", json={"title": "甲"}), 404, "not-found")


def test_the_folder_is_looked_through_again(real: TestClient, service: Service) -> None:
    (service.settings.folder / "新.txt").write_text(WATER, encoding="utf-8")
    job = real.post("/v1/index").json()
    events = real.get(f"/v1/jobs/{job['job_id']}", headers={"Accept": "text/event-stream"})
    assert events.headers["content-type"].startswith("text/event-stream")
    told = [json.loads(line[6:]) for line in events.text.splitlines() if line.startswith("data: ")]
    assert told[-1]["state"] == "done"
    assert real.get("/v1/jobs").json()[0] == told[-1]
    assert asked(real)["status"] == "answered"
    real.delete("/v1/documents/新.txt")


@pytest.mark.parametrize("name", ["../出.txt", "a\u202e.txt", "con.txt", "年" * 99 + ".txt", "a.exe"])
def test_a_bad_name_changes_nothing(name: str, real: TestClient, service: Service) -> None:
    before = sorted(path.name for path in service.settings.folder.parent.rglob("*"))
    reply = real.post(
        "/v1/documents", files=[("files", ("好.txt", b"ok")), ("files", (name, WATER.encode()))]
    )
    assert fields(reply) == ["body"]
    assert sorted(path.name for path in service.settings.folder.parent.rglob("*")) == before


def test_what_is_no_upload_is_told(client: TestClient) -> None:
    assert fields(client.post("/v1/documents")) == ["files"]
    assert fields(client.post("/v1/documents", json={"files": []})) == ["files"]
    broken = client.post(
        "/v1/documents", content=b"--x\r\nbroken", headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert broken.status_code in (400, 422)
    assert broken.headers["content-type"] == "application/problem+json"
    bad = {"Content-Type": "multipart/form-data"}
    assert client.post("/v1/documents", content=b"x", headers=bad).status_code in (400, 422)


def test_an_upload_that_is_too_large_is_not_read(client: TestClient) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(10**9)}
    refused(client.post("/v1/documents", content=b"", headers=headers), 413, "too-large")


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "http://testserver.example:80"])
def test_a_page_of_another_site_changes_nothing(
    origin: str, client: TestClient, library: TwoDocuments
) -> None:
    headers = {"Origin": origin}
    for reply in (
        client.post("/v1/documents", files={"files": ("a.txt", b"a")}, headers=headers),
        client.delete("/v1/documents/图书馆.txt", headers=headers),
        client.post("/v1/index", headers=headers),
        client.patch("/v1/documents/图书馆.txt", json={"title": "甲"}, headers=headers),
        client.delete("/v1/jobs/job0", headers=headers),
    ):
        refused(reply, 403, "forbidden")
    assert (len(library.held), library.begun) == (2, [])
    own = client.post("/v1/index", headers={"Origin": "http://testserver"})
    assert own.status_code == 202


def test_jobs_are_listed_told_and_cancelled(client: TestClient) -> None:
    first = client.post("/v1/index").json()["job_id"]
    second = client.post("/v1/documents", files={"files": ("甲.txt", "水".encode())}).json()["job_id"]
    assert [job["job_id"] for job in client.get("/v1/jobs").json()] == [second, first]
    assert client.delete(f"/v1/jobs/{second}").json()["state"] == "cancelled"
    stream = client.get(f"/v1/jobs/{first}", headers={"Accept": "text/event-stream"}).text
    told = [json.loads(line[6:]) for line in stream.splitlines() if line.startswith("data: ")]
    assert [job["done"] for job in told] == [0, 1, 2]
    for path in ("/v1/jobs/none", "/v1/jobs/%00", "/v1/jobs/..%2f"):
        assert client.get(path).status_code == 404
    refused(client.delete("/v1/jobs/none"), 404, "not-found")


def test_a_removal_outside_the_folder_is_not_done(real: TestClient, service: Service, tmp_path: Path) -> None:
    outside = service.settings.folder.parent / "外.txt"
    outside.write_text(WATER, encoding="utf-8")
    for name in ("..%2f外.txt", "%2e%2e/外.txt", str(outside), "", "小学.txt%00"):
        assert real.delete(f"/v1/documents/{name}").status_code in (404, 405)
    assert outside.exists()
    assert (service.settings.folder / "小学.txt").exists()
