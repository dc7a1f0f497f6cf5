"""The value asked for in a row of a table or a form: label：value，label：value."""

import re

from qa.answerer.evidence import Asked
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
    pairs = list(_PAIR.finditer(text, *span))
    within = sum(len(pair.group()) + 1 for pair in pairs)
    if len(pairs) < _FEWEST or within < (1 - _MOST_BESIDE) * (span[1] - span[0]):
        return None
    said = squeeze(asked.question.text)
    wanted = [pair for pair in pairs if squeeze(pair["value"]) not in said]
    said_of = {pair: (asked.coverage(pair["label"]), _of_year(asked, pair["label"])) for pair in wanted}
    if asked.question.kind == "who":
        people = [pair for pair in wanted if _OF_PERSON.search(pair["label"])]
        if len(people) == 1:
            return people[0].span("value")
        wanted = people or wanted
    best = max(wanted, key=lambda pair: said_of[pair], default=None)  # of equals the first
    if best and said_of[best][0] > 0:
        return best.span("value")
    fitting = [pair for pair in wanted if asked.question.things(pair["value"])]
    return fitting[0].span("value") if len(fitting) == 1 else None


def _of_year(asked: Asked, label: str) -> bool:
    return any(year in label for year in asked.question.years)
