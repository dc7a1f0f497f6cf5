"""The row with the most or least, only where a whole table shows it."""

from collections.abc import Sequence

import pytest

from qa.answerer import ExtractiveAnswerer
from qa.corpus import document_of
from qa.corpus.readers import read_parts
from qa.passages import split
from qa.types import Answer, Hit
from tests.answerer.parts import alignment, alike

TABLE = """# 各县粮食产量

| 县 | 粮食产量(吨) | 开工年份 |
|---|---|---|
| 青石县 | 82,000 | 1956 |
| 白杨县 | 134,500 | 1983 |
| 柳湾县 | 97,600 | 1932 |
"""


def hits(text: str) -> list[Hit]:
    ((_, read),) = read_parts(".md", text.encode())
    assert not isinstance(read, str)
    passages = split(document_of("粮.md", read, {}))
    return [
        Hit(one, 1.0, rank, {}, "各县粮食产量", "", sentence_scores=(0.5,) * len(one.sentences))
        for rank, one in enumerate(passages, start=1)
    ]


def asked(question: str, found: Sequence[Hit], length: int) -> Answer:
    answerer = ExtractiveAnswerer(
        weight=alike, alignment=alignment(), refuse_below=0.0, length=lambda _: length
    )
    return answerer.answer(question, found, ())


@pytest.mark.parametrize(
    ("question", "name"),
    [("粮食产量最多的县是哪个", "白杨县"), ("哪个县粮食产量最少", "青石县"), ("哪个县开工最早", "柳湾县")],
)
def test_the_name_of_the_row(question: str, name: str) -> None:
    found = asked(question, hits(TABLE), len(TABLE))
    assert found.status == "answered"
    assert found.short_answer
    assert found.short_answer.quote == name


@pytest.mark.parametrize(
    ("text", "length"),
    [
        (TABLE, len(TABLE) + 500),
        (TABLE.replace("97,600", "134,500"), len(TABLE)),
        (TABLE.replace("97,600", "不详"), len(TABLE)),
        (TABLE + "\n粮食产量最多的是东岭县。\n", len(TABLE) + 20),
    ],
    ids=["goes on", "two alike", "no number", "said otherwise"],
)
def test_what_does_not_show_it(text: str, length: int) -> None:
    found = asked("粮食产量最多的县是哪个", hits(text), length)
    assert not (found.short_answer and found.short_answer.quote == "白杨县")


def test_another_table_shows_nothing() -> None:
    found = asked("门票价格最高的公园是哪个", hits(TABLE), len(TABLE))
    assert not (found.short_answer and found.short_answer.quote.endswith("县"))


def test_who_wants_to_be_surer_is_told_no_row() -> None:
    strict = ExtractiveAnswerer(
        weight=alike, alignment=alignment(), refuse_below=0.999999, length=lambda _: len(TABLE)
    )
    assert strict.answer("粮食产量最多的县是哪个", hits(TABLE), ()).status == "not_found"
