"""What changes the documents: uploads, removal, re-indexing, and the jobs that do it."""

import json
from collections.abc import Iterator
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, File, Path, Query, Request, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import StreamingResponse

from qa.api.documents import PATH as DOCUMENTS
from qa.api.documents import DocIdInPath
from qa.api.opened import OpenLibrary
from qa.api.problems import FOREIGN_PAGE, responses
from qa.api.requests import Description
from qa.api.schemas import JobReply, ListedDocument, RemovedReply
from qa.protocols import Library

JOBS = "/v1/jobs"
HEARTBEAT = 15.0
"""Seconds after which an event stream says that it is still there."""
ENDED = ("done", "failed", "cancelled")


async def own_page(request: Request) -> None:
    """Refuse with 403 what a page of another site sends: a browser sends uploads unasked."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        raise HTTPException(403, FOREIGN_PAGE)


router = APIRouter(tags=["changes"], dependencies=[Depends(own_page)])

JobId = Annotated[str, Path(description="As the job was returned.", examples=["6f1d2c3b4a596877"])]
Files = Annotated[list[UploadFile], File(min_length=1, description="One or more files; each keeps its name.")]
Replace = Annotated[bool, Query(description="Whether files of the same names are replaced.")]


@router.post(
    DOCUMENTS,
    status_code=202,
    summary="上传文件 Upload documents",
    responses=responses(DOCUMENTS, 400, 403, 404, 413, 422, 503),
)
def upload(files: Files, library: OpenLibrary, *, replace: Replace = False) -> JobReply:
    """Put files into the folder, all of them or none, and index them in a job."""
    return JobReply.of(
        library.upload([(file.filename or "", file.file.read()) for file in files], replace=replace)
    )


@router.delete(
    f"{DOCUMENTS}/{{doc_id:path}}",
    summary="删除文件 Remove a document",
    responses=responses(f"{DOCUMENTS}/x.txt", 403, 404, 422, 503),
)
def remove(doc_id: DocIdInPath, library: OpenLibrary) -> RemovedReply:
    """Delete the file of a document from the folder. Once this has returned, nothing finds or cites it."""
    return RemovedReply(doc_id=doc_id, index_version=library.remove(doc_id))


def known(doc_id: DocIdInPath, library: OpenLibrary) -> None:
    """Refuse with 404 what no document is called, before the body is looked at."""
    library.entry(doc_id)


@router.patch(
    f"{DOCUMENTS}/{{doc_id:path}}",
    dependencies=[Depends(known)],
    summary="改标题、日期、来源 Describe a document",
    responses=responses(f"{DOCUMENTS}/x.txt", 403, 404, 422, 503),
)
def describe(doc_id: DocIdInPath, body: Description, library: OpenLibrary) -> ListedDocument:
    """Say what a document is called, of when and of whom it is; what is left out stays as it is.

    It is written into `documents.toml` of the folder, and only this document is indexed again.
    """
    library.describe(doc_id, title=body.title, date=body.date, source=body.source)
    return ListedDocument.model_validate(library.entry(doc_id))


@router.post(
    "/v1/index",
    status_code=202,
    summary="更新索引 Index the folder",
    responses=responses("/v1/index", 403, 404, 422),
)
def index(library: OpenLibrary) -> JobReply:
    """Make the index what the folder is, in a job: only what changed is read."""
    return JobReply.of(library.reindex())


@router.get(JOBS, summary="所有任务 List the jobs", responses=responses(JOBS, 404, 422))
def jobs(library: OpenLibrary) -> list[JobReply]:
    """The jobs that are waiting or running and the last hundred that ended, the newest first."""
    return [JobReply.of(job) for job in library.jobs()]


@router.get(
    f"{JOBS}/{{job_id}}",
    response_model=JobReply,
    summary="一项任务 One job",
    responses=responses(f"{JOBS}/6f1d2c3b4a596877", 404, 422),
)
def job(job_id: JobId, request: Request, library: OpenLibrary) -> Any:  # noqa: ANN401 - JSON or a stream of it
    """A job as it is now; with `Accept: text/event-stream` each of its changes until it has ended."""
    found = library.job(job_id)
    if "text/event-stream" not in request.headers.get("accept", ""):
        return JobReply.of(found)
    return StreamingResponse(events(library, job_id), media_type="text/event-stream")


@router.delete(
    f"{JOBS}/{{job_id}}",
    summary="取消任务 Cancel a job",
    responses=responses(f"{JOBS}/6f1d2c3b4a596877", 403, 404, 422),
)
def cancel(job_id: JobId, library: OpenLibrary) -> JobReply:
    """Stop a job before it changes the index; new files that it brought are taken away again."""
    return JobReply.of(library.cancel(job_id))


def events(library: Library, job_id: str) -> Iterator[str]:
    """Server-sent events: the job whenever something of it changed, until it has ended."""
    job = library.job(job_id)
    while True:
        yield f"data: {json.dumps(JobReply.of(job).model_dump(), ensure_ascii=True)}\n\n"
        if job.state in ENDED:
            return
        later = library.changed_job(job, HEARTBEAT)
        while later == job:
            yield ": still here\n\n"
            later = library.changed_job(job, HEARTBEAT)
        job = later
