"""How well each sentence of the hits answers a question."""

import functools
import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from statistics import fmean, pstdev

from qa.answerer.context import asks, introduction, replaced, told_years, years_of
from qa.answerer.rows import is_unit, row_said
from qa.entities import item_mark
from qa.question import Question
from qa.text import squeeze
from qa.tokens import affirmed, grams
from qa.types import Hit, Span

Weight = Callable[[str], float]
Ended = Callable[[str], bool]
"""Whether a document was repealed or superseded."""

_FIT_PERSON = 2.0
"""What the fit counts for beside its weight: without the person asked for, a sentence hardly says who it is.
Public sets hardly name people with their posts, so this was chosen, not fitted."""


_OTHER_YEAR = 2.0
"""What a sentence of another year than the one asked about loses, or of what was repealed. Public sets hardly
ask about either."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of a hit.

    ``introduced`` is the question it answers or the introduction of its list, ``years`` are those of which
    it tells, ``dated`` whether the text names them, not only the document's date. ``coverage`` is the share,
    by weight, of the question's tokens it holds, and ``held`` of those it holds together with its title,
    heading and introduction. ``rare`` is the share of the tokens that any sentence holds, each counting less
    the more sentences hold it; ``fresh`` the same of tokens that those three lack: what is asked about the
    thing that the whole document tells of.
    """

    hit: Hit
    span: Span
    text: str
    cosine: float
    coverage: float
    fit: float
    held: float = 0.0
    rare: float = 0.0
    fresh: float = 0.0
    score: float = 0.0
    introduced: str = ""
    years: tuple[str, ...] = ()
    dated: bool = False

    @property
    def said(self) -> str:
        """The sentence with its title, heading and introduction."""
        return "\n".join((self.hit.title, self.hit.passage.heading, self.introduced, self.text))

    def timely(self, question: Question) -> float:
        """1 if it tells of a year asked about or none is, 0 if only of others, one half if that is open."""
        if not question.years or set(question.years) & set(self.years):
            return 1.0
        within = self.years and any(min(self.years) < year < max(self.years) for year in question.years)
        return 0.5 if within or not self.years else 0.0


@dataclass(frozen=True)
class Asked:
    """A question with the weights of its tokens."""

    question: Question
    weights: dict[str, float]

    def coverage(self, text: str) -> float:
        """Share, by weight, of the question's tokens that ``text`` holds: in [0, 1]."""
        return self.share(self.held(text))

    def held(self, text: str) -> set[str]:
        """The question's tokens that ``text`` holds; 非居民 is not 居民 unless the question says 非."""
        return self.weights.keys() & set(grams(affirmed(text, self.weights)))

    def beyond(self, topic: str) -> "Asked":
        """The question without the tokens that ``topic`` says, unless it says all."""
        left = self.weights.keys() - self.held(topic)
        return Asked(self.question, {token: self.weights[token] for token in left} or self.weights)

    def share(self, tokens: set[str]) -> float:
        """What ``tokens`` weigh of all: in [0, 1]."""
        total = sum(self.weights.values())
        return sum(self.weights[token] for token in tokens) / total if total else 0.0

    def value(self, text: str) -> float:
        """Coverage and fit together, for comparing parts of one sentence."""
        return self.coverage(text) + 0.5 * self.question.fit(text)


def understand(question: str, weight: Weight) -> Asked:
    """Take a question apart; ``weight`` is the inverse document frequency of a token."""
    asked = Question(question)
    tokens = set(grams(asked.content)) or set(grams(question))
    return Asked(asked, {token: weight(token) for token in tokens})


def sentences_of(asked: Asked, hits: Sequence[Hit]) -> list[Evidence]:
    """Every sentence of ``hits`` as evidence, best first."""
    found = [
        Evidence(
            hit,
            span,
            text,
            cosine,
            0.0,
            _fit(asked.question, hit, number),
            introduced=introduction(hit, number),
            years=years_of(hit, number),
            dated=bool(told_years(hit, number)),
        )
        for hit in hits
        for number, (span, cosine) in enumerate(zip(hit.passage.sentences, hit.sentence_scores, strict=True))
        if (text := text_at(hit, span)) and (asked.question.kind == "who" or not _is_heading(text, hit))
    ]
    found = [
        evidence
        for evidence in found
        if not asks(evidence.text)
        and not is_unit(evidence.text)
        and not replaced(evidence.text, evidence.hit.passage.text)
    ] or found
    return sorted(_scored(asked, _covering(asked, found)), key=lambda evidence: -evidence.score)


