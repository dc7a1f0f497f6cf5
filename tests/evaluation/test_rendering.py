from rich.console import Console
from rich.table import Table

from qa.evaluation import Estimate, Failure, Report, failure_table, tables, to_markdown
from qa.evaluation.bootstrap import UNKNOWN
from qa.evaluation.measures import MEASURES

LEG = {name: Estimate(0.8125, 0.75, 0.875, 104) for name in MEASURES}
REPORT = Report(
    queries=120,
    legs={"dense": LEG, "hybrid": LEG},
    differences={"dense": {"R@1": Estimate(0.0214, -0.01, 0.05, 104)}},
    answers={"containment": Estimate(0.7, 0.6, 0.8, 104), "median length": Estimate(61, 55, 70.4, 108)},
    refusals={"precision": UNKNOWN},
    types={"fact": {"R@1": Estimate(0.5, 0.1, 0.9, 18)}, "off|topic": {"refused": Estimate(1, 1, 1, 5)}},
    failures=(Failure("d001", "fact", "answered", "refused", "问[bold]甲[/]", "金", "银"),),
)


def shown(*shown_tables: Table) -> str:
    console = Console(width=140)
    with console.capture() as captured:
        for table in shown_tables:
            console.print(table)
    return captured.get()


def test_tables_hold_figures_and_intervals() -> None:
    text = shown(*tables(REPORT))
    for words in (
        "R@1",
        "nDCG@10",
        "0.8125",
        "0.750–0.875",
        "+0.021",
        "hybrid minus",
        "55–70",
        "off|topic",
    ):
        assert words in text
    assert "Success@1" not in text


def test_what_is_unknown_is_a_dash() -> None:
    assert "| refusal precision | – |  | 0 |" in to_markdown(REPORT)


def test_markdown_has_the_same_figures() -> None:
    lines = to_markdown(REPORT).splitlines()
    assert "| leg | n | R@1 | R@5 | R@10 | MRR@10 | nDCG@10 |" in lines
    assert "| --- | ---: | ---: | ---: | ---: | ---: | ---: |" in lines
    assert any(line.startswith("| hybrid | 104 | 0.8125 (0.750–0.875) |") for line in lines)
    assert "| median length | 61 | 55–70 | 108 |" in lines
    assert "| off\\|topic | 5 | – | 1.0000 |" in lines


def test_a_collection_shows_success_and_no_empty_tables() -> None:
    text = to_markdown(Report(queries=3, legs={"hybrid": LEG}))
    assert "| leg | n | Success@1 | R@1 |" in text
    assert text.count("**") == 2


def test_failures_are_shown_as_written() -> None:
    text = shown(failure_table(REPORT))
    assert "问[bold]甲[/]" in text
    assert "d001" in text


def test_nothing_measured_renders_nothing() -> None:
    assert tables(Report(queries=0, legs={})) == []
