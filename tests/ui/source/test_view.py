import gradio
import pytest

from tests.ui.reading import Reading
from tests.ui.two_documents import ACROSS_LINES, PARK, TwoDocuments
from ui.frame import Frame
from ui.source.view import Place, Source, browsed


@pytest.fixture
def library() -> TwoDocuments:
    return TwoDocuments()


@pytest.fixture
def source(library: TwoDocuments) -> Source:
    with gradio.Blocks(analytics_enabled=False):
        return Source(Frame(library))


def test_a_place_opens_its_document_with_the_words_marked(source: Source) -> None:
    start = PARK.text.index(ACROSS_LINES)
    doc_id, notice, head, body = source.show(Place("park.txt", (start, start + len(ACROSS_LINES))), "zh")
    assert (doc_id, notice) == ("park.txt", "")
    assert PARK.title in head
    assert "".join(Reading(body).marked) == ACROSS_LINES


def test_browsing_opens_without_marks_and_an_unknown_document_is_named(source: Source) -> None:
    assert Reading(source.show(browsed({"doc": "park.txt"}, None), "zh")[3]).marked == []
    assert "no document is called 'x'" in Reading(source.show(Place("x"), "zh")[1]).words


def test_the_list_stands_there_when_nothing_is_open(source: Source, library: TwoDocuments) -> None:
    head, body = source.pane("zh", "")
    assert "文件(2)" in head
    assert Reading(body).attributes("button")[0]["data-doc"] == "park.txt"
    assert "✕" in source.pane("zh", "park.txt")[0]
    assert source.leave("zh") == ("", head, body)
    library.is_ready = False
    assert source.pane("zh", "") == ("", "")
