import gradio
import pytest

from qa import Filter, Listing
from qa.errors import NotReadyError
from tests.ui.reading import Reading
from tests.ui.two_documents import TwoDocuments
from ui.frame import SKIP
from ui.scope.events import MOST, UNCHANGED, Choosing
from ui.scope.render import collections


@pytest.fixture
def choosing() -> Choosing:
    listing = Listing(TwoDocuments())
    return Choosing(lambda _: listing)


def event(**data: str) -> gradio.EventData:
    return gradio.EventData(None, data)


def test_what_is_added_can_be_taken_away(choosing: Choosing) -> None:
    wanted, collection, chips, found, *_ = choosing.add(
        Filter(), "", "", "zh", event(kind="sources", value="公园管理处")
    )
    assert (wanted, collection) == (Filter(sources=("公园管理处",)), "")
    assert "公园管理处" in chips
    assert "公园管理处" not in found
    assert choosing.add(wanted, "", "", "zh", event(kind="sources", value="公园管理处"))[0] == wanted
    assert choosing.drop(wanted, "", "", "zh", event(kind="sources", value="公园管理处"))[0] == Filter()
    assert choosing.drop(wanted, "公报", "", "zh", event(kind="all"))[:2] == (Filter(), "")
    dated = Filter(date_from="2023")
    assert choosing.drop(dated, "", "", "zh", event(kind="date_from", value="2023"))[0] == Filter()


def test_the_browser_is_not_trusted(choosing: Choosing) -> None:
    for kind in ("", "date_from", "__class__", "all"):
        assert choosing.add(Filter(), "", "", "zh", event(kind=kind, value="x")) == UNCHANGED
    full = Filter(sources=tuple(map(str, range(MOST))))
    assert choosing.add(full, "", "", "zh", event(kind="sources", value="x")) == UNCHANGED
    assert choosing.drop(full, "", "", "zh", event(kind="__class__", value="x")) == UNCHANGED


def test_days_are_read_and_what_is_none_is_named(choosing: Choosing) -> None:
    wanted, *_, first, last, notice = choosing.between("2023年3月", "", Filter(), "", "zh")
    assert (wanted, first, last, notice) == (Filter(date_from="2023-03"), "2023-03", SKIP, "")
    assert choosing.between("2023-3", " ", wanted, "", "zh") == UNCHANGED
    *rest, notice = choosing.between("去年", "", wanted, "", "zh")
    assert rest == list(UNCHANGED[:-1])
    assert "去年" in Reading(notice).words


def test_another_collection_is_asked_whole(choosing: Choosing) -> None:
    wanted, collection, chips, *_ = choosing.collect("公报", "zh")
    assert (wanted, collection) == (Filter(), "公报")
    assert "公报" in chips
    assert collections(["公报"], "zh") == [("(主文件夹)", ""), ("公报", "公报")]


def test_what_is_typed_finds_documents(choosing: Choosing) -> None:
    assert "sub/notes.txt" in choosing.typed("笔记", Filter(), "", "zh")
    assert "sub/notes.txt" not in choosing.typed("", Filter(), "", "zh")


def test_a_collection_that_is_gone_is_left_with_a_word(choosing: Choosing) -> None:
    wanted, collection, chips, *_, notice = choosing.fall("公报 <b>", "en")
    assert (wanted, collection) == (Filter(), "")
    assert "公报" not in chips
    assert "The collection “公报 <b>” is no longer there" in Reading(notice).words
    assert choosing.choose("zh", event(name="公报"))[1] == "公报"


def test_leaving_works_even_where_nothing_can_be_listed() -> None:
    def unread(_: str) -> Listing:
        raise NotReadyError("still being prepared")

    wanted, collection, *_, notice = Choosing(unread).fall("公报", "zh")
    assert (wanted, collection) == (Filter(), "")
    assert "已经不在了" in notice
