"""Documents of other kinds than news, asked about as people ask: an English notice, rules, reports, fees."""

from collections.abc import Iterator

import pytest

from qa.config import Settings
from qa.corpus import document_of, make_document
from qa.corpus.readers import read_parts
from qa.service import Service
from qa.types import Answer, Document

NOTICE = """Lake Town Water Notice
From Monday 6 January 2025, the desk at 18 Harbour Street, Lake Town opens 8:30 a.m. to 5:00 p.m. each day.
A water card costs $15.50 per year. The works employ 412 people.
Mr. Daniel Okafor, Director of Water, said the change would save the town about $1.2 million a year.
Interviewer: How many new pipes are planned?
Dr. Ida Moor: We plan 1,150 pipes, of which 20 per cent will be of steel.
"""
RULES = """镜湖市自行车管理条例
第一条 骑自行车应当遵守下列规定:
(一)年满十二周岁;
(二)佩戴安全头盔;
(三)时速不得超过十五公里。
第二条 违反本条例停放的,对个人处五百元以上一千元以下罚款。
第三条 登记应当自受理之日起二十个工作日内完成。
"""
REPORT = """镜湖市工作报告
一、2023年工作回顾
新建公园12处,农村居民人均收入19450元。
二、2022年工作回顾
新建公园9处,农村居民人均收入18200元。
会议决定:林晓舟同志任馆长,免去沈知白同志的馆长职务。
"""
FEE = """晚托服务费每生每月180元,困难学生减免。
"""
NEW_FEE = """经市教育局批准,自2025年9月起,晚托服务费由每生每月180元调整为每生每月150元。
咨询电话:0571-88881234,联系人:贺兰。
"""


@pytest.fixture(scope="module")
def folder() -> Iterator[Service]:
    documents = (
        make_document("notice.txt", NOTICE, {}),
        make_document("rules.txt", RULES, {}),
        make_document("report.txt", REPORT, {}),
        Document("fee.txt", "晚托服务收费公告", "2025-05-20", "", FEE),
        Document("new.txt", "关于调整晚托服务费的通知", "2025-09-01", "", NEW_FEE),
    )
    with Service.over(documents, Settings()) as service:
        yield service


def short(found: Answer) -> str:
    return found.short_answer.quote if found.short_answer else ""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How much does a water card cost?", "$15.50"),
        ("How many people do the works employ?", "412"),
        ("Who is the Director of Water?", "Mr. Daniel Okafor"),
        ("How many new pipes are planned?", "1,150"),
        ("骑自行车要满多少岁", "十二周岁"),
        ("违反规定停放自行车罚多少钱", "五百元以上一千元以下"),
        ("登记要多少天完成", "二十个工作日"),
        ("2023年农村居民人均收入多少", "19450元"),
        ("2022年新建公园多少处", "9处"),
        ("馆长是谁", "林晓舟"),
        ("晚托服务费现在每月多少钱", "150元"),
        ("晚托服务咨询电话", "0571-88881234"),
    ],
)
def test_short_answers(folder: Service, question: str, words: str) -> None:
    found = folder.ask(question)
    assert found.status == "answered"
    assert short(found) == words


def test_a_fee_that_was_changed_is_told_with_both(folder: Service) -> None:
    found = folder.ask("晚托服务费每月多少钱")
    assert found.status == "conflict"
    assert [citation.date for citation in found.citations] == ["2025-09-01", "2025-05-20"]


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote Hamlet?",
        "How much does the swimming pool cost?",
        "酒后骑车罚多少钱",
        "副馆长是谁",
        "月球离地球多远",
    ],
)
def test_what_the_folder_does_not_say(folder: Service, question: str) -> None:
    assert folder.ask(question).status == "not_found"


TREES = """东岭县林业年报

东岭县造林面积持续扩大,森林覆盖率不断提高。

| 乡镇 | 造林面积(亩) | 森林覆盖率 |
|---|---|---|
| 青石镇 | 3200 | 46.2% |
| 白杨镇 | 1850 | -1.5% |
| 柳湾乡 | 960 | 51.3% |

各乡镇造林面积均完成任务。
"""
BENEFIT = """云门高龄津贴发放办法

80至89周岁老人每人每月补贴100元,90至99周岁每人每月200元,100周岁以上每人每月600元。
"""
BRIDGE = """东岭大桥维修公告

东岭大桥于7月5日起封闭施工,至8月20日恢复通行。维修投入资金3 4 . 5万元。
"""
BUDGET = "沙河区财政收入表,,\n单位:万元,,\n项目,2023年,2024年\n增值税,5210,5480\n契税,1320,1105\n"


@pytest.fixture(scope="module")
def tables() -> Iterator[Service]:
    files = {"林.txt": TREES, "贴.txt": BENEFIT, "桥.txt": BRIDGE, "收.csv": BUDGET}
    documents = [
        document_of(name, read, {}, name[-4:])
        for name, text in files.items()
        for _, read in read_parts(name[-4:], text.encode())
        if not isinstance(read, str)
    ]
    with Service.over(documents, Settings()) as service:
        yield service


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("柳湾乡造林面积多少亩", "960"),
        ("青石镇的森林覆盖率是多少", "46.2%"),
        ("白杨镇森林覆盖率是多少", "-1.5%"),
        ("造林面积最大的乡镇是哪个", "青石镇"),
        ("2024年增值税收入多少万元", "5480"),
        ("85岁老人每月补贴多少钱", "100元"),
        ("90岁老人每月补贴多少", "200元"),
        ("103岁老人每月补贴多少", "600元"),
        ("东岭大桥封闭到什么时候", "8月20日"),
        ("东岭大桥从什么时候起封闭", "7月5日"),
        ("东岭大桥维修投入资金多少", "3 4 . 5万元"),
    ],
)
def test_tables_ranges_periods_and_broken_numbers(tables: Service, question: str, words: str) -> None:
    assert short(tables.ask(question)) == words


@pytest.mark.parametrize("question", ["60岁老人每月补贴多少", "河口镇造林面积多少亩", "火星上有几座水厂"])
def test_what_no_row_and_no_range_says(tables: Service, question: str) -> None:
    assert tables.ask(question).status == "not_found"
