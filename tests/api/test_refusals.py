import logging
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from qa.api import create_app
from qa.errors import CitationError, IndexCorruptError
from qa.types import SearchResult
from tests.api.problem import fields, refused
from tests.api.two_documents import TwoDocuments

JSON = {"content-type": "application/json"}
ROUTES = pytest.mark.parametrize(("path", "asked"), [("/v1/search", "query"), ("/v1/ask", "question")])


@ROUTES
@pytest.mark.parametrize(
    "text", ["", " ", "\n\t \u3000", "\x1c", "\ufeff", "馆" * 2001, 5, None, ["馆"], {"a": 1}, True]
)
def test_a_bad_question_is_refused_by_name(client: TestClient, path: str, asked: str, text: object) -> None:
    response = client.post(path, json={asked: text})
    assert set(fields(response)) == {asked}
    assert response.json()["instance"] == path


@ROUTES
@pytest.mark.parametrize("k", [0, -1, 0.0, "5", 1.5, 1e300, True, None, [], 10**30])
def test_a_bad_k_is_refused_by_name(client: TestClient, path: str, asked: str, k: object) -> None:
    assert fields(client.post(path, json={asked: "馆", "k": k})) == ["k"]


@pytest.mark.parametrize(
    ("path", "asked", "most"), [("/v1/search", "query", 100), ("/v1/ask", "question", 20)]
)
def test_the_sentence_names_both_bounds_and_what_came(
    client: TestClient, path: str, asked: str, most: int
) -> None:
    for k in (0, most + 1):
        problem = client.post(path, json={asked: "馆", "k": k}).json()
        assert problem["detail"] == (
            f"k 应在 1 到 {most} 之间,收到 {k}。k must be between 1 and {most}; got {k}."
        )
        assert problem["errors"] == [{"field": "k", "message": problem["detail"]}]


def test_the_sentence_counts_the_characters(client: TestClient) -> None:
    detail = client.post("/v1/ask", json={"question": "馆" * 2001}).json()["detail"]
    assert detail == (
        "question 最多 2000 个字,收到 2001 个。question may have at most 2000 characters; got 2001."
    )


@ROUTES
def test_five_point_nought_is_the_integer_five(client: TestClient, path: str, asked: str) -> None:
    body = f'{{"{asked}": "馆", "k": 5.0}}'.encode()
    assert client.post(path, content=body, headers=JSON).status_code == 200


@ROUTES
def test_unknown_and_missing_fields_are_named(client: TestClient, path: str, asked: str) -> None:
    assert fields(client.post(path, json={asked: "馆", "top_k": 5})) == ["top_k"]
    assert fields(client.post(path, json={"k": 5})) == [asked]
    assert fields(client.post(path, json={})) == [asked]


@ROUTES
@pytest.mark.parametrize(
    ("history", "named"),
    [
        ("馆", "history"),
        ({}, "history"),
        (["馆"], "history.0"),
        ([{"question": "馆", "role": "user"}], "history.0.role"),
        ([{"answer": "九点"}], "history.0.question"),
        ([{"question": "馆"}, {"question": ""}], "history.1.question"),
        ([{"question": "馆", "answer": None}], "history.0.answer"),
        ([{"question": "馆" * 2001}], "history.0.question"),
        ([{"question": "馆", "answer": "馆" * 20_001}], "history.0.answer"),
        ([{"question": "馆"}] * 51, "history"),
    ],
)
def test_a_bad_history_is_refused_at_its_place(
    client: TestClient, path: str, asked: str, history: object, named: str
) -> None:
    assert fields(client.post(path, json={asked: "馆", "history": history})) == [named]


def test_the_longest_history_is_accepted(client: TestClient) -> None:
    turn = {"question": "馆" * 200, "answer": "馆" * 5000}
    body = {"question": "馆", "history": [turn] * 50}
    assert client.post("/v1/ask", json=body).status_code == 200


@ROUTES
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"null",
        b"\xff\xfe\xff",
        b"[" * 100_000,
        b'{"k": 1' + b"0" * 5000 + b"}",
        b"{'query': 'x'}",
        '{"query": "馆"}'.encode("gb18030"),
    ],
)
def test_what_is_not_a_json_object_is_refused_as_such(
    client: TestClient, path: str, asked: str, body: bytes
) -> None:
    assert fields(client.post(path, content=body, headers=JSON)) == ["body"]


