"""``GET /v1/documents``: what can be cited."""

from typing import Annotated

from fastapi import APIRouter, Path

from qa.api.examples import EXAMPLE_PLACE
from qa.api.opened import OpenLibrary
from qa.api.problems import responses
from qa.api.schemas import FullDocument, ListedDocument

PATH = "/v1/documents"
router = APIRouter(prefix=PATH, tags=["documents"], responses=responses(PATH, 404, 422, 503))

DocIdInPath = Annotated[
    str, Path(description="Path of the document below the folder.", examples=[EXAMPLE_PLACE["doc_id"]])
]


@router.get("", summary="所有文件 List the documents")
def documents(library: OpenLibrary) -> list[ListedDocument]:
    """Every indexed document, in the order of `doc_id`."""
    return [ListedDocument.model_validate(entry) for entry in library.entries()]


@router.get("/{doc_id:path}", summary="一份文件 One document", responses=responses(f"{PATH}/x.txt", 404, 422))
def document(doc_id: DocIdInPath, library: OpenLibrary) -> FullDocument:
    """A document as it was read; all offsets of this API point into its `text`."""
    return FullDocument.model_validate(library.document(doc_id))
