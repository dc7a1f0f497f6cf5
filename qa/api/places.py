"""Which characters of a document are to be marked, as an address says it."""

from typing import Annotated

from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from qa.api.requests import bounded
from qa.types import Document, Span

MOST_SPANS = 50
LARGEST_INDEX = 1_000_000_000
LEAST_SCALE, MOST_SCALE = 1, 4


def spelled(words: str) -> str:
    """Refuse what is not ``start-end``."""
    start, _, end = words.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in (start, end)):
        raise PydanticCustomError("span", "not start-end")
    return words


Index = Annotated[int, *bounded(0, LARGEST_INDEX)]
SpanText = Annotated[
    str, AfterValidator(spelled), Field(json_schema_extra={"pattern": "^[0-9]{1,9}-[0-9]{1,9}$"})
]


class Place(BaseModel):
    """One span by ``start`` and ``end``, which stands out, and any number by ``span``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    start: Index | None = Field(
        default=None, description="Index of the first character to mark; goes with `end`.", examples=[120]
    )
    end: Index | None = Field(default=None, description="Index after the last character.", examples=[147])
    collection: str = Field(
        default="", max_length=200, description="Name of a collection; empty for the folder that is served."
    )
    span: list[SpanText] = Field(
        default=[],
        max_length=MOST_SPANS,
        description="Further spans to mark, each as `start-end`.",
        examples=[["160-171"]],
    )

    @property
    def focus(self) -> Span | None:
        """The span of ``start`` and ``end``, which is marked more strongly than the others."""
        return (self.start, self.end) if self.start is not None and self.end is not None else None

    def within(self, document: Document) -> list[Span]:
        """The spans asked for. Raises RequestValidationError for one that is not in the document's text."""
        asked: list[tuple[str, int, int]] = []
        if self.start is not None and self.end is not None:
            asked.append(("end", self.start, self.end))
        elif (self.start is None) != (self.end is None):
            field = "end" if self.end is None else "start"
            raise RequestValidationError(
                [{"type": "missing", "loc": ("query", field), "msg": "", "input": None}]
            )
        for words in self.span:
            first, _, last = words.partition("-")
            asked.append(("span", int(first), int(last)))
        for field, start, end in asked:
            if not start < end <= len(document.text):
                raise RequestValidationError([_outside(field, (start, end), len(document.text))])
        return [(start, end) for _, start, end in asked]


class PicturePlace(Place):
    """The same, and how large the picture is."""

    scale: Annotated[int, *bounded(LEAST_SCALE, MOST_SCALE)] = Field(
        default=2, description="Pixels to the point; a point is 1/72 inch.", examples=[2]
    )


def _outside(field: str, span: Span, length: int) -> dict[str, object]:
    facts = {"start": span[0], "end": span[1], "characters": length}
    return {"type": "outside", "loc": ("query", field), "msg": "", "input": span[1], "ctx": facts}
