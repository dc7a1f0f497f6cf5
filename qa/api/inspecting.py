"""``POST /v1/inspect``: why a question finds what it finds."""

from collections.abc import Sequence
from typing import Annotated, Literal, Protocol, cast

from fastapi import APIRouter, Depends
from pydantic import Field

from qa.api.examples import EXAMPLE_QUESTION
from qa.api.opened import OpenLibrary
from qa.api.problems import responses
from qa.api.requests import ANYWHERE, History, Question, Request, Within, turns
from qa.api.schemas import AnswerReply, Response, SearchHit, Timings
from qa.api.search import json_only
from qa.inspection import InspectedHit, Inspection
from qa.protocols import EVERYTHING, Library
from qa.types import Filter, Turn

PATH = "/v1/inspect"
router = APIRouter(tags=["questions"], dependencies=[Depends(json_only)])

Place = Annotated[
    tuple[float, float] | None, Field(description="Where it lies on the map of passages, both from 0 to 1.")
]


class Inspectable(Library, Protocol):
    """A library that tells how it searches."""

    def inspect(
        self, question: str, *, history: Sequence[Turn] = (), wanted: Filter = EVERYTHING
    ) -> Inspection:
        """Ask, and keep every step."""
        ...


class InspectRequest(Request):
    """What to take apart."""

    question: Question = Field(description="A question in ordinary words.", examples=[EXAMPLE_QUESTION])
    history: History = Field(default=[], examples=[[]])
    within: Within = Field(default=ANYWHERE, examples=[{"formats": ["pdf"]}])


class InspectedVote(Response):
    """What a searcher says of a passage."""

    score: float | None = Field(description="Cosine or BM25; `null` where it did not find the passage.")
    rank: int | None = Field(description="Its rank among what this searcher found, or `null`.")
    standard: float = Field(description="The score beside this searcher's others: mean 0, deviation 1.")
    weight: float = Field(description="What `standard` counts for.")


class InspectedPassage(Response):
    """A passage, best first, and what every step made of it."""

    hit: SearchHit = Field(description="The passage with its last rank and score.")
    fused_rank: int | None = Field(description="Its rank by plain sum; `null` if only looked up by name.")
    fused_score: float = Field(description="That sum.")
    votes: dict[str, InspectedVote] = Field(description="Each searcher by name.")
    features: dict[str, tuple[float, float]] = Field(description="What the ranker sees: value and weight.")
    matched: list[tuple[int, int]] = Field(description="Spans of the passage's text that the question says.")
    sentences: list[float] = Field(description="Cosine of each sentence with the question.")
    place: Place

    @classmethod
    def of(cls, row: InspectedHit) -> "InspectedPassage":
        """The JSON shape of an inspected passage."""
        return cls(
            hit=SearchHit.of(row.hit),
            fused_rank=row.fused_rank,
            fused_score=row.fused_score,
            votes={name: InspectedVote.model_validate(vote) for name, vote in row.votes.items()},
            features=dict(row.features),
            matched=list(row.matched),
            sentences=list(row.hit.sentence_scores),
            place=row.place,
        )


class InspectedDecision(Response):
    """Why it is answered or refused."""

    probability: float = Field(ge=0, le=1, description="Probability that the documents answer.")
    least: float = Field(ge=0, le=1, description="Below it the question is refused.")
    bias: float = Field(description="The log odds without any evidence.")
    features: dict[str, tuple[float, float]] = Field(description="Value, and what it adds to the log odds.")
    rule: Literal["evidence", "range", "table"] = Field(
        description="What decides: the weight of the evidence, that no range holds the number asked about, "
        "or the rows of a whole table; only the first has features."
    )


class InspectReply(Response):
    """A question taken apart."""

    query: str = Field(description="The question that was searched.")
    named: list[str] = Field(description="What it names and was looked up.")
    hits: list[InspectedPassage] = Field(description="Best first; the answer draws on the first five.")
    answer: AnswerReply = Field(description="The answer, as `/v1/ask` gives it.")
    decision: InspectedDecision | None = Field(description="`null` where what the question names decides.")
    place: Place
    timings_ms: Timings


@router.post(PATH, summary="检索检视 Inspect a question", responses=responses(PATH, 404, 413, 415, 422, 503))
def inspect(body: InspectRequest, library: OpenLibrary) -> InspectReply:
    """Every step of a search and of the decision to answer, one after the other."""
    found = cast(Inspectable, library).inspect(
        body.question, history=turns(body.history), wanted=body.within.filter()
    )
    decision = InspectedDecision.model_validate(found.decision) if found.decision else None
    return InspectReply(
        query=found.query,
        named=list(found.named),
        hits=[InspectedPassage.of(row) for row in found.hits],
        answer=AnswerReply.of(found.answer),
        decision=decision,
        place=found.place,
        timings_ms=dict(found.timings_ms),
    )
