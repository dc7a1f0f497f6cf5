"""The command door: parse, call, print. Heavy libraries are loaded by the command that needs them."""

from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from qa.cli.benching import bench
from qa.cli.collecting import collections
from qa.cli.describing import describe
from qa.cli.doctor import doctor
from qa.cli.evaluating import evaluate
from qa.cli.indexing import index
from qa.cli.keeping import remove, watch
from qa.cli.parts import Parts
from qa.cli.questions import ask, search
from qa.cli.serving import serve
from qa.cli.training import train_ranker
from qa.errors import QAError

__all__ = ["Parts", "app", "main"]


class Commands(TyperGroup):
    """A group in which an error of our own is one line on stderr and exit code 1."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as in the class above it
        """Run the command."""
        try:
            return super().invoke(ctx)
        except QAError as exc:
            typer.echo(f"qa: {exc}", err=True)
            raise typer.Exit(1) from exc


app = typer.Typer(
    cls=Commands,
    name="qa",
    help="青问:向一个文件夹里的中文文件提问,得到有准确出处的回答 · Ask a folder of Chinese documents.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def show_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        typer.echo(f"qingwen {version('qingwen')}")
        raise typer.Exit


@app.callback()
def begin(
    ctx: typer.Context,
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=show_version, is_eager=True, help="版本 · Show the version and exit"
        ),
    ] = False,
) -> None:
    """青问:向一个文件夹里的中文文件提问,得到有准确出处的回答 · Ask a folder of Chinese documents."""
    ctx.obj = ctx.obj or Parts()


for command in (index, remove, describe, watch, ask, search, serve, evaluate, train_ranker, doctor):
    app.command()(command)
app.add_typer(bench, name="bench")
app.add_typer(collections, name="collections")


def main() -> None:
    """Entry point of the console command ``qa``."""
    app()
