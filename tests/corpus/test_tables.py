"""Tables become lines: which rows are headers, what is a form, what is a caption."""

import datetime

import pytest

from qa.corpus.display import displayed
from qa.corpus.numbering import numeral
from qa.corpus.tables import Cell, grid, write_table
from qa.corpus.writing import Writer, clean


def written(rows: list[list[str]], *, headers: int | None = None) -> str:
    write_table(out := Writer(), grid(rows), headers=headers)
    return out.finish().text


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (
            [["指标", "单位", "值"], ["人口", "万人", "12"]],
            "指标，单位，值\n指标：人口，单位：万人，值：12\n",
        ),
        (
            [["指标", "2022", "2023"], ["人口", "12", "13"]],
            "指标，2022，2023\n指标：人口，2022：12，2023：13\n",
        ),
        (
            [["统计表"], ["单位：万人"], ["甲", "乙", "丙"], ["1", "2", "3"]],
            "统计表\n单位：万人\n甲，乙，丙\n甲：1，乙：2，丙：3\n",
        ),
        (
            [
                ["供水表"],
                ["填报:水务局", "", "", "单位:吨"],
                ["厂", "一月", "二月", "注"],
                ["东岭", "1", "2", "新"],
            ],
            "供水表\n填报:水务局\n单位:吨\n厂，一月，二月，注\n厂：东岭，一月：1，二月：2，注：新\n",
        ),
        (
            [
                ["镜湖市", "", "", "", "2024年"],
                ["厂", "一月", "二月", "三月", "注"],
                ["东岭", "1", "2", "3", "新"],
            ],
            "镜湖市\n2024年\n厂，一月，二月，三月，注\n厂：东岭，一月：1，二月：2，三月：3，注：新\n",
        ),
        (
            [["填报:水务局", "", "附表2"], ["厂", "一月", "二月"], ["东岭", "1", "2"]],
            "填报:水务局\n附表2\n厂，一月，二月\n厂：东岭，一月：1，二月：2\n",
        ),
        (
            [["街道", "户数", "街道", "户数"], ["东湖", "12", "北塔", "30"]],
            "街道，户数，街道，户数\n街道：东湖，户数：12，街道：北塔，户数：30\n",
        ),
        (
            [
                ["索引号", "JH-12", "发布机构", "水务局"],
                ["文 号", "镜水〔2025〕7号", "成文日期", "2025-03-08"],
            ],
            "索引号：JH-12，发布机构：水务局\n文 号：镜水〔2025〕7号，成文日期：2025-03-08\n",
        ),
        ([["项目名称", "东岭水厂"], ["建设单位", "水务局"]], "项目名称：东岭水厂\n建设单位：水务局\n"),
        (
            [["姓名", "林晓舟", "性别", "女"], ["出生", "1980年", "民族", "汉"]],
            "姓名：林晓舟，性别：女\n出生：1980年，民族：汉\n",
        ),
        (
            [["项目", "电话"], ["热线", "12345"], ["值班", "110"]],
            "项目，电话\n项目：热线，电话：12345\n项目：值班，电话：110\n",
        ),
        ([["1", "2", "3"], ["4", "5", "6"]], "1，2，3\n4，5，6\n"),
        ([["甲", "乙", "丙"], ["水很干净。", "", "书多；"]], "甲，乙，丙\n甲：水很干净。丙：书多；\n"),
        (
            [["甲", "乙", "丙"], ["1", "2", "3"], ["注：数据来自统计局", "", ""]],
            "甲，乙，丙\n甲：1，乙：2，丙：3\n注：数据来自统计局\n",
        ),
    ],
)
def test_a_table_is_told_row_by_row(rows: list[list[str]], text: str) -> None:
    assert written(rows) == text


