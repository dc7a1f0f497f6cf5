"""How a route comes by the library that it is about."""

from typing import Annotated, cast

from fastapi import Depends, Query, Request
from starlette.concurrency import run_in_threadpool

from qa.errors import NotFoundError
from qa.protocols import Collections, Library

NO_COLLECTIONS = "这里没有别的文件集。There are no collections here."
Collection = Annotated[
    str,
    Query(max_length=200, description="Name of a collection; empty for the folder that is served."),
]


async def shelf_of(request: Request) -> Collections:
    """The collections beside the library. Raises NotFoundError when there are none."""
    if request.app.state.collections is None:
        raise NotFoundError(NO_COLLECTIONS)
    return cast(Collections, request.app.state.collections)


async def opened(request: Request, *, collection: Collection = "") -> Library:
    """The library this application was created with, or a collection beside it."""
    if not collection:
        return cast(Library, request.app.state.opened)
    shelf = await shelf_of(request)
    return await run_in_threadpool(shelf.service, collection)


OpenLibrary = Annotated[Library, Depends(opened)]
OpenShelf = Annotated[Collections, Depends(shelf_of)]
