"""``/v1/collections``: named sets of documents beside the folder that is served."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import Field

from qa.api.changing import own_page
from qa.api.opened import OpenShelf
from qa.api.problems import responses
from qa.api.requests import Request
from qa.api.schemas import Response

PATH = "/v1/collections"
router = APIRouter(prefix=PATH, tags=["collections"], dependencies=[Depends(own_page)])

NameInPath = Annotated[str, Path(max_length=200, description="Name of a collection.", examples=["公报"])]


class NewCollection(Request):
    """What a collection is to be called."""

    name: str = Field(min_length=1, max_length=200, description="A name for a folder.", examples=["公报"])


class CollectionReply(Response):
    """A collection."""

    name: str = Field(description="Say it as `?collection=` in any call.", examples=["公报"])


@router.get("", summary="所有文件集 List the collections", responses=responses(PATH, 403, 404))
def collections(shelf: OpenShelf) -> list[CollectionReply]:
    """Every collection by name; the folder that is served has none and is not among them."""
    return [CollectionReply(name=name) for name in shelf.names()]


@router.post(
    "",
    status_code=201,
    summary="新建文件集 Create a collection",
    responses=responses(PATH, 403, 404, 422, 503),
)
def create(body: NewCollection, shelf: OpenShelf) -> CollectionReply:
    """Make an empty collection; upload to it with `POST /v1/documents?collection=NAME`."""
    shelf.create(body.name)
    return CollectionReply(name=body.name)


@router.delete(
    "/{name}", summary="删除文件集 Delete a collection", responses=responses(f"{PATH}/x", 403, 404, 422, 503)
)
def remove(name: NameInPath, shelf: OpenShelf) -> CollectionReply:
    """Delete a collection with all of its documents."""
    shelf.remove(name)
    return CollectionReply(name=name)
