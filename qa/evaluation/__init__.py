"""Evaluation: judged questions or a BEIR folder in, a report with intervals out.

The room searches and asks through callables, so it knows neither the retriever nor the service.
"""

from qa.evaluation.beir import Collection, read_beir
from qa.evaluation.bootstrap import Estimate, paired_difference
from qa.evaluation.judge import covered_pieces
from qa.evaluation.questions import Gold, Question, read_questions
from qa.evaluation.rendering import failure_table, tables, to_markdown
from qa.evaluation.report import Failure, Report
from qa.evaluation.runner import evaluate_collection, evaluate_questions
from qa.evaluation.trec import Run, read_run, write_run

__all__ = [
    "Collection",
    "Estimate",
    "Failure",
    "Gold",
    "Question",
    "Report",
    "Run",
    "covered_pieces",
    "evaluate_collection",
    "evaluate_questions",
    "failure_table",
    "paired_difference",
    "read_beir",
    "read_questions",
    "read_run",
    "tables",
    "to_markdown",
    "write_run",
]
