"""What people say of answers, sent and read through the API."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa.evaluation import read_questions
from tests.api.problem import fields, refused
from tests.api.two_documents import LIBRARY_TEXT, POOL_TEXT, TwoDocuments

PATH = "/v1/feedback"
QUESTION = "图书馆几点开门"
OPEN = "六月一日"
POOL = {"doc_id": "场馆/游泳馆.txt", "start": POOL_TEXT.index(OPEN), "end": POOL_TEXT.index(OPEN) + 4}
BAD = {"verdict": "bad", "question": "什么时候开放", "reason": "answerable", "remark": "<b>明明有</b>"}


def said(client: TestClient, **values: object) -> dict[str, Any]:
    reply = client.post(PATH, json=values)
    assert reply.status_code == 201, reply.text
    told: dict[str, Any] = reply.json()
    return told


@pytest.fixture
def answered(client: TestClient) -> dict[str, Any]:
    """What a client sends of the answer that it received."""
    reply = client.post("/v1/ask", json={"question": QUESTION}).json()
    spans = [{name: one[name] for name in ("doc_id", "start", "end")} for one in reply["citations"]]
    given = {name: reply[name] for name in ("query", "status", "answer", "index_version")}
    return {"verdict": "good", "question": QUESTION, "citations": spans, **given}


def test_opinions_are_kept_listed_and_forgotten(client: TestClient, answered: dict[str, Any]) -> None:
    good = said(client, **answered)
    assert good["citations"][0]["quote"] == "图书馆每天九点开门。"
    assert (good["index_version"], good["reason"], good["marks"]) == ("generation-1", "", [])
    bad = said(client, **BAD, marks=[POOL], history=[{"question": QUESTION}], status="not_found")
    assert bad["marks"] == [{**POOL, "quote": OPEN}]
    assert bad["history"] == [{"question": QUESTION, "answer": ""}]
    assert client.get(PATH).json() == [bad, good]
    assert client.get(PATH, params={"verdict": "good"}).json() == [good]
    assert client.get(PATH, params={"limit": 1, "offset": 1}).json() == [good]
    gone = client.delete(f"{PATH}/{good['feedback_id']}")
    assert gone.json() == {"feedback_id": good["feedback_id"]}
    refused(client.delete(f"{PATH}/{good['feedback_id']}"), 404, "not-found")
    assert client.get(PATH).json() == [bad]


def test_the_questions_are_a_file_that_evaluation_reads(
    client: TestClient, answered: dict[str, Any], tmp_path: Path
) -> None:
    said(client, **answered)
    said(client, **BAD)
    said(client, **{**BAD, "question": "游泳馆呢"}, marks=[POOL], status="not_found")
    reply = client.get(f"{PATH}/questions")
    assert reply.headers["x-left-out"] == "unmarked=1, changed=0, repeated=0"
    assert reply.headers["content-disposition"].startswith('attachment; filename="feedback.jsonl"')
    (tmp_path / "feedback.jsonl").write_bytes(reply.content)
    first, second = read_questions(tmp_path / "feedback.jsonl")
    assert first.text == QUESTION
    (gold,) = first.evidence
    assert LIBRARY_TEXT[gold.start : gold.end] == "图书馆每天九点开门。"
    assert second.answers == (OPEN,)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"verdict": "fine"}, "verdict"),
        ({"verdict": None}, "verdict"),
        ({"question": " "}, "question"),
        ({"reason": "because"}, "reason"),
        ({"remark": "水" * 2001}, "remark"),
        ({"marks": [{**POOL, "start": -1}]}, "marks.0.start"),
        ({"marks": [{**POOL, "quote": "自己写的"}]}, "marks.0.quote"),
        ({"marks": [POOL] * 51}, "marks"),
        ({"marks": [{**POOL, "start": 9, "end": 9}]}, "body"),
        ({"marks": [{**POOL, "end": 10**6}]}, "body"),
        ({"feedback_id": "1"}, "feedback_id"),
    ],
)
def test_what_is_not_kept(client: TestClient, values: dict[str, object], named: str) -> None:
    assert fields(client.post(PATH, json={**BAD, **values})) == [named]
    assert client.get(PATH).json() == []


def test_no_such_document_and_other_pages(client: TestClient) -> None:
    refused(client.post(PATH, json={**BAD, "marks": [{**POOL, "doc_id": "没有"}]}), 404, "not-found")
    away = {"Origin": "http://elsewhere.example"}
    refused(client.post(PATH, json=BAD, headers=away), 403, "forbidden")
    refused(client.delete(f"{PATH}/x", headers=away), 403, "forbidden")
    plain = {"content-type": "text/plain"}
    refused(client.post(PATH, content=json.dumps(BAD), headers=plain), 415, "media-type")


def test_a_file_that_cannot_be_used_does_not_stop_asking(client: TestClient, library: TwoDocuments) -> None:
    said(client, **BAD)
    path = next(Path(library.kept.name).iterdir())
    path.write_bytes(b"spoilt" * 1000)
    for reply in (client.get(PATH), client.post(PATH, json=BAD), client.get(f"{PATH}/questions")):
        assert "移走" in refused(reply, 503, "not-ready")["detail"]
    assert client.post("/v1/ask", json={"question": QUESTION}).json()["status"] == "answered"
