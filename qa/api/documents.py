"""``GET /v1/documents``: what can be cited."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from qa.api.examples import EXAMPLE_PLACE
from qa.api.opened import OpenLibrary
from qa.api.problems import responses
from qa.api.requests import MAX_QUESTION, bounded
from qa.api.schemas import FullDocument, ListedDocument

PATH = "/v1/documents"
MOST, LARGEST_OFFSET = 10_000, 1_000_000_000
"""Documents of one page, and before it."""
router = APIRouter(prefix=PATH, tags=["documents"], responses=responses(PATH, 404, 422, 503))

DocIdInPath = Annotated[
    str, Path(description="Path of the document below the folder.", examples=[EXAMPLE_PLACE["doc_id"]])
]


class Listing(BaseModel):
    """Which of the documents are listed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str = Field(
        default="",
        max_length=MAX_QUESTION,
        description="Only those in whose title or `doc_id` this stands.",
        examples=["通知"],
    )
    limit: Annotated[int, *bounded(1, MOST)] | None = Field(
        default=None, description="How many at most; all unless it is said.", examples=[100]
    )
    offset: Annotated[int, *bounded(0, LARGEST_OFFSET)] = Field(
        default=0, description="How many before these are left out.", examples=[0]
    )
    collection: str = Field(
        default="", max_length=200, description="Name of a collection; empty for the folder that is served."
    )


TOTAL: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "X-Total-Count": {
                "description": "How many there are without `limit` and `offset`.",
                "schema": {"type": "integer"},
            }
        }
    }
}


@router.get("", summary="所有文件 List the documents", responses=TOTAL)
def documents(
    library: OpenLibrary, listing: Annotated[Listing, Query()], response: Response
) -> list[ListedDocument]:
    """The indexed documents, in the order of `doc_id`."""
    found = library.entries(named=listing.q)
    response.headers["X-Total-Count"] = str(len(found))
    end = len(found) if listing.limit is None else listing.offset + listing.limit
    return [ListedDocument.model_validate(entry) for entry in found[listing.offset : end]]


@router.get("/{doc_id:path}", summary="一份文件 One document", responses=responses(f"{PATH}/x.txt", 404, 422))
def document(doc_id: DocIdInPath, library: OpenLibrary) -> FullDocument:
    """A document as it was read; all offsets of this API point into its `text`."""
    return FullDocument.of(library.document(doc_id))
