"""``qa describe``: what is known of a document, and what is to be known of it."""

from typing import Annotated

import typer

from qa.cli.options import Collection, Encoder, FolderOption, Vectors, read_settings
from qa.cli.parts import Parts
from qa.types import Document

DocId = Annotated[
    str, typer.Argument(help="文件名,相对于文件夹 · The document, by its path below the folder")
]
Title = Annotated[
    str | None, typer.Option(help="标题,空即照原文 · Its title; empty: as the text says", show_default=False)
]
Date = Annotated[
    str | None,
    typer.Option(
        help="日期,如 2024-03-01、2024-03、2024 · Its date; empty: as the text says", show_default=False
    ),
]
Source = Annotated[
    str | None, typer.Option(help="来源 · Where it comes from; empty: as the text says", show_default=False)
]


def describe(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    doc_id: DocId,
    *,
    title: Title = None,
    date: Date = None,
    source: Source = None,
    folder: FolderOption = None,
    collection: Collection = None,
    vectors: Vectors = None,
    encoder: Encoder = None,
) -> None:
    """看或改一份文件的标题、日期、来源 · Show what is known of a document, or say what is."""
    from qa.cli.rendering import safe

    parts: Parts = ctx.obj
    desk = parts.desks(read_settings(folder=folder, collection=collection, vectors=vectors, encoder=encoder))
    desk.open()
    if (title, date, source) != (None, None, None):
        desk.describe(doc_id, title=title, date=date, source=source)
    for label, value in known_of(desk.document(doc_id)):
        typer.echo(f"{label}: {safe(value)}")


def known_of(document: Document) -> list[tuple[str, str]]:
    """Label and value of all that is known of a document, but for its text."""
    official = document.official
    known = [
        ("文件 document", document.doc_id),
        ("标题 title", document.title),
        ("日期 date", document.date),
        ("来源 source", document.source),
        ("类型 format", document.format),
        ("文号 number", official.number),
        ("发文机关 issuer", official.issuer),
        ("主送机关 recipients", official.recipients),
        *(("附件 attachment", one) for one in official.attachments),
        ("状态 status", official.status),
        ("字数 characters", str(len(document.text))),
    ]
    return [(label, value) for label, value in known if value]
