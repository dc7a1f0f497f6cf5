"""What official documents state of themselves, in made-up ones; a quoted number is not the document's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.corpus.official import official_of, official_title
from qa.corpus.standing import resolve
from qa.numbers import number_key, number_of, numbers_named
from qa.types import Document, Official

NOTICE = """镜 湖 市 人 民 政 府 文 件
镜政发〔2023〕 12 号        签发人:贺兰
镜湖市人民政府关于印发供水管理办法的通知
各县区人民政府,市直各部门,
各有关单位:
《镜湖市供水管理办法》已经市政府同意,现印发给你们,请结合东政发〔2020〕3号一并执行。
附件:1.镜湖市供水管理办法
   2.供水价目表
镜湖市人民政府
二〇二三年十二月五日
"""
RULES = """镜湖市人民政府令
第 7 号
镜湖市供水管理办法
第一条 为了加强供水管理,制定本办法。
第二条 供水单位应当保障水质。
第三条 本办法自2024年1月1日起施行。《镜湖市供水办法》(镜政发〔2010〕5号)、《东岭区用水规定(试行)》同时废止。
"""


def test_head_and_tail_of_a_notice() -> None:
    assert official_of(NOTICE) == Official(
        number="镜政发〔2023〕12号",
        issuer="镜湖市人民政府",
        recipients="各县区人民政府,市直各部门,各有关单位",
        attachments=("镜湖市供水管理办法", "供水价目表"),
    )


def test_an_order_its_day_and_what_it_repeals() -> None:
    assert official_of(RULES) == Official(
        number="镜湖市人民政府令第7号",
        issuer="镜湖市人民政府",
        effective="2024-01-01",
        repeals=("《镜湖市供水办法》(镜政发〔2010〕5号)", "《东岭区用水规定(试行)》"),
    )


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("镜政办发[2023]12号", "镜政办发[2023]12号"),
        ("镜政办发［2023］12号", "镜政办发［2023］12号"),
        ("镜水规(2023)第3号", "镜水规(2023)第3号"),
        ("镜水规【2023】3号", "镜水规【2023】3号"),
        ("(镜政发〔2023〕3号)", "镜政发〔2023〕3号"),
        ("索引号:001 发文字号:镜政发〔2023〕3号 成文日期:2023-01-02", "镜政发〔2023〕3号"),
        ("镜湖市人民政府第12号令", "镜湖市人民政府第12号令"),
        ("镜湖市人民政府令(第12号)", "镜湖市人民政府令(第12号)"),
        ("镜湖市水务局公告\n(第2号)", "镜湖市水务局公告第2号"),
        ("关于落实镜政发〔2023〕3号文件的通知", ""),
        ("根据镜政发〔2023〕3号的要求,今年供水照常。", ""),
        ("第12号", ""),
    ],
)
def test_only_a_number_that_heads_the_document(head: str, number: str) -> None:
    assert official_of(f"{head}\n关于供水的通知\n各单位:\n今年供水照常。\n").number == number


def test_a_number_in_the_body_is_not_the_documents() -> None:
    assert official_of("供水通知\n今年供水照常。\n镜政发〔2023〕3号\n").number == ""


@pytest.mark.parametrize(
    ("sentence", "effective"),
    [
        ("本办法自2024年1月1日起施行。", "2024-01-01"),
        ("本办法自二〇二四年三月十五日起正式实施。", "2024-03-15"),
        ("本办法自公布之日起施行。", "2023-12-05"),
        ("本办法自发布之日起30日后施行。", "2024-01-04"),
        ("本办法自2024年2月30日起施行。", ""),
        ("《东岭区用水规定》自2019年1月1日起施行。", ""),
        ("《旧规定》不再适用。本办法于2024年5月1日起\n施行。", "2024-05-01"),
        ("施行日期另行通知。", ""),
    ],
)
def test_when_it_applies(sentence: str, effective: str) -> None:
    assert official_of(f"供水办法\n{sentence}\n镜湖市水务局\n2023年12月5日\n").effective == effective


@pytest.mark.parametrize(
    ("sentence", "repeals"),
    [
        ("《甲办法》同时废止。", ("《甲办法》",)),
        ("原《甲办法》(镜政发(2010)5号)即行废止。", ("《甲办法》(镜政发(2010)5号)",)),
        (
            "《关于印发〈甲办法〉的通知》和《乙细则》自本办法施行之日起废止。",
            ("《关于印发〈甲办法〉的通知》", "《乙细则》"),
        ),
        ("市政府决定废止《甲办法》(镜政发〔2010〕5号)。", ("《甲办法》(镜政发〔2010〕5号)",)),
        (
            "下列文件予以废止:\n1.《甲办法》;\n2.《乙细则》(镜水发〔2011〕2号)。",
            ("《甲办法》", "《乙细则》(镜水发〔2011〕2号)"),
        ),
        ("《甲办法》第三条同时废止。", ()),
        ("《甲办法》废止的,从其规定。", ()),
        ("《甲办法》继续有效。", ()),
    ],
)
def test_what_it_repeals(sentence: str, repeals: tuple[str, ...]) -> None:
    assert official_of(f"供水办法\n第一条 应当供水。\n{sentence}\n").repeals == repeals


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (NOTICE, "镜湖市人民政府关于印发供水管理办法的通知"),
        (RULES, "镜湖市供水管理办法"),
        (
            "镜政发〔2023〕12号\n镜湖市人民政府办公室关于印发\n供水办法(试行)的通知\n各单位:\n",
            "镜湖市人民政府办公室关于印发供水办法(试行)的通知",
        ),
        ("镜政发〔2023〕12号\n镜湖市供水办法(2023年修订)\n第一条 供水。\n", "镜湖市供水办法(2023年修订)"),
        ("镜水发〔2023〕1号\n镜湖市水务局关于停水的公告\n停水。\n", "镜湖市水务局关于停水的公告"),
        ("镜政发〔2023〕12号\n一、供水\n供水照常。\n", ""),
        ("镜湖市供水管理办法\n第一条 供水。\n", ""),
    ],
)
def test_the_title_stands_below_the_head(text: str, title: str) -> None:
    assert official_title(text) == title


@pytest.mark.parametrize("line", ["馆长林晓舟说:", "具体安排如下:", "附件:", "时间:"])
def test_what_is_no_recipient(line: str) -> None:
    assert official_of(f"镜湖市图书馆通知\n{line}\n图书馆开门。\n").recipients == ""


def test_offices_are_recipients() -> None:
    assert official_of("通知\n各县区人民政府、市直机关:\n照常。\n").recipients == "各县区人民政府、市直机关"


def test_the_issuer_by_signature_and_by_title() -> None:
    assert official_of("通知\n供水照常。\n镜湖市水务局\n2023年12月5日\n").issuer == "镜湖市水务局"
    assert official_of("通知\n供水照常。\n镜湖市 水务局 2023年12月5日\n").issuer == "镜湖市水务局"
    assert official_of("镜湖市教育局关于开学的通知\n按时开学。\n").issuer == "镜湖市教育局"
    assert official_of("镜湖市水务局公告\n第2号\n停水两天。\n").issuer == "镜湖市水务局"
    assert official_of("镜湖市水务局关于停水的公告\n停水两天。\n").issuer == "镜湖市水务局"
    assert official_of("停水公告\n停水两天。\n").issuer == ""
    assert official_of("一封信\n供水照常。\n").issuer == ""


@given(st.text(alphabet="镜政发〔2023〕12号《》()废止同时自年月日起施行附件:各\n 。", max_size=200))
def test_any_text_is_taken(text: str) -> None:
    official = official_of(text)
    assert all(words.startswith("《") for words in official.repeals)
    assert not official.number or official.number in "".join(text.split()) or "令" in text


@pytest.mark.parametrize("open_close", ["〔〕", "[]", "［］", "()", "（）", "【】"])
@pytest.mark.parametrize("number", ["12", "第12", "十二", "０12", " 12 "])
def test_every_way_to_write_a_number_has_one_key(open_close: str, number: str) -> None:
    assert number_key(f"镜政发{open_close[0]}2023{open_close[1]}{number}号") == "镜政发〔2023〕12号"


def test_orders_and_what_is_no_number() -> None:
    assert (
        number_key("镜湖市人民政府令第12号")
        == number_key("镜湖市人民政府第十二号令")
        == "镜湖市人民政府令第12号"
    )
    assert number_key("镜湖市人民政府令(第12号)") == number_key("镜湖市人民政府令 第12号")
    assert number_key("第12号令") == number_key("令第12号")
    assert [number_key(words) for words in ("", "12号", "供水办法", "〔2023〕12号")] == [""] * 4


def test_numbers_that_a_question_names() -> None:
    keys = {"镜政发〔2023〕12号", "政发〔2023〕12号", "镜政发〔2023〕2号", ""}
    assert numbers_named("镜政发[2023]12号和镜政发（2023）第二号有何不同?", keys) == [
        "镜政发〔2023〕12号",
        "镜政发〔2023〕2号",
    ]
    assert numbers_named("镜政发〔2023〕112号", keys) == []


@given(st.integers(1, 9999))
def test_numerals(number: int) -> None:
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
    written = "".join(
        digits[int(digit)] + (units[len(str(number)) - at - 1] if digit != "0" else "")
        for at, digit in enumerate(str(number))
    )
    assert number_of(written.rstrip("零")) == number
    assert number_of(str(number)) == number


def test_other_numerals() -> None:
    assert [number_of(words) for words in ("十二", "二〇二三", "两百", "1234567890", "甲", "")] == [
        12, 2023, 200, None, None, None,
    ]  # fmt: skip


def paper(name: str, date: str, official: Official, title: str = "") -> Document:
    return Document(name, title or name, date, "", "", official=official)


OLD = paper("旧", "2010-05-01", Official(number="镜政发[2010]5号"), "镜湖市供水办法(试行)")
PLAIN = paper("细则", "2011", Official(), "镜湖市用水细则")
NEW = paper(
    "新",
    "2023-12-05",
    Official(
        number="镜政发〔2023〕12号", repeals=("《镜湖市供水办法》(镜政发〔2010〕5号)", "《镜湖市用水细则》")
    ),
    "镜湖市供水办法",
)


def test_one_of_the_same_title_supersedes_and_others_repeal() -> None:
    found = {document.doc_id: document.official for document in resolve([OLD, PLAIN, NEW])}
    assert (found["旧"].status, found["旧"].superseded_by) == ("superseded", "镜政发〔2023〕12号")
    assert (found["细则"].status, found["细则"].superseded_by) == ("repealed", "镜政发〔2023〕12号")
    assert (found["新"].status, found["新"].superseded_by) == ("current", "")


def test_nothing_is_repealed_by_itself_or_by_something_older() -> None:
    younger = paper("更新", "2024-01-01", Official(), "镜湖市用水细则")
    again = paper("新", "2023-12-05", Official(repeals=("《镜湖市供水办法》",)), "镜湖市供水办法")
    assert [document.official.status for document in resolve([younger, NEW, again])] == ["", "current", ""]


def test_another_number_is_another_document() -> None:
    other = paper("另", "2012", Official(number="镜政发〔2012〕9号"), "镜湖市供水办法")
    assert [document.official.status for document in resolve([other, NEW])] == ["current", "current"]


def test_resolving_changes_nothing_else_and_twice_is_once() -> None:
    once = resolve([OLD, PLAIN, NEW])
    assert [document.doc_id for document in once] == ["旧", "细则", "新"]
    assert resolve(once) == once
