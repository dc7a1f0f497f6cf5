"""Asks every question, searches every query, and makes the report."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from qa.evaluation import bootstrap
from qa.evaluation.beir import Collection
from qa.evaluation.calibration import calibration_error, reliability, risk_coverage
from qa.evaluation.judge import TextOf, Verdict, covered_pieces, judge_answer, judge_ranking, without_marks
from qa.evaluation.measures import MEASURES, measure_graded
from qa.evaluation.questions import Question
from qa.evaluation.report import Failure, Figures, Outcome, Place, Report
from qa.evaluation.trec import Ranking, Run, rank_documents
from qa.protocols import OnProgress
from qa.types import Answer, Hit, Progress, Turn

QuestionLeg = Callable[[str, Sequence[Turn]], Sequence[Hit]]
QueryLeg = Callable[[str], Sequence[Hit]]
Ask = Callable[[str, Sequence[Turn]], Answer]

DOCUMENTS_KEPT = 100
_SHOWN = 5
"""Hits kept of a question that went wrong."""
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
    outcomes: list[Outcome] = []
    for done, question in enumerate(questions, start=1):
        history = tuple(Turn(earlier) for earlier in question.history)
        hits: Sequence[Hit] = ()
        if question.answerable:
            for leg, search in legs.items():
                hits = search(question.text, history)
                measured[leg].append(judge_ranking(question, hits))
                main[question.query_id] = measured[leg][-1]
        begun = time.perf_counter()
        answer = ask(question.text, history)
        seconds = time.perf_counter() - begun
        verdicts.append(judge_answer(question, answer, text_of))
        wrong = list(_failures(question, answer, verdicts[-1], main.get(question.query_id)))
        failures.extend(wrong)
        outcomes.append(
            Outcome(
                query_id=question.query_id,
                type=question.type,
                measures={**main.get(question.query_id, {}), **_of_answer(verdicts[-1])},
                seconds=seconds,
                places=tuple(_place(question, hit) for hit in (hits or answer.nearest)[:_SHOWN])
                if wrong
                else (),
            )
        )
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
        outcomes=tuple(outcomes),
        reliability=tuple(reliability(*_judged(verdicts))),
        risk=tuple(risk_coverage(*_judged(verdicts, given=True))),
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
    outcomes: list[Outcome] = []
    for done, (query_id, text) in enumerate(collection.queries, start=1):
        seconds = 0.0
        for leg, search in legs.items():
            begun = time.perf_counter()
            hits = search(text) if text.strip() else ()
            seconds = time.perf_counter() - begun
            ranking = rank_documents((hit.passage.doc_id, hit.score) for hit in hits)[:DOCUMENTS_KEPT]
            runs[leg][query_id] = ranking
            grades = collection.qrels[query_id]
            measured[leg].append(measure_graded([item.doc_id for item in ranking], grades))
        outcomes.append(Outcome(query_id, measured[leg][-1] if legs else {}, seconds))
        if on_progress:
            on_progress(Progress("evaluate", done, len(collection.queries)))
    report = Report(
        len(collection.queries),
        legs=_legs(measured),
        differences=_differences(measured),
        outcomes=tuple(outcomes),
    )
    return report, dict(runs)


def _of_answer(verdict: Verdict) -> _Measured:
    found = {"contained": verdict.contained, "short contained": verdict.short_contained}
    return {
        **(found if verdict.answerable else {}),
        "refused": float(verdict.refused),
        "right": float(verdict.right),
        "confidence": verdict.confidence,
    }


def _place(question: Question, hit: Hit) -> Place:
    return Place(
        doc_id=hit.passage.doc_id,
        start=hit.passage.start,
        end=hit.passage.end,
        text=hit.passage.text,
        score=hit.score,
        scores=dict(hit.scores),
        right=bool(covered_pieces(question, hit)),
    )


def _judged(verdicts: Sequence[Verdict], *, given: bool = False) -> tuple[list[float], list[bool]]:
    """Confidences, and whether the answer was right; one that was not ``given`` is known only to be wrong."""
    known = [one for one in verdicts if not one.refused or not (given or one.answerable)]
    return [one.confidence for one in known], [one.right and one.answerable for one in known]


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
        "calibration error": calibration_error(*_judged(verdicts)),
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
    places = [{"doc_id": one.doc_id, "quote": one.quote} for one in answer.citations]
    places += [{"doc_id": gold.doc_id, "quote": ""} for gold in question.evidence]
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
                places=tuple(places),
            )
