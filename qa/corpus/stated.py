"""The date and the source of a document: which of the days and names in its text are its own.

The date is, in this order: a day with a label in the head, or the note of adoption under the title where
that is newer; the day of the signature; that of printing; a day with a label elsewhere; a day alone on its
line, in the head or the only one. A day in running text is none of them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from qa.corpus.dates import DAY, Order, day_of, days, order_of
from qa.corpus.imprint import OFFICE, WHOLE, Labelled, before_source, is_label, labelled, source_in
from qa.text import fold, lines

_LONGEST, _LONGEST_WHOLE, _LONGEST_NOTE, _LONGEST_HEAD = 200, 80, 2000, 80
"""Characters of a line with a label, of a day alone or a signature, of a note of adoption, of a head's line
that may hold marks."""
_HEAD, _NOTED, _TAIL, _NOTE_LINES, _MOST_PARTS = 10, 30, 12, 12, 5
"""Lines of the head at least, lines among which a note of adoption is, of a part's end that may be its
signature, of a note; parts that may be signed."""
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\ufeff"))
_PROSE = re.compile(r"[,;!?.…]")
_EVENT = re.compile(
    r"上午|下午|晚上|\d\s?[时点]|:\d\d\s*[-~—–至到]|地\s{0,4}[点址]|会场|\b(?:venue|place|location|where)\b"
)
"""What stands behind a 「时间」 that is not the text's."""
_OFFICE_LINE = re.compile(rf"[\u4e00-\u9fff、()\s]{{1,40}}{OFFICE}")
_PART_END = re.compile(r"附\s*[件录表]\s*[\d一二三四五六七八九十]{0,3}\s*:?|抄\s*送\s*:.{0,200}")
_NOTE = re.compile(rf"(?:\(|—{{0,2}})\s*(?:根据|经)?\s*(?:{DAY})(?!\s*起)")
_ADOPTS = re.compile(r"通过|修正|修订|修改|公布|发布|颁布|批准|会议?上")
_PLAIN_NOTE = re.compile(r"[^,;。:]{1,200}(?:通过|修正|修订|公布|发布|颁布|批准|会议?上|施行)")


class Signature(NamedTuple):
    """Who signed a document, as written, and the day as ISO 8601; either may be empty."""

    office: str
    day: str


class _Line(NamedTuple):
    written: str
    folded: str


_NOBODY = Signature("", "")


def stated(text: str) -> tuple[str, str]:
    """Date (ISO 8601) and source as ``text`` states them; empty strings where it does not.

    stated("来源:《日报》 作者:甲 发布时间:2023-12-30") == ("2023-12-30", "《日报》")
    """
    shown, order = _shown(text)
    head = _head(shown)
    days_labelled = [(at, one.kind, day_of(one.day, order)) for at, one in _labelled(shown, head)]
    above = {kind: day for at, kind, day in reversed(days_labelled) if day and at < max(head, _HEAD)}
    anywhere = {kind: day for _, kind, day in reversed(days_labelled) if day}
    rules: tuple[Callable[[], str], ...] = (
        lambda: max(above.get("published", ""), _adopted(shown, head, order)) or above.get("updated", ""),
        lambda: _signature(shown, order).day,
        lambda: _printed(shown, order),
        lambda: anywhere.get("published", "") or anywhere.get("updated", ""),
        lambda: _alone(shown, head, order),
    )
    return next((day for rule in rules if (day := rule())), ""), _source(shown, head)


def signature_of(text: str) -> Signature:
    """Who signed ``text``, at its end or before its attachments, and when."""
    return _signature(*_shown(text))


def _shown(text: str) -> tuple[list[_Line], Order]:
    """The lines that hold something, and how the text writes 08/10/2024."""
    text = text.translate(_UNSEEN)
    folded = fold(text)
    return [_Line(text[start:end], folded[start:end]) for start, end in lines(text)], order_of(folded)


def _head(shown: Sequence[_Line]) -> int:
    """How many lines stand before the first that is prose or addresses somebody."""
    for at, (_, line) in enumerate(shown):
        prose = "。" in line or (len(line) > _LONGEST_HEAD and _PROSE.search(line))
        if prose or (line.endswith(":") and not is_label(line)):
            return at
    return len(shown)


