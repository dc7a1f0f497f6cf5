"""When two documents contradict each other, and when the time asked about settles it."""

from dataclasses import replace

import pytest

from qa.answerer.conflict import contradict, of_each_year, opposed, rivals, settled
from qa.answerer.evidence import Evidence
from qa.answerer.slots import other_subjects
from qa.answerer.values import values_differ
from qa.question import Question
from qa.types import Hit, Passage
from tests.answerer.parts import asked

OLD = "镜湖市图书馆馆长林远山在会上表示,今年开放夜间阅览。"
NEW = "镜湖市图书馆馆长沈静秋介绍,新馆藏书120万册。"


def evidence(text: str, doc_id: str, date: str) -> Evidence:
    passage = Passage(doc_id, 0, len(text), text, "", ((0, len(text)),))
    years = (date[:4],) if date else ()
    return Evidence(Hit(passage, 1.0, 1, date=date), (0, len(text)), text, 0.9, 0.9, 1.0, years=years)


@pytest.mark.parametrize(
    ("question", "a", "b", "expected"),
    [
        ("镜湖市图书馆馆长是谁", OLD, NEW, True),
        ("镜湖市图书馆馆长是谁", OLD, OLD, False),
        ("镜湖市博物馆馆长是谁", OLD, NEW, False),
        ("新馆藏书多少册", NEW, "新馆藏书110万册,读者满意。", True),
        ("新馆藏书多少册", "新馆藏书达到120万册左右", "新馆藏书达到110万册左右", True),
        ("新馆藏书多少册", "新馆藏书达到120万册左右", "新馆藏书达到120万册左右", False),
        ("新馆藏书多少册", "2024年新馆藏书达到120万册", "2024年新馆藏书达到110万册", True),
        ("新馆藏书多少册", "2024年新馆藏书达到120万册", "2025年新馆藏书达到130万册", False),
        ("有多少人参加", "三万人参加了湖边的长跑", "30000人参加了湖边的长跑", False),
        ("新馆何时开馆", "新馆2023年5月开馆迎客", "新馆2023年6月开馆迎客", True),
        ("哪一年开馆", "2023年5月2日,新馆开馆迎客", "2023年5月8日,新馆开馆迎客", False),
        ("哪一年开馆", "2023年5月2日,新馆开馆迎客", "2024年5月2日,新馆开馆迎客", True),
        ("新馆在哪里", "新馆坐落在城南柳树湾边上", "新馆坐落在城北枫叶渡边上", True),
        ("新馆藏书多少册", "投入3亿元,新馆藏书达到120万册", "投入3亿元,新馆藏书达到110万册", True),
        ("新馆投入多少", "2024年新馆建设投入达到3亿元", "2024年新馆建设投入达到4亿元", True),
        ("新馆藏书多少册", "新馆藏书比老馆多出许多", "新馆藏书比老馆多出许多", False),
        ("图书馆怎么样", "藏书达到120万册左右", "藏书达到110万册左右", False),
        ("总部设在哪里", "总部设在松江府。", "总部设在东岭市柳树湾。", True),
        ("这部剧的主演是谁", "该剧由林远山主演。", "该剧由沈静秋·周主演。", True),
        ("这部剧的主演是谁", "该剧由林远山主演,共三集。", "该剧由林远山主演,共五集。", False),
        ("这部剧的主演是谁", "该剧的主演林远山很有名", "沈静秋主演了另外一部戏", False),
        ("门票多少钱", "全程票价30元,共6站", "全程票价40元,共6站", True),
        ("门票多少钱", "全程票价30元,共6站", "全程票价30元,共7站", False),
        (
            "哪一年开始推广",
            "2003年底,图书馆开始推广夜读,2005年扩建",
            "2004年底,图书馆开始推广夜读,2005年扩建",
            True,
        ),
        ("新馆面积多大", "新馆共有3层,总面积8000平方米", "新馆共有3层,总面积9000平方米", True),
        ("新馆面积多大", "新馆共有3层,总面积8000平方米", "新馆共有4层,总面积8000平方米", False),
        (
            "哪一年开始夜读",
            "图书馆2003年建成,2005年开始夜读,2009年扩建",
            "图书馆2003年建成,2006年开始夜读,2009年扩建",
            True,
        ),
        (
            "哪一年开始夜读",
            "图书馆2003年建成,2005年开始夜读,2009年扩建",
            "图书馆2003年建成,2005年开始夜读,2010年扩建",
            False,
        ),
        ("新馆全年接待多少人", "新馆全年接待约3万人", "新馆全年接待30200人", False),
        ("新馆全年接待多少人", "新馆全年接待约3万人", "新馆全年接待41000人", True),
        ("建设投入多少钱", "新馆建设投入达到1.2亿元", "新馆建设投入达到12000万元", False),
        ("环湖步道多长", "环湖步道全长12公里,已经贯通", "环湖步道全长12000米,已经贯通", False),
        ("全年供水多少吨", "东岭区全年供水30万吨", "西岭区全年供水40万吨", False),
        ("植树多少株", "全市今年植树30万株", "其中城区今年植树12万株", False),
        ("新馆何时开馆", "新馆2023年5月开馆迎客", "新馆2023年5月12日开馆迎客", False),
        ("新馆何时开馆", "新馆于5月12日开馆迎客", "新馆于2023年5月12日开馆迎客", False),
        ("服务电话是多少", "便民服务电话:0571-88881234", "便民服务电话:0571-88885678", True),
        ("阅览室可以带饮料吗", "阅览室内允许携带饮料。", "阅览室内不允许携带饮料。", True),
        ("阅览室可以带饮料吗", "阅览室内可以携带饮料。", "阅览室内禁止携带饮料。", True),
        ("阅览室可以带饮料吗", "阅览室内允许携带饮料。", "阅览室内可以携带饮料。", False),
        ("阅览室可以带饮料吗", "阅览室允许带饮料,不设存包处。", "阅览室允许带饮料,设存包处。", False),
        ("需要带哪些材料", "办证需要带身份证、照片、申请表。", "办证需要带身份证、照片、居住证。", True),
        ("需要带哪些材料", "办证需要带身份证、照片、申请表。", "办证需要带身份证、照片和申请表。", False),
    ],
)
def test_contradiction(question: str, a: str, b: str, expected: bool) -> None:
    assert contradict(asked(question), a, b) is expected


