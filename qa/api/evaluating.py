"""``/v1/evaluations``: judged questions run beside other work, and what came of them."""

from typing import Annotated, Protocol, cast

from fastapi import APIRouter, Depends, Path
from pydantic import ConfigDict, Field
from starlette.responses import HTMLResponse
from starlette.responses import Response as Reply

from qa.api.changing import own_page
from qa.api.opened import OpenLibrary
from qa.api.problems import responses
from qa.api.requests import Request
from qa.api.schemas import Response
from qa.api.views import gives
from qa.evaluations import Evaluations
from qa.protocols import Library
from qa.runs import RunState

PATH = "/v1/evaluations"
EXAMPLE_ID = "20260101T120000-1a2b3c4d"
EXAMPLE_LINE = (
    '{"id": "1", "question": "办理居住证需要哪些材料?", "type": "list", "answerable": true, '
    '"answers": ["身份证"], "evidence": [{"file": "办事指南.txt", "start": 120, "end": 147}]}'
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
"""A report is a page without scripts, which our own page shows in a frame."""
router = APIRouter(prefix=PATH, tags=["evaluations"], dependencies=[Depends(own_page)])

RunInPath = Annotated[str, Path(max_length=100, description="As it was returned.", examples=[EXAMPLE_ID])]
OtherInPath = Annotated[str, Path(max_length=100, description="The run it is held against.")]


class Evaluable(Library, Protocol):
    """A library that keeps evaluations."""

    @property
    def evaluations(self) -> Evaluations:
        """What was evaluated, and what is."""
        ...


def evaluations_of(library: OpenLibrary) -> Evaluations:
    """The evaluations of the library that the request is about."""
    return cast(Evaluable, library).evaluations


Kept = Annotated[Evaluations, Depends(evaluations_of)]


class NewEvaluation(Request):
    """A question file. One evaluation runs at a time."""

    name: str = Field(min_length=1, max_length=200, description="What it is called.", examples=["问题.jsonl"])
    questions: str = Field(
        min_length=1,
        description="Its text: one JSON object a line, as `qa evaluate` reads it.",
        examples=[EXAMPLE_LINE],
    )


class EvaluationReply(Response):
    """An evaluation, running or ended."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "run_id": EXAMPLE_ID,
                    "name": "问题.jsonl",
                    "state": "done",
                    "questions": 120,
                    "created": "2026-01-01T12:00:00+00:00",
                    "ended": "2026-01-01T12:00:14+00:00",
                    "done": 120,
                    "index_version": "20260101T110000-1f2e3d4c",
                    "reason": "",
                    "wrong": 9,
                    "figures": {"R@5": 0.97, "MRR@10": 0.93, "containment": 0.9, "F1": 0.88},
                    "collection": "",
                }
            ]
        }
    )

    run_id: str = Field(description="Ask for it at `/v1/evaluations/{run_id}`.")
    name: str = Field(description="The question file.")
    state: RunState = Field(description="`done` and `failed` are final.")
    questions: int = Field(ge=0, description="How many there are.")
    created: str = Field(description="When it began, ISO 8601.")
    ended: str = Field(description="When it ended; empty before that.")
    done: int = Field(ge=0, description="Questions that were asked.")
    index_version: str = Field(description="The index generation it began with.")
    reason: str = Field(description="Why it failed; empty otherwise.")
    wrong: int = Field(ge=0, description="Questions that were not answered as they should.")
    figures: dict[str, float] = Field(description="The main figures; the report has all.")
    collection: str = Field(description="The collection that was asked; empty for the served folder.")


class DifferenceReply(Response):
    """One measure of two runs on the questions of both."""

    measure: str = Field(description="Its name.")
    n: int = Field(ge=0, description="Questions that both have.")
    better: list[tuple[str, str]] = Field(description="Id and words of the questions that are better now.")
    worse: list[tuple[str, str]] = Field(description="Id and words of those that are worse.")
    value: float = Field(description="The mean difference; above 0 this run is better.")
    low: float = Field(description="Lower end of its 95 % interval.")
    high: float = Field(description="Upper end.")
    p: float = Field(ge=0, le=1, description="Chance of as large a difference by luck (paired test).")


@router.get("", summary="所有评测 List the evaluations", responses=responses(PATH, 403, 404, 422))
def evaluations(kept: Kept) -> list[EvaluationReply]:
    """Every run, the newest first."""
    return [EvaluationReply.model_validate(run) for run in kept.runs()]


@router.post(
    "",
    status_code=202,
    summary="评测一份问题 Evaluate questions",
    responses=responses(PATH, 403, 404, 413, 422, 503),
)
def start(body: NewEvaluation, kept: Kept) -> EvaluationReply:
    """Keep a question file and run it beside other work; 503 while another evaluation is running."""
    return EvaluationReply.model_validate(kept.start(kept.put(body.name, body.questions)))


@router.get("/{run_id}", summary="一次评测 One evaluation", responses=responses(f"{PATH}/x", 403, 404, 422))
def evaluation(run_id: RunInPath, kept: Kept) -> EvaluationReply:
    """A run as it is now."""
    return EvaluationReply.model_validate(kept.run(run_id))


@router.delete(
    "/{run_id}", summary="删除评测 Delete an evaluation", responses=responses(f"{PATH}/x", 403, 404, 422)
)
def remove(run_id: RunInPath, kept: Kept) -> EvaluationReply:
    """Delete a run with its report; one that is running is stopped."""
    run = kept.run(run_id)
    kept.remove(run_id)
    return EvaluationReply.model_validate(run)


@router.get(
    "/{run_id}/report",
    summary="评测报告 The report",
    response_class=HTMLResponse,
    responses=gives("text/html", "A page that needs nothing else.")
    | responses(f"{PATH}/x/report", 403, 404, 422),
)
def report(run_id: RunInPath, kept: Kept) -> HTMLResponse:
    """Tables, charts and every question that went wrong, as `qa evaluate --report` writes them."""
    return HTMLResponse(kept.report(run_id), headers={"Content-Security-Policy": POLICY})


@router.get(
    "/{run_id}/report.json",
    summary="评测数据 The report as JSON",
    response_class=Reply,
    responses=gives("application/json", "As `qa evaluate --json` writes it.")
    | responses(f"{PATH}/x/report.json", 403, 404, 422),
)
def figures(run_id: RunInPath, kept: Kept) -> Reply:
    """Every figure, failure and outcome."""
    return Reply(kept.report(run_id, "report.json"), media_type="application/json")


@router.get(
    "/{run_id}/against/{other_id}",
    summary="比较两次评测 Compare two evaluations",
    responses=responses(f"{PATH}/x/against/y", 403, 404, 422),
)
def against(run_id: RunInPath, other_id: OtherInPath, kept: Kept) -> list[DifferenceReply]:
    """A run against another, measure by measure: what is better, what is worse, and whether it is luck."""
    return [DifferenceReply.model_validate(row) for row in kept.compare(run_id, other_id)]
