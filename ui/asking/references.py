"""Where an exported conversation says its words are from. Pure functions to plain text."""

from collections.abc import Sequence

from qa import Citation
from ui.asking.render import Exchange
from ui.texts import Language, text


def asked_of(one: Exchange) -> bool:
    """Whether the question was searched in other words than those typed."""
    return one.answer is not None and one.answer.query not in ("", one.question.strip())


def place_of(one: Citation, language: Language) -> str:
    """Title, date, heading, and the characters of the document."""
    parts = (one.title, one.date or text("undated", language), one.heading)
    place = text("characters", language, start=one.start, end=one.end)
    return " · ".join([*filter(None, parts), f"{one.doc_id} {place}"])


def references(history: Sequence[Exchange], language: Language) -> list[str]:
    """Each document that is cited, in the order of the first time, with the citations that are of it."""
    found: dict[str, tuple[Citation, dict[int, list[int]]]] = {}
    for number, one in enumerate(history, 1):
        for citation in one.answer.citations if one.answer else ():
            _, turns = found.setdefault(citation.doc_id, (citation, {}))
            turns.setdefault(number, []).append(citation.number)
    return [
        " · ".join([one.title, one.date or text("undated", language), one.doc_id, cited_in(turns, language)])
        for one, turns in found.values()
    ]


def cited_in(turns: dict[int, list[int]], language: Language) -> str:
    """Which citations of which questions: 问题 1 [1][2]; 问题 3 [1]."""
    marks = {turn: "".join(f"[{number}]" for number in numbers) for turn, numbers in turns.items()}
    return "; ".join(text("cited.in", language, turn=turn, marks=of) for turn, of in marks.items())
