"""Asks every question, searches every query, and makes the report."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from qa.evaluation import bootstrap
from qa.evaluation.beir import Collection
from qa.evaluation.judge import TextOf, Verdict, judge_answer, judge_ranking, without_marks
from qa.evaluation.measures import MEASURES, measure_graded
from qa.evaluation.questions import Question
from qa.evaluation.report import Failure, Figures, Report
from qa.evaluation.trec import Ranking, Run, rank_documents
from qa.protocols import OnProgress
from qa.types import Answer, Hit, Progress, Turn

QuestionLeg = Callable[[str, Sequence[Turn]], Sequence[Hit]]
QueryLeg = Callable[[str], Sequence[Hit]]
Ask = Callable[[str, Sequence[Turn]], Answer]

DOCUMENTS_KEPT = 100
_TYPE_MEASURES = ("R@1", "R@5", "MRR@10")

_Measured = dict[str, float]


def evaluate_questions(
    questions: Sequence[Question],
    legs: Mapping[str, QuestionLeg],
    *,
    ask: Ask,
    text_of: TextOf,
    on_progress: OnProgress | None = None,
) -> Report:
    """Search each answerable question with every leg and ask all of them.

    The last leg is the main one. A leg returns at least 10 hits, best first. ``text_of`` gives a
    document's text by ``doc_id``. Errors of the callables pass through.
    """
    measured: dict[str, list[_Measured]] = {leg: [] for leg in legs}
    verdicts: list[Verdict] = []
    main: dict[str, _Measured] = {}
    failures: list[Failure] = []
    for done, question in enumerate(questions, start=1):
        history = tuple(Turn(earlier) for earlier in question.history)
        if question.answerable:
            for leg, search in legs.items():
                measured[leg].append(judge_ranking(question, search(question.text, history)))
                main[question.query_id] = measured[leg][-1]
        answer = ask(question.text, history)
        verdicts.append(judge_answer(question, answer, text_of))
        failures.extend(_failures(question, answer, verdicts[-1], main.get(question.query_id)))
        if on_progress:
            on_progress(Progress("evaluate", done, len(questions)))
    return Report(
        queries=len(questions),
        legs=_legs(measured),
        differences=_differences(measured),
        answers=_answers(verdicts),
        refusals=_refusals(verdicts),
        types=_types(verdicts, main),
        failures=tuple(failures),
    )


def evaluate_collection(
    collection: Collection, legs: Mapping[str, QueryLeg], *, on_progress: OnProgress | None = None
) -> tuple[Report, dict[str, Run]]:
    """Search each judged query with every leg; the second value is each leg's run.

    Passages are folded to documents: the first passage of a document gives its rank and score,
    and the first 100 documents are kept. A blank query is not searched and finds nothing.
    """
    measured: dict[str, list[_Measured]] = {leg: [] for leg in legs}
    runs: dict[str, dict[str, Ranking]] = {leg: {} for leg in legs}
    for done, (query_id, text) in enumerate(collection.queries, start=1):
        for leg, search in legs.items():
            hits = search(text) if text.strip() else ()
            ranking = rank_documents((hit.passage.doc_id, hit.score) for hit in hits)[:DOCUMENTS_KEPT]
            runs[leg][query_id] = ranking
            grades = collection.qrels[query_id]
            measured[leg].append(measure_graded([item.doc_id for item in ranking], grades))
        if on_progress:
            on_progress(Progress("evaluate", done, len(collection.queries)))
    report = Report(len(collection.queries), legs=_legs(measured), differences=_differences(measured))
    return report, dict(runs)


def _column(rows: Iterable[_Measured], measure: str) -> list[float]:
    return [row[measure] for row in rows]


def _legs(measured: Mapping[str, list[_Measured]]) -> dict[str, Figures]:
    return {
        leg: {measure: bootstrap.mean(_column(rows, measure)) for measure in MEASURES}
        for leg, rows in measured.items()
    }


def _differences(measured: Mapping[str, list[_Measured]]) -> dict[str, Figures]:
    if not measured:
        return {}
    *others, main = measured
    return {
        leg: {
            measure: bootstrap.paired_difference(
                _column(measured[main], measure), _column(measured[leg], measure)
            )
            for measure in MEASURES
        }
        for leg in others
    }


def _answers(verdicts: Sequence[Verdict]) -> Figures:
    citations = [float(verdict.citations) for verdict in verdicts]
    return {
        "containment": bootstrap.mean([verdict.contained for verdict in verdicts if verdict.answerable]),
        "citation precision": bootstrap.ratio([float(verdict.relevant) for verdict in verdicts], citations),
        "exact citations": bootstrap.ratio([float(verdict.exact) for verdict in verdicts], citations),
        "median length": bootstrap.median([verdict.length for verdict in verdicts if not verdict.refused]),
        "short containment": bootstrap.mean(
            [verdict.short_contained for verdict in verdicts if verdict.answerable]
        ),
        "short median length": bootstrap.median(
            [verdict.short_length for verdict in verdicts if not verdict.refused]
        ),
    }


def _refusals(verdicts: Sequence[Verdict]) -> Figures:
    given = [float(verdict.refused) for verdict in verdicts]
    wanted = [float(not verdict.answerable) for verdict in verdicts]
    right = [a * b for a, b in zip(given, wanted, strict=True)]
    return {
        "precision": bootstrap.ratio(right, given),
        "recall": bootstrap.ratio(right, wanted),
        # F1 = 2 right / (given + wanted), halved above and below so that it is one ratio of sums.
        "F1": bootstrap.ratio(right, [(a + b) / 2 for a, b in zip(given, wanted, strict=True)]),
    }


def _types(verdicts: Sequence[Verdict], main: Mapping[str, _Measured]) -> dict[str, Figures]:
    types: dict[str, Figures] = {}
    for name in dict.fromkeys(verdict.type for verdict in verdicts):
        group = [verdict for verdict in verdicts if verdict.type == name]
        rows = [main[verdict.query_id] for verdict in group if verdict.query_id in main]
        types[name] = {
            **{measure: bootstrap.mean(_column(rows, measure)) for measure in _TYPE_MEASURES},
            "containment": bootstrap.mean([verdict.contained for verdict in group if verdict.answerable]),
            "refused": bootstrap.mean([float(verdict.refused) for verdict in group]),
        }
    return types


def _failures(
    question: Question, answer: Answer, verdict: Verdict, measured: _Measured | None
) -> Iterable[Failure]:
    faults = {
        "not among the first 5 hits": measured is not None and measured["R@5"] < 1,
        "refused": question.answerable and verdict.refused,
        "gold answer not in the answer": question.answerable
        and not verdict.refused
        and verdict.contained < 1,
        "answered what the documents do not say": not question.answerable and not verdict.refused,
        "quote differs from its document": verdict.exact < verdict.citations,
    }
    for fault, present in faults.items():
        if present:
            yield Failure(
                query_id=question.query_id,
                type=question.type,
                status=answer.status,
                fault=fault,
                question=question.text,
                expected=" / ".join(question.answers),
                returned=without_marks(answer),
            )
