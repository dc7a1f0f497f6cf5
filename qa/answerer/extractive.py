"""The answerer that needs no model of language: it quotes."""

import re
from collections.abc import Sequence
from sys import maxsize

from qa.answerer.alignment import Alignment
from qa.answerer.antecedent import antecedent
from qa.answerer.conflict import copies, of_each_year, opposed, rivals, settled
from qa.answerer.evidence import Asked, Ended, Evidence, Weight, sentences_of, standing_first, understand
from qa.answerer.extremes import Extreme, Length, extreme
from qa.answerer.labelled import pairs_of
from qa.answerer.refusal import Decision, answered, decided, features, right
from qa.answerer.rows import unit_line
from qa.answerer.shortest import shortest
from qa.answerer.statements import Statement, statements, without_mark
from qa.answerer.tiers import in_range_first
from qa.question import Question
from qa.types import Answer, Citation, Hit, Span, Status, Turn

NOT_FOUND = "文件中没有"
_SHOWN = 0.8
"""The confidence of what a whole table shows by its numbers. Public sets hardly ask such."""
_NAMES_MORE, _NAMED = 0.1, 0.6
"""How much nearer to a follow-up's words another sentence must come, and how near is to name one of them."""
_LATIN_BREAK = re.compile(r"(?<=[!-~])\s*[\n\r\u2028\u2029]\s*(?=[!-~])")
_BREAKS = re.compile(r"\s*[\n\r\u2028\u2029]\s*")
_MARKS = re.compile(r"\[\d+\]")

Reading = tuple[str, Sequence[Hit]]
"""A question and its hits."""


class ExtractiveAnswerer:
    """Quotes the sentence or list that answers, shortened to what was asked.

    ``weight`` is the inverse document frequency of a token (see ``tokens.grams``); ``alignment``
    compares words that differ; below the probability ``refuse_below`` that the documents answer it says
    that they do not. The confidence of an answer is the probability that it is right. ``ended`` tells
    whether a document was repealed or superseded: it counts for less, and contradicts none that still stands.
    ``length`` is the number of a document's characters, which tells whether a table ends with a passage.
    """

    def __init__(
        self,
        *,
        weight: Weight,
        alignment: Alignment,
        refuse_below: float,
        ended: Ended = lambda _: False,
        length: Length = lambda _: maxsize,
    ) -> None:
        self._weight = weight
        self._alignment = alignment
        self._refuse_below = refuse_below
        self._ended = ended
        self._length = length

    def answer(
        self, question: str, hits: Sequence[Hit], history: Sequence[Turn], *, carried: str = ""
    ) -> Answer:
        """Answer ``question``, which stands alone already, so that ``history`` is not looked at.

        ``carried``, if given, is it with a topic put before it, which tells how sure the answer is.
        """
        del history
        asked = understand(question, self._weight)
        found = self._evidence(asked, hits)
        if not found:
            return Answer("not_found", NOT_FOUND, nearest=tuple(hits))
        if row := self._row(asked, found):
            return _of_extreme(row)
        values = features(asked, found, self._alignment)
        sure = round(right(values, found), 4)
        if answered(values) < self._refuse_below:
            return Answer("not_found", NOT_FOUND, nearest=tuple(hits), confidence=sure)
        if carried:
            values = features(understand(carried, self._weight), found, self._alignment)
            sure = round(right(values, found), 4)
        if years := of_each_year(asked.question, found):
            return _of_sides(asked, [[year] for year in years], found, sure, apart=True)
        return _of_sides(asked, _sides(asked, found, self._ended), found, sure)

    def decision(self, question: str, hits: Sequence[Hit]) -> Decision | None:
        """Why ``answer`` answers or refuses; None where there is not a sentence to decide on."""
        asked = understand(question, self._weight)
        found = self._evidence(asked, hits)
        if not found:
            any_left = bool(sentences_of(asked, hits))
            return Decision(0.0, self._refuse_below, 0.0, {}, "range") if any_left else None
        if self._row(asked, found):
            return Decision(_SHOWN, self._refuse_below, 0.0, {}, "table")
        return decided(features(asked, found, self._alignment), self._refuse_below)

    def _row(self, asked: Asked, found: Sequence[Evidence]) -> Extreme | None:
        """The row of a whole table that shows the answer, if that is sure enough."""
        return extreme(asked, found, self._length) if self._refuse_below <= _SHOWN else None

    def meant(self, carried: Reading, fresh: Reading) -> Reading:
        """How a follow-up is read: with the topic before it, without, or without of what both have found.

        It is the first of which the best sentence names what the follow-up does, as near as any comes to it.
        Where nothing answers without the topic, no sentence does that is far from one of its words; where
        the same sentence does, these words tell which of its things is meant.
        """
        words, known = Question(fresh[0]).content, {hit.passage for hit in carried[1]}
        both = (fresh[0], [hit for hit in fresh[1] if hit.passage in known])
        best = [self._best(*reading) for reading in (carried, both, fresh)]
        if not self._alignment.names(words) or not best[0]:
            return carried
        named = [self._alignment.coverage(words, one.said) if one else (0.0, 0.0) for one in best]
        enough = max(near for near, _ in named) - _NAMES_MORE
        if named[0][0] < enough:
            return both if named[1][0] >= enough else fresh
        if self._refuses(*fresh):
            return fresh if named[0][1] < _NAMED else carried
        return both if best[1] and best[1].text == best[0].text else carried

    def _best(self, question: str, hits: Sequence[Hit]) -> Evidence | None:
        return next(iter(self._evidence(understand(question, self._weight), hits)), None)

    def _refuses(self, question: str, hits: Sequence[Hit]) -> bool:
        asked = understand(question, self._weight)
        found = self._evidence(asked, hits)
        return not found or answered(features(asked, found, self._alignment)) < self._refuse_below

    def _evidence(self, asked: Asked, hits: Sequence[Hit]) -> Sequence[Evidence]:
        """Sentences, the best first; what still stands before what does not, unless a year is asked for."""
        found: Sequence[Evidence] = sentences_of(asked, hits)
        found = found if asked.question.years else standing_first(found, self._ended)
        return in_range_first(asked, found)


