"""Question files, runs and their reports as HTML. Pure functions; questions and answers are escaped."""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from qa import EvaluationRun, RunDifference
from ui.frame import notice
from ui.texts import Language, text

SHOWN = 200
"""Failures that are listed."""
NAMED = 5
"""Questions named for each measure."""
FIGURES: Mapping[str, str] = {
    "R@5": "",
    "MRR@10": "",
    "containment": "evaluate.containment",
    "F1": "evaluate.refusals",
}
"""Figures of a run in the table of runs; what has no words is its own name."""
FAULTS: Mapping[str, str] = {
    "not among the first 5 hits": "evaluate.missed",
    "refused": "evaluate.was.refused",
    "gold answer not in the answer": "evaluate.lacking",
    "answered what the documents do not say": "evaluate.invented",
    "quote differs from its document": "evaluate.unlike",
}
Chosen = tuple[EvaluationRun, Sequence[Mapping[str, str]], Sequence[EvaluationRun]]
"""A run, what went wrong in it, and the runs that it can be compared with."""


def said(key: str, language: Language, **values: object) -> str:
    """The words for ``key``, escaped."""
    return escape(text(key, language, **values))


def button(event: str, words: str, name: str, **data: str) -> str:
    """A button that sends ``event`` with ``data``; ``name`` is what a screen reader says."""
    held = "".join(f' data-{key}="{escape(value)}"' for key, value in data.items())
    label = f' aria-label="{escape(name)}"'
    return f'<button type="button" class="small" data-event="{event}"{held}{label}>{escape(words)}</button>'


def when(run: EvaluationRun) -> str:
    """When a run began, to the second."""
    return run.created[:19].replace("T", " ")


def overview(files: Sequence[str], runs: Sequence[EvaluationRun], language: Language) -> str:
    """The question files and the table of runs that ended."""
    return questions(files, language) + table([run for run in runs if run.state != "running"], language)


def questions(files: Sequence[str], language: Language) -> str:
    """A place to upload a question file, and those that are there."""
    items = "".join(question_file(name, language) for name in files)
    none = f'<p class="note">{said("evaluate.none", language)}</p>'
    note, choose = said("evaluate.files.note", language), said("evaluate.choose", language)
    return (
        f'<section><h2>{said("evaluate.files", language)}</h2><p class="note">{note}</p>'
        f'<label class="choose"><span>{choose}</span><input type="file" accept=".jsonl,.json,.txt"/></label>'
        f"{f'<ul>{items}</ul>' if items else none}</section>"
    )


def question_file(name: str, language: Language) -> str:
    """A question file that can be evaluated or deleted."""
    start = text("evaluate.start", language), text("evaluate.start.name", language, name=name)
    gone = text("evaluate.delete", language), text("evaluate.discard", language, name=name)
    buttons = button("start", *start, file=name) + button("discard", *gone, file=name)
    return f'<li class="file"><span>{escape(name)}</span> {buttons}</li>'


def progress(run: EvaluationRun | None, language: Language) -> str:
    """How far a run is, or how it ended; empty where there is none."""
    if run is None:
        return ""
    if run.state == "failed":
        return notice(text("evaluate.failed", language, reason=run.reason))
    if run.state == "done":
        return f'<p role="status" class="note">{said("evaluate.ended", language, name=run.name)}</p>'
    line = said("evaluate.progress", language, name=run.name, done=run.done, total=run.questions)
    bar = f'<progress max="{run.questions}" value="{run.done}" aria-label="{line}"></progress>'
    return f'<div class="running"><p>{line}</p>{bar}</div>'


def table(runs: Sequence[EvaluationRun], language: Language) -> str:
    """The runs that ended, the newest first."""
    title = "<h2>" + said("evaluate.runs", language) + "</h2>"
    if not runs:
        return f'<section>{title}<p class="note">{said("evaluate.runs.none", language)}</p></section>'
    names = [said(key, language) if key else name for name, key in FIGURES.items()]
    first = [
        said(key, language) for key in ("evaluate.when", "evaluate.file", "evaluate.count", "evaluate.wrong")
    ]
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in [*first, *names, said("evaluate.actions", language)]
    )
    rows = "".join(line(run, language) for run in runs)
    return (
        f'<section>{title}<div class="scroll" tabindex="0"><table class="scores runs"><tr>{heads}</tr>{rows}'
        "</table></div></section>"
    )


def line(run: EvaluationRun, language: Language) -> str:
    """One run; of one that failed why."""
    began = when(run)
    head = f'<th scope="row">{began}</th><td>{escape(run.name)}</td><td>{run.questions}</td>'
    delete = text("evaluate.delete", language), text("evaluate.delete.name", language, when=began)
    gone = button("delete", *delete, run=run.run_id)
    if run.state == "failed":
        why = said("evaluate.failed", language, reason=run.reason)
        return f'<tr>{head}<td colspan="{1 + len(FIGURES)}">{why}</td><td>{gone}</td></tr>'
    figures = "".join(
        f"<td>{run.figures[name]:.3f}</td>" if name in run.figures else "<td>–</td>" for name in FIGURES
    )
    show = text("evaluate.show", language), text("evaluate.show.name", language, when=began)
    return (
        f"<tr>{head}<td>{run.wrong}</td>{figures}<td>{button('show', *show, run=run.run_id)}{gone}</td></tr>"
    )


