"""Fit ``qa/answerer/refusal.json`` on labelled questions of public sets; not a test, and slow.

    python -m tests.calibrate.fit_refusal FOLDER_OF_BEIR_SETS

Answerable: questions about paragraphs that are there. Unanswerable: questions whose answering
sentence was cut out of the paragraph, whose paragraph was left out, or of another field altogether.
The sets are those that may be trained on; the project's own questions are not among them.

Two models are fitted: whether the documents answer, and, with that, whether the answer made is right.
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
from numpy.typing import NDArray

from qa.answerer import Alignment, ExtractiveAnswerer
from qa.answerer.evidence import sentences_of, understand
from qa.answerer.refusal import doubts, features
from qa.catalog import Catalog
from qa.config import Settings
from qa.corpus import Corpus
from qa.encoder import CompactEncoder, load_encoder
from qa.evaluation.judge import fold
from qa.generation import Index, open_index
from qa.indexer import build_index
from qa.segment import Encoders
from qa.text import sentences
from qa.types import Document
from tests.calibrate.searching import retriever_over, rows

TARGET = Path(__file__).parents[2] / "qa" / "answerer" / "refusal.json"
_PARAGRAPHS, _ARTICLES, _NEIGHBOURS = 300, 300, 250
_ANSWERABLE = 0.89
"""Share of the questions people ask that the documents answer."""
_COUNTS = {"neighbours, Chinese": 3.0, "paragraph absent": 2.0, "off topic": 0.5, "sentence cut": 0.5}
"""What a question counts for by its origin, 1 if not here: near misses are the hard ones."""

_BINS = 10

Numbers = NDArray[np.float64]
Truth = NDArray[np.bool_]


@dataclass(frozen=True)
class Labelled:
    """A question, the document that answers it (if any), and where it comes from."""

    question: str
    doc_id: str
    origin: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """What was found for a question: the evidence, whether it is of the right document, and the answer."""

    values: dict[str, float]
    ahead: float
    in_place: bool
    right: bool


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
        labelled.append(Labelled(kept["text"], doc_id, "answerable", tuple(kept["answers"])))
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
            doc_id, answers = (query["context_id"], tuple(query["answers"])) if there else ("", ())
            labelled.append(Labelled(query["text"], doc_id, origin, answers))
    health = chance.sample(list(rows(folder / "medquad-gov" / "queries.jsonl.gz")), 40)
    labelled += [Labelled(query["text"], "", "off topic") for query in health]
    return [_document(row) for row in texts if row["_id"] not in absent], labelled


def examples(index: Index, encoders: Encoders, labelled: list[Labelled]) -> Iterator[Found]:
    """Ask every question, refusing none."""
    retriever = retriever_over(index)
    alignment = Alignment(encoders.compact, words=index.segmenter.cut, weight=index.word_weight)
    answerer = ExtractiveAnswerer(weight=index.token_weight, alignment=alignment, refuse_below=0.0)
    for item in labelled:
        hits = retriever.search(item.question, 5)
        found = sentences_of(asked := understand(item.question, index.token_weight), hits)
        values = dict(features(asked, found, alignment))
        text = fold(answerer.answer(item.question, hits, ()).text)
        yield Found(
            values,
            doubts(values, found)["ahead"],
            in_place=found[0].hit.passage.doc_id in item.doc_id.split(),
            right=any(fold(answer) in text for answer in item.answers),
        )


def gather(folder: Path) -> tuple[list[Labelled], list[Found]]:
    """Index each set by itself and ask every labelled question."""
    settings, chance = Settings(), random.Random(1)  # noqa: S311 - a sample, not a secret
    encoders = Encoders(load_encoder("bundled", cache=settings.cache, threads=2), CompactEncoder())
    labels: list[Labelled] = []
    found: list[Found] = []
    sets = [paragraphs(folder, chance), articles(folder, chance), neighbours(folder, chance)]
    strangers = [Labelled(item.question, "", "off topic") for item in chance.sample(sets[1][1], 150)]
    sets[0][1].extend(strangers)
    for documents, labelled in sets:
        with tempfile.TemporaryDirectory() as temporary:
            build_index(Corpus(tuple(documents), ()), encoders, vectors=Path(temporary), facts={})
            index = open_index(Catalog(Path(temporary)), lambda: encoders, cache=settings.cache)
            labels.extend(labelled)
            found.extend(examples(index, encoders, labelled))
    return labels, found


def fit(labels: list[Labelled], found: list[Found]) -> dict[str, Any]:
    """Fit both models; report them on questions held apart in five folds.

    Whether the documents answer is learned with yes and no weighing the same, of answerable questions only
    from those that are answered rightly, or from the right document where no answer is marked; then the bias
    is moved to the share of answerable questions expected in use (prior correction: King and Zeng, 2001).
    Whether the answer is right is learned from these log odds, held apart, in the mixture expected in use.
    """
    names, there = sorted(found[0].values), np.array([bool(item.doc_id) for item in labels])
    counts = np.array([_COUNTS.get(item.origin, 1.0) for item in labels])
    known = np.array([bool(item.answers) for item in labels])
    told = np.where(known, [one.right for one in found], [one.in_place for one in found]) | ~there
    values = np.array([[one.values[name] for name in names] for one in found])
    prior = math.log(_ANSWERABLE / (1 - _ANSWERABLE))
    evidence, odds = _logistic(values, there, _mixed(there, counts * told, 0.5))
    evidence[-1] += prior
    odds += prior

    in_use = _mixed(there, counts * (known | ~there), _ANSWERABLE)
    beside = np.array([(one.ahead, one.values["foreign"]) for one in found])
    truth = np.array([one.right for one in found])
    right, sure = _logistic(np.column_stack([odds, beside]), truth, in_use)
    return {
        "about": "made by tests/calibrate/fit_refusal.py, on questions held apart; refused: number, share "
        "below 0.5; error: expected calibration error of the confidence",
        "refused": {
            origin: [int(rows_of.sum()), round(float((odds[rows_of] < 0).mean()), 3)]
            for origin in sorted({item.origin for item in labels})
            if (rows_of := told & np.array([item.origin == origin for item in labels])).any()
        },
        "error": round(_calibration_error(1 / (1 + np.exp(-sure)), truth, in_use), 3),
        "weights": _named(names, evidence),
        "right": _named(["answered", "ahead", "foreign"], right),
    }


def _mixed(there: Truth, counts: Numbers, answerable: float) -> Numbers:
    """Weights that give the answerable questions this share of all; their mean, where one counts, is 1."""
    shares = np.where(there, answerable / counts[there].sum(), (1 - answerable) / counts[~there].sum())
    weights: Numbers = counts * shares * np.count_nonzero(counts)
    return weights


def _logistic(values: Numbers, truth: Truth, weights: Numbers) -> tuple[Numbers, Numbers]:
    """Coefficients, the bias last, and the log odds of every row, held apart in five folds."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold

    def fitted(some: NDArray[np.intp]) -> Any:  # noqa: ANN401 - scikit-learn has no types
        return LogisticRegression(C=10.0, max_iter=10_000).fit(values[some], truth[some], weights[some])

    odds = np.empty(len(truth))
    for learned, apart in StratifiedKFold(5, shuffle=True, random_state=1).split(values, truth):
        odds[apart] = fitted(learned).decision_function(values[apart])
    model = fitted(np.arange(len(truth)))
    return np.append(model.coef_[0], model.intercept_[0]), odds


def _calibration_error(sure: Numbers, truth: Truth, weights: Numbers) -> float:
    """Expected calibration error in ten bins (Naeini et al., AAAI 2015), by weight."""
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    apart = np.bincount(bins, weights * (sure - truth), _BINS)
    return float(np.abs(apart).sum() / weights.sum())


def _named(names: list[str], coefficients: Numbers) -> dict[str, float]:
    return {name: round(float(w), 4) for name, w in zip([*names, "bias"], coefficients, strict=True)}


if __name__ == "__main__":
    found = gather(Path(sys.argv[1]))
    result = fit(*found)
    TARGET.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, ensure_ascii=False, indent=1))
