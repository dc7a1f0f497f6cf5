from qa import Choice, Filter
from tests.ui.reading import Reading
from ui.scope.render import chips, choices, line

EVIL = '"><script>alert(1)</script>'
WANTED = Filter(
    doc_ids=("水务/", "a.txt"),
    formats=("pdf",),
    numbers=("镜政发〔2023〕12号",),
    statuses=("current", EVIL),
    date_from="2023",
    date_to="2024-06",
)


def title(doc_id: str) -> str:
    return {"a.txt": EVIL}.get(doc_id, doc_id)


def test_everything_chosen_is_a_chip_that_can_be_taken_away() -> None:
    page = Reading(chips(WANTED, "公报", title, "zh"), "span")
    assert page.marked == [
        *("公报", "水务/", EVIL, "PDF", "镜政发〔2023〕12号", "现行", EVIL),
        *("2023 起", "到 2024-06"),
    ]
    dropped = [(one["data-kind"], one["data-value"]) for one in page.attributes("button")[1:]]
    assert dropped[0] == ("collection", "公报")
    assert ("doc_ids", "a.txt") in dropped
    assert dropped[-3:] == [("date_from", "2023"), ("date_to", "2024-06"), ("all", "")]
    assert page.attributes("button")[1]["aria-label"] == "去掉:公报"
    assert "script" not in {tag for tag, _ in page.tags}


def test_without_a_choice_everything_is_asked() -> None:
    page = Reading(chips(Filter(), "", title, "en"))
    assert page.words == "Scopeall documents"
    assert page.attributes("button")[0]["aria-expanded"] == "false"


def test_choices_stand_by_their_kind_without_those_chosen() -> None:
    found = [
        Choice("sources", "镜湖水务网", "镜湖水务网", 3),
        Choice("doc_ids", "水务/", "水务/", 2),
        Choice("formats", "docx", "docx", 1),
        Choice("doc_ids", "b.txt", EVIL, 1),
        Choice("statuses", "current", "current", 4),
    ]
    page = Reading(choices(found, WANTED, "zh"), "h3")
    assert page.marked == ["文件", "来源", "类型"]
    assert page.words == f"文件{EVIL}来源镜湖水务网 (3)类型DOCX"
    assert page.attributes("button")[0]["data-value"] == "b.txt"
    assert "没有这样的" in Reading(choices([], Filter(), "zh")).words


def test_a_view_says_which_collection_it_shows() -> None:
    shown = Reading(line("evaluation", "<公报>", ["<公报>", "通知"], "zh"))
    assert "这里评测的是文件集“<公报>”" in shown.words
    assert [option["value"] for option in shown.attributes("option")] == ["", "<公报>", "通知"]
    (chosen,) = (one for one in shown.attributes("option") if "selected" in one)
    assert chosen["value"] == "<公报>"
    served = Reading(line("evaluation", "", ["通知"], "en"))
    assert served.words.strip() == "Collection (main folder)通知"
    assert line("evaluation", "", [], "zh") == ""
