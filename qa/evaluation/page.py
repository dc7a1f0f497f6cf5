"""A report as one HTML file that asks nothing of any other; all text of documents is escaped.

Its words are there in both languages: it shows the Chinese ones, and at ``#en`` the English.
"""

from collections.abc import Sequence
from html import escape
from importlib import resources

from qa.evaluation.charts import charts
from qa.evaluation.comparing import Compared
from qa.evaluation.rendering import Grid, comparison_grid, grids
from qa.evaluation.report import Failure, Place, Report
from qa.evaluation.words import both

_LANGUAGES = '<p class="languages"><a href="#zh">中文</a> <a href="#en">English</a></p>'
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def to_html(report: Report, *, title: str, compared: Sequence[Compared] = ()) -> str:
    """Tables, charts, and every question that went wrong with what was expected, returned and found."""
    drawn = "".join(
        f"<figure><figcaption>{both(name)}</figcaption>{svg}</figure>" for name, svg in charts(report).items()
    )
    tables = [*grids(report), *([comparison_grid(compared)] if compared else [])]
    return (
        '<!doctype html>\n<html lang="zh"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_style()}</style></head><body>"
        f'<i id="en"></i><h1>{escape(title)}</h1>{_LANGUAGES}'
        f"<p>{both('{count} questions', count=report.queries)}</p>"
        f'<div class="charts">{drawn}</div>{"".join(map(_table, tables))}{_failures(report)}</body></html>\n'
    )


def _style() -> str:
    return resources.files(__package__).joinpath("report.css").read_text(encoding="utf-8")


def _table(grid: Grid) -> str:
    head = "".join(f"<th>{both(column)}</th>" for column in grid.columns)
    name = escape if grid.columns[0] == "type" else both  # types are the words of the question file
    body = "".join(
        f"<tr><td>{name(first[0])}</td>{''.join(map(_cell, rest))}</tr>" for first, *rest in grid.rows
    )
    return (
        f'<h2>{both(grid.title, leg=grid.leg)}</h2><div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _cell(lines: Sequence[str]) -> str:
    first, *rest = lines
    return f"<td>{escape(first)}{''.join(f'<br><small>{escape(line)}</small>' for line in rest if line)}</td>"


def _failures(report: Report) -> str:
    places = {outcome.query_id: outcome.places for outcome in report.outcomes}
    if not report.failures:
        return ""
    parts = (_failure(failure, places.get(failure.query_id, ())) for failure in report.failures)
    return f"<h2>{both('What went wrong ({count})', count=len(report.failures))}</h2>{''.join(parts)}"


def _failure(failure: Failure, places: Sequence[Place]) -> str:
    facts = {
        "expected": escape(failure.expected),
        "returned": f"[{both(failure.status)}] {escape(failure.returned)}",
        "id": escape(failure.query_id),
    }
    listed = "".join(f"<dt>{both(name)}</dt><dd>{value}</dd>" for name, value in facts.items())
    return (
        f"<details><summary><b>{escape(failure.type)}</b>{escape(failure.question)}"
        f" — {both(failure.fault)}</summary>"
        f"<dl>{listed}</dl>{_places(places)}</details>"
    )


def _places(places: Sequence[Place]) -> str:
    if not places:
        return ""
    names = list(dict.fromkeys(name for place in places for name in place.scores))
    first = f"<th>{both('passage')}</th><th>{both('score')}</th>"
    head = first + "".join(f"<th>{escape(name)}</th>" for name in names)
    rows = "".join(_place(place, names) for place in places)
    return (
        f'<div class="scroll"><table class="place"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _place(place: Place, names: Sequence[str]) -> str:
    values = "".join(map(_number, [place.score, *(place.scores.get(name) for name in names)]))
    where = f"{escape(place.doc_id)} [{place.start}:{place.end}]<br>{escape(place.text)}"
    return f'<tr class="{"right" if place.right else ""}"><td>{where}</td>{values}</tr>'


def _number(value: float | None) -> str:
    return f"<td>{'' if value is None else f'{value:.2f}'}</td>"
