"""What a benchmark found: tables of figures, and the charts that show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from qa.benchmark.machine import machine, versions
from qa.benchmark.statistics import Spread

Value = float | str | Spread | None
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` in a row and in the JSON, ``head`` in a table; a ``ratio`` is written with a times sign."""

    key: str
    head: str
    digits: int = 1
    ratio: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of figures; a figure that cannot be had is None."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Chart:
    """Points by series: lines over a size on logarithmic axes, or one bar for each series."""

    title: str
    kind: Literal["lines", "bars"]
    y: str
    series: Mapping[str, Sequence[tuple[float, float]]]
    x: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """``notes`` say how to read the tables; ``machine`` and ``packages`` where they come from."""

    name: str
    tables: Sequence[Table]
    charts: Sequence[Chart] = ()
    notes: Sequence[str] = ()
    machine: Mapping[str, str] = field(default_factory=dict)
    packages: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain values: a spread becomes an object with ``p50``, ``p95`` and ``n``."""
        return {
            "benchmark": self.name,
            "machine": dict(self.machine),
            "packages": dict(self.packages),
            "tables": [
                {"title": table.title, "rows": [_plain(row, table.columns) for row in table.rows]}
                for table in self.tables
            ],
            "notes": list(self.notes),
        }


def measured_here(threads: int) -> dict[str, Mapping[str, str]]:
    """The fields of a report that name this machine, taken before anything is measured."""
    return {"machine": machine(threads), "packages": versions()}


def times(value: Value, of: Value) -> float | None:
    """How many times ``of`` the ``value`` is, by their middles; None when either is missing or 0."""
    first, second = (one.p50 if isinstance(one, Spread) else one for one in (value, of))
    if not isinstance(first, int | float) or not isinstance(second, int | float) or not second:
        return None
    return first / second


def chart_over_size(title: str, y: str, rows: Sequence[Row], series: Mapping[str, str]) -> Chart:
    """One line for each of ``series`` (name to key) over the column ``passages``; bars for a single row."""
    points = {
        name: [
            (float(size), value.p50 if isinstance(value, Spread) else float(value))
            for row in rows
            if isinstance(size := row.get("passages"), int | float)
            and isinstance(value := row.get(key), int | float | Spread)
        ]
        for name, key in series.items()
    }
    found = {name: line for name, line in points.items() if line}
    return Chart(title, "lines" if len(rows) > 1 else "bars", y, found, x="passages")


def _plain(row: Row, columns: Sequence[Column]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for column in columns:
        value = row.get(column.key)
        if isinstance(value, Spread):
            plain[column.key] = {"p50": round(value.p50, 4), "p95": round(value.p95, 4), "n": value.n}
        else:
            plain[column.key] = round(value, 4) if isinstance(value, float) else value
    return plain
