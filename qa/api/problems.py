"""Everything that goes wrong leaves as one shape: RFC 9457 ``application/problem+json``."""

import json
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Route

from qa.api.sentences import readable, sentence
from qa.errors import (
    CorpusError,
    EvaluationError,
    FeedbackError,
    InvalidInputError,
    NotFoundError,
    NotReadyError,
    QAError,
    QAIndexError,
)

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:qingwen:problem:"
SENTENCES_SHOWN = 3

TITLES = {
    "invalid-input": (422, "请求不合要求 Invalid input"),
    "malformed": (400, "请求无法解析 Malformed request"),
    "forbidden": (403, "不许这样做 Forbidden"),
    "not-found": (404, "没有找到 Not found"),
    "method-not-allowed": (405, "不支持这种方法 Method not allowed"),
    "too-large": (413, "请求体太大 Content too large"),
    "media-type": (415, "请求体应是 JSON Unsupported media type"),
    "misdirected": (421, "主机名不符 Misdirected request"),
    "not-ready": (503, "尚未就绪 Not ready"),
    "internal": (500, "服务器内部错误 Internal error"),
}
"""``code``: its status and title; the code ends the ``type``, which never changes."""

BY_STATUS = {status: code for code, (status, _) in TITLES.items()}
BY_ERROR: dict[type[QAError], str] = {
    InvalidInputError: "invalid-input",
    EvaluationError: "invalid-input",
    NotFoundError: "not-found",
    NotReadyError: "not-ready",
    QAIndexError: "not-ready",
    CorpusError: "not-ready",
    FeedbackError: "not-ready",
}
ASKED_FIELD = {
    "/v1/search": "query",
    "/v1/ask": "question",
    "/v1/inspect": "question",
    "/v1/evaluations": "questions",
}
UNGUARDED = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
"""An unexpected error is answered outside the guard, which adds these to everything else."""
INTERNAL = "服务器出了意外的错误,已记入日志。The server hit an unexpected error and logged it."
DETAILS = {
    404: "这里什么也没有;接口列在 /docs。There is nothing here; the routes are listed at /docs.",
    405: "这个地址不支持 {method}。This address does not support {method}.",
    413: "请求体太大,上限约 1 MB。The body is larger than about 1 MB.",
}


FOREIGN_PAGE = "别的网站的页面不能改动文件。A page of another site must not change the documents."
NOT_MULTIPART = "请用 multipart/form-data 上传文件。Send the files as multipart/form-data."
NOT_JSON = "请用 Content-Type: application/json 发送 JSON。Send JSON with Content-Type: application/json."
NO_DOCUMENT = "没有这份文件;全部文件列在 /v1/documents。No such document; /v1/documents lists them all."
PREPARING = "正在准备索引,请稍后再试。The index is being prepared; try again shortly."
BAD_K = "k 应在 1 到 100 之间,收到 0。k must be between 1 and 100; got 0."


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="Name of the field, `history.0.answer` inside a list, or `body`.")
    message: str = Field(description="What was wanted and what came, in Chinese and in English.")


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str = Field(description="Names the kind of problem; stable.")
    title: str = Field(description="The kind of problem in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened here and what to do, in Chinese and in English.")
    instance: str = Field(description="Path of the request.")
    errors: list[FieldProblem] = Field(default=[], description="For 422 only: one entry per field.")


class ProblemResponse(JSONResponse):
    """A problem as JSON that can always be written as UTF-8."""

    media_type = MEDIA_TYPE

    def render(self, content: object) -> bytes:
        """Lone surrogates become ``?``."""
        return readable(json.dumps(content, ensure_ascii=False)).encode("utf-8")


