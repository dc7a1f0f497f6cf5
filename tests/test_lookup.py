"""What a question names, a number, a title or an article, is where its answer stands; no seeds here."""

from collections.abc import Iterator

import pytest

from qa.addresses import Addresses
from qa.config import Settings
from qa.service import Service
from qa.titles import AS_WRITTEN, best_named, core_title, is_law
from qa.types import Answer, Document, Entry, Filter, Official, Turn

ARTICLES = "".join(
    f"第{numeral}条 {words}\n"
    for numeral, words in {
        "八": "供水单位应当建立水质检测制度,检测结果每月公布一次。",
        "九": "任何单位和个人不得擅自改动供水管道。",
        "十": "供水单位停水检修的,应当提前二十四小时通知用户。",
        "十一": "用户应当按时缴纳水费,逾期的依照本办法\n第十二条办理。",
    }.items()
)
WATER = f"""镜湖市供水管理办法
第一章 总则
第一条 为了加强供水管理,保障用水安全,制定本办法。
第二条 本市范围内的供水活动适用本办法。
第二章 供水单位
{ARTICLES}第三章 用水
第十二条 用户有下列行为之一的,供水单位可以暂停供水:
(一)擅自转供自来水;
(二)拒不缴纳水费超过三个月;
(三)损坏计量水表。
暂停供水应当提前书面告知。
第十二条之一 临时用水应当单独装表,费用由用户承担。
第十三条 违反本办法第十二条规定的,由市水务局处以五千元罚款。
第四章 附则
第一百二十条 本办法自2023年6月1日起施行。
"""
HEATING = """云湖市供热管理办法
第一条 为了规范供热,制定本办法。
第十二条 供热温度不得低于十八摄氏度,有下列情形的除外:1.用户自行停热的;2.管道抢修的。
第十三条 供热期为每年十月十五日至次年四月十五日。
"""
PRICES = """各区人民政府:
为促进节约用水,经研究,决定调整城市供水价格。
一、居民生活用水价格为每立方米2.60元。
二、非居民用水价格为每立方米4.10元。
三、本通知自2023年4月1日起施行。
"""
NEWS = """市水务局局长在发布会上说,根据镜政发〔2023〕12号文件和供水管理办法第十二条、第四十条,
水价调整后居民用水每立方米3.90元。
第12届城市供水博览会将于九月在东湖会展中心举行。会上还将讲解镜政办发〔2022〕7号文件,它取消了水表押金。
镜湖市第一条地铁线路将于2026年开通。
"""
ENGLISH = """Article 11 Users shall report leaks.
Article 12 Each household may borrow ten books at a time.
Article 13 Fines are one yuan a day.
"""
DOCUMENTS = (
    Document(
        "water.txt",
        "镜湖市供水管理办法",
        "2023-05-01",
        "",
        WATER,
        official=Official("镜湖市人民政府令第12号", issuer="镜湖市人民政府"),
    ),
    Document("heat.txt", "云湖市供热管理办法", "2021-05-01", "", HEATING),
    Document(
        "price.txt",
        "关于调整城市供水价格的通知",
        "2023-03-01",
        "",
        PRICES,
        official=Official("镜政发〔2023〕12号"),
    ),
    Document("news.txt", "水价调整发布会", "2023-04-01", "", NEWS),
    Document("library.txt", "Rules of the city library", "2020", "", ENGLISH),
)
TWELVE = WATER[WATER.index("第十二条 用户") : WATER.index("\n第十二条之一")]


@pytest.fixture(scope="module")
def rules() -> Iterator[Service]:
    with Service.over(DOCUMENTS, Settings()) as service:
        yield service


