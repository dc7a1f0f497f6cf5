"""Runs one benchmark and shows what it found."""

import json
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from qa.cli.options import checked_file, writing
from qa.cli.progress import progress_bar

if TYPE_CHECKING:
    from qa.benchmark import Plan, Report
    from qa.config import Settings
    from qa.protocols import OnProgress

PIPED = 120
"""Columns of a table that is not printed to a terminal."""
Measure = Callable[["Plan", "OnProgress"], "Report"]


@dataclass(frozen=True)
class Shown:
    """How a report is printed, and where else it goes."""

    out: Path | None
    markdown: bool
    plot: Path | None


def run(
    measure: Measure,
    shown: Shown,
    settings: "Settings",
    *,
    keep: Path | None = None,
    **facts: Any,  # noqa: ANN401 - fields of the plan
) -> None:
    """Measure with bars on stderr, then print and write. What cannot be written is told before."""
    from rich.console import Console

    from qa.benchmark import Plan, check_suffix

    if shown.plot:
        check_suffix(shown.plot)
    checked_file("--json", shown.out)
    checked_file("--plot", shown.plot)
    with stopping(), working_in(keep) as work, progress_bar(Console(stderr=True)) as on_progress:
        report = measure(Plan(settings, work, **facts), on_progress)
    show(report, shown)


def show(report: "Report", shown: Shown) -> None:
    """Print the tables, before what may fail: JSON and picture where they are wanted."""
    from rich.console import Console

    from qa.benchmark import plot, to_markdown, to_rich

    if shown.markdown:
        typer.echo(to_markdown(report))
    else:
        console = Console(markup=False, emoji=False, highlight=False)
        console.width = console.width if console.is_terminal else max(console.width, PIPED)
        console.print(to_rich(report))
    if shown.out:
        text = json.dumps(report.to_json(), ensure_ascii=False, indent=1)
        with writing("--json", shown.out):
            shown.out.write_text(text + "\n", encoding="utf-8")
    if shown.plot:
        with writing("--plot", shown.plot):
            plot(report, shown.plot)


@contextmanager
def stopping() -> Iterator[None]:
    """A benchmark that is told to end first ends what it started, as after Ctrl-C."""

    def stop(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def working_in(keep: Path | None) -> Iterator[Path]:
    """The folder for indexes: the one that is kept, or one that is gone afterwards."""
    if keep is not None:
        with writing("--keep", keep):
            keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="qingwen-bench-") as folder:
        yield Path(folder)
