"""The row of a table with the most or the least of what a question asks for: 哪个县产量最多."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.answerer.evidence import Asked, Evidence
from qa.answerer.labelled import pairs_of
from qa.answerer.rows import Value
from qa.text import fold
from qa.types import Hit, Span

Length = Callable[[str], int]
"""How many characters a document has."""

_MOST = re.compile(r"最(?:[多大高长重远宽深贵晚新]|(?P<least>[少小低短轻近窄浅早]|便宜))的?|排名?第一的?")
_WHICH = re.compile(r"哪|谁|什么|何")
_NUMBER = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?(?=\D{0,4}$)")
_FEWEST_ROWS = 2
_COVERED = 0.5
"""Share of the question, without its superlative, that a table says from which it is the one asked about."""


@dataclass(frozen=True, slots=True)
class Extreme:
    """A row, and where in its passage the name that it begins with stands."""

    hit: Hit
    row: Span
    name: Span


def extreme(asked: Asked, found: Sequence[Evidence], length: Length) -> Extreme | None:
    """The row with the most or least, if a whole table among the hits shows it and no sentence says it."""
    question = asked.question.folded
    most = _MOST.search(question)
    if (
        most is None
        or not _WHICH.search(question)
        or any(most[0].rstrip("的") in fold(one.text) for one in found)
    ):
        return None
    rest = asked.beyond(most[0])
    for hit in {one.hit.passage: one.hit for one in found}.values():
        chosen = _of_table(rest, hit, least=bool(most["least"])) if _is_whole(hit, length) else None
        if chosen:
            return chosen
    return None


def _rows(hit: Hit) -> list[tuple[Span, list[Value]]]:
    base, text = hit.passage.start, hit.passage.text
    spans = [(start - base, end - base) for start, end in hit.passage.sentences]
    return [(span, values) for span in spans if (values := pairs_of(text, span))]


def _is_whole(hit: Hit, length: Length) -> bool:
    """Whether the rows of the passage are all of their table: none may stand before or behind it."""
    rows, text = _rows(hit), hit.passage.text
    if len(rows) < _FEWEST_ROWS:
        return False
    begins = hit.passage.start == 0 or bool(text[: rows[0][0][0]].strip())
    ends = bool(text[rows[-1][0][1] :].strip()) or hit.passage.end >= length(hit.passage.doc_id) - len(
        "\r\n\r\n"
    )
    return begins and ends


def _of_table(asked: Asked, hit: Hit, *, least: bool) -> Extreme | None:
    rows, text = _rows(hit), hit.passage.text
    labels = [value.label for value in rows[0][1]]
    if any([value.label for value in values] != labels for _, values in rows):
        return None
    cover, column = max((asked.coverage(label), -at) for at, label in enumerate(labels[1:], start=1))
    said = asked.coverage("\n".join([hit.title, hit.passage.heading, *labels]))
    numbers = [_NUMBER.search(text[slice(*values[-column].span)]) for _, values in rows]
    if not cover or said < _COVERED or not all(numbers):
        return None
    amounts = [float(one[0].replace(",", "").replace("−", "-")) for one in numbers if one]
    wanted = min(amounts) if least else max(amounts)
    if amounts.count(wanted) > 1:
        return None
    span, values = rows[amounts.index(wanted)]
    base = hit.passage.start
    row, name = ((start + base, end + base) for start, end in (span, values[0].span))
    return Extreme(hit, row, name)