def test_one_rival_for_each_other_document() -> None:
    question = asked("镜湖市图书馆馆长是谁")
    best = evidence(NEW, "new.txt", "2025-01")
    others = [
        evidence(OLD, "old.txt", "2023"),
        evidence(OLD, "old.txt", "2023"),
        evidence(OLD, "new.txt", ""),
    ]
    assert [rival.hit.passage.doc_id for rival in rivals(question, best, [best, *others])] == ["old.txt"]


def test_a_like_sentence_about_another_thing_is_no_rival() -> None:
    question = asked("柳叶鱼的产地在哪里")
    best, other = (
        replace(evidence("该物种的产地在镜湖。", "a.txt", ""), held=1.0),
        replace(evidence("该物种的产地在东岭。", "b.txt", ""), held=0.6),
    )
    assert rivals(question, best, [best, other]) == []
    assert rivals(question, best, [best, replace(other, held=1.0)]) != []


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("镜湖区供水年报", "东岭区供水年报", True),
        ("柳湾村", "枫渡镇", True),
        ("2022年公报", "2023年公报", True),
        ("年报", "简报", False),
        ("镜湖区供水年报", "供水公司简报", False),
    ],
)
def test_titles_of_other_subjects(a: str, b: str, expected: bool) -> None:
    assert other_subjects(a, b) is expected


SAID = "图书馆由三家单位合建。"
OPENED, OPENED_LATER = "大门在2003年5月打开。", "大门在2004年6月打开。"


