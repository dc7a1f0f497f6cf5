"""Values of rows that stand below a header, and the unit that is told above it."""

import pytest

from qa.answerer.rows import header_of, is_unit, values_of
from qa.corpus import document_of
from qa.corpus.readers import read_parts
from qa.passages import split
from qa.types import Hit
from tests.answerer.parts import answer

TABLE = """# 镜湖预算

单位:万元

| 部门 | 2022年 | 2023年 |
|---|---|---|
| 教育局 | 3120.5 | 880.2 |
| 水务局 | 956 | 1430 |

教育局和水务局的预算逐年增加。
"""


def hits() -> list[Hit]:
    ((_, read),) = read_parts(".md", TABLE.encode())
    assert not isinstance(read, str)
    passages = split(document_of("预算.md", read, {}))
    return [
        Hit(one, 1.0, rank, {}, "镜湖预算", "", sentence_scores=(0.5,) * len(one.sentences))
        for rank, one in enumerate(passages, start=1)
    ]


def test_the_header_and_the_values_of_a_row() -> None:
    start = TABLE.index("| 水务局")
    span = (start, TABLE.index("\n", start))
    header = header_of(TABLE, span)
    assert header
    assert TABLE[slice(*header)] == "| 部门 | 2022年 | 2023年 |"
    found = [(one.label, TABLE[slice(*one.span)]) for one in values_of(TABLE, span)]
    assert found == [("部门", "水务局"), ("2022年", "956"), ("2023年", "1430")]
    assert values_of(TABLE, (0, 6)) == []


@pytest.mark.parametrize(
    ("text", "unit"), [("单位:万元", True), ("(计量单位:人)", True), ("单位:元,共3项", False)]
)
def test_a_line_that_only_tells_a_unit(text: str, unit: bool) -> None:
    assert is_unit(text) == unit


@pytest.mark.parametrize(
    ("question", "short"), [("水务局2023年预算是多少万元", "1430"), ("2022年教育局预算多少", "3120.5")]
)
def test_the_value_under_the_year_with_the_unit_of_the_table(question: str, short: str) -> None:
    found = answer(question, *hits())
    assert found.short_answer
    assert found.short_answer.quote == short
    assert [citation.quote for citation in found.citations][1:] == ["单位:万元"]


def test_a_row_of_another_name_holds_no_number_asked_for() -> None:
    assert answer("民政局2023年预算是多少万元", *hits(), refuse_below=0.5).status == "not_found"
