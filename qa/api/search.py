"""``POST /v1/search`` and ``POST /v1/ask``: parse, call, return."""

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException

from qa.api.opened import OpenLibrary
from qa.api.problems import NOT_JSON, responses
from qa.api.requests import AskRequest, SearchRequest, turns
from qa.api.schemas import AnswerReply, SearchReply


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


@router.post("/ask", responses=responses("/v1/ask", *PROBLEMS), summary="提问 Ask a question")
def ask(body: AskRequest, library: OpenLibrary) -> AnswerReply:
    """An answer in the documents' words with exact citations, or `not_found` and the nearest passages."""
    return AnswerReply.of(
        library.ask(body.question, history=turns(body.history), k=body.k, wanted=body.within.filter())
    )