def _sides(asked: Asked, found: Sequence[Evidence], ended: Ended) -> list[list[Evidence]]:
    """What contradicts each other, or alone what answers best; each with what points back to it."""
    sides, told, pointing = opposed(asked, found), antecedent(asked, found[0], found), {}
    if told and (len(sides) == 1 or sides[0] is not found[0]):
        against = rivals(asked, told, found)
        if against or len(sides) == 1:
            sides = [told, *against]
            pointing = {one.hit.passage.doc_id: one for one in copies(found[0], found)}
    sides = settled(asked.question, sides, ended=ended) if len(sides) > 1 else sides
    behind = [pointing.get(side.hit.passage.doc_id) for side in sides]
    return [[side, more] if more else [side] for side, more in zip(sides, behind, strict=True)]


def _of_sides(
    asked: Asked,
    sides: Sequence[Sequence[Evidence]],
    found: Sequence[Evidence],
    confidence: float,
    *,
    apart: bool = False,
) -> Answer:
    """What several sides say, each in its sentences; they contradict each other unless they are ``apart``."""
    chosen = [made for side in sides for one in side for made in statements(asked, one, found)]
    listed = len(chosen) > sum(map(len, sides))
    short = _short(asked, chosen) if len(sides) == 1 and not listed else None
    chosen += _units(chosen)
    whole = any(asked.question.fit(statement.text) > 0 for statement in chosen)
    status: Status = "conflict" if len(sides) > 1 and not apart else "answered" if whole else "partial"
    return Answer(status, text_of(chosen), _citations(chosen), short, confidence=confidence)


def _short(asked: Asked, chosen: Sequence[Statement]) -> Citation | None:
    """What answers by itself in the first statement; it is part of what ``[1]`` quotes."""
    hit = chosen[0].hit
    start, end = shortest(asked, hit, chosen[0].span)
    return citation(1, hit, (start, without_mark(hit, end)))


def _of_extreme(row: Extreme) -> Answer:
    chosen = [Statement(row.hit, row.row)]
    chosen += _units(chosen)
    short = citation(1, row.hit, row.name)
    return Answer("answered", text_of(chosen), _citations(chosen), short, confidence=_SHOWN)


def _units(chosen: Sequence[Statement]) -> list[Statement]:
    """The lines that tell the units of the tables of which rows are chosen."""
    lines = {(one.hit.passage, unit_line(one.hit, one.span)): one.hit for one in chosen if _is_row(one)}
    return [Statement(hit, line) for (_, line), hit in lines.items() if line]


def _is_row(one: Statement) -> bool:
    base = one.hit.passage.start
    return bool(pairs_of(one.hit.passage.text, (one.span[0] - base, one.span[1] - base)))


def _places(chosen: Sequence[Statement]) -> list[tuple[Hit, Span]]:
    return [place for statement in chosen for place in ((statement.hit, statement.span), *statement.others)]


def _citations(chosen: Sequence[Statement]) -> tuple[Citation, ...]:
    return tuple(citation(number, hit, span) for number, (hit, span) in enumerate(_places(chosen), start=1))


def citation(number: int, hit: Hit, span: Span) -> Citation:
    """Cite a span of the document that lies in the passage of ``hit``."""
    passage = hit.passage
    return Citation(
        number=number,
        doc_id=passage.doc_id,
        title=hit.title,
        date=hit.date,
        heading=passage.heading,
        start=span[0],
        end=span[1],
        quote=passage.text[span[0] - passage.start : span[1] - passage.start],
        score=hit.score,
    )


def text_of(chosen: Sequence[Statement]) -> str:
    """What is answered: a line for each statement, without its breaks, with the marks of its citations."""
    number, parts = 1, []
    for last, statement in enumerate(chosen, start=1 - len(chosen)):
        marks = "".join(f"[{number + i}]" for i in range(1 + len(statement.others)))
        number += 1 + len(statement.others)
        words = _MARKS.sub("", _BREAKS.sub("", _LATIN_BREAK.sub(" ", statement.text)))
        parts.append(f"{words}{marks}" + ("" if last == 0 else "\n"))
    return "".join(parts)
