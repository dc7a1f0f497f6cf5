"""Offsets survive everything that is done for matching; nothing of a text falls between its parts."""

import itertools
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import text as texts
from qa.types import Span

WRITTEN = st.text(
    st.sampled_from(
        "图书馆水厂九点开门0123abcd .,，、；;:：。！?？!…“”‘’()（）\n\r\t\u3000\u2028\ufeff一二是①"
    )
)
ANY = st.text() | WRITTEN


def held(text: str, spans: list[Span]) -> str:
    """What the spans hold, without white space and byte-order marks."""
    return bare("".join(text[start:end] for start, end in spans))


def bare(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c != "\ufeff")


@given(ANY)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(texts.fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("體育Ａ", "体育a"),
        ("５Ｇ圖書館，開門", "5g图书馆,开门"),
        ("Ｗａｔｅｒ２０２４", "water2024"),
        ("Ⅷ㎞", "Ⅷ㎞".lower()),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert texts.fold(text) == folded


def test_plain_closes_gaps_and_keeps_case() -> None:
    assert texts.plain(" 水 廠\n日供水 Works 20 萬噸 ") == "水厂日供水Works 20万吨"


@pytest.mark.parametrize("parts", [texts.lines, lambda text: texts.sentences(text, (0, len(text)))])
@given(text=ANY)
def test_parts_cover_the_text_in_order(parts: Callable[[str], list[Span]], text: str) -> None:
    spans = parts(text)
    assert held(text, spans) == bare(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


@given(WRITTEN, st.data())
def test_sentences_of_a_span_stay_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for split in (texts.sentences, texts.clauses, texts.paragraphs):
        spans = split(text, (start, end))
        assert held(text, spans) == bare(text[start:end])
        assert all(start <= a < b <= end for a, b in spans)


@given(WRITTEN)
def test_trimming_is_stripping(text: str) -> None:
    start, end = texts.trim(text, (0, len(text)))
    assert text[start:end] == re.sub(r"^[\s\ufeff]+|[\s\ufeff]+$", "", text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("水厂开工。图书馆开门!几点?", ["水厂开工。", "图书馆开门!", "几点?"]),
        ("他说:“水来了。”大家鼓掌。", ["他说:“水来了。”", "大家鼓掌。"]),
        ("损耗7.5%。No. It rose to 3.2 m. Good", ["损耗7.5%。", "No.", "It rose to 3.2 m.", "Good"]),
        (
            "Mr. A. B. Lake paid No. 7 at 8 a.m. to the U.S. firm. Then “no.” It",
            ["Mr. A. B. Lake paid No. 7 at 8 a.m. to the U.S. firm.", "Then “no.”", "It"],
        ),
        ("2. Roads\nNine km. 3. Paths", ["2. Roads", "Nine km.", "3.", "Paths"]),
        ("甲；乙;丙", ["甲；", "乙;", "丙"]),
        ("全市新建管道,\n长86公里。\n标题\n正文", ["全市新建管道,\n长86公里。", "标题", "正文"]),
        ("要做好供水,\n一是修管道。", ["要做好供水,", "一是修管道。"]),
        ("真的吗?!……是。", ["真的吗?!……", "是。"]),
        ("", []),
    ],
)
def test_sentences(text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end in texts.sentences(text, (0, len(text)))] == wanted


@pytest.mark.parametrize("mark", ["", "，", " "])
def test_a_run_without_ends_is_cut(mark: str) -> None:
    text = f"镜湖水厂日夜供水{mark}" * 200
    spans = texts.sentences(text, (0, len(text)))
    assert held(text, spans) == bare(text)
    assert max(end - start for start, end in spans) <= texts.LONGEST_SENTENCE
    if mark == "，":
        assert all(text[end - 1] == mark for _, end in spans)


def test_a_time_of_day_is_one_clause() -> None:
    text = "每天10:30截止,电话:0571"
    assert [text[start:end] for start, end in texts.clauses(text, (0, len(text)))] == [
        "每天10:30截止,",
        "电话:",
        "0571",
    ]


def test_clauses_keep_their_mark_and_numbers_whole() -> None:
    text = "共投入1,200万元,修了三条路;“好。”大家说:行"
    found = [text[start:end] for start, end in texts.clauses(text, (0, len(text)))]
    assert found == ["共投入1,200万元,", "修了三条路;", "“好。”", "大家说:", "行"]


def test_a_comma_before_a_year_ends_a_clause() -> None:
    text = "据市统计局,2023年供水1,200万吨,320人参加,5,2024年"
    found = [text[start:end] for start, end in texts.clauses(text, (0, len(text)))]
    assert found == ["据市统计局,", "2023年供水1,200万吨,", "320人参加,", "5,", "2024年"]


@pytest.mark.parametrize(
    ("line", "furniture"),
    [
        ("首页 新闻 服务 公开 互动", True),
        ("镜湖 图书 活动 预约 关于", True),
        ("版权所有 镜湖市图书馆", True),
        ("责任编辑:某人", True),
        ("未经本馆书面许可,任何人不得复制。", True),
        ("转载请注明出处", True),
        ("未经批准的工程要停工。", False),
        ("图书馆每天九点开门。", False),
        ("水厂 图书馆", False),
        ("违法和不良信息举报电话:12345", True),
        ("举报", True),
        ("网站许可证编号:镜网1号", True),
        ("监督举报电话是96390。", False),
        ("(三)取水许可证;", False),
        ("取水许可证", False),
        ("本报记者从市水务局获悉,新水厂下月通水。", False),
    ],
)
def test_furniture(line: str, furniture: bool) -> None:
    assert texts.is_furniture(line) is furniture


@pytest.mark.parametrize(
    ("line", "goes_on"),
    [("全市新建管道,长", True), ("新建管道,完工。", False), ("供水年报", False), ("他说,“好。”", False)],
)
def test_unfinished(line: str, goes_on: bool) -> None:
    assert texts.unfinished(line) is goes_on


@pytest.mark.parametrize(
    ("short", "text", "written"),
    [
        ("体改委", "镜湖市体制改革委员会主任", True),
        ("体改委", "体育。改造。委托", False),
        ("体改委", "委员会改体制", False),
        ("水厂", "供水总厂", False),  # two characters stand apart anywhere
        ("38度", "3亿8千万度", False),
        ("", "水厂", False),
    ],
)
def test_a_name_written_out(short: str, text: str, written: bool) -> None:
    assert texts.written_out(short, text) is written


@pytest.mark.parametrize(
    ("a", "b", "alike"), [("水厂", "水库", 1), ("水", "水厂", 1), ("", "水", 0), ("厂", "水", 0)]
)
def test_alike_from_the_start(a: str, b: str, alike: int) -> None:
    assert texts.alike_from_start(a, b) == alike


@pytest.mark.parametrize(
    ("text", "chinese"),
    [("图书馆", True), ("WiFi 图书馆", True), ("library", False), ("", False), ("2024", False)],
)
def test_is_chinese(text: str, chinese: bool) -> None:
    assert texts.is_chinese(text) is chinese


def test_squeeze_leaves_only_what_is_seen() -> None:
    assert texts.squeeze(" 圖\u200b書\n館 Ａ ") == "图书馆a"


def test_shared_runs() -> None:
    assert texts.shared("东岭水厂日供水能力", "东岭水厂日供水能力") == 1
    assert texts.shared("abcdefg", "abcdefX") == 1 / 2  # abcdef of abcdef, bcdefg
    assert texts.shared("abcdefg", "zzabcdefgzz") == 1
    assert texts.shared("短", "短") == 0


@given(WRITTEN, WRITTEN)
def test_sharing_is_mutual(a: str, b: str) -> None:
    assert texts.shared(a, b) == texts.shared(b, a)
    assert 0 <= texts.shared(a, b) <= 1


def test_runs_are_counted_once_and_without_blanks() -> None:
    assert texts.runs("甲 乙丙\n乙丙", size=2) == {"甲乙", "乙丙", "丙乙"}


def test_a_row_of_a_table_is_a_paragraph_by_itself() -> None:
    rows = ["东岭水厂,一期", "供水\t修管道,换水表\t37", "单位\t甲\t乙\t丙\t丁", "全市供水,"]
    text = "\n".join(rows)
    assert [text[slice(*span)] for span in texts.paragraphs(text, (0, len(text)))] == rows
    assert not texts.is_furniture(rows[2])
