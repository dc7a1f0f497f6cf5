"""A document as a person reads it: its text with marks, the file itself, pages of a PDF as pictures."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import HTMLResponse, Response

from qa.api.documents import PATH, DocIdInPath
from qa.api.opened import OpenLibrary
from qa.api.places import PicturePlace, Place
from qa.api.problems import responses
from qa.corpus.pdf_image import boxes_of
from qa.errors import CorpusError, NotFoundError
from qa.rendering import policy, render_document

NO_PAGES = (
    "{doc_id} 不是PDF,没有页面图;请用 view。"
    "{doc_id} is no PDF and has no pictures of its pages; use its view."
)
router = APIRouter(prefix=PATH, tags=["documents"])

PageInPath = Annotated[int, Path(ge=1, le=1_000_000, description="Number of the page, from 1.", examples=[1])]


def gives(media: str, description: str) -> dict[int | str, dict[str, Any]]:
    """What the OpenAPI document says of a reply that is not JSON."""
    schema = {"type": "string"} if media.startswith("text/") else {"type": "string", "format": "binary"}
    return {200: {"description": description, "content": {media: {"schema": schema}}}}


def disposition(doc_id: str) -> str:
    """The header that makes a download of it under its own name (RFC 6266, RFC 8187), whatever that holds."""
    name = doc_id.rsplit("/", 1)[-1]
    plain = "".join(char if char.isascii() and (char.isalnum() or char in ".-_ ") else "_" for char in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


@router.get(
    "/{doc_id:path}/view",
    summary="带标记的全文 The text with marks",
    response_class=HTMLResponse,
    responses=gives("text/html", "A page that needs nothing else.")
    | responses(f"{PATH}/x.txt/view", 404, 422, 503),
)
def view(doc_id: DocIdInPath, library: OpenLibrary, place: Annotated[Place, Query()]) -> HTMLResponse:
    """The whole text with `text[start:end]` and every `span` marked.

    The first mark of `text[start:end]`, or of all, has the id `hit`: `…/view?start=120&end=147#hit`.
    """
    document = library.document(doc_id)
    page = render_document(document, place.within(document), place.focus)
    return HTMLResponse(page, headers={"Content-Security-Policy": policy()})


@router.get(
    "/{doc_id:path}/original",
    summary="原文件 The file itself",
    response_class=Response,
    responses=gives("application/octet-stream", "The file.")
    | responses(f"{PATH}/x.txt/original", 404, 422, 503),
)
def original(doc_id: DocIdInPath, library: OpenLibrary) -> Response:
    """The file that was indexed, as a download; 404 once it is gone or changed."""
    data = library.original(doc_id)
    headers = {"Content-Disposition": disposition(doc_id)}
    return Response(data, media_type="application/octet-stream", headers=headers)


@router.get(
    "/{doc_id:path}/pages/{page}.png",
    summary="PDF的一页 A page of a PDF",
    response_class=Response,
    responses=gives("image/png", "The page.") | responses(f"{PATH}/x.pdf/pages/1.png", 404, 422, 503),
)
def picture(
    doc_id: DocIdInPath,
    page: PageInPath,
    library: OpenLibrary,
    place: Annotated[PicturePlace, Query()],
    request: Request,
) -> Response:
    """A page of a PDF as a picture, with the lines marked that hold `text[start:end]`."""
    document = library.document(doc_id)
    spans = place.within(document)
    if document.format != "pdf":
        raise NotFoundError(NO_PAGES.format(doc_id=doc_id))
    boxes = boxes_of(document, page, spans)
    try:
        data = request.app.state.drawing.draw(library.original(doc_id), page, place.scale, boxes=boxes)
    except CorpusError as exc:
        raise NotFoundError(str(exc)) from exc
    return Response(data, media_type="image/png")
