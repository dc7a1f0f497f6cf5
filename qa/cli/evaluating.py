"""``qa evaluate``: judged questions, or a collection in the layout of BEIR."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.options import Encoder, FolderOption, Vectors, checked_file, read_settings, writing
from qa.cli.parts import Parts
from qa.cli.progress import progress_bar
from qa.errors import InvalidInputError
from qa.types import Hit

if TYPE_CHECKING:
    from rich.console import Console

    from qa.config import Settings
    from qa.evaluation import Compared, Report

Leg = Callable[[str, int], list[Hit]]

Questions = Annotated[
    Path | None,
    typer.Argument(help="问题文件 · Judged questions, one JSON object a line", show_default=False),
]
Beir = Annotated[
    Path | None,
    typer.Option(help="BEIR 文件夹 · Folder with corpus, queries and qrels", show_default=False),
]
Out = Annotated[
    Path | None, typer.Option("--json", help="另存为 JSON · Also write the report here", show_default=False)
]
Runs = Annotated[
    Path | None, typer.Option(help="TREC 结果文件夹 · Folder for the TREC run files", show_default=False)
]
Folder = Annotated[
    Path | None,
    typer.Option(
        help="报告文件夹:网页和 JSON · Folder for the report: a page and its JSON", show_default=False
    ),
]
Against = Annotated[
    Path | None,
    typer.Option(help="与以前的 JSON 报告比较 · Compare with an earlier JSON report", show_default=False),
]
Failures = Annotated[
    bool, typer.Option("--failures", help="列出答错的问题 · List the questions that went wrong")
]

Each = Annotated[bool, typer.Option("--each", help="每个检索器单独评测 · Also each searcher alone")]
Skip = Annotated[
    int, typer.Option(min=0, help="BEIR 集里跳过前几个问题 · Leave out the first queries of the BEIR folder")
]
Markdown = Annotated[bool, typer.Option("--markdown", help="输出 Markdown 表格 · Print Markdown tables")]

DEPTH = 100
"""Hits a leg gives for a query of a collection: the measures look at 10 documents."""


def evaluate(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    questions: Questions = None,
    *,
    beir: Beir = None,
    out: Out = None,
    report: Folder = None,
    against: Against = None,
    runs: Runs = None,
    failures: Failures = False,
    markdown: Markdown = False,
    each: Each = False,
    skip: Skip = 0,
    folder: FolderOption = None,
    vectors: Vectors = None,
    encoder: Encoder = None,
) -> None:
    """评测检索与回答 · Measure retrieval and answers."""
    from rich.console import Console

    from qa.evaluation import compare, read_measured

    if (questions is None) == (beir is None):
        raise typer.BadParameter("either QUESTIONS.jsonl or --beir FOLDER is wanted")
    settings = read_settings(folder=folder, vectors=vectors, encoder=encoder)
    checked_file("--json", out)
    bars = Console(stderr=True)
    earlier = read_measured(against) if against else None  # before the work: a bad file is told at once
    if questions is not None:
        found = on_questions(ctx.obj, settings, questions, bars, each=each)
    else:
        assert beir is not None  # noqa: S101 - one of the two was given
        found = on_collection(
            ctx.obj, settings, beir, runs_below=(runs, out), console=bars, each=each, skip=skip
        )
    compared = compare(found, earlier) if earlier is not None else []
    written = json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n"
    show(found, compared, failures=failures, markdown=markdown)  # before what may fail to be written
    if out is not None:
        with writing("--json", out):
            out.write_text(written, encoding="utf-8")
    if report is not None:
        write_report(report, found, compared, written, title=(questions or beir or report).name)


def write_report(
    folder: Path, report: "Report", compared: "Sequence[Compared]", written: str, *, title: str
) -> None:
    """Write ``report.html`` and ``report.json``. Raises InvalidInputError where that cannot be."""
    from qa.evaluation import to_html

    page = to_html(report, title=f"青问 · {title}", compared=compared)
    with writing("--report", folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(written, encoding="utf-8")
        (folder / "report.html").write_text(page, encoding="utf-8")


def show(report: "Report", compared: "Sequence[Compared]" = (), *, failures: bool, markdown: bool) -> None:
    """Print the tables."""
    from rich.console import Console

    from qa.evaluation import comparison_table, failure_table, tables, to_markdown

    if markdown:
        typer.echo(to_markdown(report))
        return
    console = Console(markup=False, emoji=False, highlight=False)
    for table in tables(report):
        console.print(table)
    if compared:
        console.print(comparison_table(compared))
    if failures and report.failures:
        console.print(failure_table(report))


def on_questions(
    parts: Parts, settings: "Settings", path: Path, console: "Console", *, each: bool = False
) -> "Report":
    """Search and ask every question of the file over the folder of the settings."""
    from qa.evaluated import evaluate
    from qa.evaluation import read_questions

    questions = read_questions(path)
    desk = parts.desks(settings)
    with progress_bar(console) as on_progress:
        desk.prepare(on_progress=on_progress)
        return evaluate(desk, questions, each=each, on_progress=on_progress)


def on_collection(  # noqa: PLR0913 - what is measured, on what, and where it is written
    parts: Parts,
    settings: "Settings",
    folder: Path,
    *,
    runs_below: tuple[Path | None, Path | None],
    console: "Console",
    each: bool = False,
    skip: int = 0,
) -> "Report":
    """Index the collection for the time being, search the judged queries, write one run for each leg.

    ``runs_below``: the folder for the runs, or else the report file beside which they go.
    """
    from qa.evaluated import compared_legs
    from qa.evaluation import evaluate_collection, read_beir, write_run

    collection = read_beir(folder)
    if skip >= len(collection.queries):
        raise InvalidInputError(
            f"--skip {skip} leaves none of the {len(collection.queries)} queries; use less"
        )
    collection = replace(collection, queries=collection.queries[skip:])
    runs, out = runs_below
    runs = runs or (out.parent if out else Path()) / f"runs-{collection.name}"
    with writing("--runs", runs):  # before the work: a bad folder is told at once
        runs.mkdir(parents=True, exist_ok=True)
    with (
        progress_bar(console) as on_progress,
        parts.desks.over(collection.documents, settings, on_progress=on_progress) as desk,
    ):
        legs = {name: deep(leg) for name, leg in compared_legs(desk, each=each).items()}
        report, found = evaluate_collection(collection, legs, on_progress=on_progress)
    with writing("--runs", runs):
        for name, run in found.items():
            write_run(run, runs / f"{name}.run", tag=f"qingwen-{name}")
    console.print(f"TREC: {runs}", markup=False, highlight=False)
    return report


def deep(leg: Leg) -> Callable[[str], list[Hit]]:
    """A leg that looks as deep as a collection needs."""
    return lambda query: leg(query, DEPTH)
