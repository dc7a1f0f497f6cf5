"""Addresses within a regulation lead to exactly the words they name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.articles import article_key, find_article
from qa.types import Document

TEXT = """镜湖市供水管理办法
目录
第一章 总则
第二章 供水
第三章 附则

第一章 总则
第一条 为了加强供水管理,制定本办法。
第二条 本市范围内的供水活动,适用本办法;违反本办法
第五条规定的,从其规定。
第二章 供水
第三条 供水单位应当:
(一)保障水质;
(二)按时抢修,及时
更换管道;
(三)公开价格。
前款规定的价格由市政府批准。
供水单位不得擅自停水。
第三条之一 老旧管道应当更换:(一)铁管;(二)铅管。
第四条第二款不适用于临时供水。
第4条 用户应当交费。
第三章 附则
第五条 本办法自公布之日起施行。
附件:1.价目表
第五条不在这里。
"""
RULES = Document("办法.txt", "办法", "", "", TEXT)


def named(address: str) -> str | None:
    span = find_article(RULES, address)
    return TEXT[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("第一条", "第一条 为了加强供水管理,制定本办法。"),
        ("第2条", "第二条 本市范围内的供水活动,适用本办法;违反本办法\n第五条规定的,从其规定。"),
        ("第三条第(二)项", "(二)按时抢修,及时\n更换管道;"),
        ("第三条第一款第三项", "(三)公开价格。"),
        ("第三条第二款", "前款规定的价格由市政府批准。"),
        ("第二章第三条第3款", "供水单位不得擅自停水。"),
        ("第三条之一第(一)项", "(一)铁管;"),
        ("第三条之一第二项", "(二)铅管。"),
        ("第四条", "第4条 用户应当交费。"),
        ("第五条", "第五条 本办法自公布之日起施行。"),
        ("第三章", "第三章 附则\n第五条 本办法自公布之日起施行。"),
        ("第一章第三条", None),
        ("第九条", None),
        ("第三条第九款", None),
        ("第三条第(九)项", None),
        ("第二款", None),
        ("供水", None),
    ],
)
def test_an_address_leads_to_its_words(address: str, words: str | None) -> None:
    assert named(address) == words


def test_a_paragraph_holds_its_items() -> None:
    first = named("第三条第一款")
    assert first is not None
    assert first.startswith("第三条 供水单位应当:")
    assert first.endswith("(三)公开价格。")


def test_one_key_for_every_way_to_write_it() -> None:
    ways = [
        "第三章第十二条第(二)项",
        "第3章第12条第2项",
        "第三章 第12条 第（二）项",
        "办法第三章第十二条第二项规定什么?",
    ]
    assert {article_key(way) for way in ways} == {"3章12条2项"}
    assert article_key("第十二条之一第二款") == "12条之1" + "2款"
    assert article_key("供水价格是多少") == ""


@given(st.integers(1, 99), st.integers(1, 9))
def test_a_key_is_its_own_key(article: int, item: int) -> None:
    key = article_key(f"第{article}条第({item})项")
    assert key == f"{article}条{item}项"
    assert article_key(key) == key
