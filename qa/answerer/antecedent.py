"""When a sentence only points back to a time: 同年9月, 次年, 从此, told by a sentence before it."""

import re
from collections.abc import Sequence

from qa.answerer.evidence import Asked, Evidence
from qa.text import fold

_POINTS = re.compile(
    r"[同次翌当][年月日时天]|此(?:[后时]|期间)|[从自]此|不久|[这那]一?个?[年月天时]|该[年月日]"
    r"|(?:^|[，,；;])(?:随[后即]|之后|后来|[其期此]间)"
)
"""What leads back to a time told before; 之后 and 期间 only where no words before them tell of what."""
_BACK, _FAR = 3, 300
"""Sentences before it, and characters, within which the time stands that a sentence points to."""


def antecedent(asked: Asked, best: Evidence, found: Sequence[Evidence]) -> Evidence | None:
    """The sentence before ``best`` that tells when, if that is asked; nothing if none near does.

    ``best`` points back to it or tells a date without the part that is asked for, 4月20日 of a year.
    """
    question = asked.question
    if question.kind != "time" or best.fit == 1:
        return None
    if not (best.fit and question.asked_of_time == "年") and not _POINTS.search(fold(best.text).strip()):
        return None
    before = [
        one
        for one in found
        if one.hit.passage.doc_id == best.hit.passage.doc_id and 0 <= best.span[0] - one.span[1] <= _FAR
    ]
    before.sort(key=lambda one: -one.span[0])
    return next((one for one in before[:_BACK] if one.fit == 1), None)
