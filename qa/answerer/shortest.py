"""The few words that answer: a name, a number with its unit, a date, a place, a list, or the best clauses."""

import re

from qa.answerer.evidence import Asked
from qa.answerer.labelled import labelled
from qa.answerer.nearness import nearness
from qa.answerer.respective import respective
from qa.answerer.shortening import best_clauses_of
from qa.answerer.tiers import part_in_range
from qa.periods import bound_asked, bound_of, bounds
from qa.question import ORDINAL, Question, in_order
from qa.text import fold, is_chinese, squeeze
from qa.types import Hit, Span
from qa.units import ARTICLE

LONGEST = 60
"""Characters of a short answer."""
_ORDER = re.compile(r"[一二三]是")
"""What numbers a thing and is none."""
_REPLACED = re.compile(r"(?:不是|而非|而不是|\bnot|instead of|rather than)\s*$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FROM = re.compile(r"(?:[由从][^，,。；]{0,12}|\bfrom\s)$")
_CHANGED = re.compile(r"的?[\u3400-\u9fff]{1,6}[为至到]|\s[\w\s]{0,24}\bto\s")
"""What follows a number that is no longer so: 由(3元)调整为每吨4元."""
_LEADS_TO_A_PLACE = ("于", "於", "在", "处", "址为", "址:")
_ITEMS = re.compile(r"一是.*二是.*", re.DOTALL)
_LOST = 14
"""Characters before a number in which the word stands that tells of a loss."""
_LESS = re.compile(r"(?:下降|减少|下跌|下滑|回落|降低|缩减|偏少|偏低|负增长|跌)了?(?:约|近)?$")
_LESS_ASKED = re.compile(r"[降减跌滑落缩低]|(?<!多)少")
_NUMBER = re.compile(r"[\d.,]+.*")
_ASKED_FOR = 4
"""How many times more an ordinal counts where one is asked for."""
_LASTS, _DURATION = 0.5, re.compile(r"\d{1,3}年")
"""By how much a number of years, 10年, is rather how long than when."""
_WORD_OF_UNIT = 0.25
"""What the very unit asked for counts for beside one that means the same: 名 beside 位."""
_MANY = 6
"""Things side by side, from which on a list is no more of a list."""


def shortest(asked: Asked, hit: Hit, span: Span) -> Span:
    """The part of ``span``, in the document of ``hit``, that answers by itself."""
    base, text = hit.passage.start, hit.passage.text
    local = (span[0] - base, span[1] - base)
    items = _ITEMS.search(text, *local) if asked.question.kind == "list" else None
    topic = f"{hit.title}\n{hit.passage.heading}"
    part = part_in_range(asked, text, local)
    told = (part and thing(asked.beyond(topic), text, part)) or None
    told = told or labelled(asked, text, local) or thing(asked.beyond(topic), text, local)
    found = items.span() if items else told
    found = _whole(asked.question, text, found) if found else None
    if found and found[1] - found[0] <= LONGEST:
        return found[0] + base, found[1] + base
    cut = best_clauses_of(asked, text, local, longest=LONGEST)
    return cut[0] + base, cut[1] + base


def _whole(question: Question, text: str, place: Span) -> Span:
    """Of a period the end asked for; a number with the word that tells that it is a loss."""
    start, end = place
    if question.kind == "time":
        first, last = bound_of(bound_asked(question.folded), text[start:end])
        return start + first, start + last
    lost = _LESS.search(text, max(0, start - _LOST), start)
    rate = lost and not _LESS_ASKED.search(question.folded) and _NUMBER.fullmatch(fold(text[start:end]))
    return (lost.start() if lost and rate else start), end


def thing(asked: Asked, text: str, span: Span) -> Span | None:
    """Where in ``text`` the thing asked for stands, if ``text[span]`` holds one of that kind.

    Of several it is the one of the right unit or number of parts, then the nearest to the words asked about.
    """
    question = asked.question
    sentence = text[slice(*span)]
    folded = fold(sentence)
    found = [
        (_match(question, folded, place), (place[0] + span[0], place[1] + span[0]))
        for place in question.things(sentence)
        if not _ORDER.fullmatch(folded[slice(*place)])
    ]
    if not found:
        return None
    places = sorted(place for _, place in found)
    if told := respective(asked, text, span, places):
        return told
    near = dict(zip(places, nearness(asked, text, span, places), strict=True))
    # of equals the first: what a sentence is about, it says first
    return max(found, key=lambda one: (one[0], round(near[one[1]], 3), -one[1][0]))[1]


def _match(question: Question, folded: str, place: Span) -> float:
    """How well one thing is the one asked for, apart from where it stands; only comparable within a kind."""
    words, before = folded[slice(*place)], folded[: place[0]]
    if question.kind == "who":
        post = question.named if is_chinese(question.named) else ""
        return in_order(post, squeeze(before)[-len(post) * 2 - 8 :])
    if question.kind == "quantity":
        return _match_of_quantity(question, folded, place)
    if question.kind == "list":
        things = words.count("、") + 1
        return float(question.count == things) + 0.1 * min(things, _MANY)
    if question.kind == "place":
        return float(before.endswith(_LEADS_TO_A_PLACE))
    bounded = bounds(bound_asked(question.folded), words, before, folded[place[1] :])
    lasts = _LASTS * bool(_DURATION.fullmatch(words) and not before.endswith("前"))
    return bounded + float(question.kind == "time" and question.of_part(words)) - lasts


def _match_of_quantity(question: Question, folded: str, place: Span) -> float:
    """More for the unit and thing asked for and the year asked about, less for what is no longer so."""
    words, before = folded[slice(*place)], folded[: place[0]]
    of_unit = max(question.of_unit(words), question.counted(folded[place[1] :]))
    ordinal = words.startswith("第") * (_ASKED_FOR if ORDINAL.search(question.folded) else 1)
    of_unit += _WORD_OF_UNIT * (bool(question.unit) and question.unit in words)
    likely = of_unit + 0.5 * ordinal + 0.5 * (not words.isdigit() and not ARTICLE.match(words))
    years = _YEAR.findall(before)
    if question.years and years and years[-1] in question.years:
        return likely + 1
    changed = _FROM.search(before) and _CHANGED.match(folded, place[1])
    return likely - bool(changed or _REPLACED.search(before))
