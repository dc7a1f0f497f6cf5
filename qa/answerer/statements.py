"""From evidence to statements: a shortened sentence, or a list with each of its items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answerer.conflict import contradict
from qa.answerer.evidence import Asked, Evidence, text_at
from qa.answerer.shortening import best_clauses
from qa.answerer.values import values_differ
from qa.entities import item_mark
from qa.text import clauses, shared
from qa.types import Hit, Span

LONGEST = 110
"""Characters of one statement."""

_COLON = re.compile(r"[:：]\s*")
_TIES = re.compile(
    r"(?:——\s*(?:专?访|采访|对话)?|同时|另外|此外|其中|因此|所以|但是?|而且|并且|其次|首先|最后|接下来|下一步)[，,]?\s*(?=.{6})"
)
_INTRODUCES = re.compile(r"[:：]$")
_HANGING = re.compile(r"[，,、；;：:\s]+$")
_SAME = 0.4

Place = tuple[Hit, Span]


@dataclass(frozen=True, slots=True)
class Statement:
    """A span that answers, and the places in other documents that say the same."""

    hit: Hit
    span: Span
    others: tuple[Place, ...] = ()

    @property
    def text(self) -> str:
        """The characters of the span."""
        return text_at(self.hit, self.span)


def statements(asked: Asked, best: Evidence, found: Sequence[Evidence]) -> list[Statement]:
    """What ``best`` answers, in the order to be read; each with its agreeing places in other documents."""
    kind = asked.question.kind
    fits = asked.question.fit(best.text) == 1
    if kind == "list" or (kind != "who" and not fits):
        items = listed(best.hit, best.span, [evidence.hit for evidence in found])
        introduced = items and items[0][1] > best.span
        begun = introduced and items[0][1][0] < best.span[1]
        opens = introduced and kind == "list" and _INTRODUCES.search(best.text)
        if len(items) > 1 and (begun or opens or (not fits and (introduced or kind == "list"))):
            return [Statement(hit, _lead(hit, span)) for hit, span in items]
    return [_agreed(asked, Statement(best.hit, _shortened(asked, best)), found)]


def _shortened(asked: Asked, evidence: Evidence) -> Span:
    """The clauses that answer, without what ties them to the sentence before and the mark at the end."""
    base, text = evidence.hit.passage.start, evidence.hit.passage.text
    start, end = best_clauses(asked, evidence, longest=LONGEST)
    tied = _TIES.match(text, start - base, end - base)
    return (tied.end() + base if tied else start), without_mark(evidence.hit, end)


def without_mark(hit: Hit, end: int) -> int:
    """Where the span that ends at ``end`` ends without a comma, colon or blank."""
    return hit.passage.start + len(_HANGING.sub("", hit.passage.text[: end - hit.passage.start]))


def listed(hit: Hit, span: Span, hits: Sequence[Hit]) -> list[Place]:
    """The items of the list that the sentence at ``span`` introduces or is one of.

    Items follow each other with one kind of mark, in the passage and in hits of the same document.
    """
    document = {other.passage.start: other for other in hits if other.passage.doc_id == hit.passage.doc_id}
    places = [
        (document[start], sentence)
        for start in sorted(document)
        for sentence in document[start].passage.sentences
    ]
    at = next(index for index, place in enumerate(places) if place[1] == span)
    first = at if _mark(places[at]) else at + 1
    while first > 0 and _mark(places[first - 1]) and first <= at:
        first -= 1
    mark, run = _mark(places[first]) if first < len(places) else "", []
    for place in places[first:]:
        if not mark or _mark(place) != mark:
            break
        run.append(place)
    return [*_inline(places[first - 1], mark), *run] if run and first else run


def _inline(introduction: Place, mark: str) -> list[Place]:
    """The first item of a list, where it stands behind the colon of the sentence that introduces it."""
    hit, (start, end) = introduction
    items = [(hit, (start + colon.end(), end)) for colon in _COLON.finditer(text_at(*introduction))]
    return [item for item in items if _mark(item) == mark][:1]


def _mark(place: Place) -> str:
    return item_mark(text_at(*place))


def _lead(hit: Hit, span: Span) -> Span:
    base = hit.passage.start
    first = clauses(hit.passage.text, (span[0] - base, span[1] - base))[0]
    return first[0] + base, without_mark(hit, first[1] + base)


def _agreed(asked: Asked, statement: Statement, found: Sequence[Evidence]) -> Statement:
    others: dict[str, Place] = {}
    for evidence in found[1:]:
        doc_id = evidence.hit.passage.doc_id
        if doc_id == statement.hit.passage.doc_id or doc_id in others:
            continue
        span = _shortened(asked, evidence)
        if shared(statement.text, text_at(evidence.hit, span)) < _SAME:
            continue
        if contradict(asked, statement.text, evidence.text) or values_differ(statement.text, evidence.text):
            continue
        others[doc_id] = (evidence.hit, span)
    return replace(statement, others=tuple(others.values()))
