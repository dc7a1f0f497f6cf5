"""The HTTP door: one FastAPI application, with or without a page beside the API."""

from collections.abc import Callable, Collection
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI

from qa.api import (
    changing,
    documents,
    evaluating,
    feedback,
    health,
    inspecting,
    reference,
    search,
    shelves,
    views,
)
from qa.api.guard import Guard
from qa.api.problems import HANDLERS, Problem
from qa.corpus.drawing import Drawing
from qa.protocols import Collections, Library

DESCRIPTION = (
    "向一个文件夹里的中文文件提问,得到有准确出处的回答,或者如实说没有。\n\n"
    "Ask a folder of Chinese documents; every answer is cited to the character, or honestly refused. "
    "`start` and `end` count Unicode characters of the document's `text`; `end` is exclusive. "
    "Problems are RFC 9457 `application/problem+json`."
)


class Application(FastAPI):
    """FastAPI whose OpenAPI document has the schema that every problem refers to."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        document = super().openapi()
        schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        document["components"]["schemas"].update(schema.pop("$defs"), Problem=schema)
        return document


def create_app(
    library: Library,
    *,
    mount: Callable[[FastAPI], FastAPI] | None = None,
    hosts: Collection[str] = (),
    collections: Collections | None = None,
) -> FastAPI:
    """The application over an opened (or still opening) library.

    ``mount`` adds a page, which must leave the API's addresses alone.
    ``collections`` are beside the library. ``hosts``: the names the server answers to; empty means any.
    """
    app = Application(
        title="青问 Qingwen",
        version=version("qingwen"),
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers=HANDLERS,
    )
    app.state.opened, app.state.collections = library, collections
    app.state.drawing = Drawing()
    # views first: the address of a document takes any path
    rooms = (search, inspecting, views, changing, shelves, documents, evaluating, feedback, health, reference)
    for room in rooms:
        app.include_router(room.router)
    app.state.routes = [route for room in rooms for route in room.router.routes]
    app.add_middleware(Guard, hosts=hosts)
    return app if mount is None else mount(app)
