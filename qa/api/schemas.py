"""What goes out, as JSON: the shapes of the API and of the command line's ``--json``."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from qa.api.examples import (
    EXAMPLE_CITATION,
    EXAMPLE_DOCUMENT,
    EXAMPLE_HIT,
    EXAMPLE_JOB,
    EXAMPLE_LISTED,
    EXAMPLE_QUESTION,
    EXAMPLE_TIMINGS,
)
from qa.types import Answer, Document, Hit, Job, JobState, SearchResult, Status


class Response(BaseModel):
    """Read from the values of :mod:`qa.types`."""

    model_config = ConfigDict(from_attributes=True, frozen=True, extra="forbid")


Date = Annotated[str, Field(description="ISO 8601 date, possibly only year or month; empty when unknown.")]
DocId = Annotated[str, Field(description="Path of the document below the folder.")]
Heading = Annotated[str, Field(description="Trail of headings it stands under, outermost first.")]
Title = Annotated[str, Field(description="Title as the text states it.")]
Format = Annotated[str, Field(description="Suffix of the file, without the dot.")]
Number = Annotated[str, Field(description="Document number (发文字号); empty for what has none.")]
Standing = Annotated[
    str,
    Field(description="`current`, `repealed` or `superseded`; empty for what is no official document."),
]
Source = Annotated[str, Field(description="Who published it; empty when unknown.")]
Start = Annotated[int, Field(ge=0, description="Index of the first character in the document's `text`.")]
End = Annotated[int, Field(ge=0, description="Index after the last character.")]
Timings = Annotated[dict[str, float], Field(description="Milliseconds each step took.")]
Generation = Annotated[str, Field(description="Name of the index generation in use.")]


class SearchHit(Response):
    """A passage; ``start`` and ``end`` are indices into the document's ``text``, ``end`` exclusive."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_HIT]})

    rank: int = Field(ge=1, description="1 is the best.")
    score: float = Field(description="The score the ranking is by; only comparable within one reply.")
    scores: dict[str, float] = Field(description="What each kind of evidence said of it.")
    doc_id: DocId
    title: Title
    date: Date
    heading: Heading
    start: Start
    end: End
    text: str = Field(description="Exactly `text[start:end]` of the document.")
    agrees_with: list[int] = Field(description="Ranks of hits in other documents that report the same thing.")

    @classmethod
    def of(cls, hit: Hit) -> "SearchHit":
        """The JSON shape of a hit."""
        passage = hit.passage
        return cls(
            rank=hit.rank,
            score=hit.score,
            scores=dict(hit.scores),
            doc_id=passage.doc_id,
            title=hit.title,
            date=hit.date,
            heading=passage.heading,
            start=passage.start,
            end=passage.end,
            text=passage.text,
            agrees_with=list(hit.agrees_with),
        )


class SearchReply(Response):
    """The best passages, best first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"query": EXAMPLE_QUESTION, "hits": [EXAMPLE_HIT], "timings_ms": EXAMPLE_TIMINGS}]
        }
    )

    query: str = Field(description="The question that was searched, rewritten to stand alone.")
    hits: list[SearchHit] = Field(description="At most `k`, never two that overlap in one document.")
    timings_ms: Timings

    @classmethod
    def of(cls, result: SearchResult) -> "SearchReply":
        """The JSON shape of a search result."""
        hits = [SearchHit.of(hit) for hit in result.hits]
        return cls(query=result.query, hits=hits, timings_ms=dict(result.timings_ms))


class AnswerCitation(Response):
    """What a ``[number]`` of the answer stands on; ``quote`` is exactly ``text[start:end]``."""

    number: int = Field(ge=1, description="The number in the answer.")
    doc_id: DocId
    title: Title
    date: Date
    heading: Heading
    start: Start
    end: End
    quote: str = Field(description="The exact words of the document.")
    score: float = Field(description="Score of the passage it came from.")


class AnswerReply(Response):
    """An answer with its citations, or ``not_found`` with the nearest passages."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "status": "answered",
                    "answer": "本人身份证、近期照片和居住地址证明。[1]",
                    "citations": [EXAMPLE_CITATION],
                    "short_answer": EXAMPLE_CITATION,
                    "nearest": [],
                    "query": EXAMPLE_QUESTION,
                    "confidence": 0.92,
                    "timings_ms": EXAMPLE_TIMINGS,
                    "index_version": "20240301T080000-1f2e3d4c",
                }
            ]
        }
    )

    status: Status = Field(description="`not_found` means that the documents do not say.")
    answer: str = Field(description="Every part carries the `[number]` of its citation.")
    citations: list[AnswerCitation] = Field(description="Empty if and only if the status is `not_found`.")
    short_answer: AnswerCitation | None = Field(
        description="The part of citation `number` that answers by itself; `null` where there is none."
    )
    nearest: list[SearchHit] = Field(
        description="For `not_found` only: near passages that are *not* an answer."
    )
    query: str = Field(description="The question that was searched, rewritten to stand alone.")
    confidence: float = Field(ge=0, le=1, description="Probability that the answer is right.")
    timings_ms: Timings
    index_version: str = Field(description="Name of the index generation that answered.")

    @classmethod
    def of(cls, answer: Answer) -> "AnswerReply":
        """The JSON shape of an answer."""
        return cls(
            status=answer.status,
            answer=answer.text,
            citations=[AnswerCitation.model_validate(citation) for citation in answer.citations],
            short_answer=AnswerCitation.model_validate(answer.short_answer) if answer.short_answer else None,
            nearest=[SearchHit.of(hit) for hit in answer.nearest],
            query=answer.query,
            confidence=answer.confidence,
            timings_ms=dict(answer.timings_ms),
            index_version=answer.index_version,
        )


