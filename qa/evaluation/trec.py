"""Runs, and the TREC files that hold them: ``query_id Q0 doc_id rank score tag``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa.errors import EvaluationError
from qa.evaluation.jsonl import read_lines

_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document and its score; scores of one ranking fall strictly, in single precision."""

    doc_id: str
    score: float


Ranking = tuple[Ranked, ...]
Run = Mapping[str, Ranking]


def rank_documents(scored: Iterable[tuple[str, float]]) -> Ranking:
    """Keep the given order, best first, each document once, and make the scores fall strictly.

    trec_eval sorts again by score in single precision and orders ties by id: without this its
    figures would be those of another ranking. rank_documents([("b", 1.0), ("a", 1.0), ("b", 0.5)])
    has b at 1 and a at the next smaller single-precision number.
    """
    best: dict[str, np.float32] = {}
    ceiling = np.float32(np.inf)
    for doc_id, score in scored:
        if doc_id not in best:
            best[doc_id] = min(np.float32(score), np.nextafter(ceiling, np.float32(-np.inf)))
            ceiling = best[doc_id]
    return tuple(Ranked(doc_id, float(score)) for doc_id, score in best.items())


def write_run(run: Run, path: Path, *, tag: str) -> None:
    """Write a run; a query without hits has no line. Inverse of :func:`read_run`.

    Raises EvaluationError for an id or tag with blanks, which the format cannot hold.
    """
    for name in (tag, *run, *(item.doc_id for ranking in run.values() for item in ranking)):
        if len(name.split()) != 1:
            raise EvaluationError(f"{name!r} is empty or has blanks; a TREC run needs ids without them")
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for query_id, ranking in run.items():
            for rank, item in enumerate(ranking, start=1):
                # The shortest digits that single precision reads back as the same number.
                score = str(np.float32(item.score))
                out.write(f"{query_id} Q0 {item.doc_id} {rank} {score} {tag}\n")


def read_run(path: Path) -> Run:
    """Read a run in the order of its ranks. Raises EvaluationError naming a line that is not of a run."""
    found: dict[str, list[tuple[int, str, float]]] = {}
    for where, line in read_lines(path):
        fields = line.split()
        if len(fields) != _COLUMNS:
            raise EvaluationError(f"{where} has {len(fields)} columns, {_COLUMNS} are wanted")
        query_id, _, doc_id, rank, score, _ = fields
        try:
            found.setdefault(query_id, []).append((int(rank), doc_id, float(np.float32(score))))
        except ValueError as exc:
            raise EvaluationError(
                f"{where} has rank {rank!r} and score {score!r}, numbers are wanted"
            ) from exc
    return {
        query_id: tuple(Ranked(doc_id, score) for _, doc_id, score in sorted(items))
        for query_id, items in found.items()
    }
