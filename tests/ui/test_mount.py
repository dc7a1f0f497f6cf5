"""What the mounted page leaves to the application, and what it keeps closed."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.ui.conftest import application
from tests.ui.two_documents import TwoDocuments


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(application(TwoDocuments())) as client:
        yield client


def test_routes_of_the_application_stay_reachable(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"ok": True}
    assert client.post("/v1/ask").json() == {"asked": True}
    assert client.get("/v1/documents/a/b.txt").json() == {"doc_id": "a/b.txt"}
    assert "swagger" in client.get("/docs").text.lower()


def test_unknown_addresses_are_answered_by_the_application(client: TestClient) -> None:
    for path in ("/v1/nothing", "/nothing", "/gradio_api/nothing", "/v1/documents/none"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json"), path
    wrong_method = client.get("/v1/ask")
    assert (wrong_method.status_code, wrong_method.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/proxy=http://localhost/"),
        ("GET", "/gradio_api/info"),
        ("GET", "/gradio_api/openapi.json"),
        ("GET", "/gradio_api/runs"),
        ("POST", "/gradio_api/vibe-edit"),
        ("GET", "/monitoring"),
        ("POST", "/login"),
        ("GET", "/config"),
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/gradio_api/run/anything"),
        ("GET", "/static/../../app.py"),
    ],
)
def test_what_the_page_does_not_need_is_closed(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path).status_code in (404, 405)


def test_front_page_points_at_no_other_machine(client: TestClient) -> None:
    answer = client.get("/", headers={"accept-encoding": "gzip, br"})
    assert answer.status_code == 200
    assert re.findall(r"https?://(?!testserver)[^\"'\s<]+", answer.text) == []
    assert 'lang="zh-CN"' in answer.text
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_theme_fetches_no_font(client: TestClient) -> None:
    theme = client.get("/theme.css").text
    assert "system-ui" in theme
    assert re.findall(r"@import|@font-face|url\((?!.?data:)", theme) == []


def test_head_request_has_no_body(client: TestClient) -> None:
    assert client.head("/").status_code == 200
