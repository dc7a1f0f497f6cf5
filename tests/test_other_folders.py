"""Documents of other kinds than news, asked about as people ask: an English notice, rules, reports, fees."""

from collections.abc import Iterator

import pytest

from qa.config import Settings
from qa.corpus import make_document
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