def quotes(answer: Answer) -> list[tuple[str, str]]:
    return [(citation.doc_id, citation.quote) for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "doc_id", "quote"),
    [
        ("《镜湖市供水管理办法》第十二条第(二)项是什么", "water.txt", "(二)拒不缴纳水费超过三个月;"),
        ("《镜湖市供水管理办法》第十二条(二)规定了什么?", "water.txt", "(二)拒不缴纳水费超过三个月;"),
        ("供水办法第12条怎么规定", "water.txt", TWELVE),
        ("供水办法12条2项", "water.txt", "(二)拒不缴纳水费超过三个月;"),
        ("請問供水管理辦法第１２條第二款的內容", "water.txt", "暂停供水应当提前书面告知。"),
        ("供水办法第三章第十二条第三项", "water.txt", "(三)损坏计量水表。"),
        ("供水办法第十二条之一是什么", "water.txt", "第十二条之一 临时用水应当单独装表,费用由用户承担。"),
        ("供水管理办法第一百二十条", "water.txt", "第一百二十条 本办法自2023年6月1日起施行。"),
        ("《关于调整城市供水价格的通知》第二条", "price.txt", "二、非居民用水价格为每立方米4.10元。"),
        ("供热办法第十二条第二项", "heat.txt", "2.管道抢修的。"),
        ("第一百二十条是什么", "water.txt", "第一百二十条 本办法自2023年6月1日起施行。"),
        ("镜湖市人民政府令第12号第九条", "water.txt", "第九条 任何单位和个人不得擅自改动供水管道。"),
        ("《供热管理办法》第十三条讲了什么", "heat.txt", "第十三条 供热期为每年十月十五日至次年四月十五日。"),
        (
            "What does Article 12 of the library rules say?",
            "library.txt",
            "Article 12 Each household may borrow ten books at a time.",
        ),
    ],
)
def test_an_article_is_quoted_to_the_character(
    rules: Service, question: str, doc_id: str, quote: str
) -> None:
    answer = rules.ask(question)
    assert (answer.status, quotes(answer)) == ("answered", [(doc_id, quote)])
    assert answer.short_answer is not None
    assert answer.short_answer.quote == quote
    first = rules.search(question).hits[0]
    assert (first.passage.doc_id, first.scores["address"]) == (doc_id, 1.0)
    assert first.passage.text in quote or quote.splitlines()[0] in first.passage.text


def test_each_article_of_that_number_is_shown_where_the_question_does_not_say_whose(rules: Service) -> None:
    answer = rules.ask("第十三条怎么规定")
    assert answer.status == "answered"
    assert {citation.doc_id for citation in answer.citations} == {"water.txt", "heat.txt", "library.txt"}
    assert answer.short_answer is None


def test_several_articles_are_quoted_in_the_order_of_the_question(rules: Service) -> None:
    answer = rules.ask("供热办法第十三条和第一条分别是什么")
    assert [quote[:4] for _, quote in quotes(answer)] == ["第十三条", "第一条 "]


def test_a_range_names_each_article_between(rules: Service) -> None:
    answer = rules.ask("供水办法第八条至第十条怎么规定")
    assert answer.status == "answered"
    assert [quote[:3] for _, quote in quotes(answer)] == ["第八条", "第九条", "第十条"]


def test_two_documents_named_by_number(rules: Service) -> None:
    answer = rules.ask("镜政发〔2023〕12号和第12号令分别讲了什么")
    assert {citation.doc_id for citation in answer.citations} == {"price.txt", "water.txt"}


@pytest.mark.parametrize(
    "question",
    [
        "《镜湖市供水管理办法》第四十条是什么",
        "《镜湖市供水管理办法》第十二条第九项是什么",
        "《镜湖市供水管理办法》第一章第十二条",
        "供热办法第二条怎么规定",
        "《镜湖市燃气管理办法》第十二条是什么",
        "燃气条例第十二条",
        "镜政发〔2023〕99号讲了什么",
        "云政发〔2023〕12号讲了什么",
        "第九百条是什么",
        "政发〔2023〕12号讲了什么",
        "新镜政发〔2023〕12号讲了什么",
    ],
)
def test_what_is_not_there_is_not_found(rules: Service, question: str) -> None:
    answer = rules.ask(question)
    assert (answer.status, answer.citations) == ("not_found", ())
    assert answer.nearest


