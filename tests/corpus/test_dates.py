"""A day is read however it is written, and what is no day is not."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus.dates import date_in


@pytest.mark.parametrize(
    "written",
    [
        "2024-10-08", "2024/10/8", "2024.10.8", "2024年10月8日", "2024 年 10 月 8 日",
        "２０２４年１０月８日", "二〇二四年十月八日", "二○二四年十月八日", "二零二四年十月〇八日",
        "二 〇 二 四 年 十 月 八 日", "2024年10月8号", "中華民國113年10月8日", "民國一一三年十月八日",
        "民國一百一十三年十月八日", "2024-10-08T09:30:00+08:00", "8 October 2024", "October 8, 2024",
        "Oct. 8, 2024", "8th of October 2024", "8 OCT 2024", "Tuesday, 8 October 2024",
    ],
)  # fmt: skip
def test_ways_to_write_a_day(written: str) -> None:
    assert date_in(written) == "2024-10-08"


@pytest.mark.parametrize(
    "written",
    [
        "2024-02-30", "2024年13月1日", "民國113年2月30日", "31 September 2024", "08/10/2024", "32/10/2024",
        "1850年1月1日", "10月8日", "2024年", "1.2024.10.8", "2024.10.8.1", "12024-10-08", "may 2024",
        "第2024-10-081号", "",
    ],
)  # fmt: skip
def test_what_is_no_day(written: str) -> None:
    assert date_in(written) == ""


@given(st.dates(datetime.date(1912, 1, 1), datetime.date(2099, 12, 31)))
def test_a_day_is_read_however_it_is_written(day: datetime.date) -> None:
    digits = "".join("〇一二三四五六七八九"[int(digit)] for digit in f"{day.year}")
    english = f"{day:%B} {day.day}, {day.year}"
    republic = f"民國{day.year - 1911}年{day.month}月{day.day}日"
    chinese = f"{digits}年{day.month}月{day.day}日"
    assert {date_in(one) for one in (str(day), chinese, english, republic)} == {str(day)}
