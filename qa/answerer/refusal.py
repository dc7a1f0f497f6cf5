"""How likely the documents answer the question, and how likely the answer is right: two logistic models.

The weights in ``refusal.json`` are fitted by ``tests/calibrate/fit_refusal.py`` on labelled questions;
none of them comes from the documents or the questions that the project is evaluated on.
"""

import functools
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Literal

from qa.answerer.alignment import Alignment
from qa.answerer.context import names_year
from qa.answerer.evidence import Asked, Evidence
from qa.entities import is_post
from qa.text import is_chinese, shared

Features = Mapping[str, float]
Rule = Literal["evidence", "range", "table"]

_NO_HOLDER = 3.0
"""How many times a lack counts if the holder of a post is asked for and nobody fits. Public sets hardly name
people with their posts, so this was chosen, not fitted."""

_TOLD = 2.0
"""How many times another year counts if the text names it, and nowhere the one asked about: who holds a post
holds it for years, and what is told of no year may hold for more than the document's. Public sets hardly ask
about years."""

_SHORTEST_POST = 4
"""Characters of a post that is said if another holds all of them in order: 住建局局长 is an abbreviation."""

_LONG, _AHEAD, _SAME = 40, 4.0, 0.4
_TYPED = ("who", "quantity", "time", "place", "list")


def features(asked: Asked, found: Sequence[Evidence], alignment: Alignment) -> Features:
    """What the decision stands on, by name, each in [0, 1] but for ``lacks`` and ``untimely``.

    ``near`` is the share of the question, by weight, that the passage of the best sentence says in its
    own or in other words, ``says`` in its own, and ``least`` how near it comes to the word that it is
    farthest from; ``cosine`` is the highest of a sentence; ``bare`` is whether a number in a unit or a part
    of a date is asked for and the sentence holds no number or date, and ``lacks`` how far it otherwise is
    from holding the person, number, time, place or list asked for; ``untimely`` is whether it is of none
    of the years asked about, doubly if the text names another and these nowhere;
    ``long`` is 1 from forty tokens on: of many words even the right passage holds a smaller share.
    Between two languages nearness and cosine are on another scale: a ``foreign`` question has
    ``foreign_near`` and ``foreign_cosine``.
    """
    best, question = found[0], asked.question
    whole = f"{best.hit.passage.heading}\n{best.hit.passage.text}"
    near, least = alignment.coverage(question.content, whole)
    bare = question.exact and best.fit == 0
    cosine = max(evidence.cosine for evidence in found)
    elsewhen = best.dated and question.kind != "who" and not names_year(best.hit, question.years)
    named = float(best.fit == 1 and is_post(question.named) and len(question.named) >= _SHORTEST_POST)
    foreign = is_chinese(whole) != is_chinese(question.text)
    return {
        "bare": float(bare),
        "lacks": (1 - best.fit) * (_NO_HOLDER if is_post(question.named) else 1)
        if question.kind in _TYPED and not bare
        else 0.0,
        "untimely": (1 - best.timely(question)) * (_TOLD if elsewhen else 1),
        "near": 0.0 if foreign else max(near, named),
        "says": 0.0 if foreign else max(asked.coverage(f"{best.hit.title}\n{whole}"), named),
        "least": 0.0 if foreign else max(least, named),
        "cosine": 0.0 if foreign else cosine,
        "long": 0.0 if foreign else min(len(asked.weights), _LONG) / _LONG,
        "foreign": float(foreign),
        "foreign_near": near if foreign else 0.0,
        "foreign_cosine": cosine if foreign else 0.0,
    }


@functools.cache
def _model(name: str) -> Mapping[str, float]:
    text = resources.files(__package__).joinpath("refusal.json").read_text(encoding="utf-8")
    weights: Mapping[str, float] = json.loads(text)[name]
    return weights


def answered(values: Features) -> float:
    """Probability, in [0, 1], that the documents answer."""
    return _logistic(_model("weights"), values)


@dataclass(frozen=True, slots=True)
class Decision:
    """The probability that the documents answer, the least that is enough, and why.

    ``features`` has of each its value and what it adds to the log odds, which are ``bias`` without any. There
    are none where another ``rule`` than the weight of the evidence decides: ``range``, no range that a rule
    is stated for holds the number asked about; ``table``, the rows of a whole table show the answer.
    """

    probability: float
    least: float
    bias: float
    features: Mapping[str, tuple[float, float]]
    rule: Rule = "evidence"


def decided(values: Features, least: float) -> Decision:
    """What ``values`` come to; see ``features``."""
    weights = _model("weights")
    parts = {name: (value, weights.get(name, 0.0) * value) for name, value in values.items()}
    return Decision(answered(values), least, weights["bias"], parts)


def right(values: Features, found: Sequence[Evidence]) -> float:
    """Probability, in [0, 1], that the answer made of the best evidence is right: see ``doubts``."""
    return _logistic(_model("right"), doubts(values, found))


def doubts(values: Features, found: Sequence[Evidence]) -> Features:
    """What else decides whether an answer is right: whether there is one, and how far the best stands out.

    ``answered`` is the log odds that the documents answer, ``ahead`` by how much the best sentence is
    better than the next that says something else, at most 4.
    """
    odds = _sum(_model("weights"), values)
    best = found[0]
    others = (evidence.score for evidence in found[1:] if shared(best.text, evidence.text) < _SAME)
    rival = next(others, -math.inf)
    return {"answered": odds, "ahead": min(best.score - rival, _AHEAD), "foreign": values["foreign"]}


def _sum(weights: Mapping[str, float], values: Features) -> float:
    return weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in values.items())


def _logistic(weights: Mapping[str, float], values: Features) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, _sum(weights, values)))))
