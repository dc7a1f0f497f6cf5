"""The value asked for in a row of a table or a form: label：value，label：value."""

import re

from qa.answerer.evidence import Asked
from qa.answerer.rows import Value, values_of
from qa.text import squeeze
from qa.types import Span

_PAIR = re.compile(
    r"(?P<label>[^，,。；;：:\n]{1,60})[：:]\s?(?P<value>[^，,。；;：:\n]{1,60})(?=[，,。；;\n]|$)"
)
_OF_PERSON = re.compile(r"(?:人|员|者|长|姓名)$")
"""What the label of a person ends with: 负责人, 联系人, 校长."""
_FEWEST = 2
"""Pairs that make a row: one alone is as often a sentence with a colon."""
_MOST_BESIDE = 0.2
"""Share of a row that may stand outside its pairs."""


def labelled(asked: Asked, text: str, span: Span) -> Span | None:
    """Where the value stands whose label says most of the question, if ``text[span]`` is a row.

    A value that the question names itself is not what it asks for.
    """
    said = squeeze(asked.question.text)
    row = [value for value in pairs_of(text, span) if squeeze(text[slice(*value.span)]) not in said]
    years = [value for value in row if _of_year(asked, value.label)]
    wanted = years or row
    said_of = {value: asked.coverage(value.label) for value in wanted}
    if asked.question.kind == "who":
        people = [value for value in wanted if _OF_PERSON.search(value.label)]
        if len(people) == 1:
            return people[0].span
        wanted = people or wanted
    best = max(wanted, key=lambda value: said_of[value], default=None)  # of equals the first
    if best and (said_of[best] > 0 or years):
        return best.span
    fitting = [value for value in wanted if asked.question.things(text[slice(*value.span)])]
    return fitting[0].span if len(fitting) == 1 else None


def pairs_of(text: str, span: Span) -> list[Value]:
    """The values of a row: below a header, or written with its labels."""
    pairs = list(_PAIR.finditer(text, *span))
    within = sum(len(pair.group()) + 1 for pair in pairs)
    if len(pairs) >= _FEWEST and within >= (1 - _MOST_BESIDE) * (span[1] - span[0]):
        return [Value(pair["label"], pair.span("value")) for pair in pairs]
    return values_of(text, span)


def _of_year(asked: Asked, label: str) -> bool:
    return any(year in label for year in asked.question.years)
