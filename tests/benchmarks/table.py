"""Figures side by side: how many times ours, then the figure itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import eq
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

COLUMNS = {
    "start_up_s": ("start-up, s", "{:.2f}"),
    "passages_per_s": ("passages/s", "{:.1f}"),
    "p50_ms": ("p50, ms", "{:.1f}"),
    "p95_ms": ("p95, ms", "{:.1f}"),
    "peak_mib": ("peak, MiB", "{:.0f}"),
}
"""What is measured: the head of its column and how it is written."""


@dataclass(frozen=True, slots=True)
class Row:
    """One system: its ``figures`` by the names of COLUMNS, or why it has none."""

    name: str
    figures: dict[str, float] = field(default_factory=dict)
    failure: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def middle(runs: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The median of each figure: middle([{"p50_ms": 3}, {"p50_ms": 9}, {"p50_ms": 4}]) == {"p50_ms": 4}."""
    return {name: median(run[name] for run in runs) for name in COLUMNS if all(name in run for run in runs)}


def ratio(theirs: float, ours: float) -> str:
    """How many times ours, in two digits: ratio(23, 10) == "2.3x"."""
    times = theirs / ours
    return f"{times:.0f}x" if times >= 9.95 else f"{times:.1f}x" if times >= 0.995 else f"{times:.2g}x"


def agreement(rows: Sequence[Row], standard: Row) -> dict[str, float]:
    """The share of the questions to which a system gives the same first passage as ``standard``."""
    wanted = standard.details.get("first", [])
    return {
        row.name: sum(map(eq, row.details["first"], wanted)) / len(wanted)
        for row in rows
        if wanted and row is not standard and "first" in row.details
    }


def cells(row: Row, ours: Row) -> list[str]:
    """The name, then ``2.3x (4.10)`` for each figure; a row without figures says so in its first."""
    if row.failure:
        return [row.name, row.failure.partition(":")[0], *[""] * (len(COLUMNS) - 1)]
    written = []
    for name, (_, form) in COLUMNS.items():
        figure = form.format(row.figures[name])
        compared = f"{ratio(row.figures[name], ours.figures[name])} ({figure})" if ours.figures else figure
        written.append(compared)
    return [row.name, *written]


def to_markdown(rows: Sequence[Row], ours: Row) -> str:
    """A Markdown table; figures stand to the right."""
    heads = ["system", *(head for head, _ in COLUMNS.values())]
    lines = [heads, ["---", *["---:"] * len(COLUMNS)], *(cells(row, ours) for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def to_rich(rows: Sequence[Row], ours: Row) -> Table:
    """The same for a terminal."""
    from rich.markup import escape
    from rich.table import Table

    table = Table()
    table.add_column("system")
    for head, _ in COLUMNS.values():
        table.add_column(head, justify="right")
    for row in rows:
        table.add_row(*map(escape, cells(row, ours)))
    return table
