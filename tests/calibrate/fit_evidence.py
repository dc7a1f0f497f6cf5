"""Fit ``qa/answerer/evidence.json`` on questions of public sets; not a test, and slow.

    python -m tests.calibrate.fit_evidence FOLDER_OF_BEIR_SETS

For every question the sentences of its five best hits are told apart: those that hold the marked answer
and those that do not. The sets are those that may be trained on; a fifth of the questions is held apart
to report how often the best sentence holds the answer.
"""

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.answerer.evidence import Evidence, features, sentences_of, understand
from qa.catalog import Catalog
from qa.config import Settings
from qa.corpus import Corpus
from qa.encoder import CompactEncoder, load_encoder
from qa.evaluation import read_beir
from qa.generation import open_index
from qa.indexer import build_index
from qa.segment import Encoders
from tests.calibrate.searching import retriever_over, rows

TARGET = Path(__file__).parents[2] / "qa" / "answerer" / "evidence.json"
SETS = {"cmrc2018-train": 2500, "drcd-dev": 1200, "xquad-zh-zh": 400, "xquad-en-zh": 400}
"""Sets, and how many of their questions are asked."""
HITS, HELD_APART, STRENGTH = 5, 5, 0.01
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """The sentences found for one question: their features, and which hold the answer."""

    values: Numbers
    right: NDArray[np.bool_]


def questions(folder: Path, most: int) -> list[dict[str, Any]]:
    """Questions whose answer is marked in the text and whose wording stands alone."""
    usable = [
        row
        for row in rows(folder / "queries.jsonl.gz")
        if not row.get("flags") and row.get("answer_starts", [-1])[0] >= 0
    ]
    return random.Random(2).sample(usable, min(most, len(usable)))  # noqa: S311 - not a secret


def examples(folder: Path, most: int, encoders: Encoders, cache: Path) -> Iterator[Example]:
    """Search each question in the texts of its own set."""
    documents = read_beir(folder).documents
    with tempfile.TemporaryDirectory() as temporary:
        build_index(Corpus(documents, ()), encoders, vectors=Path(temporary), facts={})
        index = open_index(Catalog(Path(temporary)), lambda: encoders, cache=cache)
        retriever = retriever_over(index)
        for row in questions(folder, most):
            asked = understand(row["text"], index.token_weight)
            found = sentences_of(asked, retriever.search(row["text"], HITS))
            right = np.array([holds(row, evidence) for evidence in found])
            if found and right.any() and not right.all():
                yield Example(table(found), right)


def table(found: list[Evidence]) -> Numbers:
    """A row for each sentence, a column for each feature, less its mean over the sentences."""
    columns = np.array(list(features(found).values()), np.float64).T
    centred: Numbers = columns - columns.mean(axis=0)
    return centred


def holds(row: dict[str, Any], evidence: Evidence) -> bool:
    """Whether a sentence overlaps a marked answer."""
    spans = zip(row["answers"], row["answer_starts"], strict=True)
    return evidence.hit.passage.doc_id == row["context_id"] and any(
        start >= 0 and evidence.span[0] < start + len(answer) and start < evidence.span[1]
        for answer, start in spans
    )


def fit(by_set: dict[str, list[Example]]) -> dict[str, float]:
    """Weights of a logistic regression in which every question counts alike, and every set by its root."""
    from sklearn.linear_model import LogisticRegression

    learned = [(one, name) for name, found in by_set.items() for one in _taught(found)]
    values = np.concatenate([one.values for one, _ in learned])
    right = np.concatenate([one.right for one, _ in learned])
    weights = np.concatenate(
        [
            np.where(one.right, 0.5 / one.right.sum(), 0.5 / (~one.right).sum()) / len(by_set[name]) ** 0.5
            for one, name in learned
        ]
    )
    scale = values.std(axis=0)
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit(values / scale, right, sample_weight=weights * len(weights) / weights.sum())
    return {
        name: round(float(weight), 2)
        for name, weight in zip(features([]), model.coef_[0] / scale, strict=True)
    }


def _taught(found: list[Example]) -> list[Example]:
    return [one for number, one in enumerate(found) if number % HELD_APART]


def first_right(found: list[Example], weights: Numbers) -> float:
    """Share of the questions held apart whose best sentence is right."""
    apart = found[::HELD_APART]
    return float(np.mean([one.right[np.argmax(one.values @ weights)] for one in apart]))


def main(folder: Path) -> None:
    """Gather, fit, write and print."""
    settings = Settings()
    encoders = Encoders(
        load_encoder("bundled", cache=settings.cache, threads=settings.threads),
        CompactEncoder(cache=settings.cache),
    )
    by_set = {
        name: list(examples(folder / name, most, encoders, settings.cache)) for name, most in SETS.items()
    }
    weights = fit(by_set)
    fitted = np.array(list(weights.values()))
    cosine = np.array([float(name == "cosine") for name in weights])
    report = {
        name: [
            len(found[::HELD_APART]),
            round(first_right(found, cosine), 3),
            round(first_right(found, fitted), 3),
        ]
        for name, found in by_set.items()
    }
    made = {
        "about": "made by tests/calibrate/fit_evidence.py; right: questions held apart, share whose best "
        "sentence holds the answer by the cosine alone, and by these weights",
        "right": report,
        "weights": weights,
    }
    text = json.dumps(made, ensure_ascii=False, indent=1)
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
