"""Why a question finds what it finds: each step of a search and of the decision to answer."""

import time
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.answerer import Decision
from qa.conversation import readings
from qa.lookup import Found
from qa.opened import Opened
from qa.projection import PassageMap, Place, vectors_at
from qa.protocols import EVERYTHING
from qa.question import Question, checked
from qa.retriever import WEIGHTS, Retriever, Trace, agreeing
from qa.text import fold, plain
from qa.timing import Clock
from qa.tokens import grams
from qa.types import Answer, Filter, Hit, Passage, Span, Turn

DRAWN_ON = 5
"""Passages that an answer draws on, as in ``ask``."""
STAGES = ("rewrite", "encode", *WEIGHTS, "fuse", "rerank", "closer", "look up", "answer")
"""What is timed, in this order. ``look up`` is what the question names, and its spelling."""
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Vote:
    """What a searcher says of a passage: ``score`` as it gives it, ``standard`` beside its other scores.

    ``rank`` and ``score`` are None where the passage is not among those it found: it then counts as the last
    of them. ``weight`` is what ``standard`` counts for in the sum.
    """

    score: float | None
    rank: int | None
    standard: float
    weight: float


@dataclass(frozen=True, slots=True)
class InspectedHit:
    """A passage and what every step made of it.

    ``hit.rank`` is the last word. ``fused_rank`` is that of the plain sum of ``votes``, None for what is
    not among the best by that and was looked up by its name. ``features`` has what the ranker sees beside:
    value and weight. ``matched`` are spans of ``hit.passage.text`` that the question says, too; ``place`` is
    where it lies on the map.
    """

    hit: Hit
    fused_rank: int | None
    fused_score: float
    votes: Mapping[str, Vote]
    features: Mapping[str, tuple[float, float]]
    matched: tuple[Span, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """A question taken apart. ``named`` is what it names and was looked up; ``query`` how it was understood.

    The answer draws on the hits of the first ``drawn_on`` ranks. ``decision`` is None where what the question
    names decides. ``place`` is where the question lies on ``map``, None where there is nothing to draw.
    """

    question: str
    query: str
    named: tuple[str, ...]
    hits: tuple[InspectedHit, ...]
    answer: Answer
    decision: Decision | None
    map: PassageMap
    place: Place | None
    timings_ms: Mapping[str, float]
    drawn_on: int = DRAWN_ON


class _Watched:
    """Searches step by step and remembers each search; ``seconds`` that all of them took."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever
        self.traces: dict[str, Trace] = {}
        self.seconds = 0.0

    def search(self, query: str) -> Sequence[Hit]:
        """The hits that an answer draws on."""
        begun = time.perf_counter()
        trace = self.traces[query] = self._retriever.trace(query)
        self.seconds += time.perf_counter() - begun
        return agreeing(trace.ranked[:DRAWN_ON])

    def of(self, query: str) -> Trace:
        """How ``query`` was searched; it is searched now if only something it names was looked up."""
        if query not in self.traces:
            self.search(query)
        return self.traces[query]


def inspect(
    opened: Opened, question: str, *, history: Sequence[Turn] = (), wanted: Filter = EVERYTHING
) -> Inspection:
    """Do what ``ask`` does, one step after the other, and keep every step. Raises InvalidInputError."""
    clock, watched = Clock(), _Watched(opened.over(wanted))
    read = readings(checked(question, DRAWN_ON), history)
    clock.lap("rewrite")
    for encoder in (opened.encoders.main, opened.encoders.compact):
        encoder.encode_queries([plain(read[0])])
    clock.lap("encode")
    found = opened.follow(read, DRAWN_ON, wanted, searching=watched.search)
    clock.lap("look up")
    beside = 1000 * watched.seconds
    answer = opened.answer(found, history)
    clock.lap("answer")
    trace = watched.of(found.query)
    laps = {**clock.laps, **trace.timings_ms, "look up": max(0.0, clock.laps["look up"] - beside)}
    rows = _rows(opened, found, trace)
    return Inspection(
        question=question,
        query=found.query,
        named=_named(opened, found),
        hits=_placed(opened, rows),
        answer=replace(answer, query=found.query, timings_ms=laps, index_version=opened.index.version),
        decision=opened.decision(found),
        map=opened.map,
        place=_place(opened, found.query),
        timings_ms={name: laps[name] for name in STAGES},
    )


def matched(question: str, text: str) -> tuple[Span, ...]:
    """Spans of ``text`` of at least two characters that the question says, apart from its question words.

    Of a question of single characters only, these; spans that touch are one.
    """
    content = Question(question).content
    tokens = set(grams(content or question))
    long = {token for token in tokens if len(token) >= _PAIR} or tokens
    folded, held = fold(text), bytearray(len(text))
    for token in long:
        at = folded.find(token)
        while at >= 0:
            held[at : at + len(token)] = b"\1" * len(token)
            at = folded.find(token, at + 1)
    spans, start = [], -1
    for at, marked in enumerate([*held, 0]):
        if marked and start < 0:
            start = at
        elif not marked and start >= 0:
            spans.append((start, at))
            start = -1
    return tuple(spans)


def _rows(opened: Opened, found: Found, trace: Trace) -> list[InspectedHit]:
    """What the answer draws on, then the rest of what was ranked."""
    drawn_on = {hit.passage for hit in found.hits}
    rest = [hit for hit in trace.ranked if hit.passage not in drawn_on]
    hits = [*found.hits, *rest] if found.address else [*agreeing(trace.ranked)]
    return [
        _row(opened, replace(hit, rank=rank), found.query, trace) for rank, hit in enumerate(hits, start=1)
    ]


def _row(opened: Opened, hit: Hit, query: str, trace: Trace) -> InspectedHit:
    fused = next((one for one in trace.fused if one.passage == hit.passage), None)
    position = trace.positions.get(hit.passage)
    votes = {
        name: _vote(trace, name, position, fused.scores.get(name, 0.0))
        for name in WEIGHTS
        if fused and trace.rankings[name]
    }
    beside = {
        name: (hit.scores.get(name, 0.0), weight)
        for name, weight in opened.ranker_weights.items()
        if name not in WEIGHTS
    }
    return InspectedHit(
        hit=hit,
        fused_rank=fused.rank if fused else None,
        fused_score=fused.score if fused else 0.0,
        votes=votes,
        features=beside,
        matched=matched(query, hit.passage.text),
    )


def _vote(trace: Trace, name: str, position: int | None, standard: float) -> Vote:
    for rank, scored in enumerate(trace.rankings[name], start=1):
        if scored.position == position:
            return Vote(scored.score, rank, standard, WEIGHTS[name])
    return Vote(None, None, standard, WEIGHTS[name])


def _named(opened: Opened, found: Found) -> tuple[str, ...]:
    if found.address is None:
        return ()
    entries = opened.index.documents.entries.by_id
    titles = (entries[doc_id].title for doc_id in found.address.documents)
    return tuple(filter(None, dict.fromkeys((*titles, *(hit.passage.heading for hit in found.places)))))


def _placed(opened: Opened, rows: Sequence[InspectedHit]) -> tuple[InspectedHit, ...]:
    positions = [_position(opened, row.hit.passage) for row in rows]
    places = opened.map.places(vectors_at(opened.index, positions)) if rows else []
    return tuple(replace(row, place=place) for row, place in zip(rows, places, strict=True))


def _position(opened: Opened, passage: Passage) -> int:
    """Where a passage, or the one that holds it, is among all: those of a document are in its order."""
    positions = opened.index.positions_of(passage.doc_id)
    at = bisect_right(positions, passage.start, key=lambda position: opened.index.passages[position].start)
    return positions[max(0, at - 1)]


def _place(opened: Opened, query: str) -> Place | None:
    if not opened.map.points:
        return None
    return opened.map.places(opened.encoders.main.encode_queries([plain(query)]))[0]
