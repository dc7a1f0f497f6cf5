"""``qa remove`` and ``qa watch``: the index follows the folder."""

import time
from typing import Annotated

import typer

from qa.cli.options import Collection, Encoder, Folder, FolderOption, Vectors, read_settings
from qa.cli.parts import Desk, Parts
from qa.errors import QAError

Names = Annotated[
    list[str] | None,
    typer.Argument(help="文件名,相对于文件夹 · Files, by their paths below the folder", show_default=False),
]
Purge = Annotated[
    bool,
    typer.Option(
        "--purge", help="删掉的内容立即从索引文件里清除 · Nothing that was removed stays in the index's files"
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="不再询问 · Do not ask")]
Every = Annotated[float, typer.Option(min=0.2, max=3600, help="隔几秒看一次 · Seconds between two looks")]


def remove(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    names: Names = None,
    *,
    folder: FolderOption = None,
    collection: Collection = None,
    vectors: Vectors = None,
    encoder: Encoder = None,
    purge: Purge = False,
    yes: Yes = False,
) -> None:
    """删除文件夹里的文件,并从索引中去掉 · Delete files of the folder and take them out of the index."""
    from qa.cli.rendering import safe

    parts: Parts = ctx.obj
    settings = read_settings(folder=folder, collection=collection, vectors=vectors, encoder=encoder)
    if not names and not purge:
        raise typer.BadParameter("name the files to remove, or --purge what was removed before")
    if names and not yes:
        question = f"删除 {len(names)} 个文件,不能恢复 · Delete {', '.join(map(safe, names))} for good?"
        typer.confirm(question, abort=True)
    desk = parts.desks(settings)
    for name in names or ():
        version = desk.remove(name)
        typer.echo(f"已删除 Removed: {safe(name)}, {settings.vectors} {version}")
    if purge:
        typer.echo(f"已清除 Purged: {settings.vectors} {desk.purge()}")


def watch(
    ctx: typer.Context,
    folder: Folder = None,
    *,
    vectors: Vectors = None,
    encoder: Encoder = None,
    every: Every = 2.0,
) -> None:
    """看着文件夹,有变化就更新索引 · Follow a folder: index what changes until stopped with Ctrl-C."""
    parts: Parts = ctx.obj
    settings = read_settings(folder=folder, vectors=vectors, encoder=encoder)
    desk = parts.desks(settings)
    told = ""
    while True:
        told = look(desk, told)
        time.sleep(every)


def look(desk: Desk, told: str) -> str:
    """Index what has changed; say so, or why not, unless that is what was told last. Returns what is told."""
    from qa.cli.rendering import safe

    try:
        desk.prepare()
        said = f"就绪 Ready: {len(desk.documents())} documents, {desk.index_version}"
    except QAError as exc:
        said = f"qa: {safe(str(exc))}"
    if said != told:
        typer.echo(said, err=said.startswith("qa: "))
    return said
