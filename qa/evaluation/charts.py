"""The charts of a report as SVG, without any screen.

Their words stay text, which the reader's browser draws with the fonts it has: no Chinese font is needed here.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING

from qa.evaluation.report import Figures, Report
from qa.evaluation.words import both

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from qa.evaluation.bootstrap import Estimate

_SIZE = (6.4, 3.6)
"""Inches."""
_LABEL = 20
"""Characters of a name below an axis."""
_LEG_MEASURES = ("R@1", "R@5", "MRR@10")
_TYPE_MEASURES = ("R@1", "R@5", "containment")

_SAID = re.compile(r'(<g id="said">\s*<text[^>]*>)([^<]*)(?=</text>)')
"""Words of ours in a chart, as they are written: along an axis, or in its legend."""

Draw = Callable[["Axes"], None]


def charts(report: Report) -> dict[str, str]:
    """Title to SVG, of every chart that has something to show."""
    seconds = [outcome.seconds for outcome in report.outcomes]
    drawn: dict[str, tuple[bool, Draw]] = {
        "Legs, 95 % intervals": (bool(report.legs), lambda axes: _groups(axes, report.legs, _LEG_MEASURES)),
        "By type": (bool(report.types), lambda axes: _groups(axes, report.types, _TYPE_MEASURES)),
        "Reliability": (bool(report.reliability), lambda axes: _reliability(axes, report)),
        "Risk and coverage": (bool(report.risk), lambda axes: _risk(axes, report.risk)),
        "Latency": (bool(seconds), lambda axes: _latency(axes, seconds)),
    }
    return {title: _svg(draw) for title, (present, draw) in drawn.items() if present}


def _svg(draw: Draw) -> str:
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with (
        rc_context({"svg.fonttype": "none", "svg.hashsalt": "qingwen", "font.size": 9}),
        warnings.catch_warnings(),
    ):
        warnings.filterwarnings("ignore", message="Glyph")  # the browser has the letters
        figure = Figure(figsize=_SIZE, layout="constrained")
        FigureCanvasSVG(figure)
        draw(figure.add_subplot())
        written = io.StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None}, transparent=True)
    text = written.getvalue()
    return _SAID.sub(lambda found: found[1] + both(found[2], "tspan"), text[text.index("<svg") :])


def _along(axes: Axes, x: str, y: str) -> None:
    axes.set_xlabel(x, gid="said")
    axes.set_ylabel(y, gid="said")


def _groups(axes: Axes, rows: Mapping[str, Figures], measures: Sequence[str]) -> None:
    rows = {name: row for name, row in rows.items() if any(_known(row.get(name)) for name in measures)}
    width = 0.8 / len(measures)
    for number, measure in enumerate(measures):
        found = [(at, row[measure]) for at, row in enumerate(rows.values()) if _known(row.get(measure))]
        places = [at + (number - (len(measures) - 1) / 2) * width for at, _ in found]
        values = [value.value for _, value in found]
        spread = [
            [value.value - value.low for _, value in found],
            [value.high - value.value for _, value in found],
        ]
        axes.bar(places, values, width, yerr=spread, label=measure, error_kw={"elinewidth": 0.8})
    names = [name if len(name) <= _LABEL else f"{name[:_LABEL]}…" for name in rows]
    axes.set_xticks(range(len(rows)), names, rotation=25, ha="right", parse_math=False)
    axes.set_ylim(0, 1.02)
    legend = axes.legend(
        fontsize="small", ncols=len(measures), loc="lower center", bbox_to_anchor=(0.5, 1), frameon=False
    )
    for words in legend.get_texts():
        words.set_gid("said")


def _known(estimate: Estimate | None) -> bool:
    return estimate is not None and not isnan(estimate.value)


def _reliability(axes: Axes, report: Report) -> None:
    axes.plot([0, 1], [0, 1], color="gray", linewidth=0.8)
    axes.plot(
        [one.confidence for one in report.reliability], [one.right for one in report.reliability], marker="o"
    )
    for one in report.reliability:
        axes.annotate(
            str(one.n), (one.confidence, one.right), (5, -3), textcoords="offset points", fontsize="small"
        )
    _along(axes, "confidence", "share right")
    axes.set(xlim=(0, 1.02), ylim=(-0.02, 1.02))


def _risk(axes: Axes, points: Sequence[tuple[float, float]]) -> None:
    axes.plot([covered for covered, _ in points], [risk for _, risk in points], drawstyle="steps-post")
    _along(axes, "share of the answers given, the surest first", "share wrong")
    axes.set(xlim=(0, 1.02), ylim=(0, None))


def _latency(axes: Axes, seconds: Sequence[float]) -> None:
    order = sorted(1000 * value for value in seconds)
    axes.plot(order, [(at + 1) / len(order) for at in range(len(order))], drawstyle="steps-post")
    _along(axes, "milliseconds", "share of the questions")
    axes.set(xlim=(0, None), ylim=(0, 1.02))