@ROUTES
@pytest.mark.parametrize(
    "body",
    [
        b'{"%s": "\\ud800"}',
        b'{"%s": "a", "\\udc00": 1}',
        b'{"%s": "a", "history": [{"question": "\\ud83d"}]}',
    ],
)
def test_a_lone_surrogate_is_refused_not_stumbled_over(
    client: TestClient, path: str, asked: str, body: bytes
) -> None:
    content = body.replace(b"%s", asked.encode())
    assert len(fields(client.post(path, content=content, headers=JSON))) == 1


@ROUTES
@pytest.mark.parametrize(
    "text", ["馆\0馆", "\0馆", "馆\u202e", "\ufeff馆", "𠮷馆", "<script>馆", "{0}{field}馆"]
)
def test_odd_text_is_searched_like_any_other(client: TestClient, path: str, asked: str, text: str) -> None:
    assert client.post(path, json={asked: text}).json()["query"] == text


@ROUTES
def test_braces_in_what_came_are_not_a_template(client: TestClient, path: str, asked: str) -> None:
    assert "{max}" in client.post(path, json={asked: "馆", "k": "{max}"}).json()["detail"]
    assert fields(client.post(path, json={asked: "馆", "{got}": 1})) == ["{got}"]


def test_a_question_the_service_refuses_is_refused_by_name(client: TestClient) -> None:
    assert fields(client.post("/v1/ask", json={"question": "?!"})) == ["question"]
    assert fields(client.post("/v1/search", json={"query": "?!"})) == ["query"]


def test_a_huge_body_is_refused_told_or_untold(client: TestClient) -> None:
    body = b'{"query": "' + b"a" * 1_000_000 + b'"}'
    refused(client.post("/v1/search", content=body, headers=JSON), 413, "too-large")

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 65_536):
            yield body[start : start + 65_536]

    refused(client.post("/v1/search", content=pieces(), headers=JSON), 413, "too-large")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
def test_only_json_is_read(client: TestClient, kind: str) -> None:
    response = client.post("/v1/ask", content=b'{"question": "x"}', headers={"content-type": kind})
    assert "application/json" in refused(response, 415, "media-type")["detail"]


def test_json_with_a_charset_is_json(client: TestClient) -> None:
    headers = {"content-type": "Application/JSON; charset=utf-8"}
    assert client.post("/v1/ask", content='{"question": "馆"}'.encode(), headers=headers).status_code == 200


@pytest.mark.parametrize(
    "path", ["/v1", "/v1/", "/v1/nothing", "/redoc", "/v1/search/", "/nothing", "/docs/x"]
)
def test_an_unknown_address_is_a_404(client: TestClient, path: str) -> None:
    assert refused(client.get(path), 404, "not-found")["instance"] == path


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/search", "POST"),
        ("/v1/ask", "POST"),
        ("/v1/documents", "GET, POST"),
        ("/v1/documents/图书馆.txt", "DELETE, GET, PATCH"),
        ("/v1/jobs", "GET"),
        ("/healthz", "GET"),
        ("/readyz", "GET"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_wrong_method_is_a_405_that_names_the_right_one(
    client: TestClient, path: str, allowed: str, method: str
) -> None:
    if method not in allowed.split(", "):
        response = client.request(method, path)
        refused(response, 405, "method-not-allowed")
        assert response.headers["allow"] == allowed


class Broken(TwoDocuments):
    """Fails as it is told to."""

    error: Exception = ValueError("a secret of the machine")

    def search(self, *args: object, **kwargs: object) -> SearchResult:
        raise self.error


@pytest.mark.parametrize("error", [ValueError("a secret of the machine"), CitationError("a secret quote")])
def test_a_defect_is_a_500_without_its_secrets_and_is_logged(
    library: TwoDocuments, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    broken = Broken(library.settings)
    broken.error = error
    client = TestClient(create_app(broken), raise_server_exceptions=False)
    with caplog.at_level(logging.ERROR, logger="qa.api.problems"):
        response = client.post("/v1/search", json={"query": "馆"})
    refused(response, 500, "internal")
    assert "secret" not in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert any(record.exc_info and record.exc_info[1] is error for record in caplog.records)


def test_an_index_that_broke_is_a_503_that_says_what_to_run(library: TwoDocuments) -> None:
    broken = Broken(library.settings)
    broken.error = IndexCorruptError("cut short; run: qa index")
    client = TestClient(create_app(broken))
    problem = refused(client.post("/v1/search", json={"query": "馆"}), 503, "not-ready")
    assert "qa index" in problem["detail"]