def test_a_cell_over_rows_is_repeated_and_annotated_once() -> None:
    rows = [
        [Cell("区", 0, 0), Cell("年", 0, 1), Cell("数", 0, 2)],
        [Cell("东", 1, 0, rows=2), Cell("2022年", 1, 1), Cell("1", 1, 2)],
        [Cell("2023年", 2, 1), Cell("2", 2, 2)],
    ]
    write_table(out := Writer(), rows)
    read = out.finish()
    assert read.text.splitlines()[1:] == ["区：东，年：2022年，数：1", "区：东，年：2023年，数：2"]
    cells = [(one.values, read.text[one.start : one.end]) for one in read.annotations if one.kind == "cell"]
    assert cells[3:] == [((1, 0), "东"), ((1, 1), "2022年"), ((1, 2), "1"), ((2, 1), "2023年"), ((2, 2), "2")]


DAY = datetime.datetime(2025, 3, 8, 15, 4, 5)


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (12, "General", "12"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (0.125, "0.0%", "12.5%"),
        (0.125, "0%", "13%"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1.01"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (0, "#,##0.##", "0"),
        (0, "#", ""),
        (-5.5, "0.0_ ;[Red]0.0_ ", "-5.5"),
        (-5.5, "0.0_);[Red](0.0)", "(5.5)"),
        (12345, '0\\.0,"万元"', "1.2万元"),
        (12_345_678, '0.00,,"百万"', "12.35百万"),
        (4715551, "000\\-0000", "471-5551"),
        (3, 'General"人"', "3人"),
        (5.5, '[DBNum1][$-804]G/通用格式"元"', "5.5元"),
        (float("inf"), "0.00", "inf"),
        (1e300, "0.0", f"1{'0' * 300}.0"),
        (5, "000", "005"),
        (-5, "0;(0)", "(5)"),
        (1234.5, "¥#,##0.00", "¥1,234.50"),
        (12, '0"万人"', "12万人"),
        (12.5, "0.##", "12.5"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        (1_500_000, "#,##0,", "1,500"),
        (1.5, "# ?/?", "1.5"),
        (True, "General", "TRUE"),
        ("水", "@", "水"),
        (DAY, "yyyy-mm-dd", "2025-03-08"),
        (DAY, 'yyyy"年"m"月"d"日"', "2025年3月8日"),
        (DAY, "[$-804]yyyy年m月d日;@", "2025年3月8日"),
        (DAY, "m/d/yy h:mm", "2025/3/8 15:04"),
        (DAY, "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2025年3月8日"),
        (DAY, "[$-F400]h:mm:ss\\ AM/PM", "15:04:05"),
        (DAY, "hh:mm:ss", "15:04:05"),
        (DAY, "上午/下午h:mm", "下午3:04"),
        (DAY, "aaaa", "星期六"),
        (DAY, "General", "2025-03-08 15:04:05"),
        (DAY.date(), "yyyy/m", "2025/3"),
        (datetime.timedelta(hours=25, minutes=3), "[h]:mm", "25:03:00"),
        (None, "0", ""),
    ],
)
def test_values_are_shown_as_a_sheet_displays_them(value: object, form: str, shown: str) -> None:
    assert displayed(value, form) == shown


@pytest.mark.parametrize(
    ("number", "form", "label"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (121, "chineseCountingThousand", "一百二十一"),
        (2, "ideographTraditional", "乙"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (4, "upperRoman", "IV"),
        (28, "lowerLetter", "bb"),
        (7, "decimal", "7"),
        (7, "decimalZero", "07"),
    ],
)
def test_numbers_are_written_as_in_word(number: int, form: str, label: str) -> None:
    assert numeral(number, form) == label


def test_what_is_not_seen_is_dropped() -> None:
    assert clean("\u200b 水\xa0厂\u202e\x00\r\n \r\n书\ud800\ufeff ") == "水 厂\n书\N{REPLACEMENT CHARACTER}"


def test_headers_with_their_unit_over_others_are_no_captions() -> None:
    rows = [
        [Cell("项目", 0, 0, 2), Cell("金额(单位:万元)", 0, 1, 1, 2)],
        [Cell("收入", 1, 1), Cell("支出", 1, 2)],
        [Cell("供水", 2, 0), Cell("12", 2, 1), Cell("8", 2, 2)],
    ]
    write_table(out := Writer(), rows)
    line = "项目：供水，金额(单位:万元) 收入：12，金额(单位:万元) 支出：8"
    assert out.finish().text.splitlines()[-1] == line
