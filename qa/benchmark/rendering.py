"""A report for a terminal and as Markdown: both from the same cells, so they cannot differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qa.benchmark.machine import described
from qa.benchmark.report import Column, Report, Row, Table, Value
from qa.benchmark.statistics import Spread

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table as RichTable

NOTHING = "n/a"


def cell(value: Value, column: Column) -> str:
    """A figure as it is read: ``1.25×`` for a ratio, ``3.1 (4.0)`` for p50 and p95, thousands apart."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value
    if isinstance(value, Spread):
        return f"{value.p50:,.{column.digits}f} ({value.p95:,.{column.digits}f})"
    if column.ratio:
        return ratio(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.{column.digits}f}"


def ratio(value: float) -> str:
    """Three digits at most: ratio(1.254) == "1.25×", ratio(17.26) == "17.3×", ratio(153.4) == "153×"."""
    digits = next((digits for digits, below in enumerate((9.995, 99.95)) if abs(value) < below), 2)
    return f"{value:,.{2 - digits}f}×"


def to_rich(report: Report) -> Group:
    """Tables, then notes, then the machine."""
    from rich.console import Group
    from rich.text import Text

    below = [*report.notes, described(report.machine, report.packages)]
    return Group(*map(_table, report.tables), *(Text(line, style="dim") for line in below))


def to_markdown(report: Report) -> str:
    """The same as ``to_rich``."""
    notes = [*report.notes, *described(report.machine, report.packages).splitlines()]
    return "\n".join([*map(_markdown, report.tables), *(f"- {note}" for note in notes)])


def _cells(row: Row, columns: Sequence[Column]) -> list[str]:
    return [cell(row.get(column.key), column) for column in columns]


def _table(table: Table) -> RichTable:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table as RichTable
    from rich.text import Text

    made = RichTable(
        title=table.title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, padding=(0, 0, 0, 1)
    )
    for position, column in enumerate(table.columns):
        made.add_column(column.head, justify="right" if position else "left", overflow="fold")
    for row in table.rows:
        made.add_row(*map(Text, _cells(row, table.columns)))
    return made


def _markdown(table: Table) -> str:
    lines = [
        [column.head for column in table.columns],
        ["---", *("---:" for _ in table.columns[1:])],
        *(_cells(row, table.columns) for row in table.rows),
    ]
    return "\n".join([f"**{table.title}**", "", *map(_line, lines), ""])


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
