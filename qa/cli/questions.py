"""``qa ask`` and ``qa search``."""

from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import AsJson, Collection, Encoder, Vectors, checked_text, read_settings
from qa.cli.parts import Desk, Parts
from qa.errors import IndexMissingError

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import RenderableType

Question = Annotated[str, typer.Argument(help="问题 · The question", show_default=False)]
Query = Annotated[str, typer.Argument(help="要找的内容 · What to search for", show_default=False)]
KAsk = Annotated[int, typer.Option("--k", "-k", min=1, max=20, help="依据的段落数 · Passages to draw on")]
KSearch = Annotated[int, typer.Option("--k", "-k", min=1, max=100, help="段落数 · Passages to show")]


def opened(ctx: typer.Context, **options: object) -> Desk:
    """The index as it is. Raises QAError; a missing index says what to run."""
    parts: Parts = ctx.obj
    settings = read_settings(**options)
    desk = parts.desks(settings)
    try:
        desk.open()
    except IndexMissingError as exc:
        where = settings.vectors
        raise IndexMissingError(f"{where} 里还没有索引。{where} holds no index yet; run: qa index") from exc
    return desk


def show(lines: "RenderableType") -> None:
    """Print to the terminal."""
    from rich.console import Console

    Console(highlight=False, markup=False, emoji=False).print(lines)


def show_json(reply: "BaseModel") -> None:
    """Print the JSON of the API."""
    typer.echo(reply.model_dump_json(indent=2))


def ask(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    question: Question,
    k: KAsk = 5,
    *,
    as_json: AsJson = False,
    collection: Collection = None,
    vectors: Vectors = None,
    encoder: Encoder = None,
) -> None:
    """提问,回答带出处 · Ask a question; the answer cites its sources."""
    text = checked_text(question)
    answer = opened(ctx, collection=collection, vectors=vectors, encoder=encoder).ask(text, k=k)
    if as_json:
        from qa.api.schemas import AnswerReply

        show_json(AnswerReply.of(answer))
        return
    from qa.cli.rendering import answer_lines

    show(answer_lines(answer, text))


def search(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    query: Query,
    k: KSearch = 10,
    *,
    as_json: AsJson = False,
    collection: Collection = None,
    vectors: Vectors = None,
    encoder: Encoder = None,
) -> None:
    """搜索段落 · Search passages."""
    text = checked_text(query)
    result = opened(ctx, collection=collection, vectors=vectors, encoder=encoder).search(text, k=k)
    if as_json:
        from qa.api.schemas import SearchReply

        show_json(SearchReply.of(result))
        return
    from qa.cli.rendering import hits_lines

    show(hits_lines(result.hits))
