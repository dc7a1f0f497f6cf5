"""``POST /v1/search`` and ``POST /v1/ask``: parse, call, return."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from qa.api.opened import OpenLibrary
from qa.api.problems import NOT_JSON, responses
from qa.api.requests import AskRequest, SearchRequest, turns
from qa.api.schemas import AnswerReply, SearchReply
from qa.types import Answer


async def json_only(request: Request) -> None:
    """Refuse with 415 what does not say that it is JSON: a page elsewhere cannot send that unasked."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, NOT_JSON)


PROBLEMS = (404, 413, 415, 422, 503)
router = APIRouter(prefix="/v1", tags=["questions"], dependencies=[Depends(json_only)])


@router.post("/search", responses=responses("/v1/search", *PROBLEMS), summary="搜索段落 Search passages")
def search(body: SearchRequest, library: OpenLibrary) -> SearchReply:
    """The best `k` passages for a query, best first, each with its exact place in the document."""
    return SearchReply.of(
        library.search(body.query, k=body.k, history=turns(body.history), wanted=body.within.filter())
    )


STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer, or with `Accept: text/event-stream` the answer as it grows.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.post(
    "/ask",
    response_model=AnswerReply,
    responses=STREAM | responses("/v1/ask", *PROBLEMS),
    summary="提问 Ask a question",
)
def ask(body: AskRequest, request: Request, library: OpenLibrary) -> Any:  # noqa: ANN401 - JSON or a stream of it
    """An answer in the documents' words with exact citations, or `not_found` and the nearest passages.

    With `Accept: text/event-stream` it is told as it grows: each `data:` is such an answer, the first has
    citations and no text, then the text comes statement by statement, and the last is whole.
    """
    asked: dict[str, Any] = {"history": turns(body.history), "k": body.k, "wanted": body.within.filter()}
    if "text/event-stream" not in request.headers.get("accept", ""):
        return AnswerReply.of(library.ask(body.question, **asked))
    answers = library.stream(body.question, **asked)
    first = next(answers)  # what is refused is refused before a stream begins
    return StreamingResponse(events(chain([first], answers)), media_type="text/event-stream")


def events(answers: Iterable[Answer]) -> Iterator[str]:
    """Server-sent events: an answer as it grows."""
    return (f"data: {AnswerReply.of(answer).model_dump_json()}\n\n" for answer in answers)
