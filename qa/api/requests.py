"""What comes in, as JSON: strict, nothing is coerced and nothing unknown accepted."""

import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from qa.api.examples import EXAMPLE_QUESTION
from qa.types import Filter, Turn

MAX_QUESTION = 2_000
MAX_ANSWER = 20_000
MAX_TURNS = 50
MAX_K_SEARCH = 100
MAX_K_ASK = 20


def between(low: int, high: int) -> Callable[[int], int]:
    """A validator whose refusal names both bounds."""

    def check(value: int) -> int:
        if not low <= value <= high:
            raise PydanticCustomError("between", "outside the bounds", {"low": low, "high": high})
        return value

    return check


def whole(value: object) -> object:
    """5.0 is the integer 5 in JSON, which has one type of number; everything else is left as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def bounded(low: int, high: int) -> tuple[BeforeValidator, AfterValidator, Any]:
    """The validators of ``low..high`` and what the OpenAPI document says of it."""
    bounds = AfterValidator(between(low, high))
    return BeforeValidator(whole), bounds, Field(json_schema_extra={"minimum": low, "maximum": high})


class Request(BaseModel):
    """Strict, and refusing unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


NOT_BLANK = r"[^\s\x1c-\x1f\x85\ufeff]"
"""A character that is blank to nobody: Python, Rust and ECMAScript disagree on these few."""

Question = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION, pattern=NOT_BLANK)]
KSearch = Annotated[int, *bounded(1, MAX_K_SEARCH)]
KAsk = Annotated[int, *bounded(1, MAX_K_ASK)]


class PastTurn(Request):
    """One earlier exchange of the conversation."""

    question: Question = Field(description="What was asked.", examples=[EXAMPLE_QUESTION])
    answer: str = Field(
        default="",
        max_length=MAX_ANSWER,
        description="What was answered; may be left out.",
        examples=["身份证、近期照片和居住地址证明。[1]"],
    )


Name = Annotated[str, Field(min_length=1, max_length=1000)]
Names = Annotated[list[Name], Field(max_length=100)]
DAY = r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"


def day(value: str) -> str:
    """Refuse what is no year, month or day."""
    if value and not re.match(DAY, value):
        raise PydanticCustomError("day", "no day")
    return value


Day = Annotated[str, AfterValidator(day), Field(min_length=4, json_schema_extra={"pattern": DAY})]


class Scope(Request):
    """Which documents are searched: all that one of each list fits."""

    doc_ids: Names = Field(
        default=[], description="Documents, or folders with a slash at the end.", examples=[["通知/"]]
    )
    sources: Names = Field(default=[], description="Who published them.", examples=[["市图书馆"]])
    formats: Names = Field(default=[], description="Suffixes without the dot.", examples=[["pdf", "docx"]])
    numbers: Names = Field(
        default=[], description="Document numbers, in any writing.", examples=[["镜政发〔2023〕12号"]]
    )
    statuses: Annotated[list[Literal["current", "repealed", "superseded"]], Field(max_length=3)] = Field(
        default=[], description="Whether official documents still stand.", examples=[["current"]]
    )
    date_from: Day | None = Field(
        default=None, description="The first day, month or year.", examples=["2023"]
    )
    date_to: Day | None = Field(
        default=None, description="The last day, month or year.", examples=["2024-06"]
    )

    def filter(self) -> Filter:
        """The same as a value of :mod:`qa.types`."""
        lists = {name: tuple(value) for name, value in self if isinstance(value, list)}
        return Filter(**lists, date_from=self.date_from or "", date_to=self.date_to or "")


Within = Annotated[
    Scope, Field(description="Which documents are searched; all of them unless something is named.")
]
ANYWHERE = Scope()

History = Annotated[
    list[PastTurn],
    Field(
        max_length=MAX_TURNS,
        description="Earlier exchanges, oldest first: a follow-up is rewritten with them.",
    ),
]


def turns(history: Sequence[PastTurn]) -> list[Turn]:
    """The history as values of :mod:`qa.types`."""
    return [Turn(turn.question, turn.answer) for turn in history]


Described = Annotated[str, Field(max_length=500)]


class Description(Request):
    """What a person says of a document; what is empty is again what the text says."""

    title: Described | None = Field(default=None, description="What it is called.", examples=["供水办法"])
    date: Annotated[str, AfterValidator(day), Field(json_schema_extra={"pattern": f"^$|{DAY}"})] | None = (
        Field(default=None, description="Its day, month or year, ISO 8601.", examples=["2024-05"])
    )
    source: Described | None = Field(default=None, description="Who published it.", examples=["市水务局"])


class SearchRequest(Request):
    """What to search for."""

    query: Question = Field(description="Words or a whole question.", examples=[EXAMPLE_QUESTION])
    k: KSearch = Field(default=10, description="How many passages to return at most.", examples=[10])
    history: History = Field(default=[], examples=[[]])
    within: Within = Field(default=ANYWHERE, examples=[{"date_from": "2023"}])


class AskRequest(Request):
    """What to ask."""

    question: Question = Field(description="A question in ordinary words.", examples=[EXAMPLE_QUESTION])
    history: History = Field(default=[], examples=[[]])
    k: KAsk = Field(default=5, description="How many passages the answer may draw on.", examples=[5])
    within: Within = Field(default=ANYWHERE, examples=[{"formats": ["pdf"]}])