def body_of(code: str, detail: str, path: str, errors: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """The members of one problem; ``errors`` is there for 422 only."""
    status, title = TITLES[code]
    instance = quote(path, errors="replace")
    body = {
        "type": TYPE_PREFIX + code,
        "title": title,
        "status": status,
        "detail": detail,
        "instance": instance,
    }
    return {**body, "errors": list(errors)} if status == 422 else body


def problem(
    code: str,
    detail: str,
    path: str,
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    """The response of one kind of problem."""
    body = body_of(code, detail, path, errors)
    return ProblemResponse(body, status_code=body["status"], headers=headers)


async def on_validation(request: Request, exc: Exception) -> ProblemResponse:
    """422 with one sentence per field."""
    assert isinstance(exc, RequestValidationError)  # noqa: S101 - registered for this type only
    found = [sentence(error) for error in exc.errors()]
    errors = [{"field": field, "message": message} for field, message in found]
    detail = " ".join(message for _, message in found[:SENTENCES_SHOWN])
    if len(found) > SENTENCES_SHOWN:
        detail += f" (还有 {len(found) - SENTENCES_SHOWN} 处 more)"
    return problem("invalid-input", detail, request.scope["path"], errors=errors)


async def on_http(request: Request, exc: Exception) -> ProblemResponse:
    """What the router or a dependency refused: 400, 403, 404, 405, 413, 415."""
    assert isinstance(exc, HTTPException)  # noqa: S101 - registered for this type only
    code = BY_STATUS.get(exc.status_code, "internal")
    if code == "malformed" and not request.headers.get("content-type", "").startswith("multipart/"):
        # such a 400 comes from a body that is not even text: tell it like other broken JSON
        error = {"type": "json_invalid", "loc": ("body",), "msg": ""}
        return await on_validation(request, RequestValidationError([error]))
    known = DETAILS.get(exc.status_code)
    detail = known.format(method=request.method) if known else exc.detail
    headers = {"Allow": allowed_methods(request)} if exc.status_code == 405 else exc.headers
    return problem(code, detail, request.scope["path"], headers=headers)


def allowed_methods(request: Request) -> str:
    """The methods of every route of the address: the router itself names those of the first one."""
    routes = [route for route in request.app.state.routes if isinstance(route, Route)]
    path = next((one.path for one in routes if one.matches(request.scope)[0] != Match.NONE), "")
    return ", ".join(sorted({method for one in routes if one.path == path for method in one.methods or ()}))


async def on_qa_error(request: Request, exc: Exception) -> ProblemResponse:
    """An error of our own tree; whatever has no status of its own is a defect and is logged."""
    path = request.scope["path"]
    code = next((code for kind, code in BY_ERROR.items() if isinstance(exc, kind)), "internal")
    if code == "internal":
        return await on_unexpected(request, exc)
    errors = []
    if code == "invalid-input":
        errors = [{"field": ASKED_FIELD.get(path, "body"), "message": str(exc)}]
    headers = {"Retry-After": "5"} if code == "not-ready" else None
    return problem(code, str(exc), path, errors=errors, headers=headers)


async def on_unexpected(request: Request, exc: Exception) -> ProblemResponse:
    """500 that tells the log everything and the client nothing."""
    path = request.scope["path"]
    logger.error("%s %r failed", request.method, path, exc_info=exc)
    return problem("internal", INTERNAL, path, headers=UNGUARDED)


HANDLERS: dict[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    RequestValidationError: on_validation,
    HTTPException: on_http,
    QAError: on_qa_error,
    Exception: on_unexpected,
}

DOCUMENTED = {
    400: ("请求无法解析 The request cannot be parsed", NOT_MULTIPART),
    403: ("来自别的网站 Sent by a page of another site", FOREIGN_PAGE),
    404: ("没有这份文件 No such document", NO_DOCUMENT),
    413: ("请求体太大 The body is too large", DETAILS[413]),
    415: ("请求体不是 JSON The body is not JSON", NOT_JSON),
    422: ("请求不合要求 The request is not acceptable", BAD_K),
    503: ("索引还没有准备好 The index is not ready", PREPARING),
}


def responses(path: str, *statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the route at ``path`` says of its problems in the OpenAPI document."""
    errors = [{"field": "k", "message": BAD_K}]
    documented: dict[int | str, dict[str, Any]] = {}
    for status in statuses:
        description, detail = DOCUMENTED[status]
        example = body_of(BY_STATUS[status], detail, path, errors)
        media = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
        documented[status] = {"description": description, "content": {MEDIA_TYPE: media}}
    return documented
