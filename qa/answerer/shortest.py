"""The few words that answer: a name, a number with its unit, a date, a place, a list, or the best clauses."""

import re

from qa.answerer.evidence import Asked, best_clauses_of
from qa.entities import located
from qa.question import Question, in_order
from qa.text import clauses, fold, squeeze
from qa.types import Hit, Span

LONGEST = 60
"""Characters of a short answer."""
_BESIDE = 14
"""Characters on each side, within the clause, that say what a thing is."""
_HANGS = 2
"""Characters that end a clause behind a thing of which the next clause tells, the mark among them."""
_ORDER = re.compile(r"[一二三]是")
"""What numbers a thing and is none."""
_ARTICLE = re.compile(r"一(?![\d零〇一二三四五六七八九十百千万亿])")
"""一个 says that there is such a thing, hardly ever how many."""
_DATE = re.compile(r"(?:\d{4}年|\d{1,2}月|\d{1,2}[日号])+|\d{4}")
_LEADS_TO_A_PLACE = ("于", "於", "在", "处", "址为", "址:")
_ITEMS = re.compile(r"一是.*二是.*", re.DOTALL)
_MANY = 6
"""Things side by side, from which on a list is no more of a list."""


def shortest(asked: Asked, hit: Hit, span: Span) -> Span:
    """The part of ``span``, in the document of ``hit``, that answers by itself."""
    base, text = hit.passage.start, hit.passage.text
    local = (span[0] - base, span[1] - base)
    items = _ITEMS.search(text, *local) if asked.question.kind == "list" else None
    found = items.span() if items else thing(asked, text, local)
    if found and found[1] - found[0] <= LONGEST:
        return found[0] + base, found[1] + base
    cut = best_clauses_of(asked, text, local, longest=LONGEST)
    return cut[0] + base, cut[1] + base


def thing(asked: Asked, text: str, span: Span) -> Span | None:
    """Where in ``text`` the thing asked for stands, if ``text[span]`` holds one of that kind.

    Of several it is the one of the right unit or number of parts, then the nearest to the words asked about.
    """
    question = asked.question
    folded = fold(text[slice(*span)])
    found = [
        (_match(question, folded, place), (place[0] + span[0], place[1] + span[0]))
        for place in located(question.kind, folded)
        if (words := folded[slice(*place)]) not in question.folded and not _other_kind(question, words)
    ]
    if not found:
        return None
    parts = clauses(text, span)

    def near(place: Span) -> float:
        within = [part for part in parts if part[0] < place[1] and place[0] < part[1]] or [place]
        if within[-1][1] - place[1] <= _HANGS and within[-1] != parts[-1]:
            within.append(parts[parts.index(within[-1]) + 1])  # 年底, begins what happened then
        start, end = max(within[0][0], place[0] - _BESIDE), min(within[-1][1], place[1] + _BESIDE)
        return asked.coverage(text[start:end])

    # of equals the first: what a sentence is about, it says first
    return max(found, key=lambda one: (one[0], round(near(one[1]), 3), -one[1][0]))[1]


def _other_kind(question: Question, words: str) -> bool:
    """Whether ``words`` only look like the kind of thing asked for: 一是 as a list, 2024年 as a quantity."""
    date = question.kind == "quantity" and question.unit[:1] not in ("年", "月", "日")
    return bool(_ORDER.fullmatch(words) or (date and _DATE.fullmatch(words)))


def _match(question: Question, folded: str, place: Span) -> float:
    """How well one thing is the one asked for, apart from where it stands; only comparable within a kind."""
    words = folded[slice(*place)]
    if question.kind == "who":
        return in_order(question.named, squeeze(folded[: place[0]])[-len(question.named) * 2 - 8 :])
    if question.kind == "quantity":
        of_unit = max(question.of_unit(words), question.counted(folded[place[1] :]))
        ordinal = ("第几" in question.folded) == words.startswith("第")
        return of_unit + 0.5 * ordinal + 0.5 * (not words.isdigit() and not _ARTICLE.match(words))
    if question.kind == "list":
        things = words.count("、") + 1
        return float(question.count == things) + 0.1 * min(things, _MANY)
    if question.kind == "place":
        return float(folded[: place[0]].endswith(_LEADS_TO_A_PLACE))
    if question.kind == "time":
        return float("年" in question.asked_of_time and "年" in words)
    return 0.0
