"""Fit ``qa/answerer/refusal.json`` on labelled questions of public sets; not a test, and slow.

    python -m tests.calibrate.fit_refusal FOLDER_OF_BEIR_SETS

Answerable: questions about paragraphs that are there. Unanswerable: questions whose answering
sentence was cut out of the paragraph, whose paragraph was left out, or of another field altogether.
The sets are those that may be trained on; the project's own questions are not among them.
"""

import json
import math
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from qa.answerer import Alignment
from qa.answerer.evidence import sentences_of, understand
from qa.answerer.refusal import features
from qa.config import Settings
from qa.corpus import Corpus
from qa.encoder import CompactEncoder, load_encoder
from qa.indexer import Encoders, Index, build_index, open_index
from qa.text import sentences
from qa.types import Document
from tests.calibrate.searching import retriever_over, rows

TARGET = Path(__file__).parents[2] / "qa" / "answerer" / "refusal.json"
_PARAGRAPHS, _ARTICLES, _NEIGHBOURS = 300, 300, 250
_ANSWERABLE = 0.88
"""Share of the questions people ask that the documents answer."""
_COUNTS = {"neighbours, Chinese": 3.0, "paragraph absent": 2.0, "off topic": 0.5, "sentence cut": 0.5}
"""What a question counts for by its origin, 1 if not here: near misses are the hard ones."""


@dataclass(frozen=True)
class Labelled:
    """A question, the document that answers it (if any), and where it comes from."""

    question: str
    doc_id: str
    origin: str


def _document(row: dict[str, Any]) -> Document:
    return Document(row["_id"], row.get("title", ""), "", "", row["text"])


