"""``qa collections``: named sets of documents beside the folder that is served."""

from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.keeping import Yes
from qa.cli.options import Encoder, Vectors, read_settings
from qa.cli.parts import Parts
from qa.protocols import Collections

if TYPE_CHECKING:
    from qa.config import Settings

Name = Annotated[str, typer.Argument(help="文件集的名字 · Name of the collection", show_default=False)]

collections = typer.Typer(help="文件集 · Named sets of documents, each with an index of its own.")


def shelf_of(ctx: typer.Context, settings: "Settings") -> Collections:
    """The collections below the index of the settings."""
    parts: Parts = ctx.obj
    return parts.collections(parts.desks(settings))


@collections.callback(invoke_without_command=True)
def begin(ctx: typer.Context) -> None:
    """文件集 · Named sets of documents, each with an index of its own; listed when nothing else is said."""
    if ctx.invoked_subcommand is None:
        show(ctx)


@collections.command("list")
def show(ctx: typer.Context, vectors: Vectors = None) -> None:
    """列出文件集 · List the collections."""
    for name in shelf_of(ctx, read_settings(collection="", vectors=vectors)).names():
        typer.echo(name)


@collections.command()
def create(ctx: typer.Context, name: Name, vectors: Vectors = None, encoder: Encoder = None) -> None:
    """新建文件集 · Make an empty collection and say where its documents go."""
    from qa.cli.rendering import safe
    from qa.shelf import placed

    settings = read_settings(collection="", vectors=vectors, encoder=encoder)
    folder = placed(settings, name).folder
    shelf_of(ctx, settings).create(name)
    typer.echo(f"已新建 Created: {safe(name)}, {folder}")


@collections.command()
def remove(ctx: typer.Context, name: Name, *, vectors: Vectors = None, yes: Yes = False) -> None:
    """删除文件集和其中的文件 · Delete a collection with all of its documents; asks first."""
    from qa.cli.rendering import safe

    shelf = shelf_of(ctx, read_settings(collection="", vectors=vectors))
    if not yes:
        typer.confirm(f"删除文件集 {safe(name)},不能恢复 · Delete all of {safe(name)} for good?", abort=True)
    shelf.remove(name)
    typer.echo(f"已删除 Removed: {safe(name)}")
