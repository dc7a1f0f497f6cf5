"""What every refusal must look like, whoever sends it."""

from collections.abc import Mapping
from typing import Any, Protocol


class Response(Protocol):
    """What is read of a response; two generations of the HTTP client have it."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def text(self) -> str: ...
    def json(self) -> Any: ...  # noqa: ANN401 - as in both


MEMBERS = {"type", "title", "status", "detail", "instance"}


def refused(response: Response, status: int, code: str) -> dict[str, Any]:
    """The problem of a response, checked against RFC 9457 and the stable type."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert set(problem) == MEMBERS | ({"errors"} if status == 422 else set())
    assert problem["type"] == f"urn:qingwen:problem:{code}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in response.text
    return problem


def fields(response: Response) -> list[str]:
    """The fields a 422 names."""
    return [error["field"] for error in refused(response, 422, "invalid-input")["errors"]]
