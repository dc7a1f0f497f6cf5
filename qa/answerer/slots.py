"""Where two sentences that are otherwise alike hold different values of what is asked for."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from qa.answerer.evidence import Asked
from qa.answerer.nearness import nearness
from qa.answerer.shortest import thing
from qa.answerer.values import same
from qa.entities import located
from qa.question import in_order
from qa.text import alike_from_start, clauses, squeeze
from qa.types import Span

Slots = tuple[Span, Span]

_SAME_STATEMENT = 0.6
"""Share of two sentences that is alike, in order, from which they state the same thing."""
_COPY = 0.8
"""The same, without their values, from which their values stand side by side in one order."""
_SAME_FRAME = 0.5
"""Share of the shorter of two sentences around one name, from which they state the same of two names."""
_BY_ITSELF = 0.5
"""Share of the question that a clause says if it can be compared without its sentence."""
_AS_NEAR = 0.6
"""How much of what the words around the nearest value say of the question, those around another must say."""
_VALUE = "\0"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_NUMERAL = re.compile(r"[\d,.零〇一二三四五六七八九十百千万亿两]+")
_NAME = re.compile(r"[\u3400-\u9fff·]{1,14}")
_DENIES = re.compile(r"不|未|无|非|禁|没|免")
_LONGEST_VERB = 6
_DISTRICT = re.compile(r"[\u3400-\u9fff]{1,6}(?:[省市县区旗镇乡村]|街道)")
_SCOPES = (
    re.compile(r"(?![全我本各])[\u3400-\u9fff]{1,2}(?:[省市县区旗镇乡村]|街道)"),
    re.compile(r"全[省市县区旗镇乡村]|其中|[城市农郊][区村]|累计|合计|总[共计]"),
    re.compile(r"[上下]半年|全年|[一二三四1-4]季度|\d{1,2}[-至—–~～]\d{1,2}月"),
)
"""Of what a number is told: a district, a whole or a part of it, a part of the year."""


def slots(asked: Asked, a: str, b: str, *, topic: str = "") -> Slots | None:
    """Where ``a`` and ``b``, squeezed, differ in what is asked for, if they are one statement but for that.

    What ``topic``, their titles, says of the question tells no value from another.
    """
    kind = asked.question.kind
    if kind != "time" and _apart(_YEAR, a, b):
        return None
    about = asked.beyond(topic) if topic else asked
    if kind in ("quantity", "time"):
        found = _values(asked, about, a, b)
    elif kind in ("who", "place"):
        found = _things(asked, about, a, b) or _names(a, b)
    else:
        found = _items(a, b) if kind == "list" else _denied(asked, a, b)
    if (
        found
        and kind != "place"
        and _of_other_scope(*(_without(*one) for one in zip((a, b), found, strict=True)))
    ):
        return None
    return found


def _values(asked: Asked, about: Asked, a: str, b: str) -> Slots | None:
    ones, others = _candidates(about, a), _candidates(about, b)
    differing = _things(asked, about, a, b)
    if not (ones and len(ones) == len(others) and _ratio(_masked(a, ones), _masked(b, others), _COPY)):
        return differing
    if differing and differing in zip(ones, others, strict=True):
        return differing
    return _side_by_side(about, (a, ones), (b, others))


def _candidates(asked: Asked, text: str) -> Sequence[Span]:
    """Values of the kind asked for; if there are none, also ordinals and years where they are asked for."""
    question = asked.question
    return question.things(text) or [
        span
        for span in located(question.kind, text)
        if text[span[0]] == "第" or question.of_unit(text[slice(*span)])
    ]


def _side_by_side(asked: Asked, *sides: tuple[str, Sequence[Span]]) -> Slots | None:
    """The first values, each at the same place of its text, that differ and may be what is asked for."""
    (a, ones), (b, others) = sides
    fits = [_fits(asked, a[slice(*one)], a[one[1] :]) for one in ones]
    near = nearness(asked, a, (0, len(a)), ones)
    part = asked.question.asked_of_time
    nearest = max((n for n, fit in zip(near, fits, strict=True) if fit == max(fits)), default=0.0)
    for one, other, fit, here in zip(ones, others, fits, near, strict=True):
        if fit == max(fits) and here >= _AS_NEAR * nearest and not same((a, one), (b, other), part=part):
            return one, other
    return None


def _fits(asked: Asked, words: str, behind: str) -> bool:
    """Whether a value is in the unit, of the thing or has the part of a date asked for."""
    question = asked.question
    if question.kind == "time":
        return question.of_part(words)
    return question.of_unit(words + behind[:1]) or question.counted(behind) > 0


def _things(asked: Asked, about: Asked, a: str, b: str) -> Slots | None:
    """What would be the short answer of each, if the sentences or their clauses are alike."""
    one, other = (thing(about, text, (0, len(text))) for text in (a, b))
    if not (one and other) or same((a, one), (b, other), part=asked.question.asked_of_time):
        return None
    return (one, other) if alike(a, b) or _clauses_alike(asked, (a, one), (b, other)) else None


def _clauses_alike(asked: Asked, *things: tuple[str, Span]) -> bool:
    """Whether the clauses that hold two things are alike and both say by themselves what is asked about."""
    a, b = (text[slice(*_clause(text, place))] for text, place in things)
    return min(asked.coverage(a), asked.coverage(b)) >= _BY_ITSELF and alike(a, b)


def _clause(text: str, place: Span) -> Span:
    within = [part for part in clauses(text, (0, len(text))) if part[0] < place[1] and place[0] < part[1]]
    return within[0][0], within[-1][1]


def alike(a: str, b: str) -> bool:
    """Whether two texts are mostly the same, in order."""
    return _ratio(a, b, _SAME_STATEMENT)


def _ratio(a: str, b: str, least: float) -> bool:
    compared = SequenceMatcher(None, a, b, autojunk=False)
    bounds = (compared.real_quick_ratio, compared.quick_ratio, compared.ratio)  # each dearer and nearer
    return all(bound() >= least for bound in bounds)


def _swapped(a: str, b: str) -> Slots | None:
    """What two sentences do not have in common from their first and from their last character on."""
    start = alike_from_start(a, b)
    end = alike_from_start(a[start:][::-1], b[start:][::-1])
    framed = start + end >= _SAME_FRAME * min(len(a), len(b))
    return ((start, len(a) - end), (start, len(b) - end)) if framed else None


def _names(a: str, b: str) -> Slots | None:
    """One name of each sentence, of which only its place in the sentence tells that it is one."""
    found = _swapped(a, b)
    if not found:
        return None
    names = [text[slice(*span)] for text, span in zip((a, b), found, strict=True)]
    return found if all(_NAME.fullmatch(name) and not _NUMERAL.fullmatch(name) for name in names) else None


def _denied(asked: Asked, a: str, b: str) -> Slots | None:
    """What the one sentence allows and the other does not, in a clause about what is asked."""
    found = _swapped(a, b)
    if not found:
        return None
    one, other = (text[slice(*span)] for text, span in zip((a, b), found, strict=True))
    if max(len(one), len(other)) > _LONGEST_VERB or bool(_DENIES.search(one)) == bool(_DENIES.search(other)):
        return None
    place = found[0] if found[0][0] < found[0][1] else (found[0][0] - 1, found[0][0] + 1)
    return found if asked.coverage(a[slice(*_clause(a, place))]) >= _BY_ITSELF else None


def _items(a: str, b: str) -> Slots | None:
    """Two lists in one place, of which each or the longer has something that the other lacks."""
    found = _swapped(a, b)
    lists = [
        next((span for span in located("list", text) if span[0] <= place[1] and place[0] <= span[1]), None)
        for text, place in zip((a, b), found or (), strict=False)
    ]
    if len(lists) < 2 or not (lists[0] and lists[1]):
        return None
    ones, others = (
        re.split("[、和与及]", text[slice(*span)]) for text, span in ((a, lists[0]), (b, lists[1]))
    )
    lacking = [x for x in ones if not _among(x, others)] + [y for y in others if not _among(y, ones)]
    return (lists[0], lists[1]) if lacking and "等" not in a + b else None


def _among(item: str, items: Sequence[str]) -> bool:
    return any(in_order(item, one) == 1 or in_order(one, item) == 1 for one in items if one)


def other_subjects(a: str, b: str) -> bool:
    """Whether two titles name other years, two districts, or are alike but for the district.

    other_subjects("镜湖区供水年报", "东岭区供水年报")
    """
    one, other = squeeze(a), squeeze(b)
    districts = one != other and all(_DISTRICT.fullmatch(title) for title in (one, other))
    swapped = _swapped(one, other) is not None and _of_other_scope(one, other)
    return districts or swapped or _apart(_YEAR, one, other)


def _masked(text: str, spans: Sequence[Span]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + _VALUE + text[end:]
    return text


def _without(text: str, span: Span) -> str:
    return text[: span[0]] + text[span[1] :]


def _apart(pattern: re.Pattern[str], a: str, b: str) -> bool:
    one, other = set(pattern.findall(a)), set(pattern.findall(b))
    return bool(one and other) and not one & other


def _of_other_scope(a: str, b: str) -> bool:
    return any(_apart(scope, a, b) for scope in _SCOPES)
