import pytest

from qa import entities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("市图书馆馆长林晓舟表示,新馆很好。", [("市图书馆馆长", "林晓舟")]),
        (
            "水务集团总经理周启明、东岭水厂厂长贺兰出席。",
            [("水务集团总经理", "周启明"), ("东岭水厂厂长", "贺兰")],
        ),
        ("图书馆每天九点开门。", []),
        ("副市长买买提·依明在接受采访时说", [("副市长", "买买提·依明")]),
        ("会议决定:林晓舟同志任馆长,免去沈知白同志的馆长职务。", [("馆长", "林晓舟")]),
        ("聘任周启明女士为集团总经理,任期三年。", [("集团总经理", "周启明")]),
        ("联系人:贺兰,电话:0571。", [("联系人", "贺兰")]),
        ("馆长 林晓舟", [("馆长", "林晓舟")]),
        ("馆长:首月免费借书", []),
        ("沈知白:副市长,负责供水。\n林晓舟(市长)", [("副市长", "沈知白"), ("市长", "林晓舟")]),
        ("沈知白，市水务局局长。", [("市水务局局长", "沈知白")]),
        ("阿依古丽·买买提(副市长)", [("副市长", "阿依古丽·买买提")]),
        ("近日,市长,", []),
        ("镜湖水务聘任新任总经理", []),
    ],
)
def test_people_with_their_posts(text: str, found: list[tuple[str, str]]) -> None:
    assert entities.persons(text) == found


def test_deputies_and_ranks() -> None:
    assert entities.is_deputy("常务副市长")
    assert entities.is_deputy("水务集团副总经理")
    assert not entities.is_deputy("副食品公司总经理")
    assert not entities.is_deputy("市长")
    assert entities.rank_of("市图书馆馆长") == "馆长"
    assert entities.rank_of("市图书馆负责人") == ""
    assert entities.rank_of("市图书馆") == ""


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("——访镜湖市图书馆馆长林晓舟", ("镜湖市图书馆馆长", "林晓舟")),
        ("——专访水务集团总经理周启明", ("水务集团总经理", "周启明")),
        ("——书香伴着湖光来", None),
        ("访镜湖市图书馆馆长林晓舟", None),
    ],
)
def test_who_is_interviewed(heading: str, found: tuple[str, str] | None) -> None:
    assert entities.interviewed(heading) == found


def test_speakers_have_their_offices() -> None:
    text = "“水很干净。”水务集团总经理周启明说。镜湖市图书馆馆长沈知白介绍,老馆要修。"
    assert entities.speakers(text) == {"周启明": "水务集团总经理", "沈知白": "镜湖市图书馆馆长"}
    assert entities.speakers("水很干净。") == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新建管道86公里,日供水20万吨", ["86公里", "20万吨"]),
        ("损耗降到百分之七点五,满意率98.5%", ["百分之七点五", "98.5%"]),
        ("办了3场,约200人", ["3场", "200人"]),
        ("水很干净", []),
        ("体长25～50厘米,重1至2公斤", ["25～50厘米", "1至2公斤"]),
        ("占地1348.83平方公里,130万人次", ["1348.83平方公里", "130万人次"]),
        ("注册资本200亿,全程$20.8", ["200亿", "$20.8"]),
        ("约10-{zh:千米}", ["10"]),
        ("下半年满十六周岁,二十个工作日办结", ["十六周岁", "二十个工作日"]),
        ("M114与f-16,v10.0版,3架", ["3架"]),
        ("气温-30°C,内存512 KB", ["-30°C", "512 KB"]),
        ("占人口的五分之三,转会费300万英镑", ["五分之三", "300万英镑"]),
        ("余下2位,剩下3人", ["2位", "3人"]),
        ("罚五百元以上一千元以下", ["五百元以上一千元以下"]),
    ],
)
def test_quantities(text: str, found: list[str]) -> None:
    assert entities.quantities(text) == found


def test_dates() -> None:
    assert entities.dates("2023年5月开工,今年底完工,3月8日开馆") == ["2023年5月", "今年", "3月8日"]
    assert entities.dates("水厂开工") == []
    assert entities.dates("永安四年（415年）建,252年毁") == ["永安四年（415年）", "252年"]
    assert entities.dates("19世纪末,前16世纪,1960年代,期间") == ["19世纪末", "前16世纪", "1960年代"]
    assert entities.dates("每天九点开门,晚上8:30闭馆") == ["九点", "晚上8:30"]
    assert entities.dates("嘉熙二年冬,万治四年1月21日") == ["嘉熙二年冬", "万治四年", "1月21日"]
    assert entities.dates("二零二五年三月五日开馆,3月1日至3月9日报名") == [
        "二零二五年三月五日",
        "3月1日至3月9日",
    ]
    assert entities.dates("1527年至1555年在位,民国65年5月创刊,19世纪晚期") == [
        "1527年至1555年",
        "民国65年5月",
        "19世纪晚期",
    ]
    assert entities.dates("2019年5月至2023年6月修,1990年到1995年3月1日停") == [
        "2019年5月至2023年6月",
        "1990年到1995年3月1日",
    ]
    assert entities.dates("1185至1216年修,2003年底通车") == ["1185至1216年", "2003年底"]


def test_places() -> None:
    assert entities.places("新馆位于临波路18号,水厂在东岭山") == ["临波路18号", "东岭山"]
    assert entities.places("每天开门") == []
    assert entities.places("总部设在松江府") == ["松江府"]
    assert entities.places("他1990年在柳湾举行画展") == ["柳湾"]
    assert entities.places("分布于甲河、乙湖等地,现在很少") == ["甲河、乙湖等地"]


def test_enumerations() -> None:
    assert entities.enumerations("要管好水、气、土,建好“湖”“山”") == ["要管好水、气、土", "“湖”“山”"]
    assert entities.enumerations("水很干净。") == []


@pytest.mark.parametrize(("text", "post"), [("市图书馆馆长", True), ("馆长办公室", False), ("", False)])
def test_posts(text: str, post: bool) -> None:
    assert entities.is_post(text) is post


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("白鹭湾泵站站长为贺兰。", [("白鹭湾泵站站长", "贺兰")]),
        ("泵站站长是沈知白,负责排水。", [("泵站站长", "沈知白")]),
        ("泵站站长是高级工程师。", []),
        ("站长为了排水,住在站里。", []),
        ("站长是一个责任重大的岗位。", []),
    ],
)
def test_who_a_post_is_said_to_be_held_by(text: str, held: list[tuple[str, str]]) -> None:
    assert entities.persons(text) == held
