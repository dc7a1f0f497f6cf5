"""Which day and which name in a made-up text are the document's own, and which are not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus.dates import is_date
from qa.corpus.headings import sections
from qa.corpus.imprint import is_imprint
from qa.corpus.stated import Signature, signature_of, stated

BODY = "东岭水厂供水照常,2019年3月1日以前的规定不变。\n" * 30


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("25/10/2024", "2024-10-25"),
        ("10/25/2024", "2024-10-25"),
        ("Published: 08/10/2024", ""),
        ("Published: 08/10/2024\nThe lake froze on 25/12/2023 in part.", "2024-10-08"),
        ("Published: 08/10/2024\nThe lake froze on 12/25/2023 in part.", "2024-08-10"),
        ("Published: 08/10/2024\nNot on 12/25/2023, nor on 25/12/2023.", ""),
        ("Date (dd/mm/yyyy): 08/10/2024", "2024-10-08"),
        ("Date (mm/dd/yyyy): 08/10/2024", "2024-08-10"),
    ],
)
def test_day_and_month_between_slashes(text: str, date: str) -> None:
    assert stated(text)[0] == date


@pytest.mark.parametrize(
    "line",
    [
        "发布时间 2024-10-08 09:30", "发布时间2024-10-08", "发布时间:\n2024-10-08",
        "【发布日期】2024-10-08", "时间:2024/10/8", "發佈日期：2024年10月8日",
        "發布日期: 113/1/1 發布日期: 2024/10/08", "日期: 2024年10月8日(星期二)", "日　期：2024年10月8日",
        "更新日期:民國113年10月8日", "发布于 2024-10-08",
        "索引号:001 发文字号:镜政发〔2023〕3号 成文日期:2024-10-08", "Date: 8 October 2024",
        "Published: October 8, 2024", "Published 8 October 2024", "Posted on Oct. 8, 2024 by Lin",
        "Updated: 2024-10-08", "Last updated: Tuesday, 8 October 2024",
        "Lake City | Updated 8 October 2024", "2024-10-08 09:30 来源:镜湖日报",
        "2024年10月08日09:30 来源:镜湖日报", "2024年10月8日", "(2024年10月8日)", "2024年10月8日(星期二)",
        "2024-10-08 09:30:00", "(2024年10月8日在镜湖市第七届人民代表大会第四次会议上)",
        "(2024年10月8日镜湖市第七届人民代表大会常务委员会第三次会议通过)",
    ],
)  # fmt: skip
def test_what_heads_a_document(line: str) -> None:
    assert stated(f"镜湖市供水规划\n{line}\n{BODY}")[0] == "2024-10-08"


@pytest.mark.parametrize(
    "tail",
    [
        "镜湖市卫生健康局 2024年10月8日", "镜湖市卫生健康局2024年10月8日",
        "镜湖市卫生健康局\n二〇二四年十月八日",
        "镜湖市人民政府办公室\n2024年10月8日\n(此件公开发布)\n镜湖市人民政府办公室 2024年10月9日印发",
        "镜湖市人民政府办公室  2024年10月8日印发", "鏡湖市政府\n中華民國一一三年十月八日",
        "完\n2024年10月8日(星期二)\n香港時間15時30分", "日期:2024年10月8日", "发布时间:2024-10-08",
        "镜湖市水务局\n2024年10月8日\n附件1\n东岭水价表\n" + BODY + "2020年1月1日", "8 October 2024",
        "镜湖市 教育局 镜湖市财政局\n2024 年 10 月 8 日\n抄送:市委办公室。",
    ],
)  # fmt: skip
def test_what_ends_a_document(tail: str) -> None:
    assert stated(f"关于供水的通知\n各单位:\n{BODY}{tail}\n")[0] == "2024-10-08"


@pytest.mark.parametrize(
    "text",
    [
        "2024年3月8日,新馆开门。",
        "发布时间:2025-13-41",
        "供" * 201 + "发布时间:2025-01-15",
        "本报东岭10月8日电 水很干净。",
        "讲座预告\n时间:2024年10月8日\n地点:镜湖市图书馆",
        "讲座预告\n时间:2024年10月8日 9:00-11:00",
        "讲座预告\n时间:2024年10月8日下午",
        "Lecture\nDate: 8 October 2024\nVenue: Lake Hall",
        "招标公告\n报名时间:2024年10月8日",
        "展览\n时间:2024年10月8日至10日",
        "展览\n时间:2024年10月8日-2024年10月10日",
        "规定\n该文件的发布日期:2024年10月8日,照旧执行",
        "The plan was published on 8 October 2024 by the office",
        "Closing date: 8 October 2024",
        "单位:教育局,日期:2024-10-08,件数:3",
        "日期:2024-10-08,件数:3",
        BODY + "时间:2024年10月8日\n" + BODY,
        BODY + "2024年10月8日\n开馆\n2024年10月9日\n" + BODY,
        BODY + "镜湖市教育局 2024年10月8日\n镜湖市水务局 2024年10月9日\n",
        "供水办法\n本办法自2024年10月8日起施行\n" + BODY,
        "供水办法\n(2024年10月8日起施行)\n" + BODY,
        "供水办法\n2024年10月8日,镜湖市人大常委会会议通过\n" + BODY,
        BODY + "(2024年10月8日镜湖市人民代表大会通过)\n" + BODY,
        "镜湖市水务局\n二〇二四年二月三十日",
    ],
)
def test_days_that_are_not_the_documents(text: str) -> None:
    assert stated(text)[0] == ""


ADOPTED = "(2021年6月18日镜湖市第七届人民代表大会常务委员会第三次会议通过"


@pytest.mark.parametrize(
    ("note", "date"),
    [
        (f"{ADOPTED})", "2021-06-18"),
        (f"{ADOPTED} 2021年6月25日公布 自2021年8月1日起施行)", "2021-06-25"),
        (f"{ADOPTED} 根据2023年3月29日《关于修改〈镜湖市供水条例〉的决定》修正)", "2023-03-29"),
        (f"{ADOPTED}\n根据2022年3月29日《甲(试行)》修正\n根据2023年5月30日《乙》修正)", "2023-05-30"),
        ("2021年6月18日镜湖市人民政府令第12号公布 自2021年8月1日起施行", "2021-06-18"),
        (f"公布日期:2003年6月8日\n{ADOPTED})", "2021-06-18"),
        (f"发布时间:2024-10-08\n{ADOPTED})", "2024-10-08"),
        (f"{ADOPTED}", ""),
        ("(2021年2月30日会议通过)", ""),
        ("(2021年6月18日镜湖湖水清澈)", ""),
    ],
)
def test_the_newest_of_adoption_and_revision(note: str, date: str) -> None:
    assert stated(f"镜湖市供水条例\n{note}\n第一章 总则\n第一条 为了供水,制定本条例。\n")[0] == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("更新时间:2024-12-01 发布时间:2024-10-08\n水务局\n2024年9月30日", "2024-10-08"),
        ("通知\n更新时间:2024-10-08\n" + BODY + "水务局\n2024年9月30日", "2024-10-08"),
        ("通知\n2024年9月1日\n" + BODY + "镜湖市水务局\n2024年10月8日", "2024-10-08"),
        ("通知\n" + BODY + "水务局\n2024年10月8日\n附件\n" + BODY + "发布时间:2020-01-01", "2024-10-08"),
        ("通知\n" + BODY + "更新时间:2024-12-01\n发布时间:2024-10-08", "2024-10-08"),
        ("2024年10月8日\n" + BODY + "2020年1月1日\n" + BODY, "2024-10-08"),
        (BODY + "2024年10月8日\n" + BODY, "2024-10-08"),
    ],
)
def test_what_beats_what(text: str, date: str) -> None:
    assert stated(text)[0] == date


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源:镜湖水务网 发布时间:2025-01-15 浏览次数:3", "镜湖水务网"),
        ("时间: 2025/1/15 来源: 《镜湖日报》 作者:某人", "《镜湖日报》"),
        ("來源：鏡湖日報　日期：2024年10月8日", "鏡湖日報"),
        ("【来源】镜湖日报", "镜湖日报"),
        ("(来源:镜湖日报)", "镜湖日报"),
        ("来源:镜湖日报(数字版) 2024-10-08 09:30", "镜湖日报(数字版)"),
        ("Source: Lake City Daily | Date: 8 October 2024", "Lake City Daily"),
        ("发布单位:镜湖市水务局 成文日期:2024-10-08", "镜湖市水务局"),
        ("发文单位:镜湖市水务局\n来源:镜湖水务网", "镜湖水务网"),
        ("发布机构:镜湖市教育局", "镜湖市教育局"),
        ("来源: 作者:某人", ""),
        ("水的来源很多", ""),
        ("资料来源:镜湖市统计局", ""),
        ("水的来源:东岭水库。", ""),
    ],
)
def test_sources(line: str, source: str) -> None:
    assert stated(f"镜湖市供水规划\n{line}\n{BODY}")[1] == source


def test_who_publishes_other_things_is_no_source() -> None:
    assert stated(f"供水规划\n{BODY}Source: Lake Statistics\n发布单位:镜湖市水务局\n")[1] == ""


def test_signatures() -> None:
    assert signature_of("通知\n照常。\n镜湖市水务局 2024年10月8日") == Signature("镜湖市水务局", "2024-10-08")
    assert signature_of("通知\n照常。\n2024年10月8日") == Signature("", "2024-10-08")
    assert signature_of("通知\n照常。") == Signature("", "")


def test_a_day_in_numerals_is_no_heading() -> None:
    text = f"镜湖市供水通知\n{BODY}镜湖市卫生健康局 二〇二四年十月八日\n二〇二四年十月八日\n"
    assert [section.heading for section in sections(text)] == ["镜湖市供水通知"]
    assert is_imprint("发布时间 2024-10-08")
    assert not is_imprint("2024年10月8日起供水照常")


@given(st.text(alphabet="发布时间日期来源:：(（)）2024年1月8-/ \n。,通过修正市局附件民國May", max_size=200))
def test_any_text_is_taken(text: str) -> None:
    date, source = stated(text)
    assert not date or is_date(date)
    assert source in text


@pytest.mark.parametrize(
    "piece",
    [
        "2", "一", " ", "( ", "2024年", "二〇二四年十月", "局", "市 局", "来源:", "发布时间 ",
        "(2024年1月1日通过", "1/1/2024 ", "8 october ", "附件\n", "2024年1月1日\n", "(2024年1月1日\n",
        "发布时间:\n", "市局 2024年1月1日\n", "来源:" + " a" * 50 + "\n", "市" * 79 + "\n", "(" * 90 + "\n",
        " 时 间" * 20 + "\n",
    ],
)  # fmt: skip
def test_a_hostile_text_takes_no_time(piece: str) -> None:
    text = (piece * 500_000)[:500_000]
    began = time.process_time()
    stated(text)
    assert time.process_time() - began < (5 if "\n" in piece else 1)