def paragraphs(folder: Path, chance: random.Random) -> tuple[list[Document], list[Labelled]]:
    """CMRC paragraphs, each with a question it answers and one whose answering sentence is cut out."""
    texts = {row["_id"]: row for row in rows(folder / "cmrc2018-train" / "corpus.jsonl.gz")}
    asked: dict[str, list[dict[str, Any]]] = {}
    for row in rows(folder / "cmrc2018-train" / "queries.jsonl.gz"):
        if not row.get("flags") and row["answer_starts"][0] >= 0:
            asked.setdefault(row["context_id"], []).append(row)
    chosen = chance.sample(
        sorted(doc_id for doc_id, queries in asked.items() if len(queries) > 1), 2 * _PARAGRAPHS
    )
    documents, labelled = [], []
    for doc_id in chosen[:_PARAGRAPHS]:
        kept, cut = chance.sample(asked[doc_id], 2)
        text = texts[doc_id]["text"]
        gone = _sentence_at(text, cut["answer_starts"][0])
        if gone[0] <= kept["answer_starts"][0] < gone[1]:
            continue
        documents.append(replace(_document(texts[doc_id]), text=text[: gone[0]] + text[gone[1] :]))
        labelled.append(Labelled(kept["text"], doc_id, "answerable"))
        labelled.append(Labelled(cut["text"], "", "sentence cut"))
    absent = [chance.choice(asked[doc_id])["text"] for doc_id in chosen[_PARAGRAPHS:][: _PARAGRAPHS // 2]]
    return documents, labelled + [Labelled(question, "", "paragraph absent") for question in absent]


def _sentence_at(text: str, position: int) -> tuple[int, int]:
    return next(span for span in sentences(text, (0, len(text))) if span[1] > position)


def articles(folder: Path, chance: random.Random) -> tuple[list[Document], list[Labelled]]:
    """Articles of law with laypeople's questions about them.

    None about absent articles: another article often answers, so that they would be labelled wrongly.
    """
    source = folder / "lecoqa-statutes"
    gold: dict[str, list[str]] = {}
    for line in (source / "qrels.tsv").read_text(encoding="utf-8").split("\n")[1:]:
        if line:
            gold.setdefault(line.split("\t")[0], []).append(line.split("\t")[1])
    present = chance.sample(list(rows(source / "queries.jsonl.gz"))[:700], 250)
    wanted = {doc_id for query in present for doc_id in gold[query["_id"]]}
    everything = list(rows(source / "corpus.jsonl.gz"))
    others = [row for row in everything if row["_id"] not in wanted]
    kept = [row for row in everything if row["_id"] in wanted] + chance.sample(others, _ARTICLES)
    labelled = [Labelled(query["text"], " ".join(gold[query["_id"]]), "answerable, lay") for query in present]
    return [_document(row) for row in kept], labelled


def neighbours(folder: Path, chance: random.Random) -> tuple[list[Document], list[Labelled]]:
    """Paragraphs of a few articles, a quarter of them left out, with questions in two languages.

    What is asked of a paragraph that was left out is near those that stayed: it is of the same article.
    English questions of another field come on top.
    """
    texts = list(rows(folder / "xquad-zh-zh" / "corpus.jsonl.gz"))
    absent = {row["_id"] for row in chance.sample(texts, len(texts) // 4)}
    labelled = []
    for name, language in (("xquad-zh-zh", "Chinese"), ("xquad-en-zh", "English")):
        queries = list(rows(folder / name / "queries.jsonl.gz"))
        for query in chance.sample(queries, _NEIGHBOURS):
            there = query["context_id"] not in absent
            origin = f"{'answerable' if there else 'neighbours'}, {language}"
            labelled.append(Labelled(query["text"], query["context_id"] if there else "", origin))
    health = chance.sample(list(rows(folder / "medquad-gov" / "queries.jsonl.gz")), 40)
    labelled += [Labelled(query["text"], "", "off topic") for query in health]
    return [_document(row) for row in texts if row["_id"] not in absent], labelled


def examples(
    index: Index, encoders: Encoders, labelled: list[Labelled]
) -> Iterator[tuple[Labelled, dict[str, float]]]:
    """Yield the evidence of every question; an answerable one only if its document has the best sentence."""
    retriever = retriever_over(index)
    alignment = Alignment(encoders.compact, words=index.segmenter.cut, weight=index.word_weight)
    for item in labelled:
        hits = retriever.search(item.question, 5)
        asked = understand(item.question, index.token_weight)
        found = sentences_of(asked, hits)
        if not item.doc_id or found[0].hit.passage.doc_id in item.doc_id.split():
            yield item, dict(features(asked, found, alignment))


def gather(folder: Path) -> tuple[list[Labelled], list[dict[str, float]]]:
    """Index each set by itself and return every labelled question with its features."""
    settings, chance = Settings(), random.Random(1)  # noqa: S311 - a sample, not a secret
    encoders = Encoders(load_encoder("bundled", cache=settings.cache, threads=2), CompactEncoder())
    labels, values = [], []
    sets = [paragraphs(folder, chance), articles(folder, chance), neighbours(folder, chance)]
    strangers = [Labelled(item.question, "", "off topic") for item in chance.sample(sets[1][1], 150)]
    sets[0][1].extend(strangers)
    for documents, labelled in sets:
        with tempfile.TemporaryDirectory() as temporary:
            build_index(Corpus(tuple(documents), ()), encoders, vectors=Path(temporary), facts={})
            index = open_index(Path(temporary), lambda: encoders, cache=settings.cache)
            for item, value in examples(index, encoders, labelled):
                labels.append(item)
                values.append(value)
    return labels, values


def fit(labels: list[Labelled], values: list[dict[str, float]]) -> dict[str, Any]:
    """Fit a logistic regression; report it by origin, held apart in five folds.

    Yes and no weigh the same in the fit; then the bias is moved to the share of answerable questions
    that is expected in use (prior correction: King and Zeng, 2001).
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    names = sorted(values[0])
    x = np.array([[value[name] for name in names] for value in values])
    y = np.array([bool(item.doc_id) for item in labels])
    counts = np.array([_COUNTS.get(item.origin, 1.0) for item in labels])
    counts *= len(y) / 2 / np.where(y, counts[y].sum(), counts[~y].sum())
    model = LogisticRegression(C=10.0, max_iter=10_000)
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    prior = math.log(_ANSWERABLE / (1 - _ANSWERABLE))
    held_apart = prior + cross_val_predict(
        model, x, y, cv=folds, method="decision_function", params={"sample_weight": counts}
    )
    model.fit(x, y, sample_weight=counts)
    said_no = {}
    for origin in sorted({item.origin for item in labels}):
        rows_of = [i for i, item in enumerate(labels) if item.origin == origin]
        said_no[origin] = [len(rows_of), round(float((held_apart[rows_of] < 0).mean()), 3)]
    weights = {name: round(float(w), 4) for name, w in zip(names, model.coef_[0], strict=True)}
    return {
        "about": "made by tests/calibrate/fit_refusal.py; refused: number, share below 0.5",
        "refused": said_no,
        "weights": {"bias": round(float(model.intercept_[0]) + prior, 4), **weights},
    }


if __name__ == "__main__":
    found = gather(Path(sys.argv[1]))
    result = fit(*found)
    TARGET.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, ensure_ascii=False, indent=1))
