"""Tables drawn in plain text."""

import pytest

from qa.corpus import document_of
from qa.corpus.readers import read_parts
from qa.passages import split

BARS = "镜湖造林表\n\n| 乡镇 | 面积(亩) |\n|---|---|\n| 青石镇 | 3200 |\n| 柳湾乡 | 960 |\n\n完成任务。\n"
TABS = "品种\t2022年\t2023年\n鲤鱼\t320\t355\n草鱼\t210\t198\n"


def cells(text: str) -> list[list[str]]:
    ((_, read),) = read_parts(".txt", text.encode())
    assert not isinstance(read, str)
    rows: dict[float, list[str]] = {}
    for one in read.annotations:
        if one.kind == "cell":
            rows.setdefault(one.values[0], []).append(read.text[one.start : one.end])
    return list(rows.values())


def test_rows_between_bars() -> None:
    assert cells(BARS) == [["乡镇", "面积(亩)"], ["青石镇", "3200"], ["柳湾乡", "960"]]


def test_rows_with_tabs_below_a_header() -> None:
    assert cells(TABS) == [["品种", "2022年", "2023年"], ["鲤鱼", "320", "355"], ["草鱼", "210", "198"]]


def test_a_blank_line_parts_tables() -> None:
    ((_, read),) = read_parts(".txt", f"{TABS}\n{TABS}".encode())
    assert not isinstance(read, str)
    tables = [read.text[one.start : one.end] for one in read.annotations if one.kind == "table"]
    assert tables == [TABS.rstrip(), TABS.rstrip()]


@pytest.mark.parametrize(
    "text",
    [
        "首页 | 新闻 | 公告\n镜湖市 | 政务网\n联系我们 | 网站地图\n",
        "甲\t1\n乙\t2\n丙\t3\n",
        "品种\t产量\n鲤鱼\t很多\n草鱼\t不多\n",
        "品种\t产量\n鲤鱼\t3\t4\n草鱼\t5\n",
        "| 甲 | 乙 |\n|---|---|\n",
    ],
    ids=["navigation", "no header", "no figures", "uneven", "no rows"],
)
def test_what_is_no_table(text: str) -> None:
    assert cells(text) == []


def test_rows_are_evidence_and_the_header_is_none() -> None:
    ((_, read),) = read_parts(".txt", BARS.encode())
    assert not isinstance(read, str)
    document = document_of("林.txt", read, {})
    said = [document.text[slice(*span)] for passage in split(document) for span in passage.sentences]
    assert "| 青石镇 | 3200 |" in said
    assert not any("面积" in one for one in said)