def shown(
    chosen: Chosen,
    other: EvaluationRun | None,
    rows: Sequence[RunDifference],
    language: Language,
    version: str = "",
) -> str:
    """A run of a collection: against another, what went wrong, and its report.

    Another ``version`` of the report is loaded anew.
    """
    run, failures, others = chosen
    compared = differences(rows, other, language) if other else ""
    return (
        f'<article class="shown" data-run="{escape(run.run_id)}">'
        f"<h2>{escape(' · '.join(filter(None, (run.collection, run.name, when(run)))))}</h2>"
        f"{against(run, others, language)}{compared}{wrong(failures, language)}"
        f"{report(run, language, version)}</article>"
    )


def against(run: EvaluationRun, others: Sequence[EvaluationRun], language: Language) -> str:
    """Buttons that compare a run with another."""
    title = "<h3>" + said("evaluate.against", language) + "</h3>"
    if not others:
        return f'{title}<p class="note">{said("evaluate.against.none", language)}</p>'
    buttons = "".join(
        button(
            "compare",
            f"{when(one)} {one.name}",
            f"{text('evaluate.against', language)}: {when(one)}",
            run=run.run_id,
            other=one.run_id,
        )
        for one in others
    )
    return f'{title}<p class="others">{buttons}</p>'


def differences(rows: Sequence[RunDifference], other: EvaluationRun, language: Language) -> str:
    """What ``qa evaluate --against`` prints."""
    title = said("evaluate.compared", language, when=when(other))
    keys = ("evaluate.measure", "evaluate.count", "evaluate.better", "evaluate.worse", "evaluate.difference")
    heads = "".join(f'<th scope="col">{said(key, language)}</th>' for key in keys)
    body = "".join(
        f'<tr><th scope="row">{escape(row.measure)}</th><td>{row.n}</td>'
        f"<td>{named(row.better, language)}</td><td>{named(row.worse, language)}</td>"
        f"<td>{row.value:+.3f} ({row.low:+.3f} … {row.high:+.3f})</td>"
        f"<td>{row.p:.3f}</td></tr>"
        for row in rows
    )
    return (
        f"<h3>{title}</h3>"
        f'<p class="note">{said("evaluate.compared.note", language)}</p><div class="scroll" tabindex="0">'
        f'<table class="scores compared"><tr>{heads}<th scope="col">p</th></tr>{body}</table></div>'
    )


def named(questions: Sequence[tuple[str, str]], language: Language) -> str:
    """How many questions, and the first of them as buttons that inspect them."""
    return f"<b>{len(questions)}</b> " + "".join(
        button("inspect", query_id, text("evaluate.inspect.name", language, question=words), question=words)
        for query_id, words in questions[:NAMED]
    )


def wrong(failures: Sequence[Mapping[str, str]], language: Language) -> str:
    """The questions that went wrong, each with a button that inspects it."""
    title = "<h3>" + said("evaluate.failures", language, count=len(failures)) + "</h3>"
    if not failures:
        return f'{title}<p class="note">{said("evaluate.failures.none", language)}</p>'
    items = "".join(failure(one, language) for one in failures[:SHOWN])
    more = said("evaluate.failures.more", language, count=SHOWN) if len(failures) > SHOWN else ""
    return f'{title}<ol class="failures">{items}</ol><p class="note">{more}</p>'


def failure(one: Mapping[str, str], language: Language) -> str:
    """What went wrong with a question: what was expected, and what came."""
    fault = said(FAULTS[one["fault"]], language) if one["fault"] in FAULTS else escape(one["fault"])
    question = one["question"]
    name = text("evaluate.inspect.name", language, question=question)
    look = button("inspect", text("evaluate.inspect", language), name, question=question)
    pairs = (("evaluate.expected", one["expected"]), ("evaluate.returned", one["returned"]))
    listed = "".join(
        f"<dt>{said(key, language)}</dt><dd>{escape(value)}</dd>" for key, value in pairs if value
    )
    return (
        f'<li><p><strong class="fault">{fault}</strong> <span class="query">{escape(question)}</span> '
        f"{look}</p><dl>{listed}</dl></li>"
    )


def report(run: EvaluationRun, language: Language, version: str = "") -> str:
    """The report in a frame that can run no script, and as a page of its own, in the language of the page."""
    address, collection = f"v1/evaluations/{escape(run.run_id)}/report", run.collection
    query = f"?{urlencode({'collection': collection})}" if collection else ""
    name = f"report-{escape(collection)}.json" if collection else "report.json"
    page = f"{address}{query}#{language}"
    title, data = said("evaluate.report", language), said("evaluate.report.json", language)
    return (
        f'<h3>{title}</h3><p class="links"><a href="{page}" target="_blank" rel="noopener">'
        f'{said("evaluate.report.open", language)}</a> <a href="{address}.json{query}" download="{name}">'
        f"{data}</a></p>"
        f'<iframe class="report" src="{page}" title="{title}" sandbox="" loading="lazy"'
        f' data-version="{escape(version)}"></iframe>'
    )
