"""Puts hits first that say what was asked, of the time asked about, by the person asked for."""

import functools
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

from qa.errors import RankerError
from qa.question import Question
from qa.text import is_chinese, squeeze
from qa.titles import is_law
from qa.tokens import affirmed, grams
from qa.types import Hit

POST = 0.5
"""Share of the post asked for that a post must have, in order, to be it."""

CLOSE = 2.0
"""Standard scores within which a newer passage may tell the same as the best one."""

_TELLS = 80
"""Characters of a passage that tell its language."""

_APART, _GAP = 0.5, 4
"""What a pair of characters counts for that has others, at most so many, between them: a name written out."""

Weight = Callable[[str], float]


class QuestionReranker:
    """Adds up the searchers' standard scores and what a question asks for beside its words.

    That is how much of the question the passage says, the year it names, the newest documents when it
    asks for the present, and, when it asks who, somebody in the post it names; of passages about as good
    that of a law, which regulations, notices and reports follow, comes first. ``weight`` is the inverse
    document frequency of a token (see ``tokens.grams``); ``weights`` of the features by name.
    """

    def __init__(self, *, weight: Weight, weights: Mapping[str, float]) -> None:
        self._weight = weight
        self._weights = weights

    def rerank(self, query: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return the same hits, best first, with ranks 1..n; their features stand among their scores."""
        found = [replace(hit, score=self._sum(hit.scores)) for hit in hits]
        beside = features(Question(query), found, self._weight)
        scores = [
            {**hit.scores, **{name: values[at] for name, values in beside.items()}}
            for at, hit in enumerate(hits)
        ]
        sums = [self._sum(of_one) for of_one in scores]
        order = sorted(range(len(hits)), key=lambda at: (-sums[at], hits[at].rank))
        return [
            replace(hits[at], score=sums[at], rank=rank, scores=scores[at])
            for rank, at in enumerate(order, start=1)
        ]

    def _sum(self, scores: Mapping[str, float]) -> float:
        return sum(weight * scores.get(name, 0.0) for name, weight in self._weights.items())


def features(question: Question, hits: Sequence[Hit], weight: Weight) -> Mapping[str, list[float]]:
    """What the ranker weighs beside the searchers' scores, each from 0 to 1: a value for each hit.

    ``covers``, the share of the question that passage and heading say; ``year``, whether the passage is of
    a year asked about; ``now``, how new it is among those about as good, if the present is asked about;
    ``person``, how well somebody in it fits the post asked about; ``law``, whether its document is a law.
    """
    known = sorted({hit.date for hit in hits if hit.date})
    top = max((hit.score for hit in hits), default=0.0)
    return {
        "covers": _covers(question, hits, weight),
        "year": [_year(question, hit) for hit in hits],
        "now": [_now(question, hit, known) if hit.score >= top - CLOSE else 0.0 for hit in hits],
        "person": [_person(question, hit) for hit in hits],
        "law": [float(is_law(hit.title)) for hit in hits],
    }


@functools.cache
def shipped_weights() -> Mapping[str, float]:
    """The weights of ``reranker.json``."""
    text = resources.files(__package__).joinpath("reranker.json").read_text(encoding="utf-8")
    weights: Mapping[str, float] = json.loads(text)["weights"]
    return weights


def read_weights(path: Path | None) -> Mapping[str, float]:
    """Weights as ``qa train-ranker`` writes them, the shipped ones without a path. Raises RankerError."""
    if path is None:
        return shipped_weights()
    wanted = shipped_weights().keys()
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["weights"]
        if found.keys() == wanted and all(map(math.isfinite, found.values())):
            return {name: float(weight) for name, weight in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
        raise RankerError(
            f"{path} cannot be read as weights of the ranker ({exc}); make it with `qa train-ranker --out`"
        ) from exc
    raise RankerError(
        f"{path} has weights for {', '.join(found) or 'nothing'}; wanted is a number for each of"
        f" {', '.join(wanted)}: make it anew with `qa train-ranker --out`"
    )


def _covers(question: Question, hits: Sequence[Hit], weight: Weight) -> list[float]:
    tokens = set(grams(question.content)) or set(grams(question.text))
    weights = {token: weight(token) for token in tokens}
    total = sum(weights.values())
    if not total:
        return [0.0] * len(hits)
    chinese = is_chinese(question.text)
    return [
        sum(share * _said(token, text) for token, share in weights.items()) / total
        if is_chinese(text[:_TELLS]) == chinese
        else 0.0
        for text in (affirmed(_squeezed(hit.passage.heading, hit.passage.text), tokens) for hit in hits)
    ]


@functools.lru_cache(maxsize=1024)
def _squeezed(heading: str, text: str) -> str:
    return squeeze(f"{heading}。{text}")


def _said(token: str, text: str) -> float:
    """1 where squeezed ``text`` holds the token, less where others stand between its two characters."""
    if token in text:
        return 1.0
    if len(token) != len("某某") or token.isascii():
        return 0.0
    at = text.find(token[0])
    while at >= 0:
        if token[1] in text[at + 2 : at + 2 + _GAP]:
            return _APART
        at = text.find(token[0], at + 1)
    return 0.0


def _year(question: Question, hit: Hit) -> float:
    return float(any(hit.date.startswith(year) or year in hit.passage.text for year in question.years))


def _now(question: Question, hit: Hit, known: Sequence[str]) -> float:
    if question.years or not question.now or not hit.date or len(known) == 1:
        return 0.0
    return known.index(hit.date) / (len(known) - 1)


def _person(question: Question, hit: Hit) -> float:
    """How well somebody in the passage fits the post; between languages posts cannot be compared."""
    if question.kind != "who" or not is_chinese(question.text):
        return 0.0
    passage = hit.passage
    spans = ((start - passage.start, end - passage.start) for start, end in passage.sentences)
    best = max((question.fit(passage.text[slice(*span)]) for span in spans), default=0.0)
    return best if best >= POST else 0.0
