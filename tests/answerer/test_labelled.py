"""Rows of tables: the value whose label was asked for."""

import pytest

from qa.answerer.evidence import understand
from qa.answerer.labelled import labelled

ROW = (
    "街道：东湖街道，常住人口(万人) 2022年：12.1，常住人口(万人) 2023年：12.5，"
    "增长率：3.2%，登记日期：2024年1月1日"
)
DESK = "部门：水务局，负责人：周启明，联系电话：0471-5551234，地址：临波路18号"


@pytest.mark.parametrize(
    ("question", "row", "value"),
    [
        ("东湖街道2023年常住人口是多少", ROW, "12.5"),
        ("东湖街道2022年常住人口是多少", ROW, "12.1"),
        ("东湖街道人口的增长率", ROW, "3.2%"),
        ("东湖街道什么时候登记的", ROW, "2024年1月1日"),
        ("水务局的联系电话", DESK, "0471-5551234"),
        ("水务局负责人是谁", DESK, "周启明"),
        ("水务局的事谁负责", DESK, "周启明"),
        ("水务局的地址在哪", DESK, "临波路18号"),
        ("图书馆几点开门", DESK, None),
        ("水务局的事谁负责", "部门：水务局，联系电话：0471-5551234", None),
        ("水务局局长怎么说", "他说：今年水质很好，明年更好。", None),
        ("会议什么时候开", "时间：五月二日", None),
    ],
)
def test_the_value_asked_for(question: str, row: str, value: str | None) -> None:
    text = f"前文。{row}"
    found = labelled(understand(question, lambda token: float(len(token) > 1)), text, (3, len(text)))
    assert (found and text[slice(*found)]) == value
