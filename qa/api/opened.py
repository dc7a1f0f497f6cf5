"""How a route comes by the opened library."""

from typing import Annotated, cast

from fastapi import Depends, Request

from qa.protocols import Library


async def opened(request: Request) -> Library:
    """The library this application was created with."""
    return cast(Library, request.app.state.opened)


OpenLibrary = Annotated[Library, Depends(opened)]