@pytest.mark.parametrize(
    ("score", "fit", "differ"),
    [
        (1.0, 0.5, True),
        (0.0, 0.5, False),
        (0.0, 1.0, True),
        (-2.0, 1.0, False),
        (1.0, 0.0, False),
    ],
)
def test_copies_that_differ_in_the_next_best_sentence(score: float, fit: float, differ: bool) -> None:
    found = [
        replace(evidence(text, doc_id, ""), score=points, fit=fits)
        for text, doc_id, points, fits in (
            (SAID, "a.txt", 2.0, 0.5),
            (SAID, "b.txt", 2.0, 0.5),
            (OPENED, "a.txt", score, fit),
            (OPENED_LATER, "b.txt", score, fit),
        )
    ]
    sides = [side.text for side in opposed(asked("大门何时打开"), found)]
    assert sides == ([OPENED, OPENED_LATER] if differ else [SAID])


def none(doc_id: str) -> bool:
    """No document was repealed."""
    return False


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("馆长是谁", ["2025-01", "2023"]),
        ("现在馆长是谁", ["2025-01"]),
        ("2023年馆长是谁", ["2023"]),
        ("2019年馆长是谁", ["2025-01", "2023"]),
    ],
)
def test_the_time_asked_about_settles_it(question: str, expected: list[str]) -> None:
    sides = [evidence(OLD, "old.txt", "2023"), evidence(NEW, "new.txt", "2025-01")]
    assert [side.hit.date for side in settled(Question(question), sides, ended=none)] == expected


def test_the_present_cannot_choose_between_documents_of_one_date() -> None:
    sides = [evidence(OLD, "old.txt", "2025-01"), evidence(NEW, "new.txt", "2025-01")]
    assert len(settled(Question("现在馆长是谁"), sides, ended=none)) == 2


@pytest.mark.parametrize(
    ("question", "ended", "expected"),
    [
        ("馆长是谁", ["old.txt"], ["2025-01"]),
        ("馆长是谁", ["new.txt"], ["2023"]),
        ("馆长是谁", ["old.txt", "new.txt"], ["2025-01", "2023"]),
        ("2023年馆长是谁", ["old.txt"], ["2023"]),
    ],
)
def test_what_still_stands_settles_it(question: str, ended: list[str], expected: list[str]) -> None:
    sides = [evidence(OLD, "old.txt", "2023"), evidence(NEW, "new.txt", "2025-01")]
    left = settled(Question(question), sides, ended=ended.__contains__)
    assert [side.hit.date for side in left] == expected


@pytest.mark.parametrize(
    ("a", "b", "differ"),
    [
        ("居民用水每立方米2.35元", "居民用水每立方米2.60元", True),
        ("居民用水每立方米2.60元", "每立方米2.60元,自3月1日起", False),
        ("三万人参加", "30000人参加", False),
        ("用水价格上调", "用水价格每立方米2.60元", False),
        ("1913年,五万人参加", "2015年,五万人参加", True),
        ("1913年5月,五万人参加", "1913年,五万人参加", False),
    ],
)
def test_other_numbers_and_dates_do_not_agree(a: str, b: str, differ: bool) -> None:
    assert values_differ(a, b) is differ


YEARS = [evidence(OLD, "old.txt", "2023"), evidence(NEW, "new.txt", "2025-01")]


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("2023年和2025年的馆长分别是谁", ["old.txt", "new.txt"]),
        ("2025年和2023年的馆长分别是谁", ["new.txt", "old.txt"]),
        ("2023年和2024年的馆长分别是谁", []),
        ("2023年的馆长是谁", []),
        ("2023年,2023年的馆长是谁", []),
        ("馆长是谁", []),
    ],
)
def test_each_year_asked_about_has_its_evidence(question: str, documents: list[str]) -> None:
    assert [one.hit.passage.doc_id for one in of_each_year(Question(question), YEARS)] == documents
