"""``qa train-ranker``: weights for the ranker, learned from judged questions or collections."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import Encoder, FolderOption, Vectors, checked_file, read_settings, writing
from qa.cli.parts import Desk, Parts
from qa.cli.progress import progress_bar
from qa.types import Hit, Turn

if TYPE_CHECKING:
    from rich.console import Console

    from qa.config import Settings
    from qa.evaluation import Estimate
    from qa.training import Example, Trained

Judged = Annotated[
    Path | None,
    typer.Argument(help="问题文件 · Judged questions about the folder, one JSON object a line"),
]
Sets = Annotated[
    list[Path] | None, typer.Option("--beir", help="BEIR 文件夹,可多次 · BEIR folder, repeatable")
]
First = Annotated[
    int | None,
    typer.Option(
        "--first", min=1, help="每个 BEIR 集只用前几个问题 · Only the first queries of each BEIR folder"
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", help="权重写入此文件,供 QA_RANKER 使用 · Write the weights here")
]


def train_ranker(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    questions: Judged = None,
    *,
    beir: Sets = None,
    first: First = None,
    out: Out = None,
    folder: FolderOption = None,
    vectors: Vectors = None,
    encoder: Encoder = None,
) -> None:
    """学习排序权重并报告效果 · Learn the ranker's weights, and report what they bring."""
    from rich.console import Console

    from qa.training import train

    if questions is None and not beir:
        raise typer.BadParameter("QUESTIONS.jsonl, --beir FOLDER or both are wanted")
    settings = read_settings(folder=folder, vectors=vectors, encoder=encoder)
    checked_file("--out", out)
    bars = Console(stderr=True)
    examples = list(from_questions(ctx.obj, settings, questions, bars)) if questions else []
    for path in beir or []:
        examples.extend(from_collection(ctx.obj, settings, path, first, bars))
    trained = train(examples)
    show(trained)  # first, so that a file that cannot be written loses nothing
    if out is not None:
        made = {
            "about": f"made by `qa train-ranker` from {len(examples)} questions",
            "weights": trained.weights,
        }
        with writing("--out", out):
            out.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def from_questions(parts: Parts, settings: "Settings", path: Path, console: "Console") -> "Iterator[Example]":
    """Every answerable question of the file, searched in the folder of the settings."""
    from qa.evaluation import covered_pieces, read_questions
    from qa.training import example

    judged = [question for question in read_questions(path) if question.answerable]
    desk = parts.desks(settings)
    with progress_bar(console) as on_progress:
        desk.prepare(on_progress=on_progress)
        for question in judged:
            history = tuple(Turn(earlier) for earlier in question.history)
            hits = candidates(desk, question.text, history)
            found = example(path.stem, hits, [bool(covered_pieces(question, hit)) for hit in hits])
            if found:
                yield found


def from_collection(
    parts: Parts, settings: "Settings", folder: Path, first: int | None, console: "Console"
) -> "Iterator[Example]":
    """The first judged queries of a collection, searched in an index for the time being."""
    from qa.evaluation import read_beir
    from qa.training import example

    collection = read_beir(folder)
    with (
        progress_bar(console) as on_progress,
        parts.desks.over(collection.documents, settings, on_progress=on_progress) as desk,
    ):
        for query_id, text in collection.queries[:first]:
            hits = candidates(desk, text) if text.strip() else []
            grades = collection.qrels[query_id]
            found = example(collection.name, hits, [grades.get(hit.passage.doc_id, 0) > 0 for hit in hits])
            if found:
                yield found


def candidates(desk: Desk, question: str, history: tuple[Turn, ...] = ()) -> list[Hit]:
    """The hits that the ranker chooses from, with their features."""
    from qa.retriever import POOL

    return list(desk.search(question, k=POOL, history=history).hits)


def show(trained: "Trained") -> None:
    """Print the weights, what they bring on questions held apart, and what each feature brings."""
    from rich.console import Console
    from rich.table import Table

    from qa.reranker import shipped_weights

    sets = list(trained.gains)
    weights = Table("feature", "shipped", "fitted", *(f"MRR without it, {name}" for name in sets))
    for name, weight in trained.weights.items():
        lost = (spelled(trained.losses[name][of]) for of in sets)
        weights.add_row(name, f"{shipped_weights()[name]:g}", f"{weight:g}", *lost)
    gains = Table("questions held apart", "n", "Success@1, fitted less shipped", "MRR, fitted less shipped")
    for of, figures in trained.gains.items():
        gains.add_row(of, str(figures["MRR"].n), *(spelled(one) for one in figures.values()))
    console = Console(markup=False, emoji=False, highlight=False)
    console.print(weights)
    console.print(gains)


def spelled(estimate: "Estimate") -> str:
    """A difference with its interval: ``+0.012 (-0.001 to +0.020)``."""
    return f"{estimate.value:+.3f} ({estimate.low:+.3f} to {estimate.high:+.3f})"
