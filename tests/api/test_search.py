import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qa.types import Filter, Turn
from tests.api.problem import fields
from tests.api.two_documents import LIBRARY_TEXT, POOL_TEXT, VERSION, TwoDocuments

HIT = {"rank", "score", "scores", "doc_id", "title", "date", "heading", "start", "end", "text", "agrees_with"}
CITATION = {"number", "doc_id", "title", "date", "heading", "start", "end", "quote", "score"}
ANSWER = {
    "status",
    "answer",
    "citations",
    "short_answer",
    "nearest",
    "query",
    "confidence",
    "timings_ms",
    "index_version",
}


def test_search_returns_the_best_passages_with_their_places(client: TestClient) -> None:
    reply = client.post("/v1/search", json={"query": "图书馆几点开门", "k": 2}).json()
    assert set(reply) == {"query", "hits", "timings_ms"}
    assert reply["query"] == "图书馆几点开门"
    assert [hit["rank"] for hit in reply["hits"]] == [1, 2]
    first = reply["hits"][0]
    assert set(first) == HIT
    assert first["doc_id"] == "图书馆.txt"
    assert LIBRARY_TEXT[first["start"] : first["end"]] == first["text"] == "图书馆每天九点开门。"
    assert first["score"] == 6  # 图书馆, 点, 开, 门
    assert (first["title"], first["date"]) == ("图书馆开放时间", "2024-03")


def test_k_cuts_the_hits_and_is_ten_unless_told(client: TestClient) -> None:
    assert len(client.post("/v1/search", json={"query": "馆", "k": 1}).json()["hits"]) == 1
    assert len(client.post("/v1/search", json={"query": "馆"}).json()["hits"]) == 3


@pytest.mark.parametrize(("route", "field", "most"), [("search", "query", 100), ("ask", "question", 20)])
def test_the_bounds_themselves_are_accepted(client: TestClient, route: str, field: str, most: int) -> None:
    longest = "馆" * 2000
    for k in (1, most):
        assert client.post(f"/v1/{route}", json={field: longest, "k": k}).status_code == 200


def test_an_answer_carries_its_citations_and_what_answered(client: TestClient) -> None:
    reply = client.post("/v1/ask", json={"question": "游泳馆哪天开放"}).json()
    assert set(reply) == ANSWER
    assert reply["status"] == "answered"
    assert reply["answer"] == "游泳馆六月一日开放。[1]"
    (citation,) = reply["citations"]
    assert set(citation) == CITATION
    assert POOL_TEXT[citation["start"] : citation["end"]] == citation["quote"]
    assert citation["doc_id"] == "场馆/游泳馆.txt"
    short = reply["short_answer"]
    assert set(short) == CITATION
    assert POOL_TEXT[short["start"] : short["end"]] == short["quote"] == "游泳馆"
    assert reply["nearest"] == []
    assert reply["index_version"] == VERSION
    assert reply["timings_ms"] == {"total": 1.5}
    assert reply["confidence"] == 0.9


def test_what_is_not_found_has_nearest_passages_in_the_shape_of_hits(client: TestClient) -> None:
    reply = client.post("/v1/ask", json={"question": "门"}).json()
    assert reply["status"] == "not_found"
    assert reply["citations"] == []
    assert reply["short_answer"] is None
    assert [set(hit) for hit in reply["nearest"]] == [HIT]


@pytest.mark.parametrize(("route", "field"), [("search", "query"), ("ask", "question")])
def test_the_history_reaches_the_service(
    client: TestClient, library: TwoDocuments, route: str, field: str
) -> None:
    history = [{"question": "图书馆几点开门", "answer": "九点。[1]"}, {"question": "周一呢"}]
    reply = client.post(f"/v1/{route}", json={field: "那游泳馆呢", "history": history}).json()
    assert library.heard[-1] == (Turn("图书馆几点开门", "九点。[1]"), Turn("周一呢", ""))
    assert reply["query"] == "那游泳馆呢(图书馆几点开门)(周一呢)"


def test_text_that_looks_like_markup_comes_back_as_it_is(client: TestClient) -> None:
    reply = client.post("/v1/search", json={"query": "周一闭"}).json()
    assert reply["hits"][0]["text"] == "[red]周一[/red]闭馆。"


def test_the_scope_is_passed_on(client: TestClient, library: TwoDocuments) -> None:
    within = {"doc_ids": ["场馆/"], "formats": ["txt"], "date_from": "2024", "statuses": ["current"]}
    assert client.post("/v1/search", json={"query": "馆", "within": within}).status_code == 200
    assert client.post("/v1/ask", json={"question": "馆", "within": within}).status_code == 200
    wanted = Filter(doc_ids=("场馆/",), formats=("txt",), date_from="2024", statuses=("current",))
    assert library.wanted == [wanted, wanted]


@pytest.mark.parametrize(
    ("within", "field"),
    [
        ({"date_from": "2024-13"}, "within.date_from"),
        ({"date_to": "gestern"}, "within.date_to"),
        ({"statuses": ["old"]}, "within.statuses.0"),
        ({"doc_ids": "a.txt"}, "within.doc_ids"),
        ({"formats": [""]}, "within.formats.0"),
        ({"colour": ["red"]}, "within.colour"),
        (None, "within"),
    ],
)
def test_a_scope_that_cannot_be(within: object, field: str, client: TestClient) -> None:
    assert fields(client.post("/v1/ask", json={"question": "馆", "within": within})) == [field]


def told(client: TestClient, question: str) -> list[dict[str, Any]]:
    """What an event stream says, by the words of the standard: an event ends with an empty line."""
    reply = client.post("/v1/ask", json={"question": question}, headers={"Accept": "text/event-stream"})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/event-stream")
    events = reply.text.split("\n\n")
    assert events.pop() == ""
    return [json.loads(event.removeprefix("data: ")) for event in events]


def test_a_stream_tells_the_citations_before_the_text(client: TestClient) -> None:
    first, last = told(client, "游泳馆哪天开放")
    assert (first["answer"], last["answer"]) == ("", "游泳馆六月一日开放。[1]")
    assert first["citations"] == last["citations"] != []
    assert last == client.post("/v1/ask", json={"question": "游泳馆哪天开放"}).json()


def test_what_is_refused_is_refused_before_a_stream_begins(client: TestClient, library: TwoDocuments) -> None:
    streaming = {"Accept": "text/event-stream"}
    wrong = client.post("/v1/ask", json={"question": "?!"}, headers=streaming)
    assert (wrong.status_code, wrong.headers["content-type"]) == (422, "application/problem+json")
    library.is_ready = False
    assert client.post("/v1/ask", json={"question": "门"}, headers=streaming).status_code == 503
