"""Two notices of one matter, two years apart, asked about as people ask: nothing here is from the seeds."""

from collections.abc import Iterator

import pytest

from qa.config import Settings
from qa.corpus import make_document
from qa.service import Service
from qa.types import Document

OLD = """各区人民政府,市直各部门:
经市政府研究同意,现将2023年城市供水价格通知如下。
一、居民生活用水价格为每立方米2.35元。
二、非居民用水价格为每立方米3.80元。
三、本通知自2023年4月1日起施行。
市发展和改革委员会主任周文斌表示,此次调价充分听取了社会各界意见。
联系电话:0571-88881234。
未经本府书面授权,任何网站不得转载本通知。
"""
NEW = """各区人民政府:
为促进节约用水,决定调整城市供水价格。
一、居民生活用水价格为每立方米2.60元。
二、非居民用水价格为每立方米4.10元。
三、重点做好三个方面工作:一是加强管网改造,二是推广智能水表,三是完善阶梯水价。
市发展和改革委员会主任李晓燕介绍,新价格自2025年3月1日起执行。
临江市自来水厂位于柳河区滨江路88号,日供水能力达到30万吨。
"""
DOCUMENTS = (
    Document("2023.txt", "关于公布2023年城市供水价格的通知", "2023-03-01", "", OLD),
    Document("2025.txt", "关于调整城市供水价格的通知", "2025-02-10", "", NEW),
)


@pytest.fixture(scope="module")
def notices() -> Iterator[Service]:
    with Service.over(DOCUMENTS, Settings()) as service:
        yield service


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("现在居民用水价格是多少", "2.60元"),
        ("2023年居民生活用水价格是多少", "2.35元"),
        ("现在发改委主任是谁", "李晓燕"),
        ("自来水厂在哪里", "柳河区滨江路88号"),
        ("重点做好哪三个方面工作", "一是加强管网改造,二是推广智能水表,三是完善阶梯水价。"),
        ("联系电话是多少", "0571-88881234"),
        ("新价格什么时候执行", "2025年3月1日"),
        ("zilaishuichang zai nali", "柳河区滨江路88号"),
    ],
)
def test_short_answers(notices: Service, question: str, short: str) -> None:
    found = notices.ask(question)
    assert found.status == "answered"
    assert found.short_answer is not None
    assert found.short_answer.quote == short


def test_two_holders_of_a_post_are_a_conflict(notices: Service) -> None:
    found = notices.ask("发改委主任是谁")
    assert found.status == "conflict"
    assert ["李晓燕" in found.citations[0].quote, "周文斌" in found.citations[1].quote] == [True, True]


def test_two_years_have_two_prices_with_a_citation_each(notices: Service) -> None:
    found = notices.ask("2023年和2025年非居民用水价格分别是多少")
    assert found.status == "answered"
    assert [("3.80元" in c.quote, "4.10元" in c.quote) for c in found.citations] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize("question", ["市长是谁", "农业用水价格是多少", "火星上有水吗", "怎么炖肉"])
def test_what_the_notices_do_not_say(notices: Service, question: str) -> None:
    assert notices.ask(question).status == "not_found"


def test_a_line_about_copying_is_no_answer(notices: Service) -> None:
    assert all("转载" not in c.quote for c in notices.ask("网站能不能转载这个通知").citations)


def test_a_repealed_price_gives_way_to_the_one_that_holds() -> None:
    old = """镜价发〔2021〕3号
关于调整城市供水价格的通知
各有关单位:
非居民用水价格由每立方米3.20元调整为3.60元。本通知自2021年4月1日起执行。
"""
    new = """镜价发〔2024〕9号
关于调整城市供水价格的通知
各有关单位:
非居民用水价格由每立方米3.60元调整为4.10元。本通知自2024年7月1日起执行,《关于调整城市供水价格的通知》(镜价发〔2021〕3号)同时废止。
"""
    other = new.split("《", maxsplit=1)[0]
    first, second = make_document("a.txt", old, {}), make_document("b.txt", new, {})
    with Service.over([first, second], Settings()) as two:
        found = two.ask("非居民用水多少钱")
        assert (found.status, found.citations[0].doc_id) == ("answered", "b.txt")
        assert two.ask("2021年非居民用水多少钱").citations[0].doc_id == "a.txt"
    with Service.over([first, make_document("b.txt", other, {})], Settings()) as two:
        assert two.ask("非居民用水多少钱").status == "conflict"