def test_a_named_document_stands_first_though_it_has_no_such_article(rules: Service) -> None:
    assert rules.ask("云湖市供热管理办法第九条是什么").nearest[0].passage.doc_id == "heat.txt"


def test_more_than_the_article_is_asked(rules: Service) -> None:
    answer = rules.ask("供热办法第十二条规定的供热温度不得低于多少摄氏度")
    assert quotes(answer)[0][0] == "heat.txt"
    assert "十八摄氏度" in quotes(answer)[0][1]
    for question in ("违反供水办法第十二条的,罚款多少元", "供水办法第十二条的罚款是多少元"):
        assert "五千元" in rules.ask(question).text


@pytest.mark.parametrize(
    "number",
    [
        "镜政发〔2023〕12号",
        "镜政发[2023]12号",
        "镜政发（2023）第12号文件",
        "镜政发【2023】十二号",
        "镜政发2023年12号",
        "请问镜政发2023 12号",
    ],
)
def test_a_document_is_found_by_its_number(rules: Service, number: str) -> None:
    hits = rules.search(f"{number}讲了什么").hits
    assert hits[0].passage.doc_id == "price.txt"
    assert hits[0].scores["address"] == 1.0
    answer = rules.ask(f"{number}讲了什么")
    ((doc_id, quote),) = quotes(answer)
    assert doc_id == "price.txt"
    assert quote.startswith("为促进节约用水,经研究,决定调整城市供水价格。")
    assert "2.60元" in rules.ask(f"{number}规定的居民用水价格是多少").text


def test_an_order_is_found_by_its_number(rules: Service) -> None:
    for question in ("第12号令讲了什么", "镜湖市政府令第12号是什么", "镜湖市人民政府第十二号令"):
        answer = rules.ask(question)
        assert answer.citations[0].doc_id == "water.txt"
        assert answer.citations[0].quote == "镜湖市供水管理办法"


def test_a_number_that_only_another_document_tells_of(rules: Service) -> None:
    answer = rules.ask("镜政办发〔2022〕7号取消了什么")
    assert answer.status == "not_found" or "押金" in answer.text
    assert "address" not in rules.search("水表押金取消了吗").hits[0].scores


@pytest.mark.parametrize(
    ("question", "words"),
    [("第12届城市供水博览会在哪里举行", "东湖会展中心"), ("镜湖市第一条地铁线路什么时候开通", "2026年")],
)
def test_what_only_looks_like_an_address(rules: Service, question: str, words: str) -> None:
    assert words in rules.ask(question).text
    assert "address" not in rules.search(question).hits[0].scores


def test_a_title_prefers_its_document(rules: Service) -> None:
    assert rules.search("《云湖市供热管理办法》什么时候制定").hits[0].passage.doc_id == "heat.txt"


def test_titles_as_they_are_named() -> None:
    titles = [
        "湖市供水管理办法",
        "湖市供水管理办法实施细则",
        "关于解读湖市供水管理办法的文章",
        "湖市供热管理办法",
    ]
    assert best_named("供水管理办法", titles) == ["湖市供水管理办法"]
    assert best_named("供水办法", titles) == ["湖市供水管理办法"]
    assert best_named("供水办法实施细则", titles) == ["湖市供水管理办法实施细则"]
    assert best_named("供水办法", titles, most=AS_WRITTEN) == []
    assert best_named("供热规定", titles) == ["湖市供热管理办法"]
    assert best_named("用水办法", titles) == []
    assert core_title("关于印发《湖市供水办法(试行)》的通知") == "湖市供水办法"


@pytest.mark.parametrize(
    "title",
    ["供水法", "《中华人民共和国供水法》", "供水法(2021年修正)", "水法典", "供水法 第十二条", "立水法法"],
)
def test_a_law_by_its_title(title: str) -> None:
    assert is_law(title)


