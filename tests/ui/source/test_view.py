from dataclasses import replace

import gradio
import pytest

from qa import Filter
from tests.ui.reading import Reading
from tests.ui.two_documents import ACROSS_LINES, PARK, TwoDocuments
from ui.frame import SKIP, Frame
from ui.source.place import Place, Stop
from ui.source.view import Source, browsed, reopened, stepped

START = PARK.text.index(ACROSS_LINES)
SPAN = (START, START + len(ACROSS_LINES))
HERE = Place("park.txt", SPAN, stops=(Stop("park.txt", *SPAN), Stop("sub/notes.txt", 0, 7)))


@pytest.fixture
def library() -> TwoDocuments:
    return TwoDocuments()


@pytest.fixture
def source(library: TwoDocuments) -> Source:
    with gradio.Blocks(analytics_enabled=False):
        return Source(Frame(library))


def test_a_place_opens_its_document(source: Source) -> None:
    place, notice, head = source.show(HERE, "zh")
    assert (place, notice) == (HERE, "")
    assert PARK.title in head
    assert PARK.text[:20] not in head


def test_an_unknown_document_is_named(source: Source) -> None:
    place, notice, head = source.show(browsed({"doc": "x"}, ""), "zh")
    assert (place, notice) == (Place("x"), "")
    assert "x 现在打不开" in Reading(head).words


def test_a_document_changed_or_removed_while_it_is_open_is_told_and_opened_anew(
    source: Source, library: TwoDocuments, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(place: Place | None, state: str) -> tuple[object, object]:
        return source.check("zh", place, Filter(), "", "", gradio.EventData(None, {"state": state}))

    opened, _, head = source.show(HERE, "zh")
    assert check(opened, "") == check(None, "") == (SKIP, SKIP)
    changed = replace(PARK, text="新的前言\n" + PARK.text)
    monkeypatch.setattr(library, "documents", lambda: [changed])
    told, _ = check(opened, "")
    assert "这份文件在打开以后改过" in str(told)
    assert check(opened, "changed") == (SKIP, SKIP)
    assert source.pane("zh", opened, Filter(), "")[0] == told
    anew = reopened({}, opened)
    assert anew is not None
    again, _, head = source.show(anew, "zh")
    assert again.focus == (SPAN[0] + 5, SPAN[1] + 5)
    assert "所引的话现在在这里" in head
    assert check(again, "") == (SKIP, SKIP)
    monkeypatch.setattr(library, "documents", list)
    gone, listed = check(again, "")
    assert "park.txt 现在打不开" in str(gone)
    assert PARK.title not in f"{gone}{listed}"
    assert reopened({}, None) is None


def test_the_next_place_may_be_in_another_document(source: Source) -> None:
    assert stepped({"at": "1"}, HERE) == Place("sub/notes.txt", (0, 7), stops=HERE.stops)
    for wrong in ({}, {"at": "2"}, {"at": "-1"}, {"at": "²"}, {"at": "x"}):
        assert stepped(wrong, HERE) is None
    assert stepped({"at": "0"}, None) is None


def test_the_list_stands_there_when_nothing_is_open(source: Source, library: TwoDocuments) -> None:
    head, body = source.pane("zh", None, Filter(), "")
    assert "文件(2)" in head
    assert Reading(body).attributes("button")[0]["data-doc"] == "park.txt"
    assert "✕" in source.pane("zh", HERE, Filter(), "")[0]
    assert source.leave("zh", Filter(), "") == (None, head, SKIP)
    library.is_ready = False
    assert source.pane("zh", None, Filter(), "") == ("", "")


def test_the_list_follows_the_scope_and_what_is_typed(source: Source) -> None:
    def found(wanted: Filter, typed: str = "") -> list[str | None]:
        body = source.pane("zh", None, wanted, "", typed)[1]
        return [button["data-doc"] for button in Reading(body).attributes("button")]

    assert found(Filter(sources=("公园管理处",))) == ["park.txt"]
    assert found(Filter(), "工作 笔记") == ["sub/notes.txt"]
    assert found(Filter(date_from="2025")) == []
