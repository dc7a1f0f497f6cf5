"""Sections touch each other and cover the text; each knows its headings and who speaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus import headings
from qa.corpus.headings import TRAIL, sections
from qa.types import Annotation
from tests.lake_city import FILES, INTERVIEW, OLD_NEWS, REPORT

LINES = st.sampled_from(
    [
        "镜湖市水务集团工作报告",
        "——访镜湖市图书馆馆长林晓舟",
        "一、供水能力",
        "(一)东岭水厂。全年供水。",
        "1.热线运行",
        "第三章 读者服务",
        "第五条 读者应当爱护图书。",
        "来源:镜湖水务网 发布时间:2025-01-15",
        "首页 新闻 服务 公开 互动",
        "全市新建管道,",
        "长86公里。",
        "",
        "  ",
        "\ufeff书香伴着湖光来",
    ]
)


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_sections_touch_and_cover(lines: list[str], line_end: str) -> None:
    text = line_end.join(lines)
    found = sections(text)
    assert "".join(text[part.start : part.end] for part in found) == text
    assert [part.start for part in found] == [0, *(part.end for part in found[:-1])]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("一、供水能力稳步提升", (4, "一、供水能力稳步提升")),
        ("(二)抓服务。全年办结三百件。", (5, "(二)抓服务")),
        ("（十二）抓服务", (5, "（十二）抓服务")),
        ("3.热线运行", (6, "3.热线运行")),
        ("3.5万吨", None),
        ("第二编 总则", (1, "第二编 总则")),
        ("第十章 读者", (2, "第十章 读者")),
        ("第2节 借阅", (3, "第2节 借阅")),
        ("第五条之一 读者应当爱护图书,", (7, "第五条之一 读者应当爱护图书")),
        ("图书馆九点开门。", None),
        ("一是修管道", None),
    ],
)
def test_outline(line: str, found: tuple[int, str] | None) -> None:
    assert headings.outline(line) == found


def test_a_long_line_without_an_end_is_not_a_heading() -> None:
    assert headings.outline("一、" + "水" * 70) == (4, "一、")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("镜湖市图书馆年报", True),
        ("图书馆每天九点开门。", False),
        ("年报", False),
        ("2025年3月8日星期六", False),
        ("首页 新闻 服务 公开 互动", False),
        ("镜" * 80, False),
    ],
)
def test_title(line: str, title: bool) -> None:
    assert headings.is_title(line) is title


def test_the_trail_holds_every_heading_above() -> None:
    trails = [part.heading for part in sections(REPORT)]
    title, supply, service = (
        "镜湖市水务集团2024年工作报告",
        "一、供水能力稳步提升",
        "二、服务更加便民",
    )
    assert trails == [
        title,
        TRAIL.join([title, supply]),
        TRAIL.join([title, service]),
        TRAIL.join([title, service, "(一)热线的运行"]),
    ]
    assert REPORT[sections(REPORT)[1].start :].startswith(supply)


def test_who_speaks_and_as_what() -> None:
    assert [(part.speaker, part.office) for part in sections(INTERVIEW)] == [("林晓舟", "镜湖市图书馆馆长")]
    assert [(part.speaker, part.office) for part in sections(OLD_NEWS)] == [("沈知白", "镜湖市图书馆馆长")]
    assert (sections(REPORT)[-1].speaker, sections(REPORT)[-1].office) == ("周启明", "水务集团总经理")


def test_two_speakers_are_nobody() -> None:
    body = "“水很干净。”水务集团总经理周启明说。东岭水厂厂长贺兰说,还要更好。"
    assert headings.spoken_by("供水", body) == ("", "")
    assert headings.spoken_by("——访东岭水厂厂长贺兰", body) == ("贺兰", "东岭水厂厂长")


def test_titles_on_consecutive_lines_open_one_section() -> None:
    assert sections(INTERVIEW)[0].heading == "书香伴着湖光来 ——访镜湖市图书馆馆长林晓舟"


def test_each_interview_is_a_section() -> None:
    one, other = (
        "让水更清更甜\n——访东岭水厂厂长贺兰\n水很干净。\n",
        "让书更近更多\n——访图书馆馆长林晓舟\n书很多。\n",
    )
    found = sections(one + other)
    assert [(part.start, part.speaker) for part in found] == [(0, "贺兰"), (len(one), "林晓舟")]


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_every_document_has_a_heading(text: str) -> None:
    assert all(part.heading for part in sections(text))


def test_a_text_without_headings_is_one_section() -> None:
    text = "水很干净,大家都放心。"
    (part,) = sections(text)
    assert (part.heading, part.start, part.end) == ("", 0, len(text))


def test_items_of_a_list_are_no_headings() -> None:
    text = "第一条 骑车应当遵守下列规定:\n(一)年满十六周岁;\n(二)佩戴头盔。\n第二条 自公布之日起施行。"
    assert [part.heading for part in sections(text)] == [
        "第一条 骑车应当遵守下列规定",
        "第二条 自公布之日起施行",
    ]


def test_lines_of_a_title_are_no_headings_below_it() -> None:
    text = "镜湖市水务局\n关于做好夏季供水工作的通知\n镜水发〔2025〕7号\n各水厂要巡查。\n一、水质\n检测。\n"
    title = Annotation("heading", 0, text.index("\n镜水发"), (1,))
    assert [part.heading for part in sections(text, [title])] == [
        "镜湖市水务局 关于做好夏季供水工作的通知",
        "镜湖市水务局 关于做好夏季供水工作的通知 › 一、水质",
    ]
