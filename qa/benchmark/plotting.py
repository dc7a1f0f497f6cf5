"""A report as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qa.benchmark.report import Chart, Report
from qa.errors import InvalidInputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUFFIXES = (".png", ".svg", ".pdf")
_WIDTH, _HEIGHT = 6.0, 4.5
"""Inches of one chart."""


def check_suffix(path: Path) -> None:
    """Raises InvalidInputError when no picture can be written under this name."""
    if path.suffix.lower() not in SUFFIXES:
        raise InvalidInputError(
            f"{path} 不是图片文件名。{path} is no name for a picture; end it in {', '.join(SUFFIXES)}"
        )


def plot(report: Report, path: Path) -> None:
    """Draw every chart beside the other into ``path``, without any screen. Raises InvalidInputError."""
    check_suffix(path)
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH * max(1, len(report.charts)), _HEIGHT), layout="constrained")
    FigureCanvasAgg(figure)
    for number, chart in enumerate(report.charts, start=1):
        axes = figure.add_subplot(1, len(report.charts), number)
        (_lines if chart.kind == "lines" else _bars)(axes, chart)
        axes.set_title(chart.title)
        axes.set_ylabel(chart.y)
    figure.supxlabel(
        ", ".join(report.machine.get(name, "") for name in ("processor", "system")), fontsize="x-small"
    )
    figure.savefig(path, dpi=150)


def _lines(axes: Axes, chart: Chart) -> None:
    for name, points in chart.series.items():
        axes.plot([x for x, _ in points], [y for _, y in points], marker="o", label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel(chart.x)
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend(fontsize="small")


def _bars(axes: Axes, chart: Chart) -> None:
    names = list(chart.series)
    bars = axes.bar(range(len(names)), [points[0][1] for points in chart.series.values()])
    axes.bar_label(bars, fmt="{:,.3g}", fontsize="small")
    axes.set_xticks(range(len(names)), names, rotation=20, ha="right", fontsize="small")