@pytest.mark.parametrize(
    "title",
    [
        "供水办法",
        "供水法实施条例",
        "学习宣传《供水法》",
        "节水的好方法",
        "城管执法",
        "枫湖工作法",
        "供水法释义",
        "",
    ],
)
def test_no_law_by_its_title(title: str) -> None:
    assert not is_law(title)


def test_a_name_that_repeats_a_character_takes_no_time() -> None:
    assert best_named("水" * 70, ["水" * 60 + "厂", "厂" * 200]) == []


def test_what_many_titles_end_with_names_none() -> None:
    entries = [Entry(f"{n}.txt", f"湖市第{n}供水管理办法", "", "", 9) for n in range(30)]
    address = Addresses(entries).read("管理办法第二条是什么")
    assert address == ((), "", ("第二条",), "")


@pytest.mark.parametrize(
    ("before", "question", "words"),
    [
        ("《镜湖市供水管理办法》第十二条是什么", "第十三条呢", "第十三条 违反"),
        ("《镜湖市供水管理办法》第十二条是什么", "那第(三)项呢?", "(三)损坏"),
        ("供水办法第十二条第一项", "第二项呢", "(二)拒不"),
        ("供水办法第十二条第一项", "第十条怎么规定", "第十条 供水单位停水"),
        ("供水办法第十二条", "供热办法第十三条呢", "第十三条 供热期"),
        ("供水办法第十三条", "那供热办法呢", "第十三条 供热期"),
        ("《云湖市供热管理办法》讲了什么", "第十三条呢", "第十三条 供热期"),
    ],
)
def test_a_follow_up_names_another_article(rules: Service, before: str, question: str, words: str) -> None:
    answer = rules.ask(question, history=[Turn(before)])
    assert [quote.startswith(words) for _, quote in quotes(answer)] == [True]


def test_blanks_in_a_title_and_in_its_text_do_not_multiply() -> None:
    blanks = " " * 12
    text = f"镜湖市供水{' ' * 400}办公\n东岭水厂每天供水,水价不变。"
    with Service.over(
        [Document("a.txt", f"镜湖市供水{blanks}办法", "2024", "", text)], Settings()
    ) as service:
        assert "东岭水厂" in service.ask("《镜湖市供水办法》讲了什么").text


@pytest.mark.parametrize(
    ("question", "wanted", "doc_id", "quote"),
    [
        (
            "第十二条怎么规定",
            Filter(date_from="2021", date_to="2022"),
            "heat.txt",
            "第十二条 供热温度不得低于十",
        ),
        ("供水办法第12条怎么规定", Filter(date_from="2023"), "water.txt", TWELVE),
        (
            "镜政发〔2023〕12号第二条",
            Filter(numbers=("镜政发[2023]12号",)),
            "price.txt",
            "二、非居民用水价格为每立方米4.10元。",
        ),
        ("第十二条", Filter(issuers=("镜湖市人民政府",)), "water.txt", TWELVE),
    ],
)
def test_what_is_named_is_looked_up_among_the_documents_wanted(
    question: str, wanted: Filter, doc_id: str, quote: str, rules: Service
) -> None:
    ((found, words),) = quotes(rules.ask(question, wanted=wanted))
    assert found == doc_id
    assert words.startswith(quote)
    hits = rules.search(question, wanted=wanted).hits
    assert hits[0].scores["address"] == 1
    assert hits[0].passage.doc_id == doc_id
    outside = {"water.txt", "price.txt", "news.txt"} if wanted.date_to else {"heat.txt", "library.txt"}
    assert not outside & {hit.passage.doc_id for hit in hits}


@pytest.mark.parametrize("question", ["《镜湖市供水管理办法》第十二条", "镜政发〔2023〕12号第二条"])
def test_what_is_named_outside_of_the_documents_wanted_is_not_found(question: str, rules: Service) -> None:
    answer = rules.ask(question, wanted=Filter(doc_ids=("heat.txt", "library.txt")))
    assert answer.status == "not_found"
    assert {hit.passage.doc_id for hit in answer.nearest} <= {"heat.txt", "library.txt"}
