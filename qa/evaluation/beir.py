"""Collections in the layout of BEIR (Thakur et al., 2021): a corpus, queries and graded judgments."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from qa.errors import EvaluationError
from qa.evaluation.jsonl import Row, read_lines, read_rows
from qa.types import Document

Qrels = dict[str, dict[str, int]]
_T = TypeVar("_T")
_QRELS = ("qrels.tsv", "qrels/test.tsv")
_QRELS_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, the judged queries as (query_id, text) in file order, and grades by query_id and doc_id."""

    name: str
    documents: tuple[Document, ...]
    queries: tuple[tuple[str, str], ...]
    qrels: Mapping[str, Mapping[str, int]]


def read_beir(folder: Path) -> Collection:
    """Read ``corpus.jsonl``, ``queries.jsonl`` (each also ``.gz``) and ``qrels.tsv`` or ``qrels/test.tsv``.

    Raises EvaluationError when a file is missing or bad, an id occurs twice, or a judgment names
    a query that there is not. A judged document that is not in the corpus cannot be found, and counts.
    """
    if not folder.is_dir():
        raise EvaluationError(
            f"{folder} is not a folder; one with corpus.jsonl, queries.jsonl, qrels.tsv is wanted"
        )
    qrels_path = _find(folder, _QRELS)
    documents = _by_id(_find(folder, ("corpus.jsonl", "corpus.jsonl.gz")), _document)
    queries = _by_id(_find(folder, ("queries.jsonl", "queries.jsonl.gz")), lambda row: row.text("text", ""))
    qrels = _read_qrels(qrels_path)
    if unknown := next((query_id for query_id in qrels if query_id not in queries), None):
        raise EvaluationError(f"{qrels_path} judges query {unknown!r}, which the queries file does not have")
    judged = tuple((query_id, text) for query_id, text in queries.items() if query_id in qrels)
    return Collection(folder.resolve().name, tuple(documents.values()), judged, qrels)


def _find(folder: Path, names: Iterable[str]) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise EvaluationError(f"{folder} has neither {' nor '.join(names)}; see the layout of BEIR")


def _document(row: Row) -> Document:
    return Document(
        doc_id=row.text("_id"), title=row.text("title", ""), date="", source="", text=row.text("text", "")
    )


def _by_id(path: Path, make: Callable[[Row], _T]) -> dict[str, _T]:
    made: dict[str, _T] = {}
    for row in read_rows(path):
        row_id = row.text("_id")
        if row_id in made:
            raise EvaluationError(f"{row.where}: `_id` {row_id!r} was used before; ids must differ")
        made[row_id] = make(row)
    if not made:
        raise EvaluationError(f"{path} is empty; one JSON object a line is wanted")
    return made


def _read_qrels(path: Path) -> Qrels:
    lines = list(read_lines(path))
    header = lines[0][1].split("\t") if lines else []
    if len(header) != _QRELS_COLUMNS or header[-1].lstrip("-").isdigit():
        raise EvaluationError(f"{path} has no header; `query-id<TAB>corpus-id<TAB>score` is wanted first")
    qrels: Qrels = {}
    for where, line in lines[1:]:
        fields = line.split("\t")
        try:
            query_id, doc_id, grade = fields
            qrels.setdefault(query_id, {})[doc_id] = int(grade)
        except ValueError as exc:
            raise EvaluationError(
                f"{where} is {line!r}; `query-id<TAB>corpus-id<TAB>whole number` is wanted"
            ) from exc
    if not qrels:
        raise EvaluationError(f"{path} judges nothing; at least one line below the header is wanted")
    return qrels
