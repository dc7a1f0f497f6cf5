"""``qa bench index``: how long building takes, where the time goes, and how it grows."""

from collections.abc import Sequence
from typing import Any

from qa.benchmark.plan import Plan
from qa.benchmark.prepared import prepare
from qa.benchmark.report import Column, Report, Row, Table, Value, chart_over_size, measured_here
from qa.benchmark.searching import SIZE, notes_for, size_cells
from qa.benchmark.statistics import exponent
from qa.protocols import OnProgress

INDEXING = (
    *SIZE,
    Column("passages_per_s", "passages/s"),
    Column("seconds", "s"),
    Column("peak_mib", "MiB peak", digits=0),
    Column("disk_mib", "MiB on disk", digits=0),
    Column("documents", "documents"),
    Column("characters", "characters"),
)
EXPONENT, STAGE = "exponent", "stage "
"""Begin the last rows, and the keys of the stages: some stages have the name of what they make."""
NOTES = (
    "不计编码器的装载和文本的生成;峰值内存是建索引的进程自己的。Without loading encoders and making up "
    "texts; the peak is of the building process alone, encoders included.",
    "一个阶段从它第一次报告进度算起,到下一个阶段报告为止。A stage lasts from its first report of progress to "
    "that of another.",
)
GROWTH = (
    "exponent:时间 = a · 段落数^b 里的 b,只用同一种向量的行;1 为线性。The b of time = a · passages^b over "
    "the rows with the same kind of vectors; 1 is linear."
)


def bench_index(plan: Plan, *, on_progress: OnProgress | None = None) -> Report:
    """Build the index of every size anew, each in its own process. Raises BenchmarkError and others."""
    here = measured_here(plan.settings.threads)
    rows: list[dict[str, Value]] = []
    stages: list[dict[str, Value]] = []
    for place in plan.places():
        settings = place.settings(plan.settings)
        figures = prepare(place, settings, again=True, on_progress=on_progress)
        cells = size_cells(place, figures)
        rows.append({**_whole(figures), **cells})
        parts = {f"{STAGE}{name}": seconds for name, seconds in figures["stages"].items()}
        stages.append({**cells, **parts, "seconds": figures["seconds"]})
    names = {name: name.removeprefix(STAGE) for row in stages for name in row if name.startswith(STAGE)}
    names["seconds"] = "all"
    columns = (*SIZE, *(Column(name, head, digits=2) for name, head in names.items()))
    growth = exponents(stages, list(names))
    tables = (
        Table("建索引 Indexing", INDEXING, rows),
        Table("各阶段的秒数 Seconds by stage", columns, [*stages, *growth]),
    )
    series = {head: name for name, head in names.items()}
    notes = notes_for(rows, (*NOTES, GROWTH) if growth else NOTES)
    return Report("index", tables, (chart_over_size("Index", "s", stages, series),), notes, **here)


def exponents(rows: Sequence[Row], names: Sequence[str]) -> list[Row]:
    """For each kind of vectors that has two sizes or more: how every stage grows with the passages."""
    grown: list[Row] = []
    for kind in dict.fromkeys(str(row["kind"]) for row in rows):
        alike = [row for row in rows if row["kind"] == kind]
        if len({row["passages"] for row in alike}) < 2:
            continue
        found = {name: exponent(_column(alike, "passages"), _column(alike, name)) for name in names}
        grown.append({"passages": EXPONENT, "kind": kind, **found})
    return grown


def _column(rows: Sequence[Row], name: str) -> list[float]:
    return [float(value) if isinstance(value := row.get(name), int | float) else 0.0 for row in rows]


def _whole(figures: Any) -> dict[str, Value]:  # noqa: ANN401 - JSON of another process
    names = ("seconds", "peak_mib", "documents", "characters")
    return {
        **{name: figures[name] for name in names},
        "passages_per_s": figures["passages"] / figures["seconds"],
    }
