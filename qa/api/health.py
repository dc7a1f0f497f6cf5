"""``GET /healthz`` and ``GET /readyz``."""

from fastapi import APIRouter
from pydantic import Field

from qa.api.opened import OpenLibrary
from qa.api.problems import PREPARING, responses
from qa.api.schemas import Generation, Response, SkippedFile
from qa.errors import NotReadyError

router = APIRouter(tags=["health"])

FAILED = "准备失败:{why} Preparation failed: {why}"


class Alive(Response):
    """The process answers."""

    status: str = Field(default="ok", description="Always `ok`.", examples=["ok"])


class Ready(Response):
    """Questions can be asked."""

    status: str = Field(default="ready", description="Always `ready`.", examples=["ready"])
    index_version: Generation
    documents: int = Field(ge=0, description="How many documents are indexed.", examples=[9])
    skipped: list[SkippedFile] = Field(description="Files that were not indexed, and why.")


@router.get("/healthz", summary="进程是否在运行 Is the process alive")
async def alive() -> Alive:
    """Always 200."""
    return Alive()


@router.get(
    "/readyz", summary="是否可以提问 Can questions be asked", responses=responses("/readyz", 404, 422, 503)
)
def ready(library: OpenLibrary) -> Ready:
    """200 once the index is open; 503 with the reason before that, or when preparing it failed."""
    if not library.ready:
        raise NotReadyError(FAILED.format(why=library.failure) if library.failure else PREPARING)
    return Ready(
        index_version=library.index_version,
        documents=len(library.documents()),
        skipped=[SkippedFile.model_validate(skipped) for skipped in library.skipped()],
    )
