import json
from pathlib import Path

import pytest
from rich.console import Console

from qa.benchmark.plotting import plot
from qa.benchmark.rendering import cell, ratio, to_markdown, to_rich
from qa.benchmark.report import Chart, Column, Report, Row, Table, chart_over_size, times
from qa.benchmark.statistics import Spread
from qa.errors import InvalidInputError

COLUMNS = (
    Column("passages", "passages"),
    Column("faster", "ratio", ratio=True),
    Column("taken", "ms"),
    Column("memory", "MiB", digits=0),
)
ROWS: tuple[Row, ...] = (
    {"passages": 1000, "faster": 2.504, "taken": Spread(1.25, 2, 50), "memory": None, "other": 1},
    {"passages": 20_000, "faster": 17.26, "taken": Spread(4, 1234.5, 50), "memory": 1023.6},
)
REPORT = Report(
    "search",
    (Table("搜索 [Search]", COLUMNS, ROWS),),
    (chart_over_size("Search", "ms", ROWS, {"search": "taken", "nothing": "missing"}),),
    ("a | note",),
    {"processor": "Abacus", "system": "Linux"},
    {"numpy": "2.4"},
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1.254, "1.25×"),
        (9.996, "10.0×"),
        (17.26, "17.3×"),
        (99.96, "100×"),
        (1534.6, "1,535×"),
        (0.034, "0.03×"),
    ],
)
def test_a_ratio_has_three_digits(value: float, written: str) -> None:
    assert ratio(value) == written


def test_cells() -> None:
    assert [cell(ROWS[0].get(column.key), column) for column in COLUMNS] == [
        "1,000",
        "2.50×",
        "1.2 (2.0)",
        "n/a",
    ]
    assert cell("encoded", COLUMNS[0]) == "encoded"


def test_markdown_and_terminal_show_the_same_cells() -> None:
    console = Console(width=100, color_system=None)
    with console.capture() as capture:
        console.print(to_rich(REPORT))
    printed, markdown = capture.get(), to_markdown(REPORT)
    assert "| 20,000 | 17.3× | 4.0 (1,234.5) | 1,024 |" in markdown.splitlines()
    for word in ("搜索 [Search]", "17.3×", "4.0 (1,234.5)", "a | note", "processor Abacus", "numpy 2.4"):
        assert word in printed
        assert word in markdown


def test_json_holds_the_figures_themselves() -> None:
    report = json.loads(json.dumps(REPORT.to_json()))
    assert report["benchmark"] == "search"
    assert report["machine"]["processor"] == "Abacus"
    assert report["packages"] == {"numpy": "2.4"}
    assert report["tables"][0]["rows"][0] == {
        "passages": 1000,
        "faster": 2.504,
        "taken": {"p50": 1.25, "p95": 2, "n": 50},
        "memory": None,
    }


def test_times_compares_middles_and_knows_what_it_cannot() -> None:
    assert times(Spread(6, 9, 1), Spread(4, 99, 1)) == 1.5
    assert times(3, 2) == 1.5
    assert times(None, 2) is None
    assert times(3, 0) is None
    assert times("n/a", 2) is None


def test_a_chart_over_size_has_the_middles_of_what_there_is() -> None:
    assert REPORT.charts[0].kind == "lines"
    assert REPORT.charts[0].series == {"search": [(1000, 1.25), (20_000, 4)]}
    assert chart_over_size("", "", ROWS[:1], {"search": "taken"}).kind == "bars"


def test_a_picture_is_drawn(tmp_path: Path) -> None:
    bars = Chart("load", "bars", "questions/s", {"1": [(0, 20)], "32": [(0, 90)]})
    report = Report("serve", (), (*REPORT.charts, bars), machine=REPORT.machine)
    plot(report, tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    plot(report, tmp_path / "a.svg")
    drawn = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "<svg" in drawn
    for word in ("search", "questions/s", "Abacus"):
        assert f"<!-- {word}" in drawn
    with pytest.raises(InvalidInputError, match=r"\.png"):
        plot(report, tmp_path / "a.doc")
