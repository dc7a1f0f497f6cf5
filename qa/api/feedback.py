"""``/v1/feedback``: what people said of answers, and the questions made of it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from pydantic import Field
from starlette.responses import Response as Plain

from qa.api.changing import own_page
from qa.api.examples import EXAMPLE_PLACE, EXAMPLE_QUESTION, EXAMPLE_TEXT
from qa.api.opened import Collection, OpenLibrary
from qa.api.problems import responses
from qa.api.requests import MAX_ANSWER, History, Name, Question, Request, bounded, turns
from qa.api.schemas import DocId, End, Response, Start
from qa.api.search import json_only
from qa.api.views import disposition, gives
from qa.feedback import LONGEST_REMARK, MOST, MOST_SPANS, Mark, Opinion, Reason, Verdict
from qa.types import Status

PATH = "/v1/feedback"
ID = "6f1d2c3b4a596877"
FURTHEST = 1_000_000_000
router = APIRouter(prefix=PATH, tags=["feedback"], dependencies=[Depends(own_page)])

PLACE = {name: EXAMPLE_PLACE[name] for name in ("doc_id", "start", "end")}
VERDICT = Field(description="Whether the answer is right.", examples=["bad"])
REASON = Field(
    description="Why it is not: `wrong`, wrong `citation`, `incomplete`, or `answerable` and yet refused.",
    examples=["incomplete"],
)
Offset = Annotated[int, *bounded(0, FURTHEST)]


class Span(Request):
    """Words of a document, by their offsets."""

    doc_id: Name = Field(description="Name of the document.", examples=[EXAMPLE_PLACE["doc_id"]])
    start: Offset = Field(description="Index of the first character.", examples=[EXAMPLE_PLACE["start"]])
    end: Offset = Field(description="Index after the last character.", examples=[EXAMPLE_PLACE["end"]])

    def mark(self) -> Mark:
        """The same as a value of :mod:`qa.feedback`."""
        return Mark(self.doc_id, self.start, self.end)


Spans = Annotated[list[Span], Field(max_length=MOST_SPANS)]


class NewOpinion(Request):
    """What a person says of an answer, which is given as it was received."""

    verdict: Verdict = VERDICT
    question: Question = Field(description="What was asked.", examples=[EXAMPLE_QUESTION])
    history: History = Field(default=[], examples=[[]])
    query: str = Field(default="", max_length=2000, description="`query` of the answer.", examples=[""])
    status: Status = Field(default="answered", description="`status` of the answer.", examples=["answered"])
    answer: str = Field(
        default="", max_length=MAX_ANSWER, description="The answer itself.", examples=[EXAMPLE_TEXT]
    )
    citations: Spans = Field(default=[], description="What the answer cites.", examples=[[PLACE]])
    index_version: str = Field(
        default="", max_length=100, description="`index_version` of the answer.", examples=[""]
    )
    reason: Annotated[Reason, REASON] = ""
    remark: str = Field(
        default="", max_length=LONGEST_REMARK, description="In the person's words.", examples=["缺了第二项"]
    )
    marks: Spans = Field(default=[], description="The words that are the answer.", examples=[[PLACE]])

    def opinion(self) -> Opinion:
        """The same as a value of :mod:`qa.feedback`."""
        return Opinion(
            self.verdict,
            self.question,
            tuple(turns(self.history)),
            self.query,
            self.status,
            self.answer,
            tuple(span.mark() for span in self.citations),
            self.index_version,
            self.reason,
            self.remark,
            tuple(span.mark() for span in self.marks),
        )


class QuotedSpan(Response):
    """Words of a document."""

    doc_id: DocId
    start: Start
    end: End
    quote: str = Field(description="The words as they were then.")


class SaidTurn(Response):
    """One earlier exchange."""

    question: str = Field(description="What was asked.")
    answer: str = Field(description="What was answered; possibly empty.")


class OpinionReply(Response):
    """An opinion as it is kept."""

    feedback_id: str = Field(description="Its name.", examples=[ID])
    time: str = Field(description="When it was said, ISO 8601.")
    verdict: Verdict = VERDICT
    reason: Annotated[Reason, REASON]
    remark: str = Field(description="In the person's words.")
    question: str = Field(description="What was asked.")
    query: str = Field(description="The question as it was understood.")
    history: list[SaidTurn] = Field(description="The exchanges before it, oldest first.")
    status: Status = Field(description="`status` of the answer.")
    answer: str = Field(description="The answer itself.")
    citations: list[QuotedSpan] = Field(description="What the answer cited.")
    marks: list[QuotedSpan] = Field(description="The words that are the answer.")
    index_version: str = Field(description="The generation that answered.")


class ForgottenReply(Response):
    """An opinion was deleted."""

    feedback_id: str = Field(description="Its name.", examples=[ID])


Limit = Annotated[int, Query(ge=1, le=1000, description="How many at most.")]
Skip = Annotated[int, Query(ge=0, le=MOST, description="How many of the newest are left out.")]
Which = Annotated[Literal["", "good", "bad"], Query(description="Only those of one verdict.")]


@router.post(
    "",
    status_code=201,
    dependencies=[Depends(json_only)],
    summary="评价一个回答 Say what an answer is worth",
    responses=responses(PATH, 403, 404, 413, 415, 422, 503),
)
def add(body: NewOpinion, library: OpenLibrary) -> OpinionReply:
    """Keep what a person says of an answer, with the words that the answer cites and that are marked."""
    return OpinionReply.model_validate(library.feedback.add(body.opinion()))


@router.get("", summary="所有评价 List the feedback", responses=responses(PATH, 403, 404, 422, 503))
def opinions(
    library: OpenLibrary, *, verdict: Which = "", limit: Limit = 100, offset: Skip = 0
) -> list[OpinionReply]:
    """What people said of answers, the newest first."""
    found = library.feedback.all(verdict, limit=limit, offset=offset)
    return [OpinionReply.model_validate(opinion) for opinion in found]


@router.get(
    "/questions",
    summary="评价成为考题 The feedback as questions",
    response_class=Plain,
    responses=gives("text/plain", "A question file: one JSON object a line.")
    | responses(f"{PATH}/questions", 403, 404, 422, 503),
)
def questions(library: OpenLibrary, *, collection: Collection = "") -> Plain:
    """A file that `qa evaluate` reads. What could not become a question is counted in `X-Left-Out`."""
    made = library.judged()
    left = f"unmarked={made.unmarked}, changed={made.changed}, repeated={made.repeated}"
    name = f"feedback-{collection}.jsonl" if collection else "feedback.jsonl"
    headers = {"Content-Disposition": disposition(name), "X-Left-Out": left}
    return Plain(made.text, media_type="text/plain; charset=utf-8", headers=headers)


@router.delete(
    "/{feedback_id}",
    summary="删除评价 Delete an opinion",
    responses=responses(f"{PATH}/{ID}", 403, 404, 422, 503),
)
def remove(
    feedback_id: Annotated[str, Path(max_length=100, description="Its name.", examples=[ID])],
    library: OpenLibrary,
) -> ForgottenReply:
    """Forget what was said."""
    library.feedback.remove(feedback_id)
    return ForgottenReply(feedback_id=feedback_id)
