"""Evaluations and inspections over HTTP."""

import json
import time

from fastapi.testclient import TestClient

from tests.api.problem import fields, refused
from tests.cli.test_evaluating import FOLLOW_UP, QUESTION

EVIL = "<script>alert(1)</script>"
WRONG = {**QUESTION, "id": EVIL, "question": f"图书馆{EVIL}", "type": EVIL, "answers": [EVIL]}
TEXT = "\n".join(json.dumps(row, ensure_ascii=False) for row in (QUESTION, FOLLOW_UP, WRONG))


def ran(client: TestClient, text: str = TEXT) -> str:
    reply = client.post("/v1/evaluations", json={"name": f"{EVIL}.jsonl", "questions": text})
    assert reply.status_code == 202, reply.text
    run_id: str = reply.json()["run_id"]
    deadline = time.monotonic() + 60
    while client.get(f"/v1/evaluations/{run_id}").json()["state"] == "running":
        assert time.monotonic() < deadline, "it did not end within a minute"
        time.sleep(0.02)
    return run_id


def test_a_run_its_report_and_what_became_of_it(client: TestClient) -> None:
    run_id = ran(client)
    (run,) = client.get("/v1/evaluations").json()
    assert (run["run_id"], run["state"], run["done"], run["wrong"]) == (run_id, "done", 3, 2)
    page = client.get(f"/v1/evaluations/{run_id}/report")
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text
    report = client.get(f"/v1/evaluations/{run_id}/report.json")
    assert WRONG["question"] in {failure["question"] for failure in report.json()["failures"]}
    same = client.get(f"/v1/evaluations/{run_id}/against/{ran(client)}").json()
    assert {(row["value"], row["p"]) for row in same if row["measure"] == "R@5"} == {(0.0, 1.0)}
    assert client.delete(f"/v1/evaluations/{run_id}").json()["run_id"] == run_id
    assert refused(client.get(f"/v1/evaluations/{run_id}/report"), 404, "not-found")


def test_a_bad_file_is_refused_by_its_line(client: TestClient) -> None:
    reply = client.post("/v1/evaluations", json={"name": "a.jsonl", "questions": f"{TEXT}\n[]"})
    assert fields(reply) == ["questions"]
    assert "a.jsonl line 4" in reply.json()["detail"]
    assert client.get("/v1/evaluations").json() == []


def test_a_page_of_another_site_starts_nothing(client: TestClient) -> None:
    reply = client.post(
        "/v1/evaluations",
        json={"name": "a.jsonl", "questions": TEXT},
        headers={"origin": "https://elsewhere.example"},
    )
    assert refused(reply, 403, "forbidden")


def test_an_inspection_has_every_step(client: TestClient) -> None:
    found = client.post("/v1/inspect", json={"question": "图书馆几点开门"}).json()
    assert found["answer"]["status"] == "answered"
    first = found["hits"][0]
    assert first["hit"]["text"] == "图书馆每天九点开门。"
    assert first["votes"]["other"] == {"score": None, "rank": None, "standard": -0.5, "weight": 1.0}
    assert (first["features"], first["place"]) == ({"covers": [0.5, 2.0]}, [0.25, 0.75])
    assert found["decision"]["features"] == {"near": [0.5, 2.0]}
    assert fields(client.post("/v1/inspect", json={"question": " "})) == ["question"]
    assert refused(client.post("/v1/inspect", content=b"question=x"), 415, "media-type")