def _labelled(shown: Sequence[_Line], head: int) -> Iterator[tuple[int, Labelled]]:
    """The days with a label, and their lines; 「时间」 in the head or by a source, if not of an event."""
    for at, (_, line) in enumerate(shown):
        if len(line) > _LONGEST:
            continue
        near = [after.folded[:_LONGEST] for after in shown[at + 1 : at + 3]]
        sourced = source_in(line, line, bodies=False) or source_in(line, line, bodies=True)
        whole = f"{line.rstrip(':')}:{near[0]}" if near and is_label(line) else line
        if sourced and at < max(head, _HEAD) and (day := before_source(line)):
            yield at, Labelled("published", day, "")
        for one in labelled(whole):
            if one.kind != "plain":
                yield at, one
            elif (sourced or at < head) and not _EVENT.search(" ".join([one.rest, *near])):
                yield at, one._replace(kind="published")


def _adopted(shown: Sequence[_Line], head: int, order: Order) -> str:
    """The newest day of adoption or revision that a note in the head tells: (2021年6月18日…通过)."""
    found = [""]
    for at in range(min(head + 1, len(shown), _NOTED)):
        if not _NOTE.match(shown[at].folded[:_LONGEST]):
            continue
        note = _note([line.folded for line in shown[at : at + _NOTE_LINES]])
        told = list(days(note, order))
        ends = [start for start, _, _ in told[1:]] + [len(note)]
        for (_, after, day), end in zip(told, ends, strict=False):
            words = note[after:end]
            if _ADOPTS.search(words) and not words.startswith("起"):
                found.append(day)
    return max(found)


def _note(following: Sequence[str]) -> str:
    """The note that begins the first of these lines: to the bracket's end, or that line; or nothing."""
    first = following[0]
    if not first.startswith("("):
        return first if _PLAIN_NOTE.fullmatch(first) else ""
    depth, joined = 0, ""
    for line in following:
        joined += line[:_LONGEST_NOTE]
        depth += line.count("(") - line.count(")")
        if depth <= 0 or len(joined) > _LONGEST_NOTE:
            break
    return joined if depth <= 0 and joined.endswith(")") else ""


def _signature(shown: Sequence[_Line], order: Order) -> Signature:
    """The last signature of the first part that is signed; parts end at attachments, or with the text."""
    ends = [at for at, line in enumerate(shown) if at and _PART_END.fullmatch(line.folded)]
    for end in [*ends[:_MOST_PARTS], len(shown)]:
        first, lonely = max(0, end - _TAIL), []
        for at in range(end - 1, first - 1, -1):
            signed = _signed(shown, at, order)
            if signed.office:
                return signed
            lonely += [signed] if signed.day else []
        if len({signed.day for signed in lonely}) == 1:
            return lonely[0]
    return _NOBODY


def _signed(shown: Sequence[_Line], at: int, order: Order) -> Signature:
    """Office and day on a line, or a day with or without an office above it; not one row of several."""
    if day := _whole(shown[at], "alone", order):
        above = shown[at - 1] if at else _Line("", "")
        is_office = len(above.folded) <= _LONGEST_WHOLE and _OFFICE_LINE.fullmatch(above.folded)
        return Signature(above.written if is_office else "", day)
    below = shown[at + 1].folded[:_LONGEST] if at + 1 < len(shown) else ""
    if (day := _whole(shown[at], "dated", order)) and not _EVENT.search(below):
        return Signature("", day)
    day = _whole(shown[at], "signed", order)
    beside = [*shown[max(0, at - 1) : at], *shown[at + 1 : at + 2]]
    if not day or any(_whole(line, "signed", order) not in {"", day} for line in beside):
        return _NOBODY
    found = WHOLE["signed"].fullmatch(shown[at].folded)
    return Signature(shown[at].written[slice(*found.span("office"))], day) if found else _NOBODY


def _whole(line: _Line, form: str, order: Order) -> str:
    """The day of a line of this form; empty when it is of another."""
    found = WHOLE[form].fullmatch(line.folded) if len(line.folded) <= _LONGEST_WHOLE else None
    return day_of(found["day"], order) if found else ""


def _printed(shown: Sequence[_Line], order: Order) -> str:
    return next((day for line in reversed(shown) if (day := _whole(line, "printed", order))), "")


def _alone(shown: Sequence[_Line], head: int, order: Order) -> str:
    found = [(at, day) for at, line in enumerate(shown) if (day := _whole(line, "alone", order))]
    if found and found[0][0] < head:
        return found[0][1]
    return found[0][1] if len({day for _, day in found}) == 1 else ""


def _source(shown: Sequence[_Line], head: int) -> str:
    """Where it says it is from, or, in the head, who published it; what the head says comes first."""
    above = shown[: max(head, _HEAD)]
    for place, bodies in ((above, False), (above, True), (shown, False)):
        if source := next((told for line in place if (told := source_in(*line, bodies=bodies))), ""):
            return source
    return ""