class ListedDocument(Response):
    """A document without its text."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_LISTED]})

    doc_id: str = Field(description="Path below the folder; ask for it at `/v1/documents/{doc_id}`.")
    title: Title
    date: Date
    source: Source
    characters: int = Field(ge=0, description="Length of the text.")
    format: Format
    number: Number
    status: Standing


class SkippedFile(Response):
    """A file of the folder that was not indexed."""

    doc_id: DocId
    reason: str = Field(description="Why, in words.", examples=["the file is empty"])


class JobReply(Response):
    """Work on the index: `done` of `total` things of `stage`."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_JOB]})

    job_id: str = Field(description="Ask for it at `/v1/jobs/{job_id}`.")
    kind: str = Field(description="`upload` or `index`.")
    state: JobState = Field(description="`done`, `failed` and `cancelled` are final.")
    files: list[str] = Field(description="The files it is about; empty for all of the folder.")
    stage: str = Field(description="What is being done; empty before it begins.")
    done: int = Field(ge=0, description="Things of the stage that are done.")
    total: int = Field(ge=0, description="Things of the stage in all.")
    created: str = Field(description="When it was asked for, ISO 8601.")
    ended: str = Field(description="When it ended; empty before that.")
    reason: str = Field(description="Why it failed; empty otherwise.")
    skipped: list[SkippedFile] = Field(description="Those of its files that could not be indexed, and why.")

    @classmethod
    def of(cls, job: Job) -> "JobReply":
        """The JSON shape of a job."""
        return cls.model_validate(job)


class RemovedReply(Response):
    """A document was removed."""

    doc_id: DocId
    index_version: Generation


class DocumentSection(Response):
    """The part of a document under one heading."""

    heading: Heading
    speaker: str = Field(description="Who speaks; empty when nobody is named.")
    office: str = Field(description="The speaker's office; empty when unknown.")
    start: Start
    end: End


class FullDocument(Response):
    """A document as it was read; all offsets of this API point into ``text``."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_DOCUMENT]})

    doc_id: DocId
    title: Title
    date: Date
    source: Source
    format: Format
    number: Number
    status: Standing
    issuer: str = Field(description="Who issued it (发文机关); empty when it does not say.")
    recipients: str = Field(description="To whom it is addressed (主送机关); empty when it does not say.")
    attachments: list[str] = Field(description="Titles of what is attached, in the order of the text.")
    text: str = Field(description="The whole text, not one character changed.")
    sections: list[DocumentSection] = Field(description="In the order of the text.")

    @classmethod
    def of(cls, document: Document) -> "FullDocument":
        """A document with what its head and tail state."""
        plain = ("doc_id", "title", "date", "source", "format", "text", "sections")
        stated = ("number", "status", "issuer", "recipients", "attachments")
        read = {name: getattr(document, name) for name in plain}
        return cls.model_validate(read | {name: getattr(document.official, name) for name in stated})
