from collections.abc import Awaitable, Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from qa.api import LOOPBACK, create_app
from tests.api.problem import refused
from tests.api.two_documents import TwoDocuments


@pytest.fixture
def local(library: TwoDocuments) -> TestClient:
    return TestClient(create_app(library, hosts=LOOPBACK))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000", "[::1]"]
)
def test_requests_addressed_to_this_machine_are_answered(local: TestClient, host: str) -> None:
    assert local.get("/readyz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", "", "[::1", "localhost@evil.example"],
)
@pytest.mark.parametrize("path", ["/readyz", "/", "/docs"])
def test_a_name_that_was_rebound_to_this_machine_is_refused(local: TestClient, host: str, path: str) -> None:
    refused(local.get(path, headers={"host": host}), 421, "misdirected")


def test_any_name_is_answered_when_none_is_given(client: TestClient) -> None:
    assert client.get("/readyz", headers={"host": "example.org"}).status_code == 200


def test_a_socket_of_a_foreign_page_is_closed(library: TwoDocuments) -> None:
    app = create_app(library, hosts=LOOPBACK)

    @app.websocket("/socket")
    async def socket(websocket: object) -> None: ...

    client = TestClient(app)
    with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("/socket"):
        pass
    assert closed.value.code == 1008


@pytest.mark.parametrize("path", ["/readyz", "/v1/documents", "/v1/nothing", "/openapi.json"])
def test_replies_of_the_api_are_data_and_nothing_else(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in headers


def mounted(page: Callable[[Scope, Receive, Send], Awaitable[None]]) -> Callable[[FastAPI], FastAPI]:
    def mount(app: FastAPI) -> FastAPI:
        app.mount("/page", page)
        return app

    return mount


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the length of the body and a policy of its own."""
    size = len((await receive()).get("body", b""))
    headers = [(b"content-security-policy", b"default-src 'self'"), (b"x-size", str(size).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def test_a_page_beside_the_api_has_its_own_limits_and_policy(library: TwoDocuments) -> None:
    client = TestClient(create_app(library, mount=mounted(page)))
    reply = client.post("/page/", content=b"x" * 2_000_000)
    assert reply.headers["x-size"] == "2000000"
    assert reply.headers["content-security-policy"] == "default-src 'self'"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert client.get("/readyz").status_code == 200