def standing_first(found: Sequence[Evidence], ended: Ended) -> Sequence[Evidence]:
    """``found``, best first, where sentences of documents that were repealed count for less."""
    gone = {doc_id for doc_id in {one.hit.passage.doc_id for one in found} if ended(doc_id)}
    if not gone:
        return found
    left = [
        replace(one, score=one.score - _OTHER_YEAR) if one.hit.passage.doc_id in gone else one
        for one in found
    ]
    return sorted(left, key=lambda evidence: -evidence.score)


def features(found: Sequence[Evidence]) -> dict[str, Sequence[float]]:
    """What ``evidence.json`` weighs: one value for each of ``found``, which are all sentences of all hits.

    Coverage gets a negative weight because ``rare`` contains it: to hold what others do not is what counts.
    """
    return {
        "cosine": _standard([evidence.cosine for evidence in found]),
        "coverage": _standard([evidence.coverage for evidence in found]),
        "held": _standard([evidence.held for evidence in found]),
        "rare": _standard([evidence.rare for evidence in found]),
        "fresh": [evidence.fresh for evidence in found],
        "passage": _standard([evidence.hit.score for evidence in found]),
        "fit": [evidence.fit for evidence in found],
    }


@functools.cache
def _weights() -> Mapping[str, float]:
    """Fitted by ``tests/calibrate/fit_evidence.py`` on public sets."""
    text = resources.files(__package__).joinpath("evidence.json").read_text(encoding="utf-8")
    weights: Mapping[str, float] = json.loads(text)["weights"]
    return weights


def _scored(asked: Asked, found: Sequence[Evidence]) -> list[Evidence]:
    extra = _FIT_PERSON if asked.question.kind == "who" else 0.0
    weights = _weights()
    columns = [[weights[name] * value for value in values] for name, values in features(found).items()]
    return [
        replace(
            evidence,
            score=sum(parts) + extra * evidence.fit - _OTHER_YEAR * (1 - evidence.timely(asked.question)),
        )
        for evidence, *parts in zip(found, *columns, strict=True)
    ]


def _covering(asked: Asked, found: Sequence[Evidence]) -> list[Evidence]:
    """``found`` with what each says of the question's tokens."""
    holds = [asked.held(evidence.text) for evidence in found]
    topics = {place: asked.held("\n".join(place)) for place in map(_topic, found)}
    counts = Counter(token for tokens in holds for token in tokens)
    rarity = {token: asked.weights[token] * math.log1p(len(found) / count) for token, count in counts.items()}

    def rare(tokens: set[str]) -> float:
        return sum(rarity[token] for token in tokens)

    most = rare(set(rarity)) or 1.0
    freshest = [
        rare(tokens - topics[_topic(evidence)]) for evidence, tokens in zip(found, holds, strict=True)
    ]
    top = max(freshest, default=0.0) or 1.0
    return [
        replace(
            evidence,
            coverage=asked.share(tokens),
            held=asked.share(tokens | topics[_topic(evidence)]),
            rare=rare(tokens) / most,
            fresh=fresh / top,
        )
        for evidence, tokens, fresh in zip(found, holds, freshest, strict=True)
    ]


def _topic(evidence: Evidence) -> tuple[str, str, str]:
    return evidence.hit.title, evidence.hit.passage.heading, evidence.introduced


def _fit(question: Question, hit: Hit, number: int) -> float:
    """How well a sentence of ``hit`` fits; what introduces a list is as good as its items."""
    first, *rest = hit.passage.sentences[number : number + 2]
    if (
        question.kind == "list"
        and rest
        and item_mark(text_at(hit, rest[0]))
        and not item_mark(text_at(hit, first))
    ):
        return 1.0
    said = row_said(hit, first, squeeze(question.text))
    return question.fit(text_at(hit, first) if said is None else said)


def _is_heading(text: str, hit: Hit) -> bool:
    """Whether ``text`` only repeats a heading, which names what is asked about and does not tell it."""
    return squeeze(text).lstrip("#") in squeeze(hit.passage.heading)


def text_at(hit: Hit, span: Span) -> str:
    """Return the characters of a span of the document that lies in the passage of ``hit``."""
    return hit.passage.text[span[0] - hit.passage.start : span[1] - hit.passage.start]


def _standard(values: Sequence[float]) -> list[float]:
    if not values:
        return []
    mean, deviation = fmean(values), pstdev(values) or 1.0
    return [(value - mean) / deviation for value in values]
