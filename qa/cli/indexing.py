"""``qa index``."""

from typing import Annotated

import typer

from qa.cli.options import Collection, Encoder, Folder, Vectors, read_settings
from qa.cli.parts import Parts
from qa.cli.progress import progress_bar

Rebuild = Annotated[
    bool, typer.Option("--rebuild", help="即使没有变化也重建 · Build again even if nothing changed")
]


def index(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    folder: Folder = None,
    *,
    collection: Collection = None,
    vectors: Vectors = None,
    encoder: Encoder = None,
    rebuild: Rebuild = False,
) -> None:
    """为文件夹建立索引 · Index a folder of documents, when it is new or changed."""
    from rich.console import Console

    from qa.cli.rendering import skipped_lines

    parts: Parts = ctx.obj
    settings = read_settings(folder=folder, collection=collection, vectors=vectors, encoder=encoder)
    desk = parts.desks(settings)
    with progress_bar(Console(stderr=True)) as on_progress:
        desk.prepare(on_progress=on_progress, rebuild=rebuild)
    Console(stderr=True, highlight=False, markup=False).print(skipped_lines(desk.skipped()), end="")
    count = len(desk.documents())
    typer.echo(f"索引就绪 Index ready: {count} documents, {settings.vectors} {desk.index_version}")
