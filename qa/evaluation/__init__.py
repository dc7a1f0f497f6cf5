"""Evaluation: judged questions or a BEIR folder in, a report with intervals out.

The room searches and asks through callables, so it knows neither the retriever nor the service.
"""

from qa.evaluation.beir import Collection, read_beir
from qa.evaluation.bootstrap import Estimate, paired_difference
from qa.evaluation.comparing import Compared, compare, compare_measured, read_measured
from qa.evaluation.judge import covered_pieces
from qa.evaluation.page import to_html
from qa.evaluation.questions import Gold, Question, parse_questions, read_questions
from qa.evaluation.rendering import comparison_table, failure_table, tables, to_markdown
from qa.evaluation.report import Failure, Report
from qa.evaluation.runner import evaluate_collection, evaluate_questions
from qa.evaluation.trec import Run, read_run, write_run

__all__ = [
    "Collection",
    "Compared",
    "Estimate",
    "Failure",
    "Gold",
    "Question",
    "Report",
    "Run",
    "compare",
    "compare_measured",
    "comparison_table",
    "covered_pieces",
    "evaluate_collection",
    "evaluate_questions",
    "failure_table",
    "paired_difference",
    "parse_questions",
    "read_beir",
    "read_measured",
    "read_questions",
    "read_run",
    "tables",
    "to_html",
    "to_markdown",
    "write_run",
]
